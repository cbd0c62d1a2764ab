/* What the schema of campaign files is put together from. */
#ifndef CODEC_SCHEMA_PARTS_H
#define CODEC_SCHEMA_PARTS_H

#include "codec/fields.h"
#include "codec/sheet.h"

#define SCHEMA_NAME_PATTERN "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
#define SCHEMA_TABLE_NAME "[A-Za-z0-9][A-Za-z0-9_-]{0,63}"

/* What a map of the group may and must hold; the caller says that it is a map. */
void schema_group(struct sheet *s, enum group group);

/* What a single value of the row may be. */
void schema_single(struct sheet *s, const struct field *field);

/* The same for a row that takes lists, or maps with keys of the person's own. */
void schema_several(struct sheet *s, const struct field *field);

/* The same for one ID, which stands in lists too. */
void schema_id(struct sheet *s, const struct field *field);

/* The examples of a row that takes lists or maps, for an editor to put in. */
void schema_snippets(struct sheet *s, const struct field *field);

/* A value of the row as JSON: numbers, true and false bare, everything else as text. */
void schema_literal(struct sheet *s, const struct field *field, const char *text);

#endif
