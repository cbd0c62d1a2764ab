#include "cmd/personal.h"

#include <string.h>

#include "base/text.h"
#include "cmd/next.h"
#include "cmd/place.h"
#include "cmd/say.h"

static struct personal_sum *
sum_of(struct personal *personal, const struct entry *genesis)
{
    const char *environment = arena_copy(personal->arena, place_told(genesis, personal->arena));
    for (size_t i = 0; i < personal->count; i++)
        if (text_same(personal->sums[i].environment, environment))
            return &personal->sums[i];
    const struct market *market = market_find(genesis->marketplace);
    personal->sums = arena_push(personal->arena, personal->sums, personal->count,
                                &personal->capacity, sizeof *personal->sums);
    personal->sums[personal->count] = (struct personal_sum){
        .environment = environment, .currency = market ? market->currency : ""};
    return &personal->sums[personal->count++];
}

static void
sum_add(struct personal_sum *sum, const struct deed *deed)
{
    const struct verb_row *verb = verb_row(deed->verb);
    bool done = deed->standing == STANDING_DONE, open = deed_is_open(deed);
    sum->unknown += open;
    sum->unknown_cents += open ? deed->amount : 0;
    sum->refused += deed->standing == STANDING_REFUSED && !deed->waived;
    /* One payment may have been found by several campaigns, and sent by another one. */
    bool bonus = done && verb->pays_bonus, found = bonus && deed_is_found(deed);
    sum->paid += bonus && !found;
    sum->paid_cents += bonus && !found ? deed->amount : 0;
    sum->found += found;
    sum->found_cents += found ? deed->amount : 0;
    sum->rewarded += done && verb->pays_reward;
    sum->reward_cents += done && verb->pays_reward ? deed->amount : 0;
}

/* Who did it, and from which state of their files. */
static const char *
by_whom(const struct ledger *ledger, const struct deed *deed, struct arena *arena)
{
    const struct run_note *run = deed->run < ledger->run_count ? &ledger->runs[deed->run] : NULL;
    if (!run || !run->who)
        return "";
    return arena_print(arena, " by %s@%s%s%s", run->who, run->host ? run->host : "?",
                       run->commit ? ", from commit " : "",
                       run->commit ? arena_text(arena, run->commit,
                                                strlen(run->commit) > 12 ? 12 : strlen(run->commit))
                                   : "");
}

static const char *
what_about(const struct deed *deed, const char *currency, struct arena *arena)
{
    char money[MONEY_TEXT_SIZE];
    const char *amount =
        deed->amount ? arena_print(arena, " %s %s", money_print(money, deed->amount), currency)
                     : "";
    const char *task = deed->task ? arena_print(arena, " of task %s", deed->task) : "";
    return deed->assignment
               ? arena_print(arena, "%s on assignment %s%s", amount, deed->assignment, task)
               : amount;
}

static const char *
done_print(const struct ledger *ledger, const struct deed *deed, const char *about,
           struct arena *arena)
{
    const char *verb = verb_row(deed->verb)->done;
    const char *at = say_instant(deed->settled_ms, arena);
    const char *granted = deed->granted_ms ? arena_print(arena, ", granted on %s",
                                                         say_instant(deed->granted_ms, arena))
                                           : "";
    if (deed->said)
        return arena_print(arena, "%s%s; so said %s on %s", verb, about, deed->resolved_by, at);
    if (deed_is_found(deed))
        return arena_print(arena,
                           "%s%s%s; seen at the marketplace on %s, not sent by this journal's "
                           "runs; written down%s",
                           verb, about, granted, at, by_whom(ledger, deed, arena));
    at = say_instant(deed_paid_ms(deed), arena);
    return arena_print(arena, "%s%s, on %s%s", verb, about, at, by_whom(ledger, deed, arena));
}

/* What happened, what is certain and what is not. */
static const char *
deed_print(const struct ledger *ledger, const struct deed *deed, const char *currency,
           struct arena *arena)
{
    const char *about = what_about(deed, currency, arena);
    const char *sent = say_instant(deed->last_attempt_ms, arena);
    bool message = verb_row(deed->verb)->settle == SETTLE_BY_PERSON;
    switch (deed->standing) {
    case STANDING_DONE:
        return done_print(ledger, deed, about, arena);
    case STANDING_REFUSED:
        return arena_print(arena, "refused%s, on %s%s: %s: %s%s", about,
                           say_instant(deed->settled_ms, arena), by_whom(ledger, deed, arena),
                           deed->code ? deed->code : "", deed->text ? deed->text : "",
                           deed->waived ? " (accepted)" : "");
    case STANDING_INTENDED:
    case STANDING_UNKNOWN:
        return arena_print(arena, "unknown%s: sent on %s%s, and no answer came. %s", about, sent,
                           by_whom(ledger, deed, arena),
                           message ? "No list of sent messages exists: only a person can say. If "
                                     "they have it, the first command says so, if not, the second:"
                                   : "The marketplace can be asked:");
    case STANDING_RELEASED:
        return arena_print(arena, "not done%s: tried on %s and provably nothing happened%s%s%s",
                           about, sent, deed->why ? " (" : "", deed->why ? deed->why : "",
                           deed->why ? ")" : "");
    }
    return "";
}

/* What decides an outcome that is not known. */
static void
decider_add(const struct session *session, const struct deed *deed, struct buffer *out,
            struct arena *arena)
{
    static const char *const words[] = {"--done", "--not-done"};
    if (verb_row(deed->verb)->settle != SETTLE_BY_PERSON) {
        next_add(session, "resolve", "", out);
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        const char *whom = arena_print(arena, "%s:%s", deed->step, deed->worker);
        next_add(session, "resolve", arena_print(arena, "%s %s", words[i], next_word(whom, arena)),
                 out);
    }
}

void
personal_show(const struct session *session, struct personal *personal, struct buffer *out)
{
    const struct ledger *ledger = &session->journal.ledger;
    struct personal_sum *sum = sum_of(personal, &ledger->genesis);
    struct arena arena = {0};
    size_t shown = 0;
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (!text_same(deed->worker, personal->worker))
            continue;
        say_paragraph(out, "      ", "  %s: %s", deed->step,
                      deed_print(ledger, deed, sum->currency, &arena));
        if (deed_is_open(deed))
            decider_add(session, deed, out, &arena);
        sum_add(sum, deed);
        shown++;
    }
    const struct run_note *last = ledger_last_end(ledger);
    if (last && last->waiting) {
        say_paragraph(out, "      ",
                      "  %zu action%s of this campaign wait%s for an earlier step. Whether one is "
                      "for %s:",
                      last->waiting, say_s(last->waiting), last->waiting == 1 ? "s" : "",
                      personal->worker);
        next_add(session, "plan", arena_print(&arena, "--worker %s", personal->worker), out);
    }
    size_t erased = ledger_erased(ledger);
    sum->erased += erased;
    if (!shown && erased) {
        say_paragraph(out, "  ",
                      "  nothing here names %s; but %zu action%s people who were erased, and it "
                      "does not tell whom. Whether this campaign has more to do for them:",
                      personal->worker, erased, erased == 1 ? " is for" : "s are for");
        next_add(session, "plan", arena_print(&arena, "--worker %s", personal->worker), out);
    } else if (!shown) {
        say_paragraph(
            out, "  ",
            "  nothing was done for %s, and nothing was ever tried. Whether this campaign "
            "selects them:",
            personal->worker);
        next_add(session, "plan", arena_print(&arena, "--worker %s", personal->worker), out);
    }
    arena_close(&arena);
}

void
personal_end(const struct personal *personal, struct buffer *out)
{
    for (size_t i = 0; i < personal->count; i++) {
        const struct personal_sum *sum = &personal->sums[i];
        char money[MONEY_TEXT_SIZE];
        struct buffer line = {0};
        buffer_print(&line, "%s in %s: ", personal->worker, sum->environment);
        if (sum->paid)
            buffer_print(&line, "%s %s in %zu bonus%s", money_print(money, sum->paid_cents),
                         sum->currency, sum->paid, sum->paid == 1 ? "" : "es");
        else
            buffer_text(&line, sum->erased ? "no bonus that names them" : "no bonus");
        if (sum->found)
            buffer_print(&line,
                         ", and %s in %zu bonus%s found at the marketplace, which other journals "
                         "here may have counted too",
                         money_print(money, sum->found_cents), sum->found,
                         sum->found == 1 ? "" : "es");
        if (sum->rewarded)
            buffer_print(&line, ", %s in %zu reward%s", money_print(money, sum->reward_cents),
                         sum->rewarded, say_s(sum->rewarded));
        if (sum->unknown_cents)
            buffer_print(&line, ", %s perhaps", money_print(money, sum->unknown_cents));
        if (sum->unknown)
            buffer_print(&line, ", %zu unknown", sum->unknown);
        if (sum->refused)
            buffer_print(&line, ", %zu refused", sum->refused);
        say_paragraph(out, "    ", "%s", line.bytes);
        buffer_close(&line);
    }
}

enum status
personal_standing(const struct ledger *ledger, const char *worker)
{
    enum status worst = STATUS_DONE;
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (text_same(deed->worker, worker))
            worst = status_worse(worst, deed_status(deed));
    }
    return worst;
}
