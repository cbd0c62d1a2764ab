/* The JSON Schema of campaign files, printed from the same rows that decode them, for editors and
 * for readers. Draft-07, because that is what editors' YAML servers read. */
#ifndef CODEC_SCHEMA_H
#define CODEC_SCHEMA_H

#include "base/buffer.h"

/* Ends with a newline. The same bytes for the same table, always. */
void schema_encode(struct buffer *out);

#endif
