#include "engine/gather.h"

#include "base/text.h"
#include "engine/inquiry.h"
#include "engine/keep.h"

bool
gather_balance(struct line *line, cents_t *balance, struct arena *arena, struct error *err)
{
    struct inquiry inquiry;
    inquiry_init(&inquiry, line, arena);
    inquiry.attempts_max = INQUIRY_ATTEMPTS_FIRST;
    inquiry_add(&inquiry, &(struct ask){.kind = ASK_BALANCE}, 0);
    struct question question;
    struct answer answer;
    if (!inquiry_next(&inquiry, &question, &answer, err))
        return false;
    if (answer.verdict == VERDICT_REFUSED)
        return error_say(err, "%s refuses to answer at %s (%s): %s Nothing was sent.\n%s",
                         line->market->title, line->endpoint, answer.code,
                         text_sentence(arena, answer.text), line->market->closed_words);
    *balance = answer.balance;
    return true;
}

bool
gather_account(struct line *line, const char **account, struct arena *arena, struct error *err)
{
    struct inquiry inquiry;
    inquiry_init(&inquiry, line, arena);
    inquiry.attempts_max = INQUIRY_ATTEMPTS_FIRST;
    inquiry_add(&inquiry, &(struct ask){.kind = ASK_ACCOUNT}, 0);
    struct question question;
    struct answer answer;
    if (!inquiry_next(&inquiry, &question, &answer, err))
        return false;
    if (answer.verdict == VERDICT_REFUSED)
        return error_say(err,
                         "which account the keys from %s belong to cannot be known: the service "
                         "refuses to say (%s): %s Nothing was sent",
                         line->credentials.source, answer.code, text_sentence(arena, answer.text));
    *account = answer.account;
    return true;
}

/* A refused question, at the place where the person named the task. */
static void
refusal_note(const struct gather *gather, const struct line *line, const struct question *question,
             const struct answer *answer, const char *id)
{
    struct where where = gather->given ? gather->given_where : gather->tasks[question->about].where;
    const char *text = text_sentence(gather->problems->arena, answer->text);
    if (question->ask.kind == ASK_ASSIGNMENT_PAYMENTS)
        problem_at(
            gather->problems, where,
            "%s tells nothing of assignment %s at %s: %s Whether a bonus was paid on it cannot "
            "be known, so none can be sent",
            line->market->title, question->ask.assignment, line->endpoint, text);
    else if (question->ask.kind == ASK_ASSIGNMENT)
        problem_at(gather->problems, where,
                   "%s tells nothing of assignment %s at %s: %s Its state cannot be known, so "
                   "nothing can be decided on it",
                   line->market->title, question->ask.assignment, line->endpoint, text);
    else if (question->ask.kind == ASK_TASK && answer->missing)
        problem_at(gather->problems, where,
                   "%s shows no task %s at %s: %s It may belong to the other environment or to "
                   "another account, or be too old (tasks go 120 days after they end)",
                   line->market->title, id, line->endpoint, text);
    else
        problem_at(gather->problems, where, "%s refuses to tell about task %s at %s: %s (%s)",
                   line->market->title, id, line->endpoint, text, answer->code);
}

/* What contradicts itself is not paid by: neither side of it can be known to be the true one. */
static bool
contradiction(const struct line *line, const char *task, const char *what, const char *id,
              struct error *err)
{
    return error_say(err,
                     "%s contradicts itself at %s: asked about task %s, it %s %s. Nothing was "
                     "sent; run again later",
                     line->market->title, line->endpoint, task, what, id);
}

static bool
assignments_take(const struct line *line, struct roster *roster, const struct answer *answer,
                 size_t at, struct keep *keep, struct error *err)
{
    const char *task = roster->tasks[at].id;
    for (size_t i = 0; i < answer->assignment_count; i++) {
        struct assignment *one = &answer->assignments[i];
        const char *task_id = answer->task_ids[i];
        one->task = (uint32_t)at;
        if (task_id && !text_same(task_id, task))
            return contradiction(line, task, "lists work on another task,", task_id, err);
        struct assignment kept = keep_assignment(keep, one);
        if (!roster_assignment_add(roster, &kept, keep->arena))
            return contradiction(line, task, "lists for a second worker or task the assignment",
                                 one->id, err);
    }
    return true;
}

static void
payments_take(struct roster *roster, const struct answer *answer, size_t at, struct keep *keep)
{
    for (size_t i = 0; i < answer->payment_count; i++) {
        answer->payments[i].task = at;
        struct payment kept = keep_payment(keep, roster, &answer->payments[i]);
        roster_payment_add(roster, &kept, keep->arena);
    }
}

/* What a file says of one assignment, held against the marketplace: nobody is judged by somebody
 * else's row. The state is the marketplace's. */
static bool
state_take(const struct gather *gather, const struct inquiry *inquiry,
           const struct question *question, const struct answer *answer, struct roster *roster,
           struct error *err)
{
    const struct assignment *told = &answer->assignments[0];
    const char *told_task = answer->task_ids[0];
    const uint32_t *at = index_find(&roster->by_assignment, question->ask.assignment);
    struct assignment *row = &roster->assignments[*at];
    const char *task = roster->tasks[question->about].id;
    if (!text_same(told->id, row->id))
        return contradiction(inquiry->line, task, "tells about the assignment", told->id, err);
    if (!text_same(told->worker, row->worker) || (told_task && !text_same(told_task, task)))
        problem_at(gather->problems, gather->given_where,
                   "the file says that assignment %s is by worker %s, for task %s; %s says by %s, "
                   "for %s: correct the file",
                   row->id, row->worker, task, inquiry->line->market->title, told->worker,
                   told_task ? told_task : task);
    row->status = told->status;
    row->submitted_ms = told->submitted_ms ? told->submitted_ms : row->submitted_ms;
    return true;
}

static bool
answer_take(const struct gather *gather, struct inquiry *inquiry, const struct question *question,
            const struct answer *answer, struct roster *roster, struct keep *keep,
            struct error *err)
{
    size_t at = question->about;
    const char *id = roster->tasks[at].id;
    if (answer->verdict == VERDICT_REFUSED) {
        refusal_note(gather, inquiry->line, question, answer, id);
        return true;
    }
    if (question->ask.kind == ASK_TASK) {
        if (!text_same(answer->task.id, id))
            return contradiction(inquiry->line, id, "tells about task", answer->task.id, err);
        roster->tasks[at] = keep_task(keep, &answer->task);
        roster->tasks[at].id = id;
        enum ask_kind kind = gather->with_answers ? ASK_ASSIGNMENTS_ANSWERED : ASK_ASSIGNMENTS;
        inquiry_add(inquiry, &(struct ask){.kind = kind, .task = id}, at);
        if (gather->with_payments)
            inquiry_add(inquiry, &(struct ask){.kind = ASK_PAYMENTS, .task = id}, at);
        return true;
    }
    if (question->ask.kind == ASK_ASSIGNMENT)
        return state_take(gather, inquiry, question, answer, roster, err);
    if (question->ask.kind == ASK_PAYMENTS || question->ask.kind == ASK_ASSIGNMENT_PAYMENTS)
        payments_take(roster, answer, at, keep);
    else if (!assignments_take(inquiry->line, roster, answer, at, keep, err))
        return false;
    return inquiry_next_page(inquiry, question, answer, err);
}

static void
tasks_ask(const struct gather *gather, struct inquiry *inquiry, struct roster *roster)
{
    roster->task_count = gather->task_count;
    roster->tasks = arena_alloc(inquiry->arena, (gather->task_count + 1) * sizeof *roster->tasks);
    for (size_t i = 0; i < gather->task_count; i++) {
        roster->tasks[i].id = gather->tasks[i].id;
        inquiry_add(inquiry, &(struct ask){.kind = ASK_TASK, .task = gather->tasks[i].id}, i);
    }
}

/* People whom a file names. Of a list of workers there is no task; the one behind the last stands
 * for it. What was paid is asked for each assignment: a file may be wrong about its task, and a
 * task of long ago may be gone. */
static void
given_take(const struct gather *gather, struct inquiry *inquiry, struct roster *roster)
{
    const struct roster *given = gather->given;
    roster->task_count = given->task_count;
    roster->tasks = arena_alloc(inquiry->arena, (given->task_count + 1) * sizeof *roster->tasks);
    for (size_t i = 0; i < given->task_count; i++)
        roster->tasks[i] = given->tasks[i];
    roster_assignments_share(roster, given);
    for (size_t i = 0; i < given->assignment_count; i++) {
        const struct assignment *one = &given->assignments[i];
        struct ask ask = {.kind = ASK_ASSIGNMENT, .assignment = one->id};
        if (gather->with_states)
            inquiry_add(inquiry, &ask, one->task);
        ask.kind = ASK_ASSIGNMENT_PAYMENTS;
        if (gather->with_payments)
            inquiry_add(inquiry, &ask, one->task);
    }
}

bool
gather_roster(struct line *line, const struct gather *gather, struct roster *roster,
              struct arena *arena, struct error *err)
{
    struct inquiry inquiry;
    struct arena turn = {0};
    struct keep keep = {.arena = arena};
    inquiry_init(&inquiry, line, arena);
    inquiry.turn = &turn;
    if (gather->given)
        given_take(gather, &inquiry, roster);
    else
        tasks_ask(gather, &inquiry, roster);
    struct question question;
    struct answer answer;
    bool worked = true;
    while (worked && inquiry_next(&inquiry, &question, &answer, err)) {
        worked = answer_take(gather, &inquiry, &question, &answer, roster, &keep, err);
        arena_reset(&turn);
    }
    arena_close(&turn);
    if (err->text[0])
        return false;
    roster_sort(roster);
    const struct payment *stray = roster_stray_find(roster);
    return !stray ||
           contradiction(line, roster->tasks[stray->task].id,
                         "lists a bonus for another task's assignment", stray->assignment, err);
}

size_t
gather_scores_wanted(const struct ledger *ledger, struct score **wanted, struct arena *arena)
{
    size_t count = 0;
    *wanted = arena_alloc(arena, (ledger->deed_count + 1) * sizeof **wanted);
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (verb_row(deed->verb)->scores && deed_is_open(deed) && deed->worker &&
            deed->qualification)
            (*wanted)[count++] =
                (struct score){.qualification = deed->qualification, .worker = deed->worker};
    }
    return count;
}

size_t
gather_scores_of_all(const struct campaign *campaign, const struct roster *roster,
                     struct score **wanted, struct arena *arena)
{
    size_t count = 0;
    *wanted =
        arena_alloc(arena, (campaign->step_count * roster->assignment_count + 1) * sizeof **wanted);
    for (size_t at = 0; at < campaign->step_count; at++) {
        const struct step *step = &campaign->steps[at];
        struct index asked = {0};
        for (size_t i = 0; i < roster->assignment_count; i++) {
            const char *worker = roster->assignments[i].worker;
            const char *id = step->qualification_name
                                 ? roster_kind_find(roster, step->qualification_name)
                                 : step->qualification;
            if (step->verb == VERB_QUALIFY && id && index_add(&asked, worker, i, arena))
                (*wanted)[count++] = (struct score){.qualification = id, .worker = worker};
        }
    }
    return count;
}

bool
gather_scores(struct line *line, const struct score *wanted, size_t count, struct roster *roster,
              struct arena *arena, struct error *err)
{
    struct inquiry inquiry;
    struct arena turn = {0};
    inquiry_init(&inquiry, line, arena);
    inquiry.turn = &turn;
    for (size_t i = 0; i < count; i++)
        inquiry_add(&inquiry,
                    &(struct ask){.kind = ASK_SCORE,
                                  .qualification = wanted[i].qualification,
                                  .worker = wanted[i].worker},
                    i);
    struct question question;
    struct answer answer;
    while (inquiry_next(&inquiry, &question, &answer, err)) {
        struct score score = wanted[question.about];
        score.granted = answer.verdict == VERDICT_DONE && answer.has_score;
        score.value = answer.score;
        if (answer.verdict == VERDICT_DONE) /* a refused question says nothing of the score */
            roster_score_add(roster, &score, arena);
        arena_reset(&turn);
    }
    arena_close(&turn);
    return !err->text[0];
}
