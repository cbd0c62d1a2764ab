/* JSON laid out for people: one member a line, two blanks a level, members in the order in which
 * they are put. The key is NULL inside a list. */
#ifndef CODEC_SHEET_H
#define CODEC_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/money.h"

struct sheet {
    struct buffer *out;
    unsigned depth;
    bool begun; /* something stands before on this level */
};

/* Begins a member: what is added to `out` next is its value. */
void sheet_next(struct sheet *s, const char *key);

/* Everything put between the two stands inside the brackets. */
void sheet_enter(struct sheet *s, const char *key, const char *bracket);
void sheet_leave(struct sheet *s, const char *bracket);

void sheet_text(struct sheet *s, const char *key, const char *text);
void sheet_raw(struct sheet *s, const char *key, const char *json);
void sheet_number(struct sheet *s, const char *key, int64_t number);
void sheet_money(struct sheet *s, const char *key, cents_t cents);

/* ["a", "b"] in one line; the texts end with NULL. */
void sheet_texts(struct sheet *s, const char *key, const char *const *texts);

#endif
