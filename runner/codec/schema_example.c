/* Lists and maps to start from, for editors: the rows' own examples, which are YAML as a person
 * would write it, as JSON. (As `examples` they would be shown without the cents of 1.00, and be
 * offered as [object Object].) */
#include <assert.h>
#include <string.h>

#include "base/tree.h"
#include "codec/schema_parts.h"

static void put_node(struct sheet *s, const struct field *field, const struct node *node);

/* The row for what stands under a key of the row's map. Where keys are the person's own, it is the
 * row itself, seen as what each of them holds. */
static struct field
field_within(const struct field *field, const char *key)
{
    struct field within = *field;
    if (field->type == FIELD_LABELS)
        within.type = FIELD_PROSE;
    else if (field->type == FIELD_DATA)
        within.type = FIELD_MAP;
    else if (field->group) {
        const struct field *row = field_find(field->group, key);
        assert(row);
        within = *row;
    }
    return within;
}

static void
put_pairs(struct sheet *s, const struct field *field, const struct node *node)
{
    bool list = node->kind == NODE_LIST;
    buffer_text(s->out, list ? "[" : "{");
    for (size_t i = 0; i < node->count; i++) {
        const struct pair *pair = &node->pairs[i];
        buffer_text(s->out, i ? ", " : "");
        if (list) {
            put_node(s, field, pair->value);
            continue;
        }
        const struct field within = field_within(field, pair->key->text);
        buffer_json(s->out, pair->key->text);
        buffer_text(s->out, ": ");
        put_node(s, &within, pair->value);
    }
    buffer_text(s->out, list ? "]" : "}");
}

static void
put_node(struct sheet *s, const struct field *field, const struct node *node)
{
    if (node->kind == NODE_TEXT)
        schema_literal(s, field, node->text);
    else
        put_pairs(s, field, node);
}

/* One way to fill the row's value, with its label as it would be typed. */
static void
put_snippet(struct sheet *s, const struct field *field, const char *text, size_t size_bytes)
{
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    const char *label = arena_print(&arena, "%.*s", (int)size_bytes, text);
    const struct node *node = tree_read("example", label, size_bytes, &problems, &arena);
    assert(node && problems.count == 0);
    sheet_enter(s, NULL, "{");
    sheet_text(s, "label", label);
    sheet_next(s, "body");
    put_node(s, field, node);
    sheet_leave(s, "}");
    arena_close(&arena);
}

void
schema_snippets(struct sheet *s, const struct field *field)
{
    static const char between[] = " or ";
    sheet_enter(s, "defaultSnippets", "[");
    for (const char *at = field->example; at;) {
        const char *other = strstr(at, between);
        put_snippet(s, field, at, other ? (size_t)(other - at) : strlen(at));
        at = other ? other + strlen(between) : NULL;
    }
    sheet_leave(s, "]");
}
