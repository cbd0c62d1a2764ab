/* What everybody may read of each record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/digest.h"
#include "base/text.h"
#include "core/redact.h"

#define KEY_ONE "1111111111111111111111111111111111111111111111111111111111111111"

static struct arena arena;
static struct redaction redaction;

static int
begin(void **state)
{
    (void)state;
    redaction = (struct redaction){.secret = "5ec7e7", .journal = "c0b1", .head = "4ead"};
    return 0;
}

static int
finish(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

static struct entry
redacted(struct entry entry)
{
    struct entry out;
    redact_entry(&redaction, &entry, &out, &arena);
    return out;
}

static void
nobody_is_left_and_the_money_is(void **state)
{
    (void)state;
    struct entry out = redacted((struct entry){.kind = ENTRY_INTEND,
                                               .seq = 7,
                                               .at_ms = 1795442403120,
                                               .key = KEY_ONE,
                                               .step = "bonus",
                                               .amount = 100,
                                               .fee = 20,
                                               .content = "c",
                                               .worker = "A1",
                                               .assignment = "X1",
                                               .task = "T1",
                                               .body = "{}",
                                               .evidence = "listed",
                                               .salt = "5a17"});
    assert_true(!out.worker && !out.assignment && !out.task && !out.body && !out.evidence);
    assert_null(out.salt);
    assert_int_equal(out.amount + out.fee, 120);
    assert_int_equal(out.seq, 7);
    assert_int_equal(out.at_ms, 1795442403120);
    assert_string_equal(out.step, "bonus");
}

static void
keys_and_contents_cannot_be_made_again_and_stay_the_same_throughout(void **state)
{
    (void)state;
    const char *keys[] = {KEY_ONE};
    struct entry intend = redacted((struct entry){.kind = ENTRY_INTEND, .key = KEY_ONE});
    struct entry look = redacted((struct entry){.kind = ENTRY_LOOK, .keys = keys, .key_count = 1});
    assert_true(digest_is(intend.key));
    assert_string_not_equal(intend.key, KEY_ONE);
    assert_string_equal(look.keys[0], intend.key);
    assert_string_equal(keys[0], KEY_ONE);
    redaction.secret = "another";
    struct entry again = redacted((struct entry){.kind = ENTRY_DONE, .key = KEY_ONE});
    assert_string_not_equal(again.key, intend.key);
}

static void
researchers_have_numbers(void **state)
{
    (void)state;
    struct entry run = {.kind = ENTRY_RUN, .who = "ana", .host = "mac", .pid = 7};
    run.plan_by = "ben@lab";
    struct entry out = redacted(run);
    assert_string_equal(out.who, "person-1");
    assert_string_equal(out.host, "machine-1");
    assert_string_equal(out.plan_by, "person-2");
    assert_int_equal(out.pid, 0);
    out = redacted((struct entry){.kind = ENTRY_RESOLVE, .who = "ana@mac"});
    assert_string_equal(out.who, "person-1");
}

static void
what_the_marketplace_said_is_left_out(void **state)
{
    (void)state;
    struct entry refused = {
        .kind = ENTRY_REFUSED, .code = "No", .text = "Not A1", .request_id = "r"};
    struct entry out = redacted(refused);
    assert_string_equal(out.code, "No");
    assert_true(!out.text && !out.request_id);
    assert_null(redacted((struct entry){.kind = ENTRY_UNKNOWN, .why = "A1?"}).why);
    assert_null(redacted((struct entry){.kind = ENTRY_RECOVERED, .side = "/home/ana/x"}).side);
    assert_string_equal(redacted((struct entry){.kind = ENTRY_BODY, .text = "Hi"}).text, "Hi");
}

static void
the_copy_says_what_it_is_a_copy_of(void **state)
{
    (void)state;
    struct entry out = redacted((struct entry){.kind = ENTRY_GENESIS, .journal = "0011"});
    assert_string_equal(out.journal, "c0b1");
    assert_string_equal(out.redacted, "4ead");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_is_left_and_the_money_is, begin, finish),
        cmocka_unit_test_setup_teardown(
            keys_and_contents_cannot_be_made_again_and_stay_the_same_throughout, begin, finish),
        cmocka_unit_test_setup_teardown(researchers_have_numbers, begin, finish),
        cmocka_unit_test_setup_teardown(what_the_marketplace_said_is_left_out, begin, finish),
        cmocka_unit_test_setup_teardown(the_copy_says_what_it_is_a_copy_of, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
