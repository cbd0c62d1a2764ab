/* What every text file of a campaign is asked before it is read, whatever its format. */
#ifndef CODEC_BYTES_H
#define CODEC_BYTES_H

#include <stddef.h>

#include "base/error.h"

/* Line and column of a byte; columns count characters. Lines end as on any system. */
struct where bytes_place(const char *path, const char *bytes, size_t offset);

/* A key pasted anywhere, also behind a #, would be committed with the file. Each one is noted, up
 * to ten; it is not printed. */
void bytes_refuse_keys(const char *path, const char *bytes, size_t size_bytes,
                       struct problems *problems);

#endif
