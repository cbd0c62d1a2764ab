#include "cmd/markdown_parts.h"

#include "base/text.h"
#include "cmd/hide.h"
#include "cmd/markdown_text.h"
#include "cmd/show_parts.h"
#include "cmd/written.h"
#include "core/spread.h"

/* The bonuses that a step is to send. */
static cents_t *
amounts_of(const struct plan *plan, size_t step, size_t *count, struct arena *arena)
{
    size_t first = plan->steps[step].first, end = plan->steps[step].end;
    cents_t *amounts = arena_alloc(arena, (end - first + 1) * sizeof *amounts);
    *count = 0;
    for (size_t i = first; i < end; i++) {
        const struct action *action = &plan->actions[i];
        if (action->decision == DECISION_DO)
            amounts[(*count)++] = action->terms->amount;
    }
    return amounts;
}

enum { BARS_MOST = 8, BAR_COLUMNS = 40 };

static void
bars_add(const struct spread_bar *bars, size_t count, struct buffer *out)
{
    char from[MONEY_TEXT_SIZE], to[MONEY_TEXT_SIZE];
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = bars[i].count > most ? bars[i].count : most;
    buffer_text(out, "\n```text\n");
    for (size_t i = 0; i < count; i++) {
        bool range = bars[i].to > bars[i].from;
        buffer_print(out, "%9s %s %-9s %7zu ", money_print(from, bars[i].from), range ? "to" : "  ",
                     range ? money_print(to, bars[i].to) : "", bars[i].count);
        size_t columns = (bars[i].count * BAR_COLUMNS + most - 1) / most;
        for (size_t column = 0; column < columns; column++)
            buffer_text(out, "█");
        buffer_text(out, "\n");
    }
    buffer_text(out, "```\n");
}

static void
amounts_add(const struct session *session, size_t step, struct buffer *out)
{
    struct arena arena = {0};
    struct spread spread;
    size_t count;
    cents_t *amounts = amounts_of(session->plan, step, &count, &arena);
    const struct step *one = &session->load.campaign->steps[step];
    char least[MONEY_TEXT_SIZE], most[MONEY_TEXT_SIZE], median[MONEY_TEXT_SIZE],
        mean[MONEY_TEXT_SIZE];
    spread_make(&spread, amounts, count, BARS_MOST);
    if (count) {
        buffer_text(out, "\n### Amounts of ");
        markdown_code(out, one->id);
        if (one->amount_from) {
            buffer_text(out, ", by ");
            markdown_code(out,
                          written_words(session->load.campaign, one->amount_from, NULL, &arena));
        }
        buffer_print(out, "\n\n%zu bonus%s: least %s, median %s, mean %s, most %s\n", count,
                     count == 1 ? "" : "es", money_print(least, spread.least),
                     money_print(median, spread.median), money_print(mean, spread.mean),
                     money_print(most, spread.most));
        bars_add(spread.bars, spread.bar_count, out);
    }
    arena_close(&arena);
}

void
markdown_amounts(const struct session *session, struct buffer *out)
{
    const struct campaign *campaign = session->load.campaign;
    for (size_t i = 0; i < campaign->step_count; i++)
        if (verb_row(campaign->steps[i].verb)->pays_bonus)
            amounts_add(session, i, out);
}

static const char *
text_of(const char *subject, const char *message, struct arena *arena)
{
    return subject ? arena_print(arena, "%s\n\n%s", subject, message ? message : "") : message;
}

static void
words_add(struct session *session, size_t at, struct buffer *out)
{
    struct arena arena = {0};
    const struct campaign *campaign = session->load.campaign;
    const struct step *step = &campaign->steps[at];
    bool named = hide_nothing(session->arguments, HIDE_ANYWHERE);
    const char *text =
        text_of(written_words(campaign, step->subject_from, step->subject, &arena),
                written_words(campaign, step->message_from, step->message, &arena), &arena);
    const struct action *action = named ? show_longest_find(session->plan, at) : NULL;
    const char *longest =
        action ? text_of(action->terms->subject, action->terms->message, &arena) : NULL;
    if (text) {
        buffer_text(out, "\n### Words of ");
        markdown_code(out, step->id);
        buffer_text(out, "\n\n");
        markdown_block(out, hide_people(session, HIDE_ANYWHERE, text, &arena));
    }
    if (text && longest && !text_same(text, longest)) {
        buffer_text(out, "\nThe longest, as it will be read:\n\n");
        markdown_block(out, longest);
    }
    arena_close(&arena);
}

void
markdown_words(struct session *session, struct buffer *out)
{
    for (size_t i = 0; i < session->load.campaign->step_count; i++)
        words_add(session, i, out);
}

static void
row_add(const struct session *session, const struct action *action, struct buffer *out)
{
    char money[MONEY_TEXT_SIZE];
    const char *cells[] = {session->load.campaign->steps[action->step].id,
                           action->assignment->worker,
                           action->names_assignment ? action->assignment->id : NULL};
    buffer_text(out, "|");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        buffer_text(out, " ");
        markdown_cell(out, cells[i]);
        buffer_text(out, " |");
    }
    buffer_print(out, " %s | %s | %s |\n",
                 action->terms->amount ? money_print(money, action->terms->amount) : "–",
                 decision_name(action->decision), why_name(action->why));
}

void
markdown_rows(const struct session *session, struct buffer *out)
{
    enum { SHOWN_MAX = 200 };
    const struct plan *plan = session->plan;
    if (!hide_nothing(session->arguments, HIDE_ANYWHERE) || !plan->action_count)
        return;
    buffer_text(out, "\n### Actions\n\n| Step | Worker | Assignment | Amount | Decision | Why |\n"
                     "|---|---|---|--:|---|---|\n");
    for (size_t i = 0; i < plan->action_count && i < SHOWN_MAX; i++)
        row_add(session, &plan->actions[i], out);
    if (plan->action_count > SHOWN_MAX)
        buffer_print(out, "\n… and %zu more\n", plan->action_count - SHOWN_MAX);
}
