#include "cmd/replies.h"

#include "base/text.h"
#include "codec/csv_write.h"

void
replies_note(struct replies *replies, const struct assignment *one, struct arena *arena)
{
    for (size_t i = 0; i < one->field_count; i++) {
        const char *name = one->fields[i].name;
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
    for (size_t i = 0; i < one->field_count; i++)
        replies->row[*index_find(&replies->by_name, one->fields[i].name)] = one->fields[i].value;
    for (size_t i = 0; i < replies->count; i++) {
        buffer_text(out, ",");
        cell_add_shown(replies, replies->row[i], out);
    }
}

void
replies_object(const struct assignment *one, struct buffer *out)
{
    if (one->unreadable) {
        buffer_text(out, "null");
        return;
    }
    buffer_text(out, "{");
    for (size_t i = 0; i < one->field_count; i++) {
        buffer_text(out, i ? ", " : "");
        buffer_json(out, one->fields[i].name);
        buffer_text(out, ": ");
        buffer_json(out, one->fields[i].value);
    }
    buffer_text(out, "}");
}
