#include "cmd/closing.h"

#include "base/text.h"
#include "cmd/say.h"
#include "cmd/table.h"

/* What became of a step's actions of one verb that the run set out to do. */
struct step_end {
    const char *step;
    const char *verb;
    size_t done, refused, unknown, pending;
    size_t found;        /* seen done at the marketplace, and not by this journal's doing */
    cents_t amount, fee; /* of `done`; rewards that were let go are in them */
};

/* How an action stands by what the last run did; what it did not come to is pending. */
static enum standing
standing_after(const struct ledger *ledger, const struct deed *deed)
{
    size_t run = ledger->run_count - 1;
    return deed && (deed->run == run || deed->tried_run == run) ? deed->standing
                                                                : STANDING_RELEASED;
}

static void
action_count(struct step_end *end, const struct action *action, const struct deed *deed,
             enum standing standing)
{
    bool done = standing == STANDING_DONE, found = done && deed->found;
    end->found += found;
    end->done += done && !found;
    end->refused += standing == STANDING_REFUSED;
    end->unknown += standing == STANDING_UNKNOWN || standing == STANDING_INTENDED;
    end->pending += standing == STANDING_RELEASED;
    if (!done || found)
        return;
    end->amount += action->terms->amount + action->terms->reward;
    end->fee += action->terms->fee + action->terms->reward_fee;
}

static struct step_end
step_count(const struct session *session, size_t step, enum verb verb)
{
    const struct plan *plan = session->plan;
    struct step_end end = {.step = session->load.campaign->steps[step].id,
                           .verb = verb_row(verb)->name};
    for (size_t i = plan->steps[step].first; i < plan->steps[step].end; i++) {
        const struct action *action = &plan->actions[i];
        const struct deed *deed = ledger_find(&session->journal.ledger, action->key);
        if (action->decision == DECISION_DO && action->verb == verb)
            action_count(&end, action, deed, standing_after(&session->journal.ledger, deed));
    }
    return end;
}

static void
end_add(struct step_end *all, const struct step_end *end)
{
    all->done += end->done;
    all->found += end->found;
    all->refused += end->refused;
    all->unknown += end->unknown;
    all->pending += end->pending;
    all->amount += end->amount;
    all->fee += end->fee;
}

/* One for each step that had something to do; two where it makes its qualification. */
struct ends {
    struct step_end *items;
    size_t count;
    struct step_end all;
    cents_t bonuses; /* and their fees */
};

static void
ends_add(struct ends *ends, const struct session *session, size_t step, enum verb verb)
{
    struct step_end end = step_count(session, step, verb);
    if (end.done + end.found + end.refused + end.unknown + end.pending == 0)
        return;
    ends->items[ends->count++] = end;
    end_add(&ends->all, &end);
    if (verb == VERB_BONUS)
        ends->bonuses += end.amount + end.fee;
}

static struct ends
ends_make(const struct session *session, struct arena *arena)
{
    const struct campaign *campaign = session->load.campaign;
    struct ends ends = {.items = arena_alloc(arena, 2 * campaign->step_count * sizeof *ends.items),
                        .all = {.step = "together", .verb = ""}};
    for (size_t i = 0; i < campaign->step_count; i++) {
        if (campaign->steps[i].description)
            ends_add(&ends, session, i, VERB_CREATE);
        ends_add(&ends, session, i, campaign->steps[i].verb);
    }
    return ends;
}

static void
row_add(struct table *table, const struct step_end *end, bool finds)
{
    table_cell(table, end->step);
    table_cell(table, end->verb);
    table_number(table, end->done);
    if (finds)
        table_number(table, end->found);
    table_number(table, end->refused);
    table_paint(table, PAINT_TROUBLE);
    table_number(table, end->unknown);
    table_paint(table, PAINT_DOUBT);
    table_number(table, end->pending);
    table_money(table, end->amount);
    table_money(table, end->fee);
    table_money(table, end->amount + end->fee);
}

static void
ends_show(const struct ends *ends, struct arena *arena, struct buffer *out)
{
    static const char *const heads[] = {"Step",    "Action", "Done", "Refused", "Unknown",
                                        "Pending", "Amount", "Fee",  "Sum",     NULL};
    static const char *const heads_found[] = {"Step",    "Action",  "Done",    "Found",
                                              "Refused", "Unknown", "Pending", "Amount",
                                              "Fee",     "Sum",     NULL};
    bool finds = ends->all.found > 0;
    struct table table = {.arena = arena};
    table_heads(&table, finds ? heads_found : heads);
    for (size_t i = 2; i < table.columns; i++)
        table.right[i] = true;
    for (size_t i = 0; i < ends->count; i++)
        row_add(&table, &ends->items[i], finds);
    if (ends->count > 1)
        row_add(&table, &ends->all, finds);
    table_fit(&table, 0);
    if (ends->count)
        table_print(&table, "", out);
    if (finds)
        say_paragraph(out, "       ",
                      "Found: done already, seen at the marketplace; no money of this run");
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
    struct ends ends = ends_make(session, &arena);
    ends_show(&ends, &arena, out);
    if (ends.bonuses)
        buffer_print(out, "Balance  %s before, %s after the bonuses\n",
                     money_print(one, run->note.balance),
                     money_print(two, run->note.balance - ends.bonuses));
    if (note->waiting)
        say_paragraph(out, "         ", "Held     %s: an earlier step of theirs is in trouble",
                      say_waiting(note, &arena));
    if (!session->passing)
        say_paragraph(out, "         ", "Journal  %s, %llu records, head %.16s",
                      session->journal_path, (unsigned long long)session->journal.next_seq,
                      session->journal.sum);
    arena_close(&arena);
}
