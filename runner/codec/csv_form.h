/* What a CSV file must be before its rows mean anything: CSV at all, separated by commas, with a
 * header that names each column once. For the reader in csv.c. */
#ifndef CODEC_CSV_FORM_H
#define CODEC_CSV_FORM_H

#include "codec/csv.h"

/* Bytes that no CSV file begins with, and a header separated by something else. Notes it and
 * returns false. `bytes` stand behind a byte order mark. */
bool csv_form_check(const struct csv_input *input, struct problems *problems);

/* Every column has a name of its own; the first may have none. Notes what is wrong and returns
 * false. */
bool csv_header_check(const struct csv_row *header, struct problems *problems, struct arena *arena);

#endif
