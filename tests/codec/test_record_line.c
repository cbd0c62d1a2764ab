/* The reader of canonical lines beside jansson: it reads what is written, reads it alike, and
 * leaves everything else to the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "codec/record.h"
#include "codec/record_json.h"
#include "codec/record_line.h"
#include "codec/record_samples.h"
#include "codec/record_stated.h"

#define SUM "261872e29673ae209b08324f057d5ea6f8b876020a41305e32011a654a9a1b12"
#define TAIL ",\"sum\":\"" SUM "\"}"
#define HEAD(kind) \
    "{\"seq\":0,\"at\":\"2026-11-23T14:00:00.000Z\",\"kind\":\"" kind "\",\"group\":0"
#define BODY(text) HEAD("body") ",\"text\":\"" text "\"" TAIL
#define END(number) HEAD("end") ",\"done\":" number TAIL
#define GENESIS(labels) HEAD("genesis") ",\"format\":1,\"labels\":{" labels "}" TAIL
#define LOOK(keys) HEAD("look") ",\"keys\":[" keys "]" TAIL

static struct arena arena;

static int
finish(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

/* From memory of exactly its size. */
static bool
line_reads(const char *line, size_t size, struct entry *entry, struct person_span *person)
{
    char *exact = malloc(size ? size : 1);
    memcpy(exact, line, size);
    *entry = (struct entry){0};
    bool reads = record_line_read(exact, size, entry, person, &arena);
    free(exact);
    return reads;
}

static bool
json_reads(const char *line, struct entry *entry)
{
    struct error err = {0};
    *entry = (struct entry){0};
    return record_json_read(line, strlen(line), entry, &arena, &err);
}

static const char *
written(const struct entry *entry)
{
    struct buffer out = {0};
    char sum[DIGEST_TEXT_SIZE] = "";
    record_encode(entry, sum, &out);
    const char *line = arena_text(&arena, out.bytes, out.size - 1);
    buffer_close(&out);
    return line;
}

static void
read_alike(const char *line)
{
    struct entry own, jansson;
    struct person_span person;
    if (!line_reads(line, strlen(line), &own, &person))
        fail_msg("not canonical: %s", line);
    if (!json_reads(line, &jansson))
        fail_msg("jansson refuses: %s", line);
    assert_string_equal(written(&own), written(&jansson));
    struct person_span found = record_person_span(line, strlen(line) - RECORD_TAIL_SIZE);
    assert_int_equal(person.begin, found.begin);
    assert_int_equal(person.end, found.end);
}

static void
left_to_the_other(const char *line, bool is_record)
{
    struct entry entry;
    struct person_span person;
    if (line_reads(line, strlen(line), &entry, &person))
        fail_msg("taken for canonical: %s", line);
    if (json_reads(line, &entry) != is_record)
        fail_msg("jansson %s: %s", is_record ? "refuses" : "reads", line);
}

static void
whatever_is_written_is_canonical(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const char *line = written(&samples[i]);
        struct entry entry;
        struct person_span person;
        read_alike(line);
        assert_true(line_reads(line, strlen(line), &entry, &person));
        assert_string_equal(written(&entry), line);
    }
}

static void
an_erased_record_is_canonical(void **state)
{
    (void)state;
    read_alike(HEAD("intend") ",\"key\":\"" SAMPLE_KEY "\",\"person_sum\":\"" SUM "\"" TAIL);
}

/* Older versions wrote the marketplace's words beside the person. */
static void
words_outside_of_the_person_are_still_read(void **state)
{
    (void)state;
    static const char *const lines[] = {
        HEAD("refused") ",\"key\":\"" SAMPLE_KEY "\",\"code\":\"No\",\"text\":\"words\"" TAIL,
        HEAD("unknown") ",\"key\":\"" SAMPLE_KEY "\",\"why\":\"words\",\"foreign\":true" TAIL,
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct entry entry;
        struct person_span person;
        read_alike(lines[i]);
        assert_true(line_reads(lines[i], strlen(lines[i]), &entry, &person));
        assert_string_equal(entry.text ? entry.text : entry.why, "words");
    }
}

static void
texts_of_every_kind_are_read_alike(void **state)
{
    (void)state;
    static const char *const lines[] = {
        BODY(""),
        BODY("a"),
        BODY("twenty-one characters"),
        BODY("\\\"\\\\\\/\\b\\f\\n\\r\\t"),
        BODY("1234567\\n1234567\\n12345678\\n"),
        BODY("\\u0001 \\u001f \\u007f \\u0080 \\u009f \\u00e9"),
        BODY("\x7f"),
        BODY("\xc3\xa9"),
        BODY("\xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf"),
        BODY("12345678\xed\x9f\xbf\xee\x80\x80"),
        GENESIS(""),
        GENESIS("\"\":\"\""),
        GENESIS("\"a\":\"b\",\"c\":\"d\",\"\\n\":\"\xc3\xa9\""),
        LOOK(""),
        LOOK("\"" SUM "\",\"" SAMPLE_KEY "\""),
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        read_alike(lines[i]);
}

static void
numbers_are_read_alike(void **state)
{
    (void)state;
    read_alike(END("0"));
    read_alike(END("9223372036854775807"));
    read_alike(HEAD("run") ",\"clock_offset_ms\":-9223372036854775808" TAIL);
    read_alike(HEAD("run") ",\"clock_offset_ms\":-1" TAIL);
}

static void
records_in_another_dress_are_left_to_jansson(void **state)
{
    (void)state;
    static const char *const lines[] = {
        " " END("1"),
        END("1") " ",
        END(" 1"),
        END("-0"),
        HEAD("end") ",\"refused\":1,\"done\":1" TAIL,
        HEAD("end") ",\"d\\u006fne\":1" TAIL,
        HEAD("end") ",\"sum\":\"" SUM "\",\"done\":1}",
        BODY("\\u00E9"),
        BODY("\\u20ac"),
        BODY("\\ud83d\\ude00"),
        LOOK("\"" SUM "\" ,\"" SUM "\""),
        HEAD("intend") ",\"person\":{\"task\":\"T\",\"worker\":\"A\"},\"person_sum\":\"" SUM
                       "\"" TAIL,
        HEAD("intend") ",\"person\":{\"worker\":\"A\"}" TAIL,
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        left_to_the_other(lines[i], true);
}

static void
what_is_no_record_is_not_canonical(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "",
        "{",
        "[]",
        END("01"),
        END("-1"),
        END("1.0"),
        END("1e0"),
        END("9223372036854775808"),
        END("99999999999999999999"),
        END(""),
        END("true"),
        END("1,\"done\":1"),
        END("1,\"more\":1"),
        END("1,"),
        HEAD("paid") TAIL,
        HEAD("end") "}" TAIL,
        GENESIS("\"a\":\"b\",\"a\":\"c\""),
        GENESIS("\"a\":\"b\",\"\\u0061\":\"c\""),
        GENESIS("\"a\":1"),
        GENESIS("\"a\""),
        GENESIS(",\"a\":\"b\""),
        GENESIS("\"a\":\"b\","),
        LOOK("\"" SUM "\"\"" SUM "\""),
        LOOK(",\"" SUM "\""),
        LOOK("\"k\""),
        BODY("\\u0000"),
        BODY("\\u00"),
        BODY("\\ud800"),
        BODY("\\x"),
        BODY("\\\xc3\xa9"),
        BODY("\n"),
        BODY("1234567\x1f"),
        HEAD("intend") ",\"person\":{\"worker\":{}},\"person_sum\":\"" SUM "\"" TAIL,
        HEAD("intend") ",\"person\":{,\"worker\":\"A\"},\"person_sum\":\"" SUM "\"" TAIL,
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        left_to_the_other(lines[i], false);
}

static void
bytes_that_are_no_utf8_are_not_canonical(void **state)
{
    (void)state;
    static const char *const lines[] = {
        BODY("\x80"),
        BODY("\xc3"),
        BODY("\xc0\x80"),
        BODY("\xc1\xbf"),
        BODY("\xe0\x9f\xbf"),
        BODY("\xed\xa0\x80"),
        BODY("\xed\xbf\xbf"),
        BODY("\xe2\x82"),
        BODY("\xf0\x8f\xbf\xbf"),
        BODY("\xf5\x80\x80\x80"),
        BODY("\xf4\x90\x80\x80"),
        BODY("\xff"),
        BODY("12345678\xfe"),
        GENESIS("\"\xff\":\"\""),
        LOOK("\"\xff\""),
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        left_to_the_other(lines[i], false);
}

static void
the_beginning_of_a_line_is_not_canonical(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const char *line = written(&samples[i]);
        struct entry entry;
        struct person_span person;
        for (size_t size = 0; size < strlen(line); size++)
            assert_false(line_reads(line, size, &entry, &person));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(whatever_is_written_is_canonical, finish),
        cmocka_unit_test_teardown(an_erased_record_is_canonical, finish),
        cmocka_unit_test_teardown(words_outside_of_the_person_are_still_read, finish),
        cmocka_unit_test_teardown(texts_of_every_kind_are_read_alike, finish),
        cmocka_unit_test_teardown(numbers_are_read_alike, finish),
        cmocka_unit_test_teardown(records_in_another_dress_are_left_to_jansson, finish),
        cmocka_unit_test_teardown(what_is_no_record_is_not_canonical, finish),
        cmocka_unit_test_teardown(bytes_that_are_no_utf8_are_not_canonical, finish),
        cmocka_unit_test_teardown(the_beginning_of_a_line_is_not_canonical, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
