#include "engine/gather.h"

#include <string.h>

#include "base/text.h"
#include "engine/inquiry.h"

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
        return error_say(err, "%s refuses to answer at %s: %s (%s). Nothing was sent.\n%s",
                         line->market->title, line->endpoint, answer.text, answer.code,
                         line->market->closed_words);
    *balance = answer.balance;
    return true;
}

static void
task_missing(const struct gather *gather, size_t at, const struct line *line,
             const struct answer *answer)
{
    problem_at(gather->problems, gather->tasks[at].where,
               "%s shows no task %s at %s: %s. It may belong to the other environment or to "
               "another account, or be too old (tasks go 120 days after they end)",
               line->market->title, gather->tasks[at].id, line->endpoint, answer->text);
}

/* Asks for the first or the next page of a task's list. */
static void
page_ask(struct inquiry *inquiry, enum ask_kind kind, const char *task, size_t at, const char *page)
{
    struct ask ask = {.kind = kind, .task = task, .page = page};
    inquiry_add(inquiry, &ask, at);
}

static void
assignments_take(struct roster *roster, const struct answer *answer, size_t at, struct arena *arena)
{
    for (size_t i = 0; i < answer->assignment_count; i++) {
        answer->assignments[i].task = at;
        roster_assignment_add(roster, &answer->assignments[i], arena);
    }
}

/* A page that is followed by itself would be read for ever. */
static bool
page_repeats(const struct question *question, const struct answer *answer)
{
    return answer->next_page && text_same(answer->next_page, question->ask.page);
}

static void
answer_take(const struct gather *gather, struct inquiry *inquiry, const struct question *question,
            const struct answer *answer, struct roster *roster, struct arena *arena)
{
    size_t at = question->about;
    if (answer->verdict == VERDICT_REFUSED) {
        task_missing(gather, at, inquiry->line, answer);
        return;
    }
    if (question->ask.kind == ASK_TASK) {
        roster->tasks[at] = answer->task;
        roster->tasks[at].id = gather->tasks[at].id;
        page_ask(inquiry, ASK_ASSIGNMENTS, gather->tasks[at].id, at, NULL);
        if (gather->with_payments)
            page_ask(inquiry, ASK_PAYMENTS, gather->tasks[at].id, at, NULL);
        return;
    }
    if (question->ask.kind == ASK_ASSIGNMENTS)
        assignments_take(roster, answer, at, arena);
    else
        for (size_t i = 0; i < answer->payment_count; i++)
            roster_payment_add(roster, &answer->payments[i], arena);
    if (answer->next_page && !page_repeats(question, answer))
        page_ask(inquiry, question->ask.kind, gather->tasks[at].id, at, answer->next_page);
}

bool
gather_roster(struct line *line, const struct gather *gather, struct roster *roster,
              struct arena *arena, struct error *err)
{
    roster->task_count = gather->task_count;
    roster->tasks = arena_alloc(arena, (gather->task_count + 1) * sizeof *roster->tasks);
    struct inquiry inquiry;
    inquiry_init(&inquiry, line, arena);
    for (size_t i = 0; i < gather->task_count; i++)
        inquiry_add(&inquiry, &(struct ask){.kind = ASK_TASK, .task = gather->tasks[i].id}, i);
    struct question question;
    struct answer answer;
    while (inquiry_next(&inquiry, &question, &answer, err))
        answer_take(gather, &inquiry, &question, &answer, roster, arena);
    if (err->text[0])
        return false;
    roster_sort(roster);
    return true;
}
