/* What becomes of the language's richer parts: who is meant, tables, lookups, all verbs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "codec/campaign.h"

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
    for (size_t i = 0; i < desk->problems.count; i++)
        print_error("%u:%u: %s\n", desk->problems.items[i].where.line,
                    desk->problems.items[i].where.column, desk->problems.items[i].text);
    assert_int_equal(desk->problems.count, 0);
    assert_non_null(desk->campaign);
}

static void
assert_place(struct where where, unsigned line, unsigned column)
{
    assert_int_equal(where.line, line);
    assert_int_equal(where.column, column);
}

#define TABLES \
    "data:\n" \
    "  scores: { csv: data/scores.csv, match: { worker: worker_id }, missing: skip }\n" \
    "  codes: { csv: codes.csv, match: { answer.taskAnswers.code: code }, case: fold }\n" \
    "  old: { csv: old.csv, match: { assignment: AssignmentId } }\n"

static void
a_table_keeps_its_file_its_key_and_the_columns_that_are_used(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, "campaign: a\n"
                       "hits: [A]\n"
                       "where: { scores.wave: 1 }\n" TABLES "steps:\n"
                       "  - bonus:\n"
                       "      amount: ${{ scores.usd }}\n"
                       "      message: For ${{ scores.Answer.q 1 }}, ${{ scores.usd }}\n"
                       "  - qualify: { qualification: Q, value: '${{scores.score}}' }\n");
    const struct campaign *campaign = desk.campaign;
    assert_int_equal(campaign->dataset_count, 3);
    const struct dataset *scores = &campaign->datasets[0], *codes = scores + 1, *old = scores + 2;
    assert_string_equal(scores->name, "scores");
    assert_place(scores->where, 5, 3);
    assert_int_equal(scores->match_by, MATCH_BY_WORKER);
    assert_true(scores->skips && !scores->folds);
    assert_int_equal(scores->column_count, 5);
    assert_string_equal(scores->columns[scores->key].name, "worker_id");
    assert_string_equal(scores->columns[1].name, "wave");
    assert_int_equal(scores->columns[1].takes, COLUMN_TEXT);
    assert_string_equal(scores->columns[2].name, "usd");
    assert_int_equal(scores->columns[2].takes, COLUMN_MONEY);
    assert_string_equal(scores->columns[3].name, "Answer.q 1");
    assert_string_equal(scores->columns[4].name, "score");
    assert_int_equal(scores->columns[4].takes, COLUMN_SCORE);
    assert_int_equal(codes->match_by, MATCH_BY_ANSWER);
    assert_string_equal(codes->field, "taskAnswers.code");
    assert_true(codes->folds && !codes->skips);
    assert_int_equal(old->match_by, MATCH_BY_ASSIGNMENT);
    assert_int_equal(campaign->input_count, 3);
    assert_int_equal(campaign->inputs[1].kind, INPUT_DATASET);
    assert_string_equal(campaign->inputs[1].path, "codes.csv");
    assert_int_equal(campaign->inputs[1].at, 1);
    arena_close(&desk.arena);
}

static void
a_template_keeps_its_pieces_and_their_places(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, "campaign: a\n"
                       "hits: [A]\n" TABLES "steps:\n"
                       "  - id: thanks\n"
                       "    bonus: { amount: 1.00, message: '  ${{ worker }}: $1.00 {x}  ' }\n"
                       "  - notify:\n"
                       "      subject: é ${{campaign}}\n"
                       "      message: |\n"
                       "        You got ${{ paid.thanks }}\n"
                       "        for ${{ answer.q.1 }}, ${{ scores.a b }}.\n");
    const struct step *bonus = &desk.campaign->steps[0], *notify = bonus + 1;
    const struct template *words = bonus->message_from;
    assert_int_equal(words->count, 2);
    assert_int_equal(words->pieces[0].lookup, LOOKUP_WORKER);
    assert_place(words->pieces[0].where, 9, 40);
    assert_string_equal(words->pieces[1].text, ": $1.00 {x}");
    assert_string_equal(bonus->message, "${{ worker }}: $1.00 {x}");
    assert_null(bonus->amount_from);
    assert_int_equal(notify->subject_from->pieces[1].lookup, LOOKUP_CAMPAIGN);
    assert_place(notify->subject_from->pieces[1].where, 11, 18);
    words = notify->message_from;
    assert_int_equal(words->count, 7);
    assert_int_equal(words->pieces[1].lookup, LOOKUP_PAID);
    assert_int_equal(words->pieces[1].step, 0);
    assert_place(words->pieces[1].where, 13, 17);
    assert_string_equal(words->pieces[2].text, "\nfor ");
    assert_int_equal(words->pieces[3].lookup, LOOKUP_ANSWER);
    assert_string_equal(words->pieces[3].text, "q.1");
    assert_int_equal(words->pieces[5].lookup, LOOKUP_CELL);
    assert_int_equal(words->pieces[5].dataset, 0);
    assert_place(words->pieces[5].where, 14, 32);
    assert_string_equal(words->pieces[6].text, ".");
    arena_close(&desk.arena);
}

static void
words_without_a_lookup_are_no_template(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, "campaign: a\nhits: [A]\nsteps:\n"
                       "  - bonus: { amount: 1, message: 'Pay {x} {{ me }} ${me} %s $$ }} {' }\n");
    assert_null(desk.campaign->steps[0].message_from);
    assert_string_equal(desk.campaign->steps[0].message, "Pay {x} {{ me }} ${me} %s $$ }} {");
    arena_close(&desk.arena);
}

static void
an_amount_per_worker_comes_from_a_table_of_workers(void **state)
{
    (void)state;
    static const struct {
        const char *bonus;
        enum per per;
    } cases[] = {
        {"{ amount: '${{ scores.usd }}', message: a }", PER_WORKER},
        {"{ amount: '${{ scores.usd }}', message: a, per: assignment }", PER_ASSIGNMENT},
        {"{ amount: '${{ codes.usd }}', message: a }", PER_ASSIGNMENT},
        {"{ amount: '${{ old.usd }}', message: a, per: worker }", PER_WORKER},
        {"{ amount: '${{ answer.usd }}', message: a }", PER_ASSIGNMENT},
        {"{ amount: 1.00, message: '${{ scores.usd }}' }", PER_ASSIGNMENT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk desk;
        char file[1000] = "campaign: a\nhits: [A]\n" TABLES "steps:\n  - bonus: ";
        desk_decode(&desk, strcat(strcat(file, cases[i].bonus), "\n"));
        assert_int_equal(desk.campaign->steps[0].per, cases[i].per);
        arena_close(&desk.arena);
    }
}

static void
every_key_of_a_where_becomes_a_condition(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk,
                "campaign: a\n"
                "hits: [A]\n"
                "where:\n"
                "  submitted_after: 2026-11-21\n"
                "  submitted_before: 2026-11-22T10:00:00.5+02:00\n"
                "  answer.colour: [' blue', no]\n"
                "  scores.score: { min: -1, max: 19.50 }\n"
                "  in: [scores, old]\n"
                "  not_in: codes\n"
                "  workers: [A1, A2]\n"
                "  except: { csv: e.csv, column: id, hits: [H1, H2], qualification: Q }\n" TABLES
                "steps:\n"
                "  - approve:\n"
                "    where: { answer.n: { max: 3 }, except: { file: e.txt } }\n");
    const struct filter *filter = &desk.campaign->filter;
    const struct condition *at = filter->conditions;
    assert_int_equal(filter->condition_count, 9);
    assert_true(filter->written && filter->status[WORK_APPROVED] && !filter->status[WORK_REJECTED]);
    stamp_t midnight, before;
    assert_true(stamp_read("2026-11-21", &midnight));
    assert_true(stamp_read("2026-11-22T08:00:00.5Z", &before));
    assert_int_equal(at[0].kind, CONDITION_AFTER);
    assert_int_equal(at[0].moment_ms, midnight);
    assert_place(at[0].where, 4, 3);
    assert_int_equal(at[1].kind, CONDITION_BEFORE);
    assert_int_equal(at[1].moment_ms, before);
    assert_int_equal(at[2].kind, CONDITION_ANSWER);
    assert_string_equal(at[2].name, "answer.colour");
    assert_string_equal(at[2].field, "colour");
    assert_int_equal(at[2].value_count, 2);
    assert_string_equal(at[2].values[0], "blue");
    assert_string_equal(at[2].values[1], "no");
    assert_int_equal(at[3].kind, CONDITION_CELL);
    assert_true(at[3].has_min && at[3].has_max);
    assert_int_equal(at[3].min, -1000000);
    assert_int_equal(at[3].max, 19500000);
    assert_string_equal(desk.campaign->datasets[0].columns[at[3].column].name, "score");
    assert_int_equal(at[4].kind, CONDITION_IN);
    assert_int_equal(at[4].dataset, 0);
    assert_int_equal(at[5].dataset, 2);
    assert_int_equal(at[6].kind, CONDITION_NOT_IN);
    assert_int_equal(at[6].dataset, 1);
    assert_int_equal(at[7].kind, CONDITION_WORKERS);
    assert_int_equal(at[8].kind, CONDITION_EXCEPT);
    const struct people *people = desk.campaign->people;
    assert_int_equal(desk.campaign->people_count, 3);
    assert_non_null(index_find(&people[at[7].people].listed, "A2"));
    assert_string_equal(people[at[8].people].csv, "e.csv");
    assert_string_equal(people[at[8].people].column, "id");
    assert_int_equal(people[at[8].people].task_count, 2);
    assert_string_equal(people[at[8].people].tasks[1].id, "H2");
    assert_string_equal(people[at[8].people].qualification, "Q");
    filter = &desk.campaign->steps[0].filter;
    assert_int_equal(filter->condition_count, 2);
    assert_true(filter->conditions[0].has_max && !filter->conditions[0].has_min);
    assert_memory_equal(filter->status, desk.campaign->filter.status, sizeof filter->status);
    const struct input *input = &desk.campaign->inputs[desk.campaign->input_count - 1];
    assert_int_equal(input->kind, INPUT_PEOPLE);
    assert_int_equal(input->at, filter->conditions[1].people);
    arena_close(&desk.arena);
}

static void
a_list_of_workers_is_a_roster_without_work(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, "campaign: a\nwhere: { except: [A9] }\nworkers: [A1, A2]\n"
                       "steps: [unblock]\n");
    const struct campaign *campaign = desk.campaign;
    assert_int_equal(campaign->from, ROSTER_FROM_WORKERS);
    assert_place(campaign->roster_where, 3, 10);
    assert_int_equal(campaign->given.assignment_count, 2);
    assert_string_equal(campaign->given.assignments[1].id, "A2");
    assert_string_equal(campaign->given.assignments[1].worker, "A2");
    arena_close(&desk.arena);
    desk_decode(&desk, "campaign: a\nwhere: { except: [A9] }\nworkers: { file: w.txt }\n"
                       "steps: [unblock]\n");
    assert_int_equal(desk.campaign->inputs[0].kind, INPUT_PEOPLE);
    campaign_input_decode(desk.campaign, 0, "study/w.txt", "A1\n# no\nA3", 10, &desk.problems,
                          &desk.arena);
    campaign_check(desk.campaign, &desk.problems, &desk.arena);
    assert_int_equal(desk.problems.count, 0);
    assert_int_equal(desk.campaign->given.assignment_count, 2);
    assert_string_equal(desk.campaign->given.assignments[1].id, "A3");
    arena_close(&desk.arena);
}

static void
a_roster_of_assignments_is_an_input(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk, "campaign: a\nassignments: { csv: batch.csv }\nsteps: [approve]\n");
    assert_int_equal(desk.campaign->from, ROSTER_FROM_ASSIGNMENTS);
    assert_int_equal(desk.campaign->inputs[0].kind, INPUT_ASSIGNMENTS);
    assert_string_equal(desk.campaign->inputs[0].path, "batch.csv");
    assert_place(desk.campaign->roster_where, 2, 1);
    arena_close(&desk.arena);
}

static void
every_verb_keeps_its_own_fields(void **state)
{
    (void)state;
    struct desk desk;
    desk_decode(&desk,
                "campaign: a\n"
                "account: 012345678901\n"
                "hits: [A]\n"
                "where: { status: [Submitted, Rejected] }\n"
                "steps:\n"
                "  - approve: { override: true }\n"
                "  - reject: { feedback: Wrong code }\n"
                "    where: { answer.code: x }\n"
                "    expect: { workers: 2, assignments: 3 }\n"
                "  - qualify: { name: ' panel ', create: { description: Ours }, email: true }\n"
                "  - unqualify: { qualification: Q1, reason: Over }\n"
                "  - block: { reason: Bot }\n"
                "    where: { workers: [A1] }\n"
                "  - unblock\n");
    const struct step *at = desk.campaign->steps;
    assert_string_equal(desk.campaign->account, "012345678901");
    assert_place(desk.campaign->account_where, 2, 10);
    assert_true(at[0].verb == VERB_APPROVE && at[0].override);
    assert_int_equal(at[1].verb, VERB_REJECT);
    assert_string_equal(at[1].message, "Wrong code");
    assert_true(at[1].expect.has_workers && at[1].expect.has_assignments);
    assert_int_equal(at[1].expect.workers, 2);
    assert_place(at[1].expect.where, 9, 5);
    assert_int_equal(at[2].verb, VERB_QUALIFY);
    assert_null(at[2].qualification);
    assert_string_equal(at[2].qualification_name, "panel");
    assert_string_equal(at[2].description, "Ours");
    assert_int_equal(at[2].value, 1);
    assert_true(at[2].email && !at[0].email);
    assert_int_equal(at[3].verb, VERB_UNQUALIFY);
    assert_string_equal(at[3].qualification, "Q1");
    assert_string_equal(at[3].message, "Over");
    assert_int_equal(at[4].verb, VERB_BLOCK);
    assert_string_equal(at[4].message, "Bot");
    assert_int_equal(at[5].verb, VERB_UNBLOCK);
    assert_null(at[5].message);
    arena_close(&desk.arena);
}

static void
a_message_file_is_looked_through_too(void **state)
{
    (void)state;
    static const char words[] = "\xef\xbb\xbf"
                                "Dear ${{ worker }},\r\nyou got ${{ paid.bonus }}.\n";
    struct desk desk;
    desk_decode(&desk, "campaign: a\nhits: [A]\nsteps:\n"
                       "  - bonus: { amount: 1.00, message: Hi }\n"
                       "  - notify: { subject: Hi, message_file: words.txt }\n");
    campaign_input_decode(desk.campaign, 0, "study/words.txt", words, sizeof words - 1,
                          &desk.problems, &desk.arena);
    assert_int_equal(desk.problems.count, 0);
    const struct template *template = desk.campaign->steps[1].message_from;
    assert_int_equal(template->count, 5);
    assert_string_equal(template->pieces[2].text, ",\nyou got ");
    assert_int_equal(template->pieces[3].lookup, LOOKUP_PAID);
    assert_int_equal(template->pieces[3].step, 0);
    assert_string_equal(template->pieces[3].where.file, "study/words.txt");
    assert_place(template->pieces[3].where, 2, 9);
    arena_close(&desk.arena);
}

static void
a_bound_of_words_counts_what_is_no_lookup(void **state)
{
    (void)state;
    char file[600] = "campaign: a\nhits: [A]\nsteps:\n  - notify:\n      message: Hi\n"
                     "      subject: ${{ worker }}${{ answer.a_field_with_a_long_name }}";
    size_t size = strlen(file);
    memset(file + size, 'x', 200);
    struct desk desk;
    desk_decode(&desk, file);
    assert_int_equal(desk.campaign->steps[0].subject_from->count, 3);
    arena_close(&desk.arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_keeps_its_file_its_key_and_the_columns_that_are_used),
        cmocka_unit_test(a_template_keeps_its_pieces_and_their_places),
        cmocka_unit_test(words_without_a_lookup_are_no_template),
        cmocka_unit_test(an_amount_per_worker_comes_from_a_table_of_workers),
        cmocka_unit_test(every_key_of_a_where_becomes_a_condition),
        cmocka_unit_test(a_list_of_workers_is_a_roster_without_work),
        cmocka_unit_test(a_roster_of_assignments_is_an_input),
        cmocka_unit_test(every_verb_keeps_its_own_fields),
        cmocka_unit_test(a_message_file_is_looked_through_too),
        cmocka_unit_test(a_bound_of_words_counts_what_is_no_lookup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
