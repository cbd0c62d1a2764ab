/* Keys and contents against vectors that Python's hashlib computed over the fields by hand:
 * each a 4-byte big-endian length and its bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/identity.h"

static const struct identity plain = {"mturk", "sandbox", "best-joke"};

static void
the_key_is_the_vector(void **state)
{
    (void)state;
    char key[KEY_TEXT_SIZE];
    identity_key(&plain, "bonus", VERB_BONUS, "3PR3LXCWSF67WOX6Y5S8EXAMPLE1", key);
    assert_string_equal(key, "261872e29673ae209b08324f057d5ea6f8b876020a41305e32011a654a9a1b12");
    struct identity other = {"mturk", "production", "mémoire-1"};
    identity_key(&other, "score-bonus", VERB_QUALIFY, "A1WORKER", key);
    assert_string_equal(key, "428381e6740eb284cd43ca1652567e10e17180edb757f6aa8ea35a12ad88e108");
}

static void
a_key_is_as_long_as_a_token_may_be(void **state)
{
    (void)state;
    char key[KEY_TEXT_SIZE];
    identity_key(&plain, "", VERB_NOTIFY, "", key);
    assert_true(digest_is(key));
    assert_int_equal(strlen(key), 64);
}

/* Every field decides, and no field's bytes can pass for its neighbour's. */
static void
keys_differ_by_each_field(void **state)
{
    (void)state;
    static const struct {
        struct identity identity;
        const char *step;
        enum verb verb;
        const char *target;
    } rows[] = {
        {{"mturk", "sandbox", "wave"}, "bonus", VERB_BONUS, "A1"},
        {{"other", "sandbox", "wave"}, "bonus", VERB_BONUS, "A1"},
        {{"mturk", "production", "wave"}, "bonus", VERB_BONUS, "A1"},
        {{"mturk", "sandbox", "wave2"}, "bonus", VERB_BONUS, "A1"},
        {{"mturk", "sandbox", "wave"}, "bonus2", VERB_BONUS, "A1"},
        {{"mturk", "sandbox", "wave"}, "bonus", VERB_NOTIFY, "A1"},
        {{"mturk", "sandbox", "wave"}, "bonus", VERB_BONUS, "A2"},
        {{"mturks", "andbox", "wave"}, "bonus", VERB_BONUS, "A1"},
        {{"mturk", "sandboxw", "ave"}, "bonus", VERB_BONUS, "A1"},
        {{"mturk", "sandbox", "waveb"}, "onus", VERB_BONUS, "A1"},
        {{"mturk", "sandbox", "wavebonus"}, "", VERB_BONUS, "A1"},
        {{"mturk", "sandbox", ""}, "wavebonus", VERB_BONUS, "A1"},
        {{"", "mturksandbox", "wave"}, "bonus", VERB_BONUS, "A1"},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    char keys[ROWS][KEY_TEXT_SIZE];
    for (size_t i = 0; i < ROWS; i++)
        identity_key(&rows[i].identity, rows[i].step, rows[i].verb, rows[i].target, keys[i]);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(keys[i], keys[j]);
}

static void
an_action_keeps_its_key_when_its_content_is_edited(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct content says = {.verb = VERB_BONUS, .amount = 100, .message = "Thanks"};
    char key[KEY_TEXT_SIZE], later[KEY_TEXT_SIZE], content[DIGEST_TEXT_SIZE],
        edited[DIGEST_TEXT_SIZE];
    identity_key(&plain, "bonus", VERB_BONUS, "X1", key);
    identity_content(&says, content, &arena);
    says.amount = 150;
    identity_key(&plain, "bonus", VERB_BONUS, "X1", later);
    identity_content(&says, edited, &arena);
    assert_string_equal(key, later);
    assert_string_not_equal(content, edited);
    arena_close(&arena);
}

static void
contents_are_the_vectors(void **state)
{
    (void)state;
    static const struct {
        struct content says;
        const char *content;
    } rows[] = {
        {{.verb = VERB_BONUS, .amount = 100, .message = "Your joke made us laugh."},
         "59716b51e3301b9d5ba0a6e4a1cfccd55b0f50262261ed5e36fd47f027fb6b2e"},
        {{.verb = VERB_APPROVE, .message = "Thank you."},
         "ba2177b91c4a653c27c13b0cd0f8e8899956487356276ae05bfb5d31c44fb32b"},
        {{.verb = VERB_APPROVE},
         "8ab8d0ce65c7a848802a1f6426c9779651534251ef97714a1a0f3bbb31430d97"},
        {{.verb = VERB_QUALIFY, .qualification = "3JNQ", .value = 7},
         "bef51b3d9000a73f83a7c5abea861ce2e3d51f0204fdea6c6b45e0f7374b017e"},
        {{.verb = VERB_NOTIFY, .subject = "A bonus", .message = "Line one.\n  Line two."},
         "979ebd744af221bfba28763ed18f2a91f32e440272a309c449a857bfac5ba619"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char content[DIGEST_TEXT_SIZE];
        identity_content(&rows[i].says, content, &arena);
        assert_string_equal(content, rows[i].content);
    }
    arena_close(&arena);
}

/* The marketplace's list may give words back with other white space than was sent. */
static void
a_bonus_is_known_by_amount_and_words_but_not_by_white_space(void **state)
{
    (void)state;
    static const struct {
        cents_t amount;
        const char *words;
        bool same;
    } rows[] = {
        {100, "Well  done,\n\tall.", true}, {100, " Well done, all.\n", true},
        {101, "Well done, all.", false},    {100, "Well done, All.", false},
        {100, "Welldone, all.", false},     {10, "0 Well done, all.", false},
    };
    struct arena arena = {0};
    char content[DIGEST_TEXT_SIZE], other[DIGEST_TEXT_SIZE];
    identity_bonus_content(100, "Well done, all.", content, &arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        identity_bonus_content(rows[i].amount, rows[i].words, other, &arena);
        assert_int_equal(strcmp(content, other) == 0, rows[i].same);
    }
    arena_close(&arena);
}

static void
the_content_of_an_action_changes_with_what_it_says(void **state)
{
    (void)state;
    static const struct {
        struct content one, other;
    } rows[] = {
        {{.verb = VERB_APPROVE, .message = "a"}, {.verb = VERB_APPROVE, .message = "b"}},
        {{.verb = VERB_QUALIFY, .qualification = "Q1", .value = 1},
         {.verb = VERB_QUALIFY, .qualification = "Q1", .value = 2}},
        {{.verb = VERB_QUALIFY, .qualification = "Q1", .value = 1},
         {.verb = VERB_QUALIFY, .qualification = "Q2", .value = 1}},
        {{.verb = VERB_QUALIFY, .qualification = "Q1", .value = 11},
         {.verb = VERB_QUALIFY, .qualification = "Q11", .value = 1}},
        {{.verb = VERB_NOTIFY, .subject = "ab", .message = "c"},
         {.verb = VERB_NOTIFY, .subject = "a", .message = "bc"}},
        {{.verb = VERB_BONUS, .amount = 100, .message = "a"},
         {.verb = VERB_BONUS, .amount = 100, .message = "b"}},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char one[DIGEST_TEXT_SIZE], other[DIGEST_TEXT_SIZE];
        identity_content(&rows[i].one, one, &arena);
        identity_content(&rows[i].other, other, &arena);
        assert_string_not_equal(one, other);
    }
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_key_is_the_vector),
        cmocka_unit_test(a_key_is_as_long_as_a_token_may_be),
        cmocka_unit_test(keys_differ_by_each_field),
        cmocka_unit_test(an_action_keeps_its_key_when_its_content_is_edited),
        cmocka_unit_test(contents_are_the_vectors),
        cmocka_unit_test(a_bonus_is_known_by_amount_and_words_but_not_by_white_space),
        cmocka_unit_test(the_content_of_an_action_changes_with_what_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
