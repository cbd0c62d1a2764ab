#include "cmd/replies.h"

#include <string.h>

#include "base/text.h"

void
replies_note(struct replies *replies, const struct assignment *one, struct arena *arena)
{
    const struct filled *filled = assignment_filled(one);
    for (size_t i = 0; i < filled->field_count; i++) {
        const char *name = filled->fields[i].name;
        if (!index_add(&replies->by_name, name, replies->count, arena))
            continue;
        size_t capacity = replies->capacity;
        replies->names = arena_push(arena, replies->names, replies->count, &replies->capacity,
                                    sizeof *replies->names);
        replies->names[replies->count++] = name;
        if (replies->capacity != capacity)
            replies->row = arena_alloc(arena, replies->capacity * sizeof *replies->row);
    }
}

static bool
is_number(const char *text)
{
    text += *text == '-' || *text == '+';
    return *text && text[strspn(text, "0123456789.,")] == '\0';
}

/* A spreadsheet takes what begins so for a formula and carries it out; an apostrophe in front makes
 * it a text. Signed numbers are no formulas. */
static bool
is_formula(const char *text)
{
    return *text && strchr("=+-@", *text) && !is_number(text);
}

/* RFC 4180: quotes around what needs them, and quotes inside of them doubled. */
static void
cell_add(const char *text, struct buffer *out)
{
    const char *guard = is_formula(text) ? "'" : "";
    if (text[strcspn(text, ",\"\r\n")] == '\0') {
        buffer_print(out, "%s%s", guard, text);
        return;
    }
    buffer_print(out, "\"%s", guard);
    for (; *text; text++) {
        if (*text == '"')
            buffer_text(out, "\"");
        buffer_add(out, text, 1);
    }
    buffer_text(out, "\"");
}

static void
cell_add_shown(const struct replies *replies, const char *text, struct buffer *out)
{
    struct buffer shown = {0};
    if (replies->to_terminal)
        text_escape(&shown, text, true);
    else
        buffer_text(&shown, text);
    cell_add(shown.bytes ? shown.bytes : "", out);
    buffer_close(&shown);
}

void
replies_heads(const struct replies *replies, struct buffer *out)
{
    for (size_t i = 0; i < replies->count; i++) {
        struct buffer head = {0};
        buffer_print(&head, "Answer.%s", replies->names[i]);
        buffer_text(out, ",");
        cell_add_shown(replies, head.bytes, out);
        buffer_close(&head);
    }
}

void
replies_cells(struct replies *replies, const struct assignment *one, struct buffer *out)
{
    for (size_t i = 0; i < replies->count; i++)
        replies->row[i] = "";
    const struct filled *filled = assignment_filled(one);
    for (size_t i = 0; i < filled->field_count; i++)
        replies->row[*index_find(&replies->by_name, filled->fields[i].name)] =
            filled->fields[i].value;
    for (size_t i = 0; i < replies->count; i++) {
        buffer_text(out, ",");
        cell_add_shown(replies, replies->row[i], out);
    }
}

void
replies_object(const struct assignment *one, struct buffer *out)
{
    const struct filled *filled = assignment_filled(one);
    if (filled->unread_why) {
        buffer_text(out, "null");
        return;
    }
    buffer_text(out, "{");
    for (size_t i = 0; i < filled->field_count; i++) {
        buffer_text(out, i ? ", " : "");
        buffer_json(out, filled->fields[i].name);
        buffer_text(out, ": ");
        buffer_json(out, filled->fields[i].value);
    }
    buffer_text(out, "}");
}
