/* One journal's chapter: what it is about, its sums, and whether something is left to do. */
#include "base/text.h"
#include "codec/html.h"
#include "codec/report_parts.h"

enum { LABELS_MOST = 50 };

const char *
report_person(const struct report *report, const char *marketplace, const struct deed *deed,
              struct arena *arena)
{
    if (!deed->worker)
        return deed->verb == VERB_CREATE ? "–" : "erased";
    return report->veil->name(report->veil->self, marketplace, deed->worker, arena);
}

bool
report_has_run(const struct report *report, const struct chronicle_run *run)
{
    const struct span *span = &report->span;
    bool all = !span->from_ms && !span->before_ms;
    return all || (run->entry.at_ms < span->before_ms && run->last_ms >= span->from_ms);
}

cents_t
report_balance_before(const struct report_chapter *chapter, size_t run)
{
    return run < chapter->chronicle->run_count ? chapter->chronicle->runs[run].entry.balance : 0;
}

/* Rewards may have been held by the account beforehand, so they do not count here. */
cents_t
report_balance_after(const struct report_chapter *chapter, size_t run)
{
    cents_t before = report_balance_before(chapter, run);
    const struct outlay *sent = &chapter->statement->by_run[run];
    return before ? before - sent->bonus - sent->bonus_fee : 0;
}

static void
card_begin(const char *title, struct buffer *out)
{
    buffer_text(out, "<div>");
    html_element(out, "dt", "%s", title);
}

static void
card_money(const char *title, cents_t cents, const char *currency, const char *of,
           struct buffer *out)
{
    char money[MONEY_TEXT_SIZE];
    card_begin(title, out);
    html_element(out, "dd", "%s %s", money_print(money, cents), currency);
    html_element(out, "dd class=of", "%s", of);
    buffer_text(out, "</div>\n");
}

static void
card_number(const char *title, size_t number, const char *of, struct buffer *out)
{
    card_begin(title, out);
    html_element(out, "dd", "%zu", number);
    html_element(out, "dd class=of", "%s", of);
    buffer_text(out, "</div>\n");
}

static const char *
spent_of(const struct outlay *done, struct arena *arena)
{
    char bonus[MONEY_TEXT_SIZE], fee[MONEY_TEXT_SIZE], reward[MONEY_TEXT_SIZE];
    const char *rewards =
        done->reward ? arena_print(arena, ", %s in rewards", money_print(reward, done->reward))
                     : "";
    return arena_print(arena, "%s in bonuses%s, %s in fees", money_print(bonus, done->bonus),
                       rewards, money_print(fee, done->bonus_fee + done->reward_fee));
}

/* What bonuses cost that this journal's runs sent since a moment, whichever run it was. */
static cents_t
sent_since(const struct ledger *ledger, stamp_t since_ms)
{
    cents_t sent = 0;
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (deed->verb == VERB_BONUS && deed->standing == STANDING_DONE && !deed_is_found(deed) &&
            deed_paid_ms(deed) >= since_ms)
            sent += deed->amount + deed->fee;
    }
    return sent;
}

/* The runs that began first and last: those that a merge brought do not come in order. */
static void
balance_card(const struct report *report, const struct report_chapter *chapter, struct buffer *out)
{
    const struct chronicle *chronicle = chapter->chronicle;
    const struct chronicle_run *runs = chronicle->runs, *first = NULL, *last = NULL;
    char before[MONEY_TEXT_SIZE], after[MONEY_TEXT_SIZE];
    for (size_t i = 0; i < chronicle->run_count; i++) {
        if (!report_has_run(report, &runs[i]) || !runs[i].entry.balance)
            continue;
        first = !first || runs[i].entry.at_ms < first->entry.at_ms ? &runs[i] : first;
        last = !last || runs[i].entry.at_ms >= last->entry.at_ms ? &runs[i] : last;
    }
    if (!last)
        return;
    card_begin("Balance", out);
    html_element(
        out, "dd", "%s %s",
        money_print(after, last->entry.balance - sent_since(chapter->ledger, last->entry.at_ms)),
        chapter->currency);
    html_element(out, "dd class=of",
                 "%s before the first run; this is what the last one found, less the bonuses since",
                 money_print(before, first->entry.balance));
    buffer_text(out, "</div>\n");
}

static void
cards_add(const struct report *report, const struct report_chapter *chapter, struct buffer *out)
{
    struct arena arena = {0};
    char money[MONEY_TEXT_SIZE];
    const struct statement *statement = chapter->statement;
    size_t unknown =
        statement->by_standing[STANDING_UNKNOWN] + statement->by_standing[STANDING_INTENDED];
    size_t refused = statement->by_standing[STANDING_REFUSED];
    cents_t perhaps = outlay_sum(&statement->open);
    buffer_text(out, "<dl class=sums>\n");
    card_money("Spent", outlay_sum(&statement->done), chapter->currency,
               spent_of(&statement->done, &arena), out);
    balance_card(report, chapter, out);
    card_number(
        "Payments", statement->payment_count,
        arena_print(&arena, "to %s", report_people(statement->people, statement->erased, &arena)),
        out);
    card_number("Actions done", statement->by_standing[STANDING_DONE],
                statement->by_standing[STANDING_RELEASED]
                    ? arena_print(&arena, "%zu pending", statement->by_standing[STANDING_RELEASED])
                    : "payments among them",
                out);
    card_number("Refused", refused,
                refused == statement->refused_open ? "by the marketplace"
                                                   : arena_print(&arena, "%zu of them accepted",
                                                                 refused - statement->refused_open),
                out);
    card_number("Unknown", unknown,
                perhaps   ? arena_print(&arena, "%s perhaps spent", money_print(money, perhaps))
                : unknown ? "nobody knows whether they happened"
                          : "every outcome is known",
                out);
    buffer_text(out, "</dl>\n");
    arena_close(&arena);
}

static void
fact(const char *name, const char *value, struct buffer *out)
{
    if (!value || !*value)
        return;
    html_row(out);
    html_row_head(out, name);
    html_cell_any(out, value);
    html_row_end(out);
}

static void
facts_add(const struct report_chapter *chapter, struct buffer *out)
{
    struct arena arena = {0};
    const struct entry *genesis = &chapter->ledger->genesis;
    html_table(out, "What this is", NULL);
    fact("Campaign", genesis->campaign, out);
    fact("Marketplace", chapter->marketplace, out);
    fact("Environment",
         text_same(genesis->environment, "production")
             ? genesis->environment
             : arena_print(&arena, "%s (no real money)", genesis->environment),
         out);
    for (size_t i = 0; i < genesis->label_count && i < LABELS_MOST; i++)
        fact(arena_print(&arena, "Label %s", genesis->labels[i].name), genesis->labels[i].value,
             out);
    fact("Address", genesis->endpoint, out);
    fact("Journal", chapter->path, out);
    fact("Its ID", genesis->journal, out);
    fact("Its records",
         arena_print(&arena, "%zu, the last with the sum %s", chapter->chronicle->record_count,
                     chapter->sum),
         out);
    html_table_end(out);
    arena_close(&arena);
}

/* What a lab files it under. */
static void
labels_add(const struct entry *genesis, struct buffer *out)
{
    if (!genesis->label_count)
        return;
    buffer_text(out, "<p class=about>");
    for (size_t i = 0; i < genesis->label_count && i < LABELS_MOST; i++)
        html_print(out, "%s%s: %s", i ? " · " : "", genesis->labels[i].name,
                   genesis->labels[i].value);
    buffer_text(out, "</p>\n");
}

/* What makes the figures less than the whole. */
static void
cautions_add(const struct report_chapter *chapter, struct buffer *out)
{
    const struct statement *statement = chapter->statement;
    if (chapter->history_lost)
        html_element(out, "p class=attention",
                     "This journal is not the whole story: this machine's second copy shows "
                     "records that it lacks. The figures are those of what it holds.");
    if (chapter->run_elsewhere)
        html_element(out, "p class=attention",
                     "A run was going on when this was made (%s): what is unknown here may be "
                     "under way.",
                     chapter->run_elsewhere);
    if (chapter->torn_bytes)
        html_element(out, "p class=attention",
                     "The last %zu bytes of the journal are an incomplete group, of which nothing "
                     "was sent; they are left out.",
                     chapter->torn_bytes);
    if (statement->outside)
        html_element(out, "p class=note", "%zu %s of other days %s left out%s.", statement->outside,
                     statement->outside == 1 ? "action" : "actions",
                     statement->outside == 1 ? "is" : "are",
                     statement->outside_open ? ", some of them unknown" : "");
}

void
report_chapter(const struct report *report, const struct report_chapter *chapter,
               struct buffer *out)
{
    const struct entry *genesis = &chapter->ledger->genesis;
    buffer_print(out, "<section id=c%zu>\n", chapter->number);
    html_element(out, "h2", "%s, %s", genesis->campaign, genesis->environment);
    labels_add(genesis, out);
    cautions_add(chapter, out);
    cards_add(report, chapter, out);
    const struct statement *statement = chapter->statement;
    size_t left = statement->by_standing[STANDING_UNKNOWN] +
                  statement->by_standing[STANDING_INTENDED] +
                  statement->by_standing[STANDING_RELEASED] + statement->refused_open;
    if (left || chapter->advice_count)
        buffer_print(out,
                     "<p class=attention><a href=\"#open%zu\">Something is not done</a>: which "
                     "actions, why, and the command that comes next.</p>\n",
                     chapter->number);
    report_money(report, chapter, out);
    report_open(report, chapter, out);
    report_runs(report, chapter, out);
    report_payments(report, chapter, out);
    facts_add(chapter, out);
    buffer_text(out, "</section>\n");
}
