/* The words of cmd/open_ends and cmd/advice, for a page that others read later. */
#include "cmd/report_advice.h"

#include "cmd/doubts.h"
#include "cmd/next.h"
#include "cmd/say.h"

enum { STEPS_MOST = 20, CALLS_MOST = 20 };

struct pad {
    struct session *session;
    struct report_advice *items;
    size_t count, capacity;
    struct doubts looked_up, told, refused;
};

/* `command` NULL: words alone. */
static void
write_down(struct pad *pad, const char *words, const char *command, const char *middle)
{
    struct arena *arena = &pad->session->arena;
    pad->items = arena_push(arena, pad->items, pad->count, &pad->capacity, sizeof *pad->items);
    pad->items[pad->count++] = (struct report_advice){
        words, command ? next_print(pad->session, command, middle, arena) : NULL};
}

static void
collect(struct pad *pad)
{
    const struct ledger *ledger = &pad->session->journal.ledger;
    pad->looked_up.arena = pad->told.arena = pad->refused.arena = &pad->session->arena;
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        bool message = verb_row(deed->verb)->settle == SETTLE_BY_PERSON;
        if (deed->standing == STANDING_REFUSED && !deed->waived)
            doubt_add(&pad->refused, deed->step, 0, deed->verb, deed->worker);
        else if (deed_is_open(deed) && message)
            doubt_add(&pad->told, deed->step, deed->call, deed->verb, deed->worker);
        else if (deed_is_open(deed))
            doubt_add(&pad->looked_up, deed->step, 0, deed->verb, deed->worker);
    }
}

static void
looked_up_add(struct pad *pad)
{
    const struct doubts *open = &pad->looked_up;
    if (!open->total)
        return;
    write_down(pad,
               arena_print(&pad->session->arena,
                           "%zu %s sent without an answer. Before anything is sent again the "
                           "marketplace is asked:",
                           open->total, open->total == 1 ? "action was" : "actions were"),
               "run", "");
    write_down(pad, "Or, to ask and send nothing:", "resolve", "");
}

static void
told_add(struct pad *pad)
{
    struct arena *arena = &pad->session->arena;
    const struct doubts *told = &pad->told;
    if (doubts_in_calls(told) && !option_is_set(pad->session->arguments, OPTION_SHOW_IDS)) {
        write_down(
            pad,
            arena_print(arena,
                        "%zu messages went out in %zu calls, each of them " DOUBT_CALL_REACHES
                        ", and no list of sent messages exists: only a person can say. To "
                        "name some of each, and the commands:",
                        told->total, told->count),
            "status", "--show-ids");
        return;
    }
    for (size_t i = 0; i < told->count && i < CALLS_MOST; i++) {
        const struct doubt *doubt = &told->items[i];
        const char *target = next_word(doubt_target(told, doubt), arena);
        write_down(pad,
                   arena_print(arena,
                               "%zu message%s of step '%s' may have gone out or not. No list of "
                               "sent messages exists, so only a person can say: ask some of them. "
                               "If one of them has it:",
                               doubt->count, say_s(doubt->count), doubt->step),
                   "resolve", arena_print(arena, "--done %s", target));
        write_down(pad, "If " DOUBT_NOBODY_HAS_IT ":", "resolve",
                   arena_print(arena, "--not-done %s", target));
    }
    if (told->count > CALLS_MOST)
        write_down(pad, arena_print(arena, "The other %zu calls:", told->count - CALLS_MOST),
                   "status", "--show-ids");
}

static void
refused_add(struct pad *pad)
{
    struct arena *arena = &pad->session->arena;
    const struct doubts *refused = &pad->refused;
    if (!refused->total)
        return;
    write_down(pad, "To try what was refused again:", "run", "--retry-refused");
    for (size_t i = 0; i < refused->count && i < STEPS_MOST; i++)
        write_down(
            pad,
            arena_print(arena,
                        "To leave what was refused of step '%s' undone:", refused->items[i].step),
            "resolve", arena_print(arena, "--waive %s", next_word(refused->items[i].step, arena)));
}

static void
rest_add(struct pad *pad)
{
    struct arena *arena = &pad->session->arena;
    const struct ledger *ledger = &pad->session->journal.ledger;
    const struct run_note *run = ledger->run_count ? &ledger->runs[ledger->run_count - 1] : NULL;
    if (ledger->elsewhere)
        write_down(pad,
                   arena_print(arena,
                               "%zu action%s looked done by somebody else when the last run ended; "
                               "what that is, and what decides it:",
                               ledger->elsewhere, say_s(ledger->elsewhere)),
                   "plan", "");
    const struct run_note *end = ledger_last_end(ledger);
    if (end && end->waiting)
        write_down(pad,
                   arena_print(arena, "%zu action%s held back by an earlier step; which, by what:",
                               end->waiting, end->waiting == 1 ? " is" : "s are"),
                   "plan", "");
    if (run && !run->ended)
        write_down(pad, "The last run stopped without an end. The next one goes on:", "run", "");
    else if (end && end->pending)
        write_down(pad,
                   arena_print(arena, "%zu action%s left pending by the last run; the next one:",
                               end->pending, end->pending == 1 ? " was" : "s were"),
                   "run", "");
}

size_t
report_advice_make(struct session *session, struct report_advice **advice)
{
    struct pad pad = {.session = session};
    *advice = NULL;
    if (session->run_elsewhere)
        return 0;
    if (session->journal.restorable)
        write_down(&pad, "This machine keeps a second copy, which brings the history back:",
                   "journal restore", "");
    collect(&pad);
    looked_up_add(&pad);
    told_add(&pad);
    refused_add(&pad);
    rest_add(&pad);
    *advice = pad.items;
    return pad.count;
}
