#include "cmd/account.h"

#include <unistd.h>

#include "base/text.h"
#include "cmd/aftermath.h"
#include "cmd/hide.h"
#include "cmd/place.h"
#include "cmd/say.h"
#include "cmd/table.h"
#include "cmd/tally.h"
#include "core/statement.h"

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
        const struct deed *deed = ledger->deeds[i];
        const char *name = arena_print(arena, "%s %s", verb_row(deed->verb)->name, deed->step);
        if (index_add(&by_step, name, sums.count, arena))
            sums.rows[sums.count++] = (struct step_row){.step = deed->step, .verb = deed->verb};
        struct step_row *row = &sums.rows[*index_find(&by_step, name)];
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
run_show(const struct run_note *run, struct buffer *out)
{
    struct arena arena = {0};
    struct tally tally = {0};
    tally_add(&tally, run->done, "done", "done");
    tally_add(&tally, run->refused, "refused", "refused");
    tally_add(&tally, run->unknown, "unknown", "unknown");
    tally_add(&tally, run->pending, "left pending", "left pending");
    tally_add(&tally, run->waiting, "held", "held");
    const char *counts = tally_end(&tally, "nothing was done", &arena);
    const char *end =
        run->ended ? arena_print(&arena, "ended %s: %s", say_moment(run->ended_ms, &arena), counts)
                   : "stopped without an end";
    say_paragraph(out, "    ", "Run of %s by %s@%s, %s", say_moment(run->at_ms, &arena),
                  run->who ? run->who : "?", run->host ? run->host : "?", end);
    arena_close(&arena);
}

static void
runs_show(const struct session *session, struct buffer *out)
{
    const struct ledger *ledger = &session->journal.ledger;
    for (size_t i = 0; i < ledger->run_count; i++) {
        if (ledger->runs[i].ended || i + 1 < ledger->run_count)
            run_show(&ledger->runs[i], out);
        else
            aftermath_note(session, out);
    }
}

static void
steps_show(const struct ledger *ledger, struct buffer *out)
{
    static const char *const heads[] = {"Step",    "Action", "Done", "Refused", "Unknown",
                                        "Pending", "Amount", "Fee",  NULL};
    struct arena arena = {0};
    struct table table = {.arena = &arena};
    for (size_t i = 2; i < 8; i++)
        table.right[i] = true;
    table_heads(&table, heads);
    struct step_rows sums = steps_sum(ledger, &arena);
    for (size_t i = 0; i < sums.count; i++) {
        const struct step_row *row = &sums.rows[i];
        table_cell(&table, row->step);
        table_cell(&table, verb_row(row->verb)->name);
        table_number(&table, row->by_standing[STANDING_DONE]);
        table_number(&table, row->by_standing[STANDING_REFUSED]);
        table_paint(&table, PAINT_TROUBLE);
        table_number(&table, open_count(row));
        table_paint(&table, PAINT_DOUBT);
        table_number(&table, row->by_standing[STANDING_RELEASED]);
        table_money(&table, row->amount);
        table_money(&table, row->fee);
    }
    table_fit(&table, 0);
    table_print(&table, "", out);
    arena_close(&arena);
}

/* The journal knows what was begun; of the rest only how many the last run left. */
static void
unbegun_show(const struct ledger *ledger, struct buffer *out)
{
    const struct run_note *run = ledger_last_end(ledger);
    size_t begun = 0;
    for (size_t i = 0; i < ledger->deed_count; i++)
        begun += ledger->deeds[i]->standing == STANDING_RELEASED;
    if (run && run->pending > begun)
        say_paragraph(out, "      ", "  %zu%s action%s had not begun when the last run ended",
                      run->pending - begun, begun ? " more" : "", say_s(run->pending - begun));
}

/* What waits has no records; only the run that held it back knew of it. */
static void
waiting_show(const struct ledger *ledger, struct buffer *out)
{
    const struct run_note *run = ledger_last_end(ledger);
    struct arena arena = {0};
    if (run && run->waiting)
        say_paragraph(
            out, "      ",
            "  %s held by the last run: an earlier step of theirs was refused, is unknown, "
            "or was not done",
            say_waiting(run, &arena));
    arena_close(&arena);
}

/* Deeds of one step that stand alike, for the same reason. */
struct group {
    const char *step;
    enum standing standing;
    bool waived;        /* refused, and that was accepted */
    const char *reason; /* "" when none was given */
    size_t count;
    cents_t amount;
    stamp_t first_ms;
    struct buffer people;
};

struct groups {
    struct group *items;
    size_t count, capacity;
    struct index by_name;
};

/* The journal's words for why something was left, as a sentence goes on. */
static const char *
why_print(const char *why)
{
    static const struct {
        const char *why, *words;
    } rows[] = {{"throttled", "it came too fast for the service"},
                {"not-sent", "it could not be sent"},
                {"funds", "the account had no funds left"},
                {"credentials", "the credentials were not accepted"},
                {"clock", "the service did not accept the clock"},
                {"stopped", "the run stopped"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_same(rows[i].why, why))
            return rows[i].words;
    return why;
}

static const char *
reason_print(const struct deed *deed, struct arena *arena)
{
    bool refused = deed->standing == STANDING_REFUSED;
    const char *words = refused ? deed->text : why_print(deed->why);
    const char *code = refused ? deed->code : NULL;
    return arena_print(arena, "%s%s%s", code ? code : "", code && words ? ": " : "",
                       words ? words : "");
}

static void
group_add(struct groups *groups, const struct deed *deed, enum standing standing,
          struct arena *arena)
{
    const char *reason = reason_print(deed, arena);
    const char *name =
        arena_print(arena, "%s %d %d %s", deed->step, (int)standing, deed->waived, reason);
    if (index_add(&groups->by_name, name, groups->count, arena)) {
        groups->items = arena_push(arena, groups->items, groups->count, &groups->capacity,
                                   sizeof *groups->items);
        groups->items[groups->count++] = (struct group){.step = deed->step,
                                                        .standing = standing,
                                                        .waived = deed->waived,
                                                        .reason = reason,
                                                        .first_ms = deed_moment(deed)};
    }
    struct group *group = &groups->items[*index_find(&groups->by_name, name)];
    group->amount += deed->amount;
    buffer_print(&group->people, "%s%s", group->count++ ? ", " : "",
                 deed->worker ? deed->worker : "(erased)");
}

static void
group_show(struct session *session, const struct group *group, struct buffer *out)
{
    struct arena arena = {0};
    char money[MONEY_TEXT_SIZE];
    const char *amount =
        group->amount ? arena_print(&arena, ", %s", money_print(money, group->amount)) : "";
    const char *reason = hide_people(session, STDOUT_FILENO, group->reason, &arena);
    say_paragraph(out, "      ", "  %s: %zu %s%s%s, %s%s%s%s", group->step, group->count,
                  standing_name(group->standing), group->waived ? " and accepted" : "", amount,
                  group->count > 1 ? "the first on " : "on ", say_instant(group->first_ms, &arena),
                  *reason ? ": " : "", reason);
    if (hide_nothing(session->arguments, STDOUT_FILENO))
        say_paragraph(out, "      ", "      %s", group->people.bytes);
    arena_close(&arena);
}

/* Everything that is not simply done. */
static void
deeds_show(struct session *session, struct buffer *out)
{
    const struct ledger *ledger = &session->journal.ledger;
    struct arena arena = {0};
    struct groups groups = {0};
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        /* What nobody holds is not in flight any more. */
        bool stopped = deed->standing == STANDING_INTENDED && !session->run_elsewhere;
        if (deed->standing != STANDING_DONE)
            group_add(&groups, deed, stopped ? STANDING_UNKNOWN : deed->standing, &arena);
    }
    for (size_t i = 0; i < groups.count; i++) {
        group_show(session, &groups.items[i], out);
        buffer_close(&groups.items[i].people);
    }
    if (groups.count && !hide_nothing(session->arguments, STDOUT_FILENO))
        buffer_text(out, "  (--show-ids names the workers)\n");
    arena_close(&arena);
}

static void
deeds_encode(const struct ledger *ledger, const char *worker, struct buffer *out)
{
    bool first = true;
    buffer_text(out, ", \"deeds\": [");
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        char money[MONEY_TEXT_SIZE], fee[MONEY_TEXT_SIZE], when[STAMP_TEXT_SIZE];
        if (worker ? !text_same(deed->worker, worker) : deed->standing == STANDING_DONE)
            continue;
        buffer_print(out, "%s{\"key\": \"%s\", \"step\": ", first ? "\n  " : ",\n  ", deed->key);
        buffer_json(out, deed->step);
        buffer_print(out, ", \"do\": \"%s\", \"worker\": ", verb_row(deed->verb)->name);
        buffer_json(out, deed->worker ? deed->worker : "");
        buffer_text(out, deed_is_erased(deed) ? ", \"erased\": true" : "");
        buffer_text(out, ", \"assignment\": ");
        if (deed->assignment)
            buffer_json(out, deed->assignment);
        else
            buffer_text(out, "null");
        buffer_print(out,
                     ", \"standing\": \"%s\", \"amount\": \"%s\", \"fee\": \"%s\", \"at\": \"%s\"",
                     standing_name(deed->standing), money_print(money, deed->amount),
                     money_print(fee, deed->fee), stamp_print(when, statement_moment(deed)));
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
    const struct run_note *last = ledger_last_end(ledger);
    buffer_print(out, ", \"held\": %zu, \"held_total\": \"%s\"", last ? last->waiting : 0,
                 money_print(money, last ? last->waiting_cents : 0));
    deeds_encode(ledger, worker, out);
    buffer_text(out, "}");
    arena_close(&arena);
}

void
account_show(struct session *session, struct personal *personal, struct buffer *out)
{
    const struct ledger *ledger = &session->journal.ledger;
    if (!ledger->has_genesis) {
        buffer_text(out, "There is no journal ");
        text_escape(out, session->journal_path, false);
        buffer_text(out,
                    session->journal.history_lost ? ": it is gone\n" : " yet: nothing was run\n");
        return;
    }
    buffer_print(out, "Campaign %s, %s\n", ledger->genesis.campaign,
                 place_told(&ledger->genesis, &session->arena));
    buffer_text(out, "Journal  ");
    text_escape(out, session->journal_path, false);
    buffer_text(out, "\n");
    if (personal->worker) {
        personal_show(session, personal, out);
        return;
    }
    runs_show(session, out);
    aftermath_foreign_note(session, out);
    buffer_text(out, "\n");
    steps_show(ledger, out);
    unbegun_show(ledger, out);
    waiting_show(ledger, out);
    deeds_show(session, out);
}
