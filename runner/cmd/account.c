#include "cmd/account.h"

#include "base/text.h"
#include "cmd/say.h"

/* How the deeds of one step stand. */
struct step_row {
    const char *step;
    enum verb verb;
    size_t by_standing[STANDING_COUNT];
    cents_t amount, fee; /* done */
};

struct step_rows {
    struct step_row *rows;
    size_t count;
};

static struct step_rows
steps_sum(const struct ledger *ledger, struct arena *arena)
{
    struct step_rows sums = {.rows =
                                 arena_alloc(arena, (ledger->deed_count + 1) * sizeof *sums.rows)};
    struct index by_step = {0};
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = &ledger->deeds[i];
        if (index_add(&by_step, deed->step, sums.count, arena))
            sums.rows[sums.count++] = (struct step_row){.step = deed->step, .verb = deed->verb};
        struct step_row *row = &sums.rows[*index_find(&by_step, deed->step)];
        row->by_standing[deed->standing]++;
        if (deed->standing == STANDING_DONE) {
            row->amount += deed->amount;
            row->fee += deed->fee;
        }
    }
    return sums;
}

static size_t
open_count(const struct step_row *row)
{
    return row->by_standing[STANDING_UNKNOWN] + row->by_standing[STANDING_INTENDED];
}

static void
runs_show(const struct ledger *ledger, struct buffer *out)
{
    for (size_t i = 0; i < ledger->run_count; i++) {
        const struct run_note *run = &ledger->runs[i];
        char when[STAMP_TEXT_SIZE], ended[STAMP_TEXT_SIZE];
        buffer_print(out, "Run of %s by ", stamp_print(when, run->at_ms));
        text_escape(out, run->who ? run->who : "?", false);
        buffer_text(out, "@");
        text_escape(out, run->host ? run->host : "?", false);
        if (run->ended)
            buffer_print(out, ", ended %s: %zu done, %zu refused, %zu unknown, %zu left pending\n",
                         stamp_print(ended, run->ended_ms), run->done, run->refused, run->unknown,
                         run->pending);
        else
            buffer_text(out, i + 1 == ledger->run_count
                                 ? ", not ended: it is still going on, or was stopped\n"
                                 : ", stopped without an end\n");
    }
}

static void
steps_show(const struct ledger *ledger, struct buffer *out)
{
    static const char *const heads[] = {"Step",    "Action",  "Done",   "Refused",
                                        "Unknown", "Pending", "Amount", "Fee"};
    struct arena arena = {0};
    struct table table = {.arena = &arena, .columns = 8};
    for (size_t i = 0; i < 8; i++) {
        table.right[i] = i >= 2;
        table_cell(&table, heads[i]);
    }
    struct step_rows sums = steps_sum(ledger, &arena);
    for (size_t i = 0; i < sums.count; i++) {
        const struct step_row *row = &sums.rows[i];
        table_cell(&table, row->step);
        table_cell(&table, verb_row(row->verb)->name);
        table_number(&table, row->by_standing[STANDING_DONE]);
        table_number(&table, row->by_standing[STANDING_REFUSED]);
        table_number(&table, open_count(row));
        table_number(&table, row->by_standing[STANDING_RELEASED]);
        table_money(&table, row->amount);
        table_money(&table, row->fee);
    }
    table_print(&table, "", out);
    arena_close(&arena);
}

/* One deed as a sentence: "was A1XYZ paid, when, by whom, for what?" */
static void
deed_show(const struct ledger *ledger, const struct deed *deed, struct buffer *out)
{
    char when[STAMP_TEXT_SIZE], money[MONEY_TEXT_SIZE];
    const struct run_note *run = deed->run < ledger->run_count ? &ledger->runs[deed->run] : NULL;
    stamp_t at_ms = deed->settled_ms ? deed->settled_ms : deed->last_attempt_ms;
    buffer_text(out, "  ");
    text_escape(out, deed->worker ? deed->worker : "(erased)", false);
    buffer_print(out, "  %s: %s", deed->step,
                 deed->standing == STANDING_DONE ? verb_row(deed->verb)->done
                                                 : standing_name(deed->standing));
    if (deed->amount)
        buffer_print(out, " %s", money_print(money, deed->amount));
    buffer_print(out, " %s", stamp_print(when, at_ms));
    if (deed->assignment) {
        buffer_text(out, " on assignment ");
        text_escape(out, deed->assignment, false);
    }
    if (run && run->who) {
        buffer_text(out, " by ");
        text_escape(out, run->who, false);
        buffer_text(out, "@");
        text_escape(out, run->host ? run->host : "?", false);
    }
    const char *words = deed->standing == STANDING_REFUSED ? deed->text
                        : deed->standing != STANDING_DONE  ? deed->why
                                                           : NULL;
    bool coded = deed->code && deed->standing == STANDING_REFUSED;
    if (words || coded)
        buffer_text(out, " (");
    if (coded) {
        text_escape(out, deed->code, false);
        buffer_text(out, ": ");
    }
    if (words || coded) {
        text_escape(out, words ? words : "", false);
        buffer_text(out, ")");
    }
    buffer_text(out, "\n");
}

/* One person's deeds, or everything that is not simply done. */
static size_t
deeds_show(const struct ledger *ledger, const char *worker, struct buffer *out)
{
    size_t shown = 0;
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = &ledger->deeds[i];
        bool wanted = worker ? text_same(deed->worker, worker) : deed->standing != STANDING_DONE;
        if (wanted)
            deed_show(ledger, deed, out);
        shown += wanted;
    }
    return shown;
}

static void
deeds_encode(const struct ledger *ledger, const char *worker, struct buffer *out)
{
    bool first = true;
    buffer_text(out, ", \"deeds\": [");
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = &ledger->deeds[i];
        char money[MONEY_TEXT_SIZE], fee[MONEY_TEXT_SIZE], when[STAMP_TEXT_SIZE];
        if (worker ? !text_same(deed->worker, worker) : deed->standing == STANDING_DONE)
            continue;
        buffer_print(out, "%s{\"key\": \"%s\", \"step\": ", first ? "\n  " : ",\n  ", deed->key);
        buffer_json(out, deed->step);
        buffer_print(out, ", \"do\": \"%s\", \"worker\": ", verb_row(deed->verb)->name);
        buffer_json(out, deed->worker ? deed->worker : "");
        buffer_text(out, ", \"assignment\": ");
        if (deed->assignment)
            buffer_json(out, deed->assignment);
        else
            buffer_text(out, "null");
        buffer_print(
            out, ", \"standing\": \"%s\", \"amount\": \"%s\", \"fee\": \"%s\", \"at\": \"%s\"",
            standing_name(deed->standing), money_print(money, deed->amount),
            money_print(fee, deed->fee),
            stamp_print(when, deed->settled_ms ? deed->settled_ms : deed->last_attempt_ms));
        buffer_text(out, ", \"code\": ");
        buffer_json(out, deed->code ? deed->code : "");
        buffer_text(out, ", \"text\": ");
        buffer_json(out, deed->text ? deed->text : deed->why ? deed->why : "");
        buffer_text(out, "}");
        first = false;
    }
    buffer_text(out, "]");
}

void
account_encode(const struct journal *journal, const char *worker, struct buffer *out)
{
    const struct ledger *ledger = &journal->ledger;
    struct arena arena = {0};
    struct step_rows sums = steps_sum(ledger, &arena);
    size_t by_standing[STANDING_COUNT] = {0};
    cents_t total = 0;
    buffer_text(out, "{\"campaign\": ");
    buffer_json(out, ledger->has_genesis ? ledger->genesis.campaign : "");
    buffer_text(out, ", \"environment\": ");
    buffer_json(out, ledger->has_genesis ? ledger->genesis.environment : "");
    buffer_text(out, ", \"journal\": ");
    buffer_json(out, journal->path);
    buffer_text(out, ",\n \"steps\": [");
    for (size_t i = 0; i < sums.count; i++) {
        const struct step_row *row = &sums.rows[i];
        char money[MONEY_TEXT_SIZE], fee[MONEY_TEXT_SIZE];
        buffer_text(out, i ? ",\n  {\"step\": " : "\n  {\"step\": ");
        buffer_json(out, row->step);
        buffer_print(out,
                     ", \"do\": \"%s\", \"done\": %zu, \"refused\": %zu, \"unknown\": %zu, "
                     "\"pending\": %zu, \"amount\": \"%s\", \"fee\": \"%s\"}",
                     verb_row(row->verb)->name, row->by_standing[STANDING_DONE],
                     row->by_standing[STANDING_REFUSED], open_count(row),
                     row->by_standing[STANDING_RELEASED], money_print(money, row->amount),
                     money_print(fee, row->fee));
        total += row->amount + row->fee;
        for (int standing = 0; standing < STANDING_COUNT; standing++)
            by_standing[standing] += row->by_standing[standing];
    }
    char money[MONEY_TEXT_SIZE];
    buffer_print(out,
                 "],\n \"total\": \"%s\", \"done\": %zu, \"refused\": %zu, \"unknown\": %zu, "
                 "\"pending\": %zu",
                 money_print(money, total), by_standing[STANDING_DONE],
                 by_standing[STANDING_REFUSED],
                 by_standing[STANDING_UNKNOWN] + by_standing[STANDING_INTENDED],
                 by_standing[STANDING_RELEASED]);
    deeds_encode(ledger, worker, out);
    buffer_text(out, "}");
    arena_close(&arena);
}

void
account_show(const struct journal *journal, const char *worker, struct buffer *out)
{
    const struct ledger *ledger = &journal->ledger;
    if (!ledger->has_genesis) {
        buffer_text(out, "There is no journal ");
        text_escape(out, journal->path, false);
        buffer_text(out, " yet: nothing was run\n");
        return;
    }
    buffer_print(out, "Campaign %s, %s\n", ledger->genesis.campaign, ledger->genesis.environment);
    buffer_text(out, "Journal  ");
    text_escape(out, journal->path, false);
    buffer_text(out, "\n");
    if (worker) {
        if (!deeds_show(ledger, worker, out))
            buffer_print(out, "  nothing was done for %s\n", worker);
        return;
    }
    runs_show(ledger, out);
    buffer_text(out, "\n");
    steps_show(ledger, out);
    deeds_show(ledger, NULL, out);
}
