#include "cmd/replies.h"

#include "base/text.h"
#include "codec/csv_write.h"

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

static void
cell_add_shown(const struct replies *replies, const char *text, struct buffer *out)
{
    struct buffer shown = {0};
    if (replies->to_terminal)
        text_escape(&shown, text, true);
    else
        buffer_text(&shown, text);
    csv_cell(shown.bytes ? shown.bytes : "", out);
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
