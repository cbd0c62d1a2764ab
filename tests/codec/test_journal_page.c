/* schema/journal.md, from which bursar-journal(5) is made, names each kind of record with exactly
 * the members that are written and read for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "codec/record_field.h"
#include "support/pages.h"

/* The second cell of the row of such a name, without what stands in brackets: its members. */
static char *
members_of(const struct buffer *page, const char *row, struct arena *arena)
{
    const char *at = strstr(page->bytes, arena_print(arena, "\n| `%s` | ", row));
    if (!at)
        fail_msg("schema/journal.md has no row '%s'", row);
    const char *cell = strchr(at + 3, '|') + 1;
    struct buffer kept = {0};
    int depth = 0;
    for (; *cell != '|'; cell++) {
        depth += *cell == '(';
        if (depth == 0)
            buffer_add(&kept, cell, 1);
        depth -= *cell == ')';
    }
    char *members = arena_text(arena, kept.bytes, kept.size);
    buffer_close(&kept);
    return members;
}

static bool
names(const char *members, const char *member, struct arena *arena)
{
    return strstr(members, arena_print(arena, "`%s`", member)) != NULL;
}

static bool
kind_has(enum entry_kind kind, const char *member, size_t size)
{
    for (const struct record_field *field = record_fields; field->name; field++)
        if (field->kinds & 1u << kind && strlen(field->name) == size &&
            memcmp(field->name, member, size) == 0)
            return true;
    return false;
}

static void
every_member_of_a_kind_is_on_the_page(void **state)
{
    (void)state;
    struct buffer page = {0};
    struct arena arena = {0};
    page_load("../schema/journal.md", &page);
    const char *intend = members_of(&page, "intend", &arena);
    for (unsigned kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        const char *name = entry_kind_name((enum entry_kind)kind);
        const char *members = members_of(&page, name, &arena);
        bool as_intend = strstr(members, "what `intend` has") != NULL;
        for (const struct record_field *field = record_fields; field->name; field++)
            if (field->kinds & 1u << kind && field->kinds != ~0u &&
                !names(members, field->name, &arena) &&
                !(as_intend && names(intend, field->name, &arena)))
                fail_msg("schema/journal.md: '%s' has a member '%s'", name, field->name);
    }
    arena_close(&arena);
    buffer_close(&page);
}

static void
every_member_on_the_page_is_one_of_its_kind(void **state)
{
    (void)state;
    struct buffer page = {0};
    struct arena arena = {0};
    page_load("../schema/journal.md", &page);
    for (unsigned kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        const char *name = entry_kind_name((enum entry_kind)kind);
        const char *at = members_of(&page, name, &arena);
        while ((at = strchr(at, '`'))) {
            size_t size = strcspn(++at, "`");
            if (!kind_has((enum entry_kind)kind, at, size) && strncmp(at, "intend", size) != 0 &&
                strncmp(at, "person", size) != 0)
                fail_msg("schema/journal.md: '%s' has no member '%.*s'", name, (int)size, at);
            at += size + 1;
        }
    }
    arena_close(&arena);
    buffer_close(&page);
}

static void
what_every_record_may_have_is_on_the_page(void **state)
{
    (void)state;
    struct buffer page = {0};
    struct arena arena = {0};
    page_load("../schema/journal.md", &page);
    const char *person = strstr(page.bytes, "\n| `person` |");
    assert_non_null(person);
    const char *row = arena_text(&arena, person, strcspn(person + 1, "\n") + 1);
    for (const struct record_field *field = record_person_fields; field->name; field++)
        if (!names(row, field->name, &arena))
            fail_msg("schema/journal.md: 'person' has a member '%s'", field->name);
    for (const struct record_field *field = record_fields; field->name; field++)
        if (field->kinds == ~0u && !names(page.bytes, field->name, &arena))
            fail_msg("schema/journal.md says nothing of '%s'", field->name);
    arena_close(&arena);
    buffer_close(&page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_of_a_kind_is_on_the_page),
        cmocka_unit_test(every_member_on_the_page_is_one_of_its_kind),
        cmocka_unit_test(what_every_record_may_have_is_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
