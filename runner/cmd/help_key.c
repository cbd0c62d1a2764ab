#include "cmd/help_key.h"

#include <string.h>

#include "base/text.h"
#include "cmd/wrap.h"
#include "codec/reference.h"

/* "Inside it: amount, message and per." for a map; else what stands beside it. */
static void
related_print(enum group group, const struct field *field, struct buffer *out)
{
    bool holds = field->group != GROUP_CAMPAIGN;
    const struct group_row *row = group_row(holds ? field->group : group);
    struct buffer names = {0};
    for (size_t i = 0; i < row->count; i++)
        if (&row->fields[i] != field)
            buffer_print(&names, "%s%s", names.size ? ", " : "", row->fields[i].name);
    if (names.size) {
        buffer_print(out, "\n");
        wrap_add(out, names.bytes, holds ? "  Inside it: " : "  Beside it: ", "    ", 80);
    }
    buffer_close(&names);
}

static void
field_print(enum group group, const struct field *field, struct buffer *out)
{
    struct buffer place = {0}, takes = {0};
    struct arena arena = {0};
    reference_place(group, &place);
    buffer_print(out, "%s, %s\n\n", field->name, place.bytes ? place.bytes : "");
    wrap_add(out, field->help, "  ", "  ", 80);
    buffer_print(&takes, "Takes %s. ", field->takes);
    reference_need(group, field, &takes);
    if (field->looks_up)
        buffer_text(&takes, " Lookups, ${{ … }}, may stand in it.");
    wrap_add(out, text_trim(&arena, takes.bytes, takes.size), "  ", "  ", 80);
    buffer_text(out, "\n");
    reference_example(field, "      ", out);
    related_print(group, field, out);
    buffer_close(&place);
    buffer_close(&takes);
    arena_close(&arena);
}

/* "limits.total": the key within another one. */
static bool
inner_print(const char *name, const char *dot, struct buffer *out)
{
    struct arena arena = {0};
    const char *outer = arena_text(&arena, name, (size_t)(dot - name));
    bool any = false;
    for (int group = 0; group < GROUP_COUNT; group++) {
        const struct field *field = field_find((enum group)group, outer);
        const struct field *inner =
            field && field->group != GROUP_CAMPAIGN ? field_find(field->group, dot + 1) : NULL;
        if (inner && !any)
            field_print(field->group, inner, out);
        any |= inner != NULL;
    }
    arena_close(&arena);
    return any;
}

bool
help_key(const char *name, struct buffer *out)
{
    const char *dot = strpbrk(name, ". ");
    bool any = dot && inner_print(name, dot, out);
    for (int group = 0; !any && group < GROUP_COUNT; group++) {
        const struct field *field = field_find((enum group)group, name);
        if (!field)
            continue;
        buffer_text(out, out->size ? "\n" : "");
        field_print((enum group)group, field, out);
    }
    return out->size > 0;
}

const char *
help_key_near(const char *name)
{
    const char *names[GROUP_COUNT * FIELDS_MAX];
    size_t count = 0;
    for (int group = 0; group < GROUP_COUNT; group++)
        for (size_t i = 0; i < group_row((enum group)group)->count; i++)
            names[count++] = group_row((enum group)group)->fields[i].name;
    const char *nearest = text_nearest(name, names, count);
    for (int group = 0; !nearest && group < GROUP_COUNT; group++) {
        const struct field *field = field_meant((enum group)group, name);
        nearest = field ? field->name : NULL;
    }
    return nearest;
}
