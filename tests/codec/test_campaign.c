/* What becomes of a right campaign file and of the files it names, member by member. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "codec/campaign.h"

#define HIT_1 "3PR3LXCWSF67WOX6Y5S8EXAMPLE1"
#define HIT_2 "3PR3LXCWSF67WOX6Y5S8EXAMPLE2"

struct desk {
    struct arena arena;
    struct problems problems;
    struct campaign *campaign;
};

static void
desk_decode(struct desk *desk, const char *text)
{
    *desk = (struct desk){{0}, {0}, NULL};
    desk->problems.arena = &desk->arena;
    desk->campaign =
        campaign_decode("study/joke.yaml", text, strlen(text), &desk->problems, &desk->arena);
}

static void
desk_input(struct desk *desk, size_t input, const char *path, const char *bytes, size_t size)
{
    campaign_input_decode(desk->campaign, input, path, bytes, size, &desk->problems, &desk->arena);
}

/* Every problem as "file:line:column: words", a line each; the desk is cleared away. */
static void
desk_close_having_said(struct desk *desk, const char *expected)
{
    problems_sort(&desk->problems);
    const char *said = "";
    for (size_t i = 0; i < desk->problems.count; i++) {
        const struct problem *problem = &desk->problems.items[i];
        said = arena_print(&desk->arena, "%s%s:%u:%u: %s\n", said, problem->where.file,
                           problem->where.line, problem->where.column, problem->text);
    }
    assert_string_equal(said, expected);
    arena_close(&desk->arena);
}

static void
assert_where(struct where where, unsigned line, unsigned column)
{
    assert_string_equal(where.file, "study/joke.yaml");
    assert_int_equal(where.line, line);
    assert_int_equal(where.column, column);
}

static const char rich[] = "campaign: memory-wave-1\n"                            /* 1 */
                           "environment: production\n"                            /* 2 */
                           "labels: { grant: R01-12345, year: 2026, paid: no }\n" /* 3 */
                           "hits: { file: hits/wave-1.txt }\n"                    /* 4 */
                           "where: { status: [Submitted, Approved, Rejected] }\n" /* 5 */
                           "limits: { total: 450, per_worker: 5.5, per_bonus: 4.05 }\n"
                           "expect: { workers: 212, assignments: 230 }\n"       /* 7 */
                           "steps:\n"                                           /* 8 */
                           "  - approve: { feedback: ' Thank you.  ' }\n"       /* 9 */
                           "    where: { status: Submitted }\n"                 /* 10 */
                           "  - id: thanks-bonus\n"                             /* 11 */
                           "    bonus:\n"                                       /* 12 */
                           "      amount: 1.10\n"                               /* 13 */
                           "      per: worker\n"                                /* 14 */
                           "      message: |\n"                                 /* 15 */
                           "        You took part\n"                            /* 16 */
                           "        in wave 1. ($1.10, {really})\n"             /* 17 */
                           "    needs: []\n"                                    /* 18 */
                           "  - qualify: { qualification: 012345, value: 7 }\n" /* 19 */
                           "  - notify: { subject: Your bonus, message_file: words/thanks.txt }\n"
                           "    needs: [thanks-bonus, approve]\n"; /* 21 */

static void
a_rich_file_becomes_a_campaign_with_its_places(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, rich);
    const struct campaign *campaign = desk.campaign;
    assert_non_null(campaign);
    assert_string_equal(campaign->file, "study/joke.yaml");
    assert_string_equal(campaign->name, "memory-wave-1");
    assert_where(campaign->name_where, 1, 11);
    assert_string_equal(campaign->environment, "production");
    assert_where(campaign->environment_where, 2, 14);
    assert_int_equal(campaign->label_count, 3);
    assert_string_equal(campaign->labels[0].name, "grant");
    assert_string_equal(campaign->labels[0].value, "R01-12345");
    assert_string_equal(campaign->labels[2].value, "no");
    assert_true(campaign->filter.written);
    assert_true(campaign->filter.status[WORK_REJECTED]);
    assert_true(campaign->limits.has_total && campaign->limits.has_per_worker);
    assert_int_equal(campaign->limits.total, 45000);
    assert_int_equal(campaign->limits.per_worker, 550);
    assert_int_equal(campaign->limits.per_bonus, 405);
    assert_where(campaign->limits.where, 6, 1);
    assert_true(campaign->expect.has_workers && campaign->expect.has_assignments);
    assert_int_equal(campaign->expect.workers, 212);
    assert_int_equal(campaign->expect.assignments, 230);
    assert_where(campaign->expect.where, 7, 1);
    assert_int_equal(campaign->step_count, 4);
    assert_int_equal(campaign->task_count, 0);
    assert_int_equal(campaign->input_count, 2);
    assert_int_equal(campaign->inputs[0].kind, INPUT_TASKS);
    assert_string_equal(campaign->inputs[0].path, "hits/wave-1.txt");
    assert_where(campaign->inputs[0].where, 4, 15);
    assert_int_equal(campaign->inputs[1].kind, INPUT_MESSAGE);
    assert_int_equal(campaign->inputs[1].at, 3);
    desk_close_having_said(&desk, "");
}

static void
the_steps_of_a_rich_file_keep_their_own_fields(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, rich);
    const struct step *approve = &desk.campaign->steps[0], *bonus = approve + 1,
                      *qualify = approve + 2, *notify = approve + 3;
    assert_int_equal(approve->verb, VERB_APPROVE);
    assert_string_equal(approve->id, "approve");
    assert_string_equal(approve->message, "Thank you.");
    assert_false(approve->needs_written);
    assert_true(approve->filter.written && approve->filter.status[WORK_SUBMITTED]);
    assert_false(approve->filter.status[WORK_APPROVED] || approve->filter.status[WORK_REJECTED]);
    assert_where(approve->where, 9, 5);
    assert_where(approve->content, 9, 14);
    assert_int_equal(bonus->verb, VERB_BONUS);
    assert_string_equal(bonus->id, "thanks-bonus");
    assert_int_equal(bonus->amount, 110);
    assert_int_equal(bonus->per, PER_WORKER);
    assert_string_equal(bonus->message, "You took part\nin wave 1. ($1.10, {really})");
    assert_true(bonus->needs_written);
    assert_int_equal(bonus->need_count, 0);
    assert_false(bonus->filter.written);
    assert_true(bonus->filter.status[WORK_REJECTED]);
    assert_where(bonus->content, 13, 7);
    assert_int_equal(qualify->verb, VERB_QUALIFY);
    assert_string_equal(qualify->qualification, "012345");
    assert_int_equal(qualify->value, 7);
    assert_int_equal(notify->verb, VERB_NOTIFY);
    assert_string_equal(notify->subject, "Your bonus");
    assert_null(notify->message);
    assert_int_equal(notify->need_count, 2);
    assert_int_equal(notify->needs[0], 1);
    assert_int_equal(notify->needs[1], 0);
    desk_close_having_said(&desk, "");
}

static void
what_a_file_leaves_out_has_its_documented_value(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, "campaign: joke\nhits: [A]\nsteps:\n  - bonus: { amount: 1, message: Hi }\n"
                       "  - qualify: { qualification: Q }\n");
    const struct campaign *campaign = desk.campaign;
    assert_null(campaign->environment);
    assert_false(campaign->filter.written);
    assert_true(campaign->filter.status[WORK_SUBMITTED] && campaign->filter.status[WORK_APPROVED]);
    assert_false(campaign->filter.status[WORK_REJECTED]);
    assert_false(campaign->limits.has_total || campaign->limits.has_per_worker);
    assert_int_equal(campaign->limits.per_bonus, PER_BONUS_DEFAULT_CENTS);
    assert_false(campaign->expect.has_workers || campaign->expect.has_assignments);
    assert_int_equal(campaign->steps[0].per, PER_ASSIGNMENT);
    assert_int_equal(campaign->steps[1].value, 1);
    assert_memory_equal(campaign->steps[0].filter.status, campaign->filter.status,
                        sizeof campaign->filter.status);
    assert_int_equal(campaign->tasks[0].where.line, 2);
    assert_string_equal(campaign->tasks[0].id, "A");
    desk_close_having_said(&desk, "");
}

static void
an_approve_without_fields_may_be_written_in_four_ways(void **state)
{
    (void)state;
    static const char *const ways[] = {"  - approve\n", "  - approve:\n", "  - approve: {}\n",
                                       "  - approve: ~\n"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct desk desk;
        char file[100] = "campaign: joke\nhits: [A]\nsteps:\n";
        desk_decode(&desk, strcat(file, ways[i]));
        assert_int_equal(desk.campaign->step_count, 1);
        assert_int_equal(desk.campaign->steps[0].verb, VERB_APPROVE);
        assert_string_equal(desk.campaign->steps[0].id, "approve");
        assert_null(desk.campaign->steps[0].message);
        assert_int_equal(desk.campaign->steps[0].content.line, 4);
        desk_close_having_said(&desk, "");
    }
}

static void
every_mistake_of_a_file_is_told_in_one_pass(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, "campaign: best joke\n"
                       "limits: { total: $5 }\n"
                       "steps:\n"
                       "  - bonus: { amount: 0.755, mesage: Thanks }\n"
                       "  - notify: { subject: Hello }\n"
                       "    needs: [bonsu]\n");
    desk_close_having_said(
        &desk,
        "study/joke.yaml:1:1: the file needs 'hits', 'assignments' or 'workers': a list of HIT IDs, "
        "or a file with one ID a line, such as [3PR3LXCWSF67WOX6Y5S8EXAMPLE1] or { file: hits.txt }\n"
        "study/joke.yaml:1:11: 'campaign' takes a name of at most 64 letters, digits, '.', '_' and "
        "'-', such as best-joke; it has 'best joke': write best-joke, for instance\n"
        "study/joke.yaml:2:18: 'total' takes dollars with at most two decimals, such as 450.00; it "
        "has '$5': write 5, without the sign\n"
        "study/joke.yaml:4:22: 'amount' takes dollars with at most two decimals, such as 0.75; it "
        "has '0.755'\n"
        "study/joke.yaml:4:29: unknown key 'mesage', did you mean 'message'?\n"
        "study/joke.yaml:5:13: 'notify' needs 'message' or 'message_file': a text of at most 4,096 "
        "characters, such as \"We have just sent you a bonus.\"\n"
        "study/joke.yaml:6:13: no step above is called 'bonsu', did you mean 'bonus'?\n");
}

/* `count` times a two-byte letter in a notify's field. */
static void
long_decode(struct desk *desk, const char *before, size_t count, const char *after)
{
    static char file[20000];
    strcpy(file, "campaign: joke\nhits: [A]\nsteps:\n  - notify:\n");
    strcat(file, before);
    for (size_t i = 0; i < count; i++)
        strcat(file, "é");
    strcat(file, after);
    desk_decode(desk, file);
}

static void
bounds_of_words_count_characters_and_not_the_ends(void **state)
{
    (void)state;
    struct desk desk;
    long_decode(&desk, "      message: a\n      subject: \"  ", 200, "  \"\n");
    desk_close_having_said(&desk, "");
    long_decode(&desk, "      message: a\n      subject: ", 201, "\n");
    desk_close_having_said(&desk, "study/joke.yaml:6:16: 'subject' takes one line of at most 200 "
                                  "characters; it has 201: shorten it by 1\n");
    long_decode(&desk, "      subject: a\n      message: |\n        ", 4096, "\n");
    assert_int_equal(text_length(desk.campaign->steps[0].message), 4096);
    desk_close_having_said(&desk, "");
    long_decode(&desk, "      subject: a\n      message: |\n        ", 4100, "\n");
    desk_close_having_said(&desk, "study/joke.yaml:6:16: 'message' takes a text of at most 4,096 "
                                  "characters; it has 4100: shorten it by 4\n");
}

static const char with_inputs[] = "campaign: joke\n"
                                  "hits: { file: hits.txt }\n"
                                  "steps:\n"
                                  "  - notify: { subject: Hi, message_file: words.txt }\n";

static void
a_file_of_tasks_takes_comments_blank_lines_and_foreign_line_ends(void **state)
{
    (void)state;
    static const char hits[] = "\xef\xbb\xbf# wave 1\r\n\r\n  " HIT_1 "  # first\r\n\t" HIT_2;
    struct desk desk;
    desk_decode(&desk, with_inputs);
    desk_input(&desk, 0, "study/hits.txt", hits, sizeof hits - 1);
    campaign_check(desk.campaign, &desk.problems, &desk.arena);
    assert_int_equal(desk.campaign->task_count, 2);
    assert_string_equal(desk.campaign->tasks[0].id, HIT_1);
    assert_string_equal(desk.campaign->tasks[0].where.file, "study/hits.txt");
    assert_int_equal(desk.campaign->tasks[0].where.line, 3);
    assert_int_equal(desk.campaign->tasks[0].where.column, 3);
    assert_string_equal(desk.campaign->tasks[1].id, HIT_2);
    assert_int_equal(desk.campaign->tasks[1].where.column, 2);
    desk_close_having_said(&desk, "");
}

static void
what_does_not_belong_into_a_file_of_tasks_is_told_by_its_line(void **state)
{
    (void)state;
    static const char hits[] =
        "HITId\n" HIT_1 "\n" HIT_1 "\n3abc\n" HIT_1 "," HIT_2 "\n1.2E+29\nA#1\n";
    struct desk desk;
    desk_decode(&desk, with_inputs);
    desk_input(&desk, 0, "study/hits.txt", hits, sizeof hits - 1);
    campaign_check(desk.campaign, &desk.problems, &desk.arena);
    desk_close_having_said(
        &desk,
        "study/hits.txt:1:1: a line takes a HIT ID of capital letters and digits, such as " HIT_1
        "; it has 'HITId': this looks like a heading or a word, not like an ID\n"
        "study/hits.txt:3:1: the HIT " HIT_1 " is listed twice; it stands in study/hits.txt, line "
        "2, already: keep one\n"
        "study/hits.txt:4:1: a line takes a HIT ID of capital letters and digits, such as " HIT_1
        "; it has '3abc': IDs have no small letters; copy it again\n"
        "study/hits.txt:5:1: a line takes a HIT ID of capital letters and digits, such as " HIT_1
        "; it has '" HIT_1 "," HIT_2 "': one ID stands in a line, and nothing else\n"
        "study/hits.txt:6:1: a line takes a HIT ID of capital letters and digits, such as " HIT_1
        "; it has '1.2E+29': a spreadsheet made a number of it; make the column text there and "
        "copy it again\n"
        "study/hits.txt:7:1: a line takes a HIT ID of capital letters and digits, such as " HIT_1
        "; it has 'A#1'\n");
}

static void
a_file_that_is_something_else_is_not_complained_of_line_by_line(void **state)
{
    (void)state;
    char hits[4000] = "";
    for (size_t i = 0; i < 500; i++)
        strcat(hits, "a,b,c\n");
    struct desk desk;
    desk_decode(&desk, with_inputs);
    desk_input(&desk, 0, "study/hits.txt", hits, strlen(hits));
    assert_int_equal(desk.problems.count, 11);
    assert_string_equal(desk.problems.items[10].text, "the rest of this file was not read");
    assert_int_equal(desk.problems.items[10].where.line, 11);
    arena_close(&desk.arena);
}

static void
a_file_without_a_task_is_told_at_the_place_that_names_it(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, with_inputs);
    desk_input(&desk, 0, "study/hits.txt", "# none\n", 7);
    desk_input(&desk, 1, "study/words.txt", "Hello", 5);
    campaign_check(desk.campaign, &desk.problems, &desk.arena);
    desk_close_having_said(
        &desk, "study/joke.yaml:2:15: no HIT ID stands in hits.txt: write one a line\n");
}

static void
a_message_file_gives_its_words_without_the_ends(void **state)
{
    (void)state;
    static const char words[] = "\xef\xbb\xbf\r\nDear all,\r\n\r\nthank you ($1.00).\r\n\r\n";
    struct desk desk;
    desk_decode(&desk, with_inputs);
    desk_input(&desk, 1, "study/words.txt", words, sizeof words - 1);
    assert_string_equal(desk.campaign->steps[0].message, "Dear all,\n\nthank you ($1.00).");
    desk_close_having_said(&desk, "");
}

static void
words_that_cannot_be_sent_are_told_in_their_own_file(void **state)
{
    (void)state;
#define SAID(place, words) "study/words.txt:" place ": " words "\n"
#define NOT_UTF8(byte) \
    "the byte 0x" byte " is not part of a UTF-8 text; save the file as plain UTF-8 text"
    static const struct {
        const char *bytes;
        size_t size;
        const char *said;
    } cases[] = {
        {" \n", 2,
         SAID("1:1", "'message' takes a text of at most 4,096 characters, such as \"We have just "
                     "sent you a bonus.\"; it has only white space")},
        {"", 0,
         SAID("1:1", "'message' takes a text of at most 4,096 characters, such as \"We have just "
                     "sent you a bonus.\"; it has nothing")},
        {"Dear you,\n  ${{ worker }} ${{ wroker }}", 39,
         SAID("2:17", "nothing is called 'wroker' here, did you mean ${{ worker }}?")},
        {"One\ntw\xfc", 7, SAID("2:3", NOT_UTF8("fc"))},
        {"One\0", 4, SAID("1:4", NOT_UTF8("00"))},
        {"Ring\x1b[31m", 9,
         SAID("1:1", "'message' has a control character (U+001B) as its character number 5; take "
                     "it out")},
        {"One\nASIAIOSFODNN7EXAMPLE\n", 25,
         SAID("2:1", "this looks like an AWS access key. No file of a campaign holds a credential: "
                     "take it out, and if others have seen the file, deactivate the key")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk desk;
        desk_decode(&desk, with_inputs);
        desk_input(&desk, 1, "study/words.txt", cases[i].bytes, cases[i].size);
        desk_close_having_said(&desk, cases[i].said);
    }
}

/* A hundred thousand people stand in more than a mebibyte. */
static void
lists_are_read_as_far_as_tables_are(void **state)
{
    (void)state;
    assert_int_equal(campaign_input_size_max(INPUT_TASKS), campaign_input_size_max(INPUT_DATASET));
    assert_int_equal(campaign_input_size_max(INPUT_PEOPLE), campaign_input_size_max(INPUT_DATASET));
    struct buffer hits = {0};
    struct desk desk;
    while (hits.size <= 1024 * 1024)
        buffer_print(&hits, "3HIT%zu\n", hits.size);
    desk_decode(&desk, with_inputs);
    desk_input(&desk, 0, "study/hits.txt", hits.bytes, hits.size);
    campaign_check(desk.campaign, &desk.problems, &desk.arena);
    assert_in_range(desk.campaign->task_count, 50000, 200000);
    desk_close_having_said(&desk, "");
    buffer_close(&hits);
}

static void
words_above_one_mebibyte_are_not_read(void **state)
{
    (void)state;
    static char bytes[1024 * 1024 + 1];
    memset(bytes, ' ', sizeof bytes);
    struct desk desk;
    desk_decode(&desk, with_inputs);
    desk_input(&desk, 1, "study/words.txt", bytes, sizeof bytes);
    desk_close_having_said(
        &desk, "study/words.txt:1:1: the file has 1048577 bytes; at most 1048576 are read\n");
}

static void
a_credential_is_refused_and_not_repeated(void **state)
{
    (void)state;
    static const char *const files[] = {
        "campaign: AKIAIOSFODNN7EXAMPLE.\nhits: [A]\nsteps: [approve]\n",
        "campaign: a\nhits: ['AKIAIOSFODNN7EXAMPLE!']\nsteps: [approve]\n",
        "campaign: a\nhits: [A]\nsteps: [approve] # AKIAIOSFODNN7EXAMPLE\n",
        "campaign: a\nhits: [A]\nsteps: [{ AKIAIOSFODNN7EXAMPLE: 1 }]\n",
        "not YAML: [AKIAIOSFODNN7EXAMPLE",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct desk desk;
        desk_decode(&desk, files[i]);
        problems_sort(&desk.problems);
        bool refused = false;
        for (size_t j = 0; j < desk.problems.count; j++) {
            refused |=
                text_starts(desk.problems.items[j].text, "this looks like an AWS access key");
            assert_null(strstr(desk.problems.items[j].text, "AKIA"));
        }
        assert_true(refused);
        arena_close(&desk.arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rich_file_becomes_a_campaign_with_its_places),
        cmocka_unit_test(the_steps_of_a_rich_file_keep_their_own_fields),
        cmocka_unit_test(what_a_file_leaves_out_has_its_documented_value),
        cmocka_unit_test(an_approve_without_fields_may_be_written_in_four_ways),
        cmocka_unit_test(every_mistake_of_a_file_is_told_in_one_pass),
        cmocka_unit_test(bounds_of_words_count_characters_and_not_the_ends),
        cmocka_unit_test(a_file_of_tasks_takes_comments_blank_lines_and_foreign_line_ends),
        cmocka_unit_test(what_does_not_belong_into_a_file_of_tasks_is_told_by_its_line),
        cmocka_unit_test(a_file_that_is_something_else_is_not_complained_of_line_by_line),
        cmocka_unit_test(a_file_without_a_task_is_told_at_the_place_that_names_it),
        cmocka_unit_test(a_message_file_gives_its_words_without_the_ends),
        cmocka_unit_test(words_that_cannot_be_sent_are_told_in_their_own_file),
        cmocka_unit_test(lists_are_read_as_far_as_tables_are),
        cmocka_unit_test(words_above_one_mebibyte_are_not_read),
        cmocka_unit_test(a_credential_is_refused_and_not_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
