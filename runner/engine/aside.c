#include "engine/aside.h"

#include "base/nonce.h"
#include "base/text.h"
#include "engine/outcome.h"
#include "engine/parcel.h"
#include "io/clock.h"

/* The plan's reading of the marketplace shows that it is done. */
static bool
found_adopt(struct run *run, size_t at, bool foreign, struct error *err)
{
    struct sighting seen = sighting_of(run, &run->plan->actions[at]);
    return outcome_adopt(run, at, &seen, foreign, err);
}

/* The file was changed while nobody knew whether the bonus had been paid. What was sent is looked
 * for as it was sent: found, it is done; proven absent, the new content may be sent. */
static bool
changed_decide(struct run *run, size_t at, const struct deed *deed, bool fresh, struct error *err)
{
    const struct action *action = &run->plan->actions[at];
    if (action->payment)
        return found_adopt(run, at, false, err);
    /* Of what leaves a state the plan has read it: it does not show this. */
    stamp_t now_ms = line_now(run->line);
    bool absent =
        action->verb == VERB_BONUS ? deed_is_absent(deed, now_ms) : deed_is_quiet(deed, now_ms);
    return !(fresh && absent) || outcome_release(run, at, "absent", err);
}

/* Whether the lists that were read would show this deed: they are those of the work in the roster.
 */
static bool
lists_cover(const struct run *run, const struct deed *deed)
{
    return deed && deed->assignment && !deed_is_out_of_sight(deed, run->roster);
}

bool
run_findings(struct run *run, struct error *err)
{
    for (size_t i = 0; i < run->plan->action_count; i++) {
        const struct action *action = &run->plan->actions[i];
        const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
        bool open = deed && deed_is_open(deed);
        bool bonus = action->verb == VERB_BONUS;
        bool found = action_is_to_note(action);
        bool listed = found || (open && action->payment);
        /* A look is noted with the time of its record. One that the person's answer has made old is
         * no second look. */
        bool fresh = run->looked_ms == 0 || line_now(run->line) - run->looked_ms < STAMP_MINUTE_MS;
        bool read = listed || (fresh && bonus && lists_cover(run, deed));
        if (open && bonus && read) {
            const char **keys = arena_alloc(run->arena, sizeof *keys);
            keys[0] = action->key;
            struct entry look = {
                .kind = ENTRY_LOOK, .keys = keys, .key_count = 1, .found = listed, .pages = 1};
            if (!journal_add(run->journal, &look, line_now(run->line), err))
                return false;
        }
        bool message = action->verb == VERB_NOTIFY;
        bool changed = action->decision == DECISION_CONFLICT && open && !message;
        if (changed && !changed_decide(run, i, deed, bonus ? read : fresh, err))
            return false;
        if (found && !found_adopt(run, i, action->foreign, err))
            return false;
        if (open && action->why == WHY_TOO_LATE &&
            !outcome_refuse(run, i, "too-late", "the marketplace decided the opposite", NULL, err))
            return false;
    }
    return true;
}

/* No list of sent messages exists, so each counts as sent until a person says otherwise. */
static bool
message_suspect(struct run *run, const struct action *action, struct error *err)
{
    struct entry intend = outcome_describe(run, ENTRY_INTEND, action);
    struct entry unknown = {.kind = ENTRY_UNKNOWN,
                            .key = action->key,
                            .salt = nonce_make(run->arena),
                            .why =
                                "the journal was built anew, and this message may have gone out"};
    run->counts.unknown++;
    return journal_add(run->journal, &intend, line_now(run->line), err) &&
           journal_add(run->journal, &unknown, line_now(run->line), err);
}

bool
run_rebuild(struct run *run, struct error *err)
{
    for (size_t i = 0; i < run->plan->action_count; i++) {
        const struct action *action = &run->plan->actions[i];
        bool message = action->verb == VERB_NOTIFY;
        if (ledger_find(&run->journal->ledger, action->key))
            continue;
        if (action->why == WHY_FOUND && !found_adopt(run, i, false, err))
            return false;
        if (message && action->decision == DECISION_UNKNOWN && !message_suspect(run, action, err))
            return false;
    }
    return true;
}

static void
unrecorded_tell(struct run *run, const char *key, const char *what)
{
    if (run->watcher.unrecorded)
        run->watcher.unrecorded(run->watcher.self, key, what);
}

/* What came with this turn was to be written down with the write that failed. */
static void
added_tell(struct run *run)
{
    for (size_t i = 0; i < run->journal->added_count; i++) {
        const struct entry *entry = &run->journal->added[i];
        bool outcome = entry->kind == ENTRY_DONE || entry->kind == ENTRY_REFUSED ||
                       entry->kind == ENTRY_UNKNOWN || entry->kind == ENTRY_ADOPT;
        if (outcome)
            unrecorded_tell(run, entry->key, entry_kind_name(entry->kind));
    }
}

/* An answer to a look says nothing of the payment by itself. */
static void
reply_tell(struct run *run, const struct parcel *parcel, const struct answer *answer)
{
    for (size_t i = 0; i < parcel->count; i++) {
        const struct action *action = &run->plan->actions[parcel->actions[i]];
        bool reached = true;
        for (size_t j = 0; j < answer->unreached_count; j++)
            reached &= !text_same(answer->unreached[j].worker, action->assignment->worker);
        const char *what = verdict_name(answer->verdict);
        if (parcel->state != PARCEL_SENDING)
            what = "unknown";
        else if (!reached)
            what = "refused";
        unrecorded_tell(run, action->key, what);
    }
}

bool
run_drain(struct run *run)
{
    size_t tag;
    struct answer answer;
    stamp_t until_ms = clock_boot_ms() + STAMP_MINUTE_MS;
    added_tell(run);
    while (run->line->busy && clock_boot_ms() < until_ms)
        if (line_wait(run->line, 1000000, &tag, &answer, &run->turn))
            reply_tell(run, &run->parcels[tag], &answer);
    line_cancel(run->line);
    return false;
}
