#include "cmd/markdown.h"

#include <string.h>

#include "cmd/hide.h"
#include "cmd/markdown_parts.h"
#include "cmd/markdown_text.h"
#include "cmd/say.h"
#include "cmd/show_parts.h"
#include "cmd/step_sum.h"
#include "io/person.h"

static void
head_add(const struct session *session, struct buffer *out)
{
    const struct totals *totals = &session->plan->totals;
    char amount[MONEY_TEXT_SIZE], fee[MONEY_TEXT_SIZE], total[MONEY_TEXT_SIZE];
    buffer_text(out, "## Plan of ");
    markdown_code(out, session->load.campaign->name);
    buffer_print(out, ", %s%s\n\n**%zu action%s to do: %s in bonuses and %s in fees, %s %s.**\n",
                 session->environment, session->play ? " (play money)" : "",
                 totals->by_decision[DECISION_DO], say_s(totals->by_decision[DECISION_DO]),
                 money_print(amount, totals->amount), money_print(fee, totals->fee),
                 money_print(total, totals->amount + totals->fee), session->market->currency);
    if (session->plan->harm)
        buffer_print(out, "\n**%zu of them reject or block.**\n", session->plan->harm);
    if (session->run_elsewhere)
        buffer_text(out, "\nA run is going on just now; this plan is of that moment.\n");
}

static void
number_add(struct buffer *out, size_t number)
{
    if (number)
        buffer_print(out, " %zu |", number);
    else
        buffer_text(out, " – |");
}

static void
money_add(struct buffer *out, cents_t cents)
{
    char money[MONEY_TEXT_SIZE];
    buffer_print(out, " %s |", cents ? money_print(money, cents) : "–");
}

static void
step_add(const struct session *session, size_t step, enum verb verb, struct buffer *out)
{
    struct step_sum sum = step_sum_make(session->plan, step, verb);
    buffer_text(out, "| ");
    markdown_cell(out, session->load.campaign->steps[step].id);
    buffer_print(out, " | %s |", verb_row(verb)->name);
    for (int i = 0; i < DECISION_COUNT; i++)
        number_add(out, sum.by_decision[i]);
    money_add(out, sum.amount);
    money_add(out, sum.fee);
    money_add(out, sum.amount + sum.fee);
    buffer_text(out, "\n");
}

static void
steps_add(const struct session *session, struct buffer *out)
{
    buffer_text(out,
                "\n| Step | Action | To do | Skip | Held | Unknown | Conflict | Amount | Fee | "
                "Sum |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < session->load.campaign->step_count; i++) {
        const struct step *step = &session->load.campaign->steps[i];
        if (step->verb == VERB_QUALIFY && step->description)
            step_add(session, i, VERB_CREATE, out);
        step_add(session, i, step->verb, out);
    }
}

static void
item_add(struct buffer *out, const char *text)
{
    buffer_text(out, "- ");
    markdown_prose(out, text);
    buffer_text(out, "\n");
}

/* Why actions are not simply done, counted. */
static void
reasons_add(const struct session *session, struct buffer *out)
{
    struct arena arena = {0};
    for (size_t step = 0; step < session->load.campaign->step_count; step++) {
        size_t counts[WHY_COUNT] = {0};
        for (size_t i = session->plan->steps[step].first; i < session->plan->steps[step].end; i++)
            counts[session->plan->actions[i].why]++;
        for (int why = WHY_RETRY; why < WHY_COUNT; why++)
            if (counts[why])
                item_add(out,
                         arena_print(&arena, "%s: %zu %s", session->load.campaign->steps[step].id,
                                     counts[why], why_words((enum why)why)));
    }
    arena_close(&arena);
}

static void
sum_add(struct buffer *out, const char *what, cents_t cents)
{
    char money[MONEY_TEXT_SIZE];
    buffer_print(out, "| %s | %s |\n", what, money_print(money, cents));
}

static void
sums_add(const struct session *session, struct buffer *out)
{
    const struct totals *totals = &session->plan->totals;
    const struct limits *limits = &session->load.campaign->limits;
    cents_t total = totals->amount + totals->fee;
    buffer_print(out, "\n### Money\n\n| | %s |\n|---|--:|\n", session->market->currency);
    sum_add(out, "Bonuses to send", totals->amount);
    sum_add(out, "Their fees", totals->fee);
    sum_add(out, "**Together**", total);
    if (totals->reward + totals->reward_fee) {
        sum_add(out, "Rewards of approvals, perhaps held already", totals->reward);
        sum_add(out, "Their fees, about", totals->reward_fee);
    }
    if (totals->before)
        sum_add(out, "Spent before, or perhaps", totals->before);
    sum_add(out, "Balance now", totals->balance);
    sum_add(out, "Balance after the bonuses", totals->balance - total);
    if (limits->has_total)
        sum_add(out, "Limit of the whole campaign", limits->total);
    if (limits->has_per_worker)
        sum_add(out, "Limit of one worker's bonuses", limits->per_worker);
    sum_add(out, "Limit of one bonus", limits->per_bonus);
}

/* A pull request's comment has an end, and a thousand tasks would be beyond it. */
static void
tasks_add(const struct session *session, struct buffer *out)
{
    enum { SHOWN_MAX = 50 };
    const struct roster *roster = &session->roster;
    if (!roster->task_count)
        return;
    buffer_text(out, "\n### Tasks\n\n| Task | Title | Reward | State | Selected |\n"
                     "|---|---|--:|---|--:|\n");
    for (size_t i = 0; i < roster->task_count && i < SHOWN_MAX; i++) {
        const struct task *task = &roster->tasks[i];
        buffer_text(out, "| ");
        markdown_cell(out, task->id);
        buffer_text(out, " | ");
        markdown_cell(out, task->title);
        buffer_text(out, " |");
        money_add(out, task->reward);
        buffer_text(out, " ");
        markdown_cell(out, task->state);
        buffer_print(out, " | %zu of %zu |\n", session->plan->tasks[i].selected,
                     session->plan->tasks[i].assignments);
    }
    if (roster->task_count > SHOWN_MAX)
        buffer_print(out, "\n… and %zu more\n", roster->task_count - SHOWN_MAX);
}

static void
notes_add(struct session *session, struct buffer *out)
{
    struct arena arena = {0};
    const struct plan *plan = session->plan;
    buffer_text(out, plan->refusal_count ? "\n### A run would be refused\n\n" : "");
    for (size_t i = 0; i < plan->refusal_count; i++) {
        const struct refusal *refusal = &plan->refusals[i];
        const char *text = hide_people(session, HIDE_ANYWHERE, refusal->text, &arena);
        item_add(out, arena_print(&arena, "%s (exit %d)", text, refusal->status));
    }
    buffer_text(out, plan->remark_count ? "\n### Remarks\n\n" : "");
    for (size_t i = 0; i < plan->remark_count; i++)
        item_add(out, hide_people(session, HIDE_ANYWHERE, plan->remarks[i], &arena));
    arena_close(&arena);
}

static void
origin_add(struct session *session, struct buffer *out)
{
    enum { DIGITS_SHOWN = 12 };
    struct arena arena = {0};
    buffer_text(out, "\n### Made of\n\n| File | SHA-256 |\n|---|---|\n");
    for (size_t i = 0; i < session->load.input_count; i++) {
        const char *digest = session->load.inputs[i].digest + strlen("sha256:");
        buffer_text(out, "| ");
        markdown_cell(out, session->load.inputs[i].path);
        buffer_print(out, " | `%.*s` |\n", DIGITS_SHOWN, digest);
    }
    buffer_text(out, "| ");
    markdown_cell(out, session->journal_path);
    if (session->journal.sum[0])
        buffer_print(out, " | head `%.*s` |\n", DIGITS_SHOWN, session->journal.sum);
    else
        buffer_text(out, " | begins with the first run |\n");
    buffer_print(out, "\nMade on %s by ", say_moment(line_now(&session->line), &arena));
    markdown_code(out, person_name(&arena));
    buffer_text(out, " at ");
    markdown_code(out, session->endpoint);
    buffer_text(out, " with bursar " BURSAR_VERSION);
    if (session->account) {
        buffer_text(out, ", account ");
        markdown_code(out, session->account);
    }
    buffer_text(out, ".\n");
    arena_close(&arena);
}

void
markdown_plan(struct session *session, struct buffer *out)
{
    head_add(session, out);
    notes_add(session, out);
    steps_add(session, out);
    buffer_text(out, "\n### Whom\n\n");
    show_selection(session, item_add, out);
    show_left_out_of_steps(session, item_add, out);
    reasons_add(session, out);
    sums_add(session, out);
    markdown_amounts(session, out);
    markdown_words(session, out);
    markdown_rows(session, out);
    tasks_add(session, out);
    origin_add(session, out);
}
