/* Small questions about texts that several rooms ask. All pure. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

bool text_same(const char *one, const char *other);
bool text_starts(const char *text, const char *with);
bool text_ends(const char *text, const char *with);

/* Strict UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF). Returns the offset
 * of the first bad byte, or `size_bytes` when all is well. */
size_t text_utf8_bad(const char *bytes, size_t size_bytes);

/* Unicode code points in valid UTF-8. */
size_t text_length(const char *text);

/* A copy without white space at its ends. */
char *text_trim(struct arena *arena, const char *bytes, size_t size_bytes);

/* The same for what people typed into forms and spreadsheets: blanks that nobody sees (no-break, of
 * no width, ideographic, byte order marks) go as well. Valid UTF-8. */
char *text_trim_wide(struct arena *arena, const char *bytes, size_t size_bytes);

/* Bytes of such blanks at the beginning, and at the end. */
size_t text_blanks_before(const char *bytes, size_t size_bytes);
size_t text_blanks_behind(const char *bytes, size_t size_bytes);

/* A trimmed copy in which each run of white space is one blank: for comparing words that
 * travelled. */
char *text_collapse(struct arena *arena, const char *text);

/* A copy that ends like a sentence: with the mark it has, or a full stop. */
char *text_sentence(struct arena *arena, const char *text);

/* The candidate nearest to a misspelt word, or NULL when none is near enough to be meant. */
const char *text_nearest(const char *word, const char *const *candidates, size_t count);

/* Matches ^[A-Z0-9]{1,64}$, the shape of every marketplace id the product takes today. */
enum { ID_BYTES_MAX = 64 };
bool text_is_id(const char *text);

/* The same with a leading A: a worker id. */
bool text_is_worker(const char *text);

/* Matches [A-Za-z0-9][A-Za-z0-9._-]{0,63}: names of campaigns, steps, labels. */
bool text_is_name(const char *text);

/* True when a token shaped like an AWS key id (AKIA or ASIA and 16 more) stands in the text. */
bool text_has_key(const char *text);

/* Adds a text for a terminal: control characters, bidirectional marks, invisible characters and
 * bytes that are not UTF-8 become \u{…} or \x{…}, so that nothing from outside can steer or
 * disguise what a person sees. Newlines pass only when `lines` is set. */
void text_escape(struct buffer *out, const char *text, bool lines);

#endif
