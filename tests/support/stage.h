/* A small campaign with its people, set up by hand: who handed in what, what was paid, which
 * steps there are, and what the journal knows. Ends in a plan.
 * Needs the cmocka headers before it. */
#ifndef SUPPORT_STAGE_H
#define SUPPORT_STAGE_H

#include "base/text.h"
#include "core/plan.h"
#include "core/wording.h"
#include "support/history.h"

enum { STAGE_TASKS_MAX = 4, STAGE_STEPS_MAX = 6, STAGE_TABLES_MAX = 2 };

struct stage {
    struct arena arena;
    struct history history;
    struct ledger *ledger; /* what the plan is made from; the history's own at first */
    struct campaign campaign;
    struct roster roster;
    struct tariff tariff;
    struct identity identity;
    struct task tasks[STAGE_TASKS_MAX];
    struct step steps[STAGE_STEPS_MAX];
    struct dataset tables[STAGE_TABLES_MAX];
    struct part part;
    cents_t balance;
    stamp_t now_ms;
    bool retry_refused;
    bool history_lost;
    uint64_t lost_from;
};

static inline void
stage_task(struct stage *stage, const char *id, cents_t reward)
{
    stage->tasks[stage->roster.task_count++] =
        (struct task){.id = id, .title = id, .state = "Reviewable", .reward = reward, .places = 9};
    stage->roster.tasks = stage->tasks;
}

/* One task T1 with a reward of 0.50, a full purse, an empty journal; Submitted and Approved are
 * selected. */
static inline void
stage_open(struct stage *stage)
{
    *stage = (struct stage){0};
    history_begin(&stage->history);
    stage->ledger = &stage->history.ledger;
    stage->campaign = (struct campaign){.file = "best-joke.yaml", .name = "best-joke"};
    stage->campaign.filter.status[WORK_SUBMITTED] = true;
    stage->campaign.filter.status[WORK_APPROVED] = true;
    stage->campaign.limits.per_bonus = 100 * 100;
    stage->campaign.steps = stage->steps;
    stage->campaign.datasets = stage->tables;
    stage->tariff = (struct tariff){.bonus_percent = 20,
                                    .reward_percent = 20,
                                    .many_percent = 20,
                                    .many_places = 10,
                                    .masters_percent = 5,
                                    .least_fee = 1};
    stage->identity = (struct identity){"mturk", "sandbox", "best-joke"};
    stage->balance = 100000;
    stage->now_ms = STORY_MS + HOURS(1);
    stage_task(stage, "T1", 50);
}

static inline void
stage_close(struct stage *stage)
{
    history_close(&stage->history);
    arena_close(&stage->arena);
}

/* The same, as the end of a test. */
static inline int
stage_finish(void **state)
{
    stage_close(*state);
    return 0;
}

/* Work on the task with that number; each is handed in a minute after the one before. */
static inline void
stage_work_on(struct stage *stage, size_t task, const char *id, const char *worker,
              enum work_status status)
{
    struct assignment assignment = {.id = id,
                                    .worker = worker,
                                    .task = (uint32_t)task,
                                    .status = status,
                                    .submitted_ms = STORY_MS - HOURS(24) +
                                                    MINUTES(stage->roster.assignment_count)};
    roster_assignment_add(&stage->roster, &assignment, &stage->arena);
}

static inline void
stage_work(struct stage *stage, const char *id, const char *worker, enum work_status status)
{
    stage_work_on(stage, 0, id, worker, status);
}

static inline void
stage_paid(struct stage *stage, const char *assignment, const char *worker, cents_t amount,
           const char *words, stamp_t at_ms)
{
    struct payment payment = {.assignment = assignment,
                              .worker = worker,
                              .amount = amount,
                              .words = words,
                              .at_ms = at_ms};
    roster_payment_add(&stage->roster, &payment, &stage->arena);
}

static inline size_t
stage_step(struct stage *stage, struct step step)
{
    size_t at = stage->campaign.step_count++;
    stage->steps[at] = step;
    return at;
}

static inline size_t
stage_approve(struct stage *stage)
{
    return stage_step(stage, (struct step){.id = "approve", .verb = VERB_APPROVE});
}

static inline size_t
stage_qualify(struct stage *stage)
{
    return stage_step(
        stage,
        (struct step){.id = "qualify", .verb = VERB_QUALIFY, .qualification = "Q1", .value = 1});
}

/* 1.00 per assignment, with the words "Well done". */
static inline size_t
stage_bonus(struct stage *stage)
{
    return stage_step(
        stage,
        (struct step){.id = "bonus", .verb = VERB_BONUS, .amount = 100, .message = "Well done"});
}

static inline size_t
stage_notify(struct stage *stage)
{
    return stage_step(stage, (struct step){.id = "notify",
                                           .verb = VERB_NOTIFY,
                                           .subject = "A bonus",
                                           .message = "We paid you."});
}

/* A step of any verb, called by its name. */
static inline size_t
stage_verb(struct stage *stage, enum verb verb)
{
    return stage_step(stage, (struct step){.id = verb_row(verb)->name, .verb = verb});
}

/* Gives the qualification "wave-1", which it makes when there is none; it has no id in the file. */
static inline size_t
stage_create(struct stage *stage)
{
    return stage_step(stage, (struct step){.id = "qualify",
                                           .verb = VERB_QUALIFY,
                                           .qualification_name = "wave-1",
                                           .description = "Took part",
                                           .value = 1});
}

/* A step that has only work with that status. */
static inline void
stage_only(struct stage *stage, size_t step, enum work_status status)
{
    stage->steps[step].filter.written = true;
    stage->steps[step].filter.status[status] = true;
}

static inline const struct assignment *
stage_assignment(const struct stage *stage, const char *id)
{
    for (size_t i = 0; i < stage->roster.assignment_count; i++)
        if (text_same(stage->roster.assignments[i].id, id))
            return &stage->roster.assignments[i];
    fail_msg("no assignment %s", id);
    return NULL;
}

static inline const char *
stage_key(struct stage *stage, size_t step, const char *target)
{
    char *key = arena_alloc(&stage->arena, KEY_TEXT_SIZE);
    identity_key(&stage->identity, step_identity(&stage->steps[step]), stage->steps[step].verb,
                 target, key);
    return key;
}

/* The record that a step's action on this work would write, as the step stands now. */
static inline struct entry
stage_entry(struct stage *stage, enum entry_kind kind, size_t at, const char *assignment_id,
            stamp_t at_ms)
{
    const struct step *step = &stage->steps[at];
    const struct assignment *assignment = stage_assignment(stage, assignment_id);
    const struct task *task = &stage->tasks[assignment->task];
    bool bonus = step->verb == VERB_BONUS, approve = step->verb == VERB_APPROVE;
    bool decides = verb_row(step->verb)->decides;
    bool per_worker = !decides && !(bonus && step->per == PER_ASSIGNMENT);
    bool named = bonus || decides;
    char *content = arena_alloc(&stage->arena, DIGEST_TEXT_SIZE);
    struct content says = step_content(step);
    identity_content(&says, content, &stage->arena);
    return (struct entry){
        .kind = kind,
        .at_ms = at_ms,
        .key = stage_key(stage, at, per_worker ? assignment->worker : assignment->id),
        .step = step->id,
        .was = step->was,
        .verb = step->verb,
        .has_verb = true,
        .amount = bonus     ? step->amount
                  : approve ? task->reward
                            : 0,
        .fee = bonus     ? tariff_bonus_fee(&stage->tariff, step->amount)
               : approve ? tariff_reward_fee(&stage->tariff, task)
                         : 0,
        .content = content,
        .qualification = step->qualification,
        .value = step->value,
        .has_status_before = decides && kind == ENTRY_INTEND,
        .status_before = assignment->status,
        .worker = assignment->worker,
        .assignment = named ? assignment->id : NULL,
        .task = named ? task->id : NULL,
        .body = "{}",
    };
}

static inline void
stage_intend(struct stage *stage, size_t step, const char *assignment, stamp_t at_ms)
{
    tell(&stage->history, stage_entry(stage, ENTRY_INTEND, step, assignment, at_ms));
}

/* An intent a second before, and what became of it. */
static inline void
stage_deed(struct stage *stage, size_t step, const char *assignment, enum entry_kind outcome,
           stamp_t at_ms)
{
    stage_intend(stage, step, assignment, at_ms - STAMP_SECOND_MS);
    struct entry entry = stage_entry(stage, outcome, step, assignment, at_ms);
    entry.code = "SomeCode";
    entry.text = "some words";
    tell(&stage->history, entry);
}

static inline struct plan *
stage_plan(struct stage *stage)
{
    roster_sort(&stage->roster);
    struct plan_input input = {.campaign = &stage->campaign,
                               .roster = &stage->roster,
                               .ledger = stage->ledger,
                               .tariff = &stage->tariff,
                               .identity = stage->identity,
                               .balance = stage->balance,
                               .now_ms = stage->now_ms,
                               .retry_refused = stage->retry_refused,
                               .part = stage->part,
                               .history_lost = stage->history_lost,
                               .lost_from = stage->lost_from};
    for (size_t i = 0; i < stage->roster.payment_count; i++)
        stage->roster.payments[i].matched = false;
    return plan_make(&input, &stage->arena);
}

/* The action of a step on a target (an assignment or a worker); there must be one. */
static inline const struct action *
stage_action(struct stage *stage, const struct plan *plan, size_t step, const char *target)
{
    const struct action *action = plan_find(plan, stage_key(stage, step, target));
    if (!action)
        fail_msg("no action of step %s on %s", stage->steps[step].id, target);
    return action;
}

/* States that the plan would not start, and that these words say why. */
static inline void
stage_refused(const struct plan *plan, enum status status, const char *words)
{
    for (size_t i = 0; i < plan->refusal_count; i++)
        if (plan->refusals[i].status == status && strstr(plan->refusals[i].text, words))
            return;
    fail_msg("no refusal with status %d says '%s'; the first of %zu says: %s", (int)status, words,
             plan->refusal_count, plan->refusal_count ? plan->refusals[0].text : "(nothing)");
}

/* States that the plan has this remark, whole. */
static inline void
stage_remarked(const struct plan *plan, const char *words)
{
    for (size_t i = 0; i < plan->remark_count; i++)
        if (text_same(plan->remarks[i], words))
            return;
    fail_msg("no remark says '%s'; the first of %zu says: %s", words, plan->remark_count,
             plan->remark_count ? plan->remarks[0] : "(nothing)");
}

static inline void
stage_expect(struct stage *stage, const struct plan *plan, size_t step, const char *target,
             enum decision decision, enum why why)
{
    const struct action *action = stage_action(stage, plan, step, target);
    if (action->decision != decision || action->why != why)
        fail_msg("%s on %s is %s (%s), not %s (%s)", stage->steps[step].id, target,
                 decision_name(action->decision), why_name(action->why), decision_name(decision),
                 why_name(why));
}

/* States that a text is there and holds these words. */
static inline void
holds(const char *text, const char *words)
{
    if (!text || !strstr(text, words))
        fail_msg("'%s' is not in: %s", words, text ? text : "(nothing)");
}

#endif
