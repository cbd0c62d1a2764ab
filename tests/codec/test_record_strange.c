/* Lines whose sums are right and that this program would not have written: a newer bursar's, or
 * a person's. Each is refused in words, before anything is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "codec/record.h"

#define KEY "428381e6740eb284cd43ca1652567e10e17180edb757f6aa8ea35a12ad88e108"
#define HEAD(kind) \
    "{\"seq\":0,\"at\":\"2026-11-23T14:00:00.000Z\",\"kind\":\"" kind "\",\"group\":0"
#define INTENT \
    HEAD("intend") \
    ",\"key\":\"" KEY "\",\"step\":\"s\",\"do\":\"bonus\",\"cents\":100," \
    "\"fee_cents\":20,\"content\":\"c\""

/* Puts the sum behind a line that has no person. */
static const char *
seal(const char *line, struct arena *arena)
{
    char sum[DIGEST_TEXT_SIZE];
    digest_hex(line, strlen(line), sum);
    return arena_print(arena, "%s,\"sum\":\"%s\"}", line, sum);
}

static const char *
seal_with_person(const char *line, const char *person, struct arena *arena)
{
    char person_sum[DIGEST_TEXT_SIZE], sum[DIGEST_TEXT_SIZE];
    digest_hex(person, strlen(person), person_sum);
    const char *summed = arena_print(arena, "%s,\"person_sum\":\"%s\"", line, person_sum);
    digest_hex(summed, strlen(summed), sum);
    return arena_print(arena, "%s,\"person\":%s,\"person_sum\":\"%s\",\"sum\":\"%s\"}", line,
                       person, person_sum, sum);
}

static bool
reads(const char *line, struct error *err, struct arena *arena)
{
    char previous[DIGEST_TEXT_SIZE] = "";
    struct entry entry;
    return record_decode(line, strlen(line), previous, &entry, arena, err);
}

static void
refused(const char *line, const char *words, struct arena *arena)
{
    struct error err = {0};
    if (reads(line, &err, arena))
        fail_msg("read: %s", line);
    if (!strstr(err.text, words))
        fail_msg("'%s' is not in: %s (%s)", words, err.text, line);
}

static void
the_seals_of_this_test_are_right(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error err = {0};
    const char *lines[] = {
        seal(HEAD("done") ",\"key\":\"" KEY "\"", &arena),
        seal_with_person(INTENT, "{\"worker\":\"A1\",\"salt\":\"00\"}", &arena),
    };
    for (size_t i = 0; i < 2; i++)
        if (!reads(lines[i], &err, &arena))
            fail_msg("%s: %s", err.text, lines[i]);
    arena_close(&arena);
}

static void
members_and_kinds_of_a_newer_version_are_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const struct {
        const char *line, *words;
    } rows[] = {
        {HEAD("done") ",\"key\":\"" KEY "\",\"colour\":\"red\"",
         "a record of kind 'done' has the member 'colour', which this version does not know"},
        {HEAD("done") ",\"key\":\"" KEY "\",\"attempt\":2",
         "a record of kind 'done' has the member 'attempt'"},
        {HEAD("paid") ",\"key\":\"" KEY "\"",
         "a record of kind 'paid', which this version does not know: a newer bursar wrote it"},
        {HEAD("DONE") ",\"key\":\"" KEY "\"", "a record of kind 'DONE'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refused(seal(rows[i].line, &arena), rows[i].words, &arena);
    refused(seal_with_person(INTENT, "{\"worker\":\"A1\",\"mail\":\"a@b\"}", &arena), "'mail'",
            &arena);
    arena_close(&arena);
}

static void
values_that_no_bursar_writes_are_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char *const lines[] = {
        HEAD("done") ",\"key\":7",
        HEAD("done") ",\"key\":null",
        HEAD("resend") ",\"key\":\"" KEY "\",\"attempt\":-1",
        HEAD("resend") ",\"key\":\"" KEY "\",\"attempt\":1.0",
        HEAD("resend") ",\"key\":\"" KEY "\",\"attempt\":4294967296",
        HEAD("resend") ",\"key\":\"" KEY "\",\"attempt\":\"2\"",
        HEAD("look") ",\"keys\":\"" KEY "\",\"verdict\":\"absent\",\"pages\":1",
        HEAD("look") ",\"keys\":[7],\"verdict\":\"absent\",\"pages\":1",
        HEAD("look") ",\"keys\":[\"k\"],\"verdict\":\"absent\",\"pages\":1",
        HEAD("look") ",\"keys\":[\"" KEY "\"],\"verdict\":\"perhaps\",\"pages\":1",
        HEAD("intend") ",\"key\":\"" KEY "\",\"step\":\"s\",\"do\":\"steal\",\"content\":\"c\"",
        HEAD("resolve") ",\"key\":\"" KEY "\",\"who\":\"ana\",\"decision\":\"perhaps\"",
        INTENT ",\"status_before\":\"submitted\"",
        INTENT ",\"body\":-1",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        refused(seal(lines[i], &arena), "holds what no bursar writes", &arena);
    refused(seal_with_person(INTENT, "{\"worker\":7}", &arena), "holds what no bursar writes",
            &arena);
    arena_close(&arena);
}

static void
what_a_kind_cannot_do_without_must_be_there(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char *const lines[] = {
        HEAD("done"),
        HEAD("refused"),
        HEAD("released"),
        HEAD("unknown"),
        HEAD("resend"),
        HEAD("resolve"),
        HEAD("done") ",\"key\":\"k\"",
        HEAD("done") ",\"key\":\"\"",
        HEAD("adopt") ",\"key\":\"" KEY "\"",
        HEAD("intend") ",\"key\":\"" KEY "\"",
        HEAD("intend") ",\"key\":\"" KEY "\",\"step\":\"s\",\"do\":\"bonus\"",
        HEAD("intend") ",\"key\":\"" KEY "\",\"step\":\"s\",\"content\":\"c\"",
        HEAD("intend") ",\"key\":\"" KEY "\",\"do\":\"bonus\",\"content\":\"c\"",
        HEAD("genesis"),
        HEAD("genesis") ",\"format\":1,\"campaign\":\"c\",\"marketplace\":\"m\"",
        HEAD("genesis") ",\"format\":1,\"campaign\":\"c\\u001b[31m\",\"marketplace\":\"m\","
                        "\"environment\":\"e\"",
        HEAD("genesis") ",\"format\":1,\"campaign\":\"c\",\"marketplace\":\"m\","
                        "\"environment\":\"e\\n\"",
        HEAD("intend") ",\"key\":\"" KEY
                       "\",\"step\":\"s\\u009b\",\"do\":\"bonus\",\"content\":\"c\"",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        refused(seal(lines[i], &arena), "is missing", &arena);
    arena_close(&arena);
}

static void
what_is_no_record_at_all_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const struct {
        const char *line, *words;
    } rows[] = {
        {"{\"a\":1", "seq, at, kind or group is missing"},
        {"{\"seq\":0,\"at\":\"2026-11-23T14:00:00.000Z\",\"group\":0", "is missing"},
        {"{\"seq\":-1,\"at\":\"2026-11-23T14:00:00.000Z\",\"kind\":\"end\",\"group\":0",
         "is missing"},
        {"{\"seq\":5,\"at\":\"2026-11-23T14:00:00.000Z\",\"kind\":\"end\",\"group\":4",
         "is missing"},
        {"{\"seq\":0,\"at\":\"yesterday\",\"kind\":\"end\",\"group\":0", "'at' is not a time"},
        {"[{\"a\":1", "not a JSON object"},
        {HEAD("end") ",\"done\":1,\"done\":1", "not a JSON object"},
        {HEAD("body") ",\"text\":\"\xff\"", "not a JSON object"},
        {HEAD("body") ",\"text\":\"a\nb\"", "not a JSON object"},
        {HEAD("end") "}  ", "not a JSON object"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refused(seal(rows[i].line, &arena), rows[i].words, &arena);
    refused("", "does not end in its sum", &arena);
    refused("{}", "does not end in its sum", &arena);
    refused(seal_with_person(INTENT, "{\"worker\":{\"x\":1}}", &arena), "", &arena);
    arena_close(&arena);
}

static void
a_person_without_its_sum_right_behind_it_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char *const lines[] = {
        INTENT ",\"person\":{\"worker\":\"A1\"}",
        INTENT ",\"person\":{\"worker\":\"A1\"},\"value\":1,\"person_sum\":\"" KEY "\"",
        INTENT ",\"person_sum\":\"" KEY "\",\"person\":{\"worker\":\"A1\"}",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        refused(seal(lines[i], &arena), "the sum differs", &arena);
    /* Nor when the sum ends where the person begins. */
    char sum[DIGEST_TEXT_SIZE];
    digest_hex(INTENT ",", strlen(INTENT ","), sum);
    refused(arena_print(&arena, "%s,\"sum\":\"%s\"}", lines[0], sum), "the sum differs", &arena);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_seals_of_this_test_are_right),
        cmocka_unit_test(members_and_kinds_of_a_newer_version_are_refused),
        cmocka_unit_test(values_that_no_bursar_writes_are_refused),
        cmocka_unit_test(what_a_kind_cannot_do_without_must_be_there),
        cmocka_unit_test(what_is_no_record_at_all_is_refused),
        cmocka_unit_test(a_person_without_its_sum_right_behind_it_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
