#include "codec/sheet.h"

void
sheet_next(struct sheet *s, const char *key)
{
    if (s->begun)
        buffer_text(s->out, ",");
    if (s->depth)
        buffer_text(s->out, "\n");
    for (unsigned i = 0; i < s->depth; i++)
        buffer_text(s->out, "  ");
    if (key) {
        buffer_json(s->out, key);
        buffer_text(s->out, ": ");
    }
    s->begun = true;
}

void
sheet_enter(struct sheet *s, const char *key, const char *bracket)
{
    sheet_next(s, key);
    buffer_text(s->out, bracket);
    s->depth++;
    s->begun = false;
}

void
sheet_leave(struct sheet *s, const char *bracket)
{
    s->depth--;
    s->begun = false;
    if (s->depth == 0)
        buffer_text(s->out, "\n");
    else
        sheet_next(s, NULL);
    buffer_text(s->out, bracket);
    s->begun = true;
}

void
sheet_text(struct sheet *s, const char *key, const char *text)
{
    sheet_next(s, key);
    buffer_json(s->out, text);
}

void
sheet_raw(struct sheet *s, const char *key, const char *json)
{
    sheet_next(s, key);
    buffer_text(s->out, json);
}

void
sheet_number(struct sheet *s, const char *key, int64_t number)
{
    sheet_next(s, key);
    buffer_print(s->out, "%lld", (long long)number);
}

void
sheet_money(struct sheet *s, const char *key, cents_t cents)
{
    char text[MONEY_TEXT_SIZE];
    sheet_raw(s, key, money_print(text, cents));
}

void
sheet_texts(struct sheet *s, const char *key, const char *const *texts)
{
    sheet_next(s, key);
    for (size_t i = 0; texts[i]; i++) {
        buffer_text(s->out, i ? ", " : "[");
        buffer_json(s->out, texts[i]);
    }
    buffer_text(s->out, "]");
}
