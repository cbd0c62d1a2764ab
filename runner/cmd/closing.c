#include "cmd/closing.h"

#include <unistd.h>

#include "base/text.h"
#include "cmd/say.h"
#include "cmd/table.h"
#include "io/person.h"

/* What became of a step's actions of one verb that the run set out to do. */
struct step_end {
    size_t done, refused, unknown, pending;
    cents_t amount, fee; /* done; rewards that were let go are in them */
};

static void
action_count(struct step_end *end, const struct action *action, const struct deed *deed)
{
    enum standing standing = deed ? deed->standing : STANDING_RELEASED;
    end->done += standing == STANDING_DONE;
    end->refused += standing == STANDING_REFUSED;
    end->unknown += standing == STANDING_UNKNOWN || standing == STANDING_INTENDED;
    end->pending += standing == STANDING_RELEASED;
    if (standing != STANDING_DONE)
        return;
    end->amount += action->amount + action->reward;
    end->fee += action->fee + action->reward_fee;
}

static struct step_end
step_count(const struct session *session, size_t step, enum verb verb)
{
    const struct plan *plan = session->plan;
    struct step_end end = {0};
    for (size_t i = plan->steps[step].first; i < plan->steps[step].end; i++) {
        const struct action *action = &plan->actions[i];
        if (action->decision == DECISION_DO && action->verb == verb)
            action_count(&end, action, ledger_find(&session->journal.ledger, action->key));
    }
    return end;
}

static void
row_add(struct table *table, const char *step, const char *verb, const struct step_end *end)
{
    table_cell(table, step);
    table_cell(table, verb);
    table_number(table, end->done);
    table_number(table, end->refused);
    table_paint(table, PAINT_TROUBLE);
    table_number(table, end->unknown);
    table_paint(table, PAINT_DOUBT);
    table_number(table, end->pending);
    table_money(table, end->amount);
    table_money(table, end->fee);
    table_money(table, end->amount + end->fee);
}

/* A step that had nothing to do has no row. */
static void
step_add(struct table *table, const struct session *session, size_t step, enum verb verb,
         struct step_end *all)
{
    struct step_end end = step_count(session, step, verb);
    if (end.done + end.refused + end.unknown + end.pending == 0)
        return;
    row_add(table, session->load.campaign->steps[step].id, verb_row(verb)->name, &end);
    all->done += end.done;
    all->refused += end.refused;
    all->unknown += end.unknown;
    all->pending += end.pending;
    all->amount += end.amount;
    all->fee += end.fee;
}

static void
steps_show(const struct session *session, struct buffer *out)
{
    static const char *const heads[] = {"Step",    "Action", "Done", "Refused", "Unknown",
                                        "Pending", "Amount", "Fee",  "Sum",     NULL};
    struct arena arena = {0};
    struct table table = {.arena = &arena, .widest = {[0] = 30}};
    struct step_end all = {0};
    table_heads(&table, heads);
    for (size_t i = 2; i < table.columns; i++)
        table.right[i] = true;
    for (size_t i = 0; i < session->load.campaign->step_count; i++) {
        const struct step *step = &session->load.campaign->steps[i];
        if (step->description)
            step_add(&table, session, i, VERB_CREATE, &all);
        step_add(&table, session, i, step->verb, &all);
    }
    if (table.count > 2 * table.columns)
        row_add(&table, "together", "", &all);
    if (person_is_terminal(STDOUT_FILENO))
        table_fit(&table, 0, person_width());
    if (table.count > table.columns)
        table_print(&table, "", out);
    arena_close(&arena);
}

static void
labels_show(const struct campaign *campaign, struct buffer *out)
{
    struct arena arena = {0};
    const char *text = "";
    for (size_t i = 0; i < campaign->label_count; i++)
        text = arena_print(&arena, "%s%s%s %s", text, i ? ", " : "", campaign->labels[i].name,
                           campaign->labels[i].value);
    if (*text)
        say_paragraph(out, "         ", "Labels   %s", text);
    arena_close(&arena);
}

void
closing_show(const struct session *session, const struct run *run, struct buffer *out)
{
    struct arena arena = {0};
    const struct ledger *ledger = &session->journal.ledger;
    const struct run_note *note = &ledger->runs[ledger->run_count - 1];
    char one[MONEY_TEXT_SIZE], two[MONEY_TEXT_SIZE];
    buffer_text(out, "\n");
    say_paragraph(out, "         ", "Run      %s (%s), %s, took %lld s, by %s@%s%s%.12s",
                  session->load.campaign->name, session->environment,
                  say_moment_here(note->at_ms, &arena),
                  (long long)((note->ended_ms - note->at_ms + 500) / STAMP_SECOND_MS), note->who,
                  note->host, note->commit ? ", commit " : "", note->commit ? note->commit : "");
    labels_show(session->load.campaign, out);
    steps_show(session, out);
    cents_t sent = 0;
    for (size_t i = 0; i < session->load.campaign->step_count; i++)
        if (session->load.campaign->steps[i].verb == VERB_BONUS) {
            struct step_end end = step_count(session, i, VERB_BONUS);
            sent += end.amount + end.fee;
        }
    if (sent)
        buffer_print(out, "Balance  %s before, %s after the bonuses\n",
                     money_print(one, run->note.balance),
                     money_print(two, run->note.balance - sent));
    if (!session->passing)
        say_paragraph(out, "         ", "Journal  %s, %llu records, head %.16s",
                      session->journal_path, (unsigned long long)session->journal.next_seq,
                      session->journal.sum);
    arena_close(&arena);
}
