/* What a person is told about a mistake in a campaign file. The cases are in mistakes.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "codec/campaign.h"
#include "support/pages.h"

/* Everything that is said of a file that names no other, a line each. */
static char *
said_of(const char *bytes, size_t size, struct arena *arena)
{
    struct problems problems = {.arena = arena};
    struct campaign *campaign = campaign_decode("joke.yaml", bytes, size, &problems, arena);
    if (campaign)
        campaign_check(campaign, &problems, arena);
    problems_sort(&problems);
    char *said = arena_copy(arena, "");
    for (size_t i = 0; i < problems.count; i++) {
        const struct problem *problem = &problems.items[i];
        assert_string_equal(problem->where.file, "joke.yaml");
        said = arena_print(arena, "%s%u:%u: %s\n", said, problem->where.line, problem->where.column,
                           problem->text);
    }
    return said;
}

static void
every_mistake_is_told_with_its_place_and_mend(void **state)
{
    (void)state;
    struct buffer golden = {0};
    page_load("codec/mistakes.txt", &golden);
    size_t mistakes = 0;
    for (const char *at = golden.bytes; (at = strstr(at, "\n=====\n")); mistakes++) {
        struct arena arena = {0};
        at += strlen("\n=====\n");
        const char *said = strstr(at, "-----\n");
        assert_non_null(said);
        said += strlen("-----\n");
        size_t size = (size_t)(said - at) - strlen("-----\n");
        const char *end = strstr(said, "\n\n");
        size_t said_size = end ? (size_t)(end - said) + 1 : strlen(said);
        assert_string_equal(said_of(at, size, &arena), arena_text(&arena, said, said_size));
        at = said;
        arena_close(&arena);
    }
    assert_true(mistakes >= 200);
    buffer_close(&golden);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_is_told_with_its_place_and_mend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
