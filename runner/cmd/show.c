#include "cmd/show.h"

#include <unistd.h>

#include "base/text.h"
#include "cmd/aftermath.h"
#include "cmd/hide.h"
#include "cmd/say.h"
#include "cmd/show_parts.h"
#include "cmd/step_sum.h"
#include "cmd/table.h"
#include "codec/planfile.h"
#include "io/person.h"

static const char *
age_print(const struct session *session, const struct task *task, struct arena *arena)
{
    stamp_t age_ms = line_now(&session->line) - task->created_ms;
    if (!task->created_ms || age_ms < 0)
        return "–";
    if (age_ms < 2 * STAMP_DAY_MS)
        return arena_print(arena, "%lld h ago", (long long)(age_ms / STAMP_HOUR_MS));
    return arena_print(arena, "%lld d ago",
                       (long long)((age_ms + STAMP_DAY_MS / 2) / STAMP_DAY_MS));
}

static bool
any_open(const struct roster *roster)
{
    for (size_t i = 0; i < roster->task_count; i++)
        if (roster->tasks[i].free + roster->tasks[i].taken)
            return true;
    return false;
}

static void
tasks_show(const struct session *session, struct buffer *out)
{
    struct arena arena = {0};
    bool open = any_open(&session->roster);
    const char *heads[] = {
        "Task", "Title", "Reward", "Created", "State", "Selected", open ? "Open" : NULL, NULL};
    struct table table = {.arena = &arena, .right = {[2] = true, [3] = true, [6] = true}};
    table_heads(&table, heads);
    for (size_t i = 0; i < session->roster.task_count; i++) {
        const struct task *task = &session->roster.tasks[i];
        const struct task_count *count = &session->plan->tasks[i];
        char money[MONEY_TEXT_SIZE];
        table_cell(&table, task->id);
        table_cell(&table, task->title);
        table_cell(&table, money_print(money, task->reward));
        table_cell(&table, age_print(session, task, &arena));
        table_cell(&table, task->state);
        table_cell(&table, arena_print(&arena, "%zu of %zu", count->selected, count->assignments));
        if (open)
            table_number(&table, task->free + task->taken);
    }
    table_fit(&table, 1);
    table_print(&table, "", out);
    arena_close(&arena);
}

/* Which of the decisions have a column. Where the terminal is narrow, those that nothing has are
 * left out. */
static void
columns_choose(const struct session *session, bool shown[DECISION_COUNT])
{
    enum { WIDE = 95 };
    bool narrow = person_is_terminal(STDOUT_FILENO) && person_width() < WIDE;
    for (int i = 0; i < DECISION_COUNT; i++)
        shown[i] = !narrow || i == DECISION_DO || session->plan->totals.by_decision[i] > 0;
}

static void
step_show(const struct session *session, size_t step, enum verb verb, const bool *shown,
          struct table *table)
{
    static const enum paint paints[DECISION_COUNT] = {
        [DECISION_UNKNOWN] = PAINT_DOUBT, [DECISION_CONFLICT] = PAINT_TROUBLE};
    struct step_sum sum = step_sum_make(session->plan, step, verb);
    table_cell(table, session->load.campaign->steps[step].id);
    table_cell(table, verb_row(verb)->name);
    for (int i = 0; i < DECISION_COUNT; i++) {
        if (!shown[i])
            continue;
        table_number(table, sum.by_decision[i]);
        table_paint(table, paints[i]);
    }
    table_money(table, sum.amount);
    table_money(table, sum.fee);
    table_money(table, sum.amount + sum.fee);
}

static void
steps_show(const struct session *session, struct buffer *out)
{
    static const char *const names[DECISION_COUNT] = {[DECISION_DO] = "To do",
                                                      [DECISION_SKIP] = "Skip",
                                                      [DECISION_HOLD] = "Held",
                                                      [DECISION_UNKNOWN] = "Unknown",
                                                      [DECISION_CONFLICT] = "Conflict"};
    const char *heads[TABLE_COLUMNS_MAX + 1] = {"Step", "Action"};
    bool shown[DECISION_COUNT];
    size_t count = 2;
    columns_choose(session, shown);
    for (int i = 0; i < DECISION_COUNT; i++)
        if (shown[i])
            heads[count++] = names[i];
    heads[count++] = "Amount";
    heads[count++] = "Fee";
    heads[count++] = "Sum";
    struct arena arena = {0};
    struct table table = {.arena = &arena, .widest = {[0] = 30}};
    for (size_t i = 2; i < count; i++)
        table.right[i] = true;
    table_heads(&table, heads);
    for (size_t step = 0; step < session->load.campaign->step_count; step++) {
        const struct step *row = &session->load.campaign->steps[step];
        if (row->description)
            step_show(session, step, VERB_CREATE, shown, &table);
        step_show(session, step, row->verb, shown, &table);
    }
    table_fit(&table, 0);
    table_print(&table, "", out);
    arena_close(&arena);
}

/* How many actions of a step are decided as they are for one reason, with the words of the first.
 * Whom an earlier step leaves out waits for good, and is told apart from whom it holds up. */
static void
reason_show(struct session *session, const struct action *first, size_t count, struct buffer *out)
{
    bool vain = first->why == WHY_NEEDS && first->in_vain;
    struct arena arena = {0};
    struct buffer line = {0};
    bool named = hide_nothing(session->arguments, STDOUT_FILENO);
    buffer_print(&line, "  %s: %zu %s", session->load.campaign->steps[first->step].id, count,
                 vain ? "that need an earlier step which is not for them" : why_words(first->why));
    if (first->words)
        buffer_print(&line, " (%s%s%s%s)", count > 1 ? "the first" : "",
                     count > 1 && named ? ", " : "", named ? first->assignment->worker : "",
                     arena_print(&arena, "%s%s", count > 1 || named ? ": " : "",
                                 hide_people(session, STDOUT_FILENO, first->words, &arena)));
    say_paragraph(out, "      ", "%s", line.bytes);
    buffer_close(&line);
    arena_close(&arena);
}

/* Every kind of skip and doubt, counted. */
static void
reasons_show(struct session *session, struct buffer *out)
{
    const struct plan *plan = session->plan;
    for (size_t step = 0; step < session->load.campaign->step_count; step++) {
        enum { IN_VAIN = WHY_COUNT };
        size_t counts[WHY_COUNT + 1] = {0};
        const struct action *firsts[WHY_COUNT + 1] = {NULL};
        for (size_t i = plan->steps[step].first; i < plan->steps[step].end; i++) {
            const struct action *action = &plan->actions[i];
            bool vain = action->why == WHY_NEEDS && action->in_vain;
            int why = vain ? IN_VAIN : (int)action->why;
            firsts[why] = counts[why]++ ? firsts[why] : action;
        }
        for (int why = WHY_RETRY; why <= IN_VAIN; why++)
            if (why != WHY_DONE_BEFORE && counts[why])
                reason_show(session, firsts[why], counts[why], out);
    }
}

/* What was spent for certain, and what may have been and is not about to be sent again. */
static void
before_show(const struct session *session, struct buffer *out)
{
    const struct plan *plan = session->plan;
    char one[MONEY_TEXT_SIZE];
    cents_t again = 0;
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (action->decision == DECISION_DO && action->deed && deed_is_counted(action->deed))
            again += action->deed->amount + action->deed->fee;
    }
    if (plan->totals.before > again)
        buffer_print(out, "Before       %s were spent or may have been, fees included\n",
                     money_print(one, plan->totals.before - again));
}

static void
totals_show(const struct session *session, struct buffer *out)
{
    const struct totals *totals = &session->plan->totals;
    const struct limits *limits = &session->load.campaign->limits;
    char one[MONEY_TEXT_SIZE], two[MONEY_TEXT_SIZE], three[MONEY_TEXT_SIZE];
    cents_t total = totals->amount + totals->fee;
    cents_t approvals = totals->reward + totals->reward_fee;
    buffer_print(out, "To send      %s in bonuses and %s in fees: %s%s %s%s\n",
                 money_print(one, totals->amount), money_print(two, totals->fee),
                 paint_on(PAINT_STRONG, STDOUT_FILENO), money_print(three, total),
                 session->market->currency, paint_off(STDOUT_FILENO));
    if (approvals) {
        buffer_print(out, "Approvals    %s in rewards and about %s in fees, perhaps held already\n",
                     money_print(one, totals->reward), money_print(two, totals->reward_fee));
        buffer_print(out, "Together     %s\n", money_print(one, total + approvals));
    }
    before_show(session, out);
    if (limits->has_total)
        buffer_print(out, "Limit        %s for the whole campaign\n",
                     money_print(one, limits->total));
    buffer_print(out, "Balance      %s now, %s after the bonuses\n",
                 money_print(one, totals->balance), money_print(two, totals->balance - total));
    if (approvals && total + approvals > totals->balance)
        say_paragraph(out, "    ",
                      "Remark: the balance does not cover the approvals as well, unless their "
                      "rewards are held already; what it cannot pay stays pending");
}

void
show_plan(struct session *session, struct buffer *out)
{
    aftermath_show(session, out);
    const struct campaign *campaign = session->load.campaign;
    say_paragraph(out, "    ", "Campaign %s, %s at %s%s", campaign->name, session->environment,
                  session->endpoint, session->play ? " (this machine: play money)" : "");
    buffer_text(out, "Journal  ");
    text_escape(out, session->journal_path, false);
    buffer_print(out, "%s\n\n", session->journal.exists ? "" : " (begins with the first run)");
    if (session->roster.task_count)
        tasks_show(session, out);
    show_selection(session, show_paragraph, out);
    buffer_text(out, "\n");
    steps_show(session, out);
    show_left_out_of_steps(session, show_paragraph, out);
    reasons_show(session, out);
    show_words(session, out);
    buffer_text(out, "\n");
    show_harm(session, out);
    totals_show(session, out);
    for (size_t i = 0; i < session->plan->remark_count; i++) {
        struct arena arena = {0};
        say_paragraph(out, "    ", "Remark: %s",
                      hide_people(session, STDOUT_FILENO, session->plan->remarks[i], &arena));
        arena_close(&arena);
    }
}

struct planfile
show_plan_json(const struct session *session, const char *worker, struct arena *arena)
{
    return (struct planfile){
        .worker = worker,
        .campaign = session->load.campaign,
        .roster = &session->roster,
        .plan = session->plan,
        .marketplace = session->market->name,
        .environment = session->environment,
        .currency = session->market->currency,
        .journal = session->journal_path,
        .journal_head = session->journal.sum[0] ? session->journal.sum : NULL,
        .endpoint = session->endpoint,
        .account = session->account,
        .retry_refused = option_is_set(session->arguments, OPTION_RETRY_REFUSED),
        .inputs = session->load.inputs,
        .input_count = session->load.input_count,
        .made_at_ms = line_now(&session->line),
        .made_by = person_name(arena),
    };
}

enum status
show_refusals(struct session *session)
{
    const struct plan *plan = session->plan;
    struct arena arena = {0};
    for (size_t i = 0; i < plan->refusal_count; i++) {
        struct error err = {0};
        error_at(&err, plan->refusals[i].where, "%s",
                 hide_people(session, STDERR_FILENO, plan->refusals[i].text, &arena));
        say_error(&err);
    }
    if (plan->problems > PLAN_PROBLEMS_SAID_MAX)
        say_note("and %zu more such problems", plan->problems - PLAN_PROBLEMS_SAID_MAX);
    if (plan->problems && !hide_nothing(session->arguments, STDERR_FILENO))
        say_note("--show-ids names the people");
    arena_close(&arena);
    return plan_status(plan);
}
