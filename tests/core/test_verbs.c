/* Blocks, scores and qualifications to be made: decided by what the marketplace shows and by what
 * the journal knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage.h"

/* A1 handed in X1. */
static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_work(&stage, "X1", "A1", WORK_APPROVED);
    *state = &stage;
    return 0;
}

/* What the marketplace shows of A1. */
enum sight { SIGHT_NOT_READ, SIGHT_SHOWN, SIGHT_NOT_SHOWN };

static void
see(struct stage *stage, enum verb verb, enum sight sight)
{
    bool shown = sight == SIGHT_SHOWN;
    struct score score = {.qualification = "Q1", .worker = "A1", .granted = shown, .value = 1};
    bool about = verb == VERB_QUALIFY || verb == VERB_UNQUALIFY;
    if (sight == SIGHT_NOT_READ)
        return;
    if (about)
        roster_score_add(&stage->roster, &score, &stage->arena);
    stage->roster.blocks_read = true;
    if (!about && shown)
        index_add(&stage->roster.blocked, "A1", 0, &stage->arena);
}

static size_t
step_of(struct stage *stage, enum verb verb)
{
    size_t step = stage_verb(stage, verb);
    bool about = verb == VERB_QUALIFY || verb == VERB_UNQUALIFY;
    stage->steps[step].qualification = about ? "Q1" : NULL;
    stage->steps[step].value = verb == VERB_QUALIFY;
    stage->steps[step].message = "for a reason";
    return step;
}

static void
what_was_never_done_is_decided_by_sight(void **state)
{
    static const struct {
        enum verb verb;
        enum sight sight;
        enum decision decision;
    } rows[] = {
        {VERB_QUALIFY, SIGHT_NOT_READ, DECISION_DO},
        {VERB_QUALIFY, SIGHT_SHOWN, DECISION_SKIP},
        {VERB_QUALIFY, SIGHT_NOT_SHOWN, DECISION_DO},
        {VERB_UNQUALIFY, SIGHT_NOT_READ, DECISION_DO},
        {VERB_UNQUALIFY, SIGHT_SHOWN, DECISION_DO},
        {VERB_UNQUALIFY, SIGHT_NOT_SHOWN, DECISION_SKIP},
        {VERB_BLOCK, SIGHT_NOT_READ, DECISION_DO},
        {VERB_BLOCK, SIGHT_SHOWN, DECISION_SKIP},
        {VERB_BLOCK, SIGHT_NOT_SHOWN, DECISION_DO},
        {VERB_UNBLOCK, SIGHT_NOT_READ, DECISION_DO},
        {VERB_UNBLOCK, SIGHT_SHOWN, DECISION_DO},
        {VERB_UNBLOCK, SIGHT_NOT_SHOWN, DECISION_SKIP},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage_finish(state);
        begin(state);
        struct stage *stage = *state;
        size_t step = step_of(stage, rows[i].verb);
        see(stage, rows[i].verb, rows[i].sight);
        bool done = rows[i].decision == DECISION_SKIP;
        stage_expect(stage, stage_plan(stage), step, "A1", rows[i].decision,
                     done ? WHY_FOUND : WHY_NEVER_DONE);
    }
}

/* Who holds it was read, all of it, and A1 is not among them. */
static void
a_qualification_that_the_list_of_holders_does_not_show_is_taken_from_nobody(void **state)
{
    struct stage *stage = *state;
    size_t step = step_of(stage, VERB_UNQUALIFY);
    index_add(&stage->roster.holders_read, "Q1", 0, &stage->arena);
    stage_expect(stage, stage_plan(stage), step, "A1", DECISION_SKIP, WHY_FOUND);
    see(stage, VERB_UNQUALIFY, SIGHT_SHOWN);
    stage_expect(stage, stage_plan(stage), step, "A1", DECISION_DO, WHY_NEVER_DONE);
}

static void
what_is_open_is_decided_by_sight_and_what_is_settled_is_not(void **state)
{
    static const struct {
        enum entry_kind outcome;
        bool works; /* the marketplace shows what the verb leaves behind */
        enum decision decision;
        enum why why;
    } rows[] = {
        {ENTRY_UNKNOWN, true, DECISION_SKIP, WHY_FOUND},
        {ENTRY_UNKNOWN, false, DECISION_DO, WHY_RETRY},
        {ENTRY_RELEASED, false, DECISION_DO, WHY_RETRY},
        {ENTRY_DONE, true, DECISION_SKIP, WHY_DONE_BEFORE},
        {ENTRY_DONE, false, DECISION_SKIP, WHY_DONE_BEFORE},
        {ENTRY_REFUSED, false, DECISION_SKIP, WHY_REFUSED_BEFORE},
    };
    static const enum verb verbs[] = {VERB_QUALIFY, VERB_UNQUALIFY, VERB_BLOCK, VERB_UNBLOCK};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t j = 0; j < sizeof verbs / sizeof *verbs; j++) {
            stage_finish(state);
            begin(state);
            struct stage *stage = *state;
            bool gives = verbs[j] == VERB_QUALIFY || verbs[j] == VERB_BLOCK;
            size_t step = step_of(stage, verbs[j]);
            stage_deed(stage, step, "X1", rows[i].outcome, STORY_MS);
            see(stage, verbs[j], gives == rows[i].works ? SIGHT_SHOWN : SIGHT_NOT_SHOWN);
            stage_expect(stage, stage_plan(stage), step, "A1", rows[i].decision, rows[i].why);
        }
}

static void
a_refused_block_is_tried_again_when_asked_and_only_where_there_is_none(void **state)
{
    struct stage *stage = *state;
    size_t step = step_of(stage, VERB_BLOCK);
    stage_deed(stage, step, "X1", ENTRY_REFUSED, STORY_MS);
    stage->retry_refused = true;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, step, "A1", DECISION_DO, WHY_RETRY);
    assert_int_equal(plan->harm, 1);
    see(stage, VERB_BLOCK, SIGHT_SHOWN);
    plan = stage_plan(stage);
    stage_expect(stage, plan, step, "A1", DECISION_SKIP, WHY_FOUND);
    assert_int_equal(plan->harm, 0);
}

/* A reason that was changed is no second block; another qualification is another deed. */
static void
what_was_changed_after_the_deed(void **state)
{
    static const struct {
        enum verb verb;
        const char *qualification, *message;
        enum decision decision;
        size_t remarks;
    } rows[] = {
        {VERB_BLOCK, NULL, "for another reason", DECISION_SKIP, 1},
        {VERB_UNBLOCK, NULL, "for another reason", DECISION_SKIP, 1},
        {VERB_UNQUALIFY, "Q1", "for another reason", DECISION_SKIP, 1},
        {VERB_UNQUALIFY, "Q2", "for a reason", DECISION_CONFLICT, 0},
        {VERB_QUALIFY, "Q2", NULL, DECISION_CONFLICT, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage_finish(state);
        begin(state);
        struct stage *stage = *state;
        size_t step = step_of(stage, rows[i].verb);
        stage_deed(stage, step, "X1", ENTRY_DONE, STORY_MS);
        stage->steps[step].qualification = rows[i].qualification;
        stage->steps[step].message = rows[i].message;
        struct plan *plan = stage_plan(stage);
        assert_int_equal(stage_action(stage, plan, step, "A1")->decision, rows[i].decision);
        assert_int_equal(plan->remark_count, rows[i].remarks);
    }
}

static void
a_conflict_names_which_qualification_was_taken_and_which_is_meant_now(void **state)
{
    struct stage *stage = *state;
    size_t step = step_of(stage, VERB_UNQUALIFY);
    stage_deed(stage, step, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[step].qualification = "Q2";
    assert_string_equal(stage_action(stage, stage_plan(stage), step, "A1")->words,
                        "qualification Q1 was taken away; the file now says Q2: nothing is sent; "
                        "for that one too, write a new step with another id");
}

static const struct action *
creation_of(const struct plan *plan)
{
    assert_int_equal(plan->actions[0].verb, VERB_CREATE);
    return &plan->actions[0];
}

static void
a_creation_is_decided_by_the_list_of_qualifications(void **state)
{
    static const struct {
        enum entry_kind outcome; /* ENTRY_INTEND: none */
        bool listed;
        enum decision decision;
        enum why why;
    } rows[] = {
        {ENTRY_INTEND, false, DECISION_DO, WHY_RETRY},
        {ENTRY_INTEND, true, DECISION_SKIP, WHY_FOUND},
        {ENTRY_UNKNOWN, false, DECISION_DO, WHY_RETRY},
        {ENTRY_UNKNOWN, true, DECISION_SKIP, WHY_FOUND},
        {ENTRY_RELEASED, true, DECISION_SKIP, WHY_FOUND},
        {ENTRY_REFUSED, true, DECISION_SKIP, WHY_REFUSED_BEFORE},
        {ENTRY_DONE, true, DECISION_SKIP, WHY_DONE_BEFORE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage_finish(state);
        begin(state);
        struct stage *stage = *state;
        stage_create(stage);
        const struct action *new = creation_of(stage_plan(stage));
        struct entry entry = {.kind = ENTRY_INTEND,
                              .key = new->key,
                              .at_ms = STORY_MS,
                              .step = "qualify",
                              .verb = VERB_CREATE,
                              .has_verb = true,
                              .content = new->terms->content,
                              .qualification = "wave-1"};
        tell(&stage->history, entry);
        entry.kind = rows[i].outcome;
        if (rows[i].outcome != ENTRY_INTEND)
            tell(&stage->history, entry);
        if (rows[i].listed)
            roster_kind_add(&stage->roster, "wave-1", "Q7", &stage->arena);
        const struct action *creation = creation_of(stage_plan(stage));
        assert_int_equal(creation->decision, rows[i].decision);
        assert_int_equal(creation->why, rows[i].why);
    }
}

static void
a_description_changed_while_nobody_knows_is_a_conflict_that_names_the_qualification(void **state)
{
    struct stage *stage = *state;
    size_t step = stage_create(stage);
    const struct action *new = creation_of(stage_plan(stage));
    tell(&stage->history, (struct entry){.kind = ENTRY_INTEND,
                                         .key = new->key,
                                         .at_ms = STORY_MS,
                                         .step = "qualify",
                                         .verb = VERB_CREATE,
                                         .has_verb = true,
                                         .content = new->terms->content,
                                         .qualification = "wave-1"});
    stage->steps[step].description = "Took part in wave 1";
    struct plan *plan = stage_plan(stage);
    assert_int_equal(creation_of(plan)->decision, DECISION_CONFLICT);
    stage_refused(plan, STATUS_GUARDED,
                  "conflicts with what was done before for 1 action (qualification wave-1: the "
                  "file was changed while it is not known whether this was done");
    stage_expect(stage, plan, step, "A1", DECISION_HOLD, WHY_NEEDS);
}

static void
a_block_and_a_rejection_count_as_harm_and_nothing_else_does(void **state)
{
    struct stage *stage = *state;
    stage->roster.assignments[0].status = WORK_SUBMITTED;
    stage_work(stage, "X2", "A2", WORK_SUBMITTED);
    step_of(stage, VERB_REJECT);
    step_of(stage, VERB_UNQUALIFY);
    step_of(stage, VERB_BLOCK);
    step_of(stage, VERB_UNBLOCK);
    stage_notify(stage);
    assert_int_equal(stage_plan(stage)->harm, 4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_never_done_is_decided_by_sight, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            a_qualification_that_the_list_of_holders_does_not_show_is_taken_from_nobody, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(what_is_open_is_decided_by_sight_and_what_is_settled_is_not,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_refused_block_is_tried_again_when_asked_and_only_where_there_is_none, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(what_was_changed_after_the_deed, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_conflict_names_which_qualification_was_taken_and_which_is_meant_now, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(a_creation_is_decided_by_the_list_of_qualifications, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            a_description_changed_while_nobody_knows_is_a_conflict_that_names_the_qualification,
            begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_block_and_a_rejection_count_as_harm_and_nothing_else_does,
                                        begin, stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
