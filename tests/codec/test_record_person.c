/* Whom lines name, what is left of them, and journals that differ in nothing but people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "codec/record.h"
#include "codec/record_person.h"
#include "codec/record_samples.h"

static struct arena arena;

static int
finish(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

/* The samples from `from` on, one after the other; nobody in those of which `erased` has the bit.
 */
static struct buffer
lines_of(size_t from, size_t count, unsigned erased)
{
    struct buffer all = {0};
    char sum[DIGEST_TEXT_SIZE] = "";
    for (size_t i = 0; i < count; i++) {
        struct buffer line = {0};
        record_encode(&samples[from + i], sum, &line);
        if (erased & 1u << i)
            record_leave_person(line.bytes, line.size, &all);
        else
            buffer_add(&all, line.bytes, line.size);
        buffer_close(&line);
    }
    return all;
}

static size_t
first_intent(void)
{
    return (size_t)(sample_of(ENTRY_INTEND) - samples);
}

static void
what_is_left_of_a_line_is_a_record_without_a_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        struct buffer line = lines_of(i, 1, 1);
        char sum[DIGEST_TEXT_SIZE] = "";
        struct entry entry;
        struct error err = {0};
        if (!record_decode(line.bytes, line.size - 1, sum, &entry, &arena, &err))
            fail_msg("%s: %s", line.bytes, err.text);
        assert_null(entry.worker);
        assert_null(entry.salt);
        assert_false(record_has_person(line.bytes, line.size));
        buffer_close(&line);
    }
}

static void
a_line_says_whose_it_is(void **state)
{
    (void)state;
    struct buffer line = lines_of(first_intent(), 1, 0);
    char key[DIGEST_TEXT_SIZE];
    stamp_t at_ms;
    assert_true(record_states_key(line.bytes, line.size, key));
    assert_string_equal(key, SAMPLE_KEY);
    assert_true(record_states_at(line.bytes, line.size, &at_ms));
    assert_int_equal(at_ms, samples[0].at_ms);
    char worker[DIGEST_TEXT_SIZE];
    assert_true(record_states_worker(line.bytes, line.size, worker));
    assert_string_equal(worker, "A1");
    buffer_close(&line);
}

/* A torn line may end in the middle of a name. */
static void
nothing_of_a_person_is_left_of_a_line_cut_anywhere(void **state)
{
    (void)state;
    struct buffer line = lines_of(first_intent(), 1, 0);
    size_t person = (size_t)(strstr(line.bytes, "\"person\"") - line.bytes);
    for (size_t size = 0; size <= line.size; size++) {
        struct buffer out = {0};
        record_leave_person(line.bytes, size, &out);
        bool begun = size >= person + strlen("\"person\":{");
        assert_true(!begun || !bytes_name(out.bytes, out.size, "A1"));
        assert_true(size > person || out.size == size);
        buffer_close(&out);
    }
    buffer_close(&line);
}

static void
an_id_is_no_part_of_another(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool named;
    } rows[] = {{"A1", true},    {"\"A1\"", true}, {"XA1", false},
                {"A12", false},  {"A12 A1", true}, {"a,A1\n", true},
                {"A1A1", false}, {"", false},      {"A", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(bytes_name(rows[i].text, strlen(rows[i].text), "A1"), rows[i].named);
    struct arena kept = {0};
    struct index ids = {0};
    char longest[ID_BYTES_MAX + 1], longer[ID_BYTES_MAX + 2];
    memset(longest, 'A', ID_BYTES_MAX);
    memset(longer, 'A', ID_BYTES_MAX + 1);
    longest[ID_BYTES_MAX] = longer[ID_BYTES_MAX + 1] = '\0';
    index_add(&ids, "3WORK", 0, &kept);
    index_add(&ids, "A1", 0, &kept);
    index_add(&ids, longest, 0, &kept);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(bytes_name_any(rows[i].text, strlen(rows[i].text), &ids), rows[i].named);
    assert_true(bytes_name_any("x,3WORK", 7, &ids));
    assert_false(bytes_name_any("x,3WORK", 6, &ids));
    assert_true(bytes_name_any(longest, ID_BYTES_MAX, &ids));
    assert_false(bytes_name_any(longer, ID_BYTES_MAX + 1, &ids));
    arena_close(&kept);
}

static void
journals_are_alike_whoever_was_erased_from_one(void **state)
{
    (void)state;
    enum { COUNT = 8 };
    size_t from = first_intent();
    for (unsigned erased = 0; erased < 1u << COUNT; erased++) {
        struct buffer here = lines_of(from, COUNT, erased), there = lines_of(from, COUNT, 0);
        struct alike alike = records_alike(here.bytes, here.size, there.bytes, there.size);
        assert_int_equal(alike.here, here.size);
        assert_int_equal(alike.there, there.size);
        assert_int_equal(alike.names_less, here.size < there.size);
        alike = records_alike(there.bytes, there.size, here.bytes, here.size);
        assert_int_equal(alike.there, here.size);
        assert_false(alike.names_less);
        buffer_close(&here);
        buffer_close(&there);
    }
}

static void
a_person_who_is_another_one_is_a_difference(void **state)
{
    (void)state;
    struct buffer here = lines_of(first_intent(), 3, 0), there = lines_of(first_intent(), 3, 0);
    size_t first = (size_t)(strchr(here.bytes, '\n') - here.bytes) + 1;
    char *worker = strstr(there.bytes + first, "\"worker\":\"A1\"");
    worker[strlen("\"worker\":\"")] = 'B';
    struct alike alike = records_alike(here.bytes, here.size, there.bytes, there.size);
    assert_int_equal(alike.here, first);
    assert_int_equal(alike.there, first);
    buffer_close(&here);
    buffer_close(&there);
}

static void
only_whole_lines_are_alike(void **state)
{
    (void)state;
    struct buffer here = lines_of(first_intent(), 2, 0);
    struct alike alike = records_alike(here.bytes, here.size, here.bytes, here.size - 1);
    size_t first = (size_t)(strchr(here.bytes, '\n') - here.bytes) + 1;
    assert_int_equal(alike.here, first);
    alike = records_alike(NULL, 0, here.bytes, here.size);
    assert_int_equal(alike.there, 0);
    buffer_close(&here);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(what_is_left_of_a_line_is_a_record_without_a_person, finish),
        cmocka_unit_test_teardown(a_line_says_whose_it_is, finish),
        cmocka_unit_test_teardown(nothing_of_a_person_is_left_of_a_line_cut_anywhere, finish),
        cmocka_unit_test_teardown(an_id_is_no_part_of_another, finish),
        cmocka_unit_test_teardown(journals_are_alike_whoever_was_erased_from_one, finish),
        cmocka_unit_test_teardown(a_person_who_is_another_one_is_a_difference, finish),
        cmocka_unit_test_teardown(only_whole_lines_are_alike, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
