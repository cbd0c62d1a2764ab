/* One line of the journal: every kind there and back, its sums recomputed by hand, and no change
 * that goes unnoticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "codec/record.h"
#include "codec/record_samples.h"

static const char previous[] = "261872e29673ae209b08324f057d5ea6f8b876020a41305e32011a654a9a1b12";

static int
begin(void **state)
{
    static struct arena arena;
    *state = &arena;
    return 0;
}

static int
finish(void **state)
{
    arena_close(*state);
    return 0;
}

/* The line of an entry after `before`, without its newline. */
static char *
line_of(const struct entry *entry, const char *before, char sum[DIGEST_TEXT_SIZE],
        struct arena *arena)
{
    struct buffer out = {0};
    strcpy(sum, before);
    record_encode(entry, sum, &out);
    assert_int_equal(out.bytes[out.size - 1], '\n');
    char *line = arena_text(arena, out.bytes, out.size - 1);
    buffer_close(&out);
    return line;
}

static bool
reads(const char *line, size_t size, const char *before, struct entry *entry, struct arena *arena,
      struct error *err)
{
    char sum[DIGEST_TEXT_SIZE];
    strcpy(sum, before);
    return record_decode(line, size, sum, entry, arena, err);
}

static void
every_kind_is_read_as_it_was_written(void **state)
{
    struct arena *arena = *state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        char written[DIGEST_TEXT_SIZE], seen[DIGEST_TEXT_SIZE], again[DIGEST_TEXT_SIZE];
        struct entry entry;
        struct error err = {0};
        const char *line = line_of(&samples[i], previous, written, arena);
        strcpy(seen, previous);
        if (!record_decode(line, strlen(line), seen, &entry, arena, &err))
            fail_msg("%s: %s", line, err.text);
        assert_string_equal(seen, written);
        assert_int_equal(entry.kind, samples[i].kind);
        assert_int_equal(entry.seq, samples[i].seq);
        assert_int_equal(entry.group, samples[i].group);
        assert_int_equal(entry.at_ms, samples[i].at_ms);
        assert_false(entry.erased);
        assert_string_equal(line_of(&entry, previous, again, arena), line);
    }
}

/* What the samples say stands on their lines, in words a person and `jq` can read. */
static void
lines_say_what_entries_hold(void **state)
{
    static const struct {
        enum entry_kind kind;
        const char *part;
    } rows[] = {
        {ENTRY_GENESIS, "{\"seq\":7,\"at\":\"2026-11-23T14:00:03.120Z\",\"kind\":\"genesis\","
                        "\"group\":9,\"format\":1,\"journal\":\"0011\",\"campaign\":\"best-joke\","
                        "\"marketplace\":\"mturk\",\"environment\":\"sandbox\",\"endpoint\":"
                        "\"https://x\",\"labels\":{\"grant\":\"R01\",\"b\":\"\xc3\xa9\"}"},
        {ENTRY_RUN, "\"who\":\"ana\",\"host\":\"lab\",\"pid\":4294967295,\"version\":\"0.1\","
                    "\"plan\":\"d\",\"plan_by\":\"ben\",\"inputs\":{\"a.yaml\":\"sha256:1\"},"
                    "\"commit\":\"c0ffee\",\"clock_offset_ms\":-1500,\"balance_cents\":10000"},
        {ENTRY_INTEND,
         "\"do\":\"bonus\",\"cents\":100,\"fee_cents\":20,\"content\":\"c\","
         "\"status_before\":\"Submitted\",\"body\":6,\"person\":{\"worker\":\"A1\","
         "\"assignment\":\"X1\",\"task\":\"T1\",\"body\":\"{\\\"a\\\":\\\"\\\\n\\\"}\""
         ",\"salt\":\"5a17\"},\"person_sum\":\""},
        {ENTRY_LOOK, "\"verdict\":\"absent\",\"pages\":3"},
        {ENTRY_REFUSED, "\"request_id\":\"req-1\",\"code\":\"Some.Code\",\"person\":{\"text\":"
                        "\"words\"},\"person_sum\":\""},
        {ENTRY_UNKNOWN, "\"key\":\"" SAMPLE_KEY "\",\"person\":{\"why\":\"timeout\"},"},
        {ENTRY_RECOVERED, "\"why\":\"torn\",\"bytes\":123,\"side\":\"a.torn\",\"sum\":\""},
        {ENTRY_END, "\"done\":1,\"refused\":2,\"unknown\":3,\"pending\":4,\"held\":2,\"held_"
                    "cents\":240,\"elsewhere\":9,"
                    "\"cents\":5,\"fee_cents\":6,\"sum\":\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char sum[DIGEST_TEXT_SIZE];
        const char *line = line_of(sample_of(rows[i].kind), "", sum, *state);
        if (!strstr(line, rows[i].part))
            fail_msg("'%s' is not in: %s", rows[i].part, line);
    }
}

/* The sum: of the previous sum and the line up to its own, without the person member. */
static void
the_sums_are_what_the_format_says(void **state)
{
    struct arena *arena = *state;
    char sum[DIGEST_TEXT_SIZE], expected[DIGEST_TEXT_SIZE];
    const char *line = line_of(sample_of(ENTRY_INTEND), previous, sum, arena);
    const char *person = strstr(line, "\"person\":"), *person_sum = strstr(line, "\"person_sum\":"),
               *tail = strstr(line, ",\"sum\":");
    const char *value = person + strlen("\"person\":");
    assert_int_equal(person_sum[-1], ',');
    digest_hex(value, (size_t)(person_sum - 1 - value), expected);
    assert_memory_equal(person_sum + strlen("\"person_sum\":\""), expected, 64);
    const char *summed = arena_print(arena, "%s%.*s%.*s", previous, (int)(person - line), line,
                                     (int)(tail - person_sum), person_sum);
    digest_hex(summed, strlen(summed), expected);
    assert_string_equal(sum, expected);
    assert_string_equal(tail, arena_print(arena, ",\"sum\":\"%s\"}", expected));
}

static void
the_first_sum_has_nothing_before_it(void **state)
{
    struct arena *arena = *state;
    char sum[DIGEST_TEXT_SIZE], expected[DIGEST_TEXT_SIZE];
    const char *line = line_of(sample_of(ENTRY_GENESIS), "", sum, arena);
    digest_hex(line, (size_t)(strstr(line, ",\"sum\":") - line), expected);
    assert_string_equal(sum, expected);
}

static void
a_person_can_be_erased_and_the_chain_still_verifies(void **state)
{
    struct arena *arena = *state;
    char sum[DIGEST_TEXT_SIZE];
    struct entry entry;
    struct error err = {0};
    const char *line = line_of(sample_of(ENTRY_INTEND), previous, sum, arena);
    const char *person = strstr(line, "\"person\":"), *rest = strstr(line, "\"person_sum\":");
    const char *erased = arena_print(arena, "%.*s%s", (int)(person - line), line, rest);
    assert_true(reads(erased, strlen(erased), previous, &entry, arena, &err));
    assert_true(entry.erased);
    assert_null(entry.worker);
    assert_null(entry.body);
    assert_string_equal(entry.key, sample_of(ENTRY_INTEND)->key);
    assert_int_equal(entry.amount, 100);
}

static void
any_bit_that_changes_is_noticed(void **state)
{
    struct arena *arena = *state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        char sum[DIGEST_TEXT_SIZE];
        char *line = line_of(&samples[i], previous, sum, arena);
        size_t size = strlen(line);
        struct arena turn = {0};
        for (size_t bit = 0; bit < size * 8; bit++) {
            struct entry entry;
            struct error err = {0};
            line[bit / 8] ^= (char)(1 << bit % 8);
            if (reads(line, size, previous, &entry, &turn, &err))
                fail_msg("bit %zu of byte %zu of a '%s' goes unnoticed", bit % 8, bit / 8,
                         entry_kind_name(samples[i].kind));
            line[bit / 8] ^= (char)(1 << bit % 8);
            arena_reset(&turn);
        }
    }
}

static void
a_line_cut_anywhere_is_no_record(void **state)
{
    struct arena *arena = *state;
    char sum[DIGEST_TEXT_SIZE];
    struct entry entry;
    const char *line = line_of(sample_of(ENTRY_INTEND), previous, sum, arena);
    for (size_t size = 0; size < strlen(line); size++) {
        struct error err = {0};
        assert_false(reads(line, size, previous, &entry, arena, &err));
        assert_true(err.text[0]);
    }
}

static void
a_record_follows_one_record_only(void **state)
{
    struct arena *arena = *state;
    char sum[DIGEST_TEXT_SIZE];
    struct entry entry;
    struct error err = {0};
    const char *line = line_of(sample_of(ENTRY_DONE), previous, sum, arena);
    assert_false(reads(line, strlen(line), "", &entry, arena, &err));
    assert_false(reads(line, strlen(line), sum, &entry, arena, &err));
    assert_true(reads(line, strlen(line), previous, &entry, arena, &err));
}

static void
a_line_longer_than_any_record_is_refused(void **state)
{
    struct arena *arena = *state;
    struct entry entry = *sample_of(ENTRY_BODY);
    char *text = arena_alloc(arena, RECORD_SIZE_BYTES_MAX + 1);
    char sum[DIGEST_TEXT_SIZE];
    struct error err = {0};
    memset(text, 'x', RECORD_SIZE_BYTES_MAX);
    entry.text = text;
    const char *line = line_of(&entry, "", sum, arena);
    assert_false(reads(line, strlen(line), "", &entry, arena, &err));
    assert_non_null(strstr(err.text, "no record is that long"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_is_read_as_it_was_written, begin, finish),
        cmocka_unit_test_setup_teardown(lines_say_what_entries_hold, begin, finish),
        cmocka_unit_test_setup_teardown(the_sums_are_what_the_format_says, begin, finish),
        cmocka_unit_test_setup_teardown(the_first_sum_has_nothing_before_it, begin, finish),
        cmocka_unit_test_setup_teardown(a_person_can_be_erased_and_the_chain_still_verifies, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(any_bit_that_changes_is_noticed, begin, finish),
        cmocka_unit_test_setup_teardown(a_line_cut_anywhere_is_no_record, begin, finish),
        cmocka_unit_test_setup_teardown(a_record_follows_one_record_only, begin, finish),
        cmocka_unit_test_setup_teardown(a_line_longer_than_any_record_is_refused, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
