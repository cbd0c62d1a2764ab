#include "core/ledger.h"

#include <string.h>

#include "base/text.h"

struct deed *
ledger_find(const struct ledger *ledger, const char *key)
{
    const uint32_t *at = index_find(&ledger->by_key, key);
    return at ? ledger->deeds[*at] : NULL;
}

const struct deed *
ledger_decided(const struct ledger *ledger, const char *assignment)
{
    const uint32_t *at = index_find(&ledger->decided, assignment);
    return at ? ledger->deeds[*at] : NULL;
}

bool
ledger_has_merged(const struct ledger *ledger, const char *id, const char *head)
{
    for (size_t i = 0; i < ledger->merge_count; i++)
        if (text_same(ledger->merges[i].journal, id) && text_same(ledger->merges[i].head, head))
            return true;
    return false;
}

/* The run that is going on, or was. */
static size_t
run_now(const struct ledger *ledger)
{
    return ledger->run_count ? ledger->run_count - 1 : 0;
}

static struct deed *
deed_add(struct ledger *ledger, const char *key, struct arena *arena)
{
    ledger->deeds = arena_push(arena, ledger->deeds, ledger->deed_count, &ledger->deed_capacity,
                               sizeof *ledger->deeds);
    index_add(&ledger->by_key, key, ledger->deed_count, arena);
    struct deed *deed = arena_alloc(arena, sizeof *deed);
    *deed = (struct deed){.key = key};
    ledger->deeds[ledger->deed_count++] = deed;
    return deed;
}

/* One that was refused gives way to the next. */
void
ledger_note_decided(struct ledger *ledger, size_t deed, struct arena *arena)
{
    const char *assignment = ledger->deeds[deed]->assignment;
    if (!assignment || index_add(&ledger->decided, assignment, deed, arena))
        return;
    uint32_t *first = index_find(&ledger->decided, assignment);
    if (!deed_is_counted(ledger->deeds[*first]))
        *first = (uint32_t)deed;
}

size_t
ledger_erased(const struct ledger *ledger)
{
    size_t count = 0;
    for (size_t i = 0; i < ledger->deed_count; i++)
        count += deed_is_erased(ledger->deeds[i]);
    return count;
}

size_t
ledger_lingering(const struct ledger *ledger)
{
    size_t count = 0;
    for (size_t i = 0; i < ledger->deed_count; i++)
        count += ledger->deeds[i]->lingers;
    return count;
}

static void
tried_note(struct ledger *ledger, struct deed *deed, struct arena *arena)
{
    ledger->tried = arena_push(arena, ledger->tried, ledger->tried_count, &ledger->tried_capacity,
                               sizeof *ledger->tried);
    ledger->tried[ledger->tried_count++] = deed;
}

/* New content may follow only where the old one provably did nothing, or where setting it again
 * is the point (a qualification's value). */
static bool
intend_apply(struct ledger *ledger, const struct entry *entry, struct arena *arena,
             struct error *err)
{
    struct deed *deed = ledger_find(ledger, entry->key);
    if (deed && deed_is_open(deed))
        return error_say(err, "an intent for %s follows one whose outcome is not known",
                         entry->key);
    if (deed && deed->standing == STANDING_DONE && entry->verb != VERB_QUALIFY)
        return error_say(err, "an intent for %s follows its deed", entry->key);
    if (!deed)
        deed = deed_add(ledger, entry->key, arena);
    deed_describe(deed, entry, run_now(ledger));
    if (entry->has_status_before && !deed->has_status_before) {
        deed->has_status_before = true;
        deed->status_before = entry->status_before;
    }
    if (deed->has_status_before) /* also of whom an earlier intent names no more */
        ledger_note_decided(ledger, *index_find(&ledger->by_key, entry->key), arena);
    deed_intend(deed, entry, run_now(ledger));
    tried_note(ledger, deed, arena);
    return true;
}

static bool
look_apply(struct ledger *ledger, const struct entry *entry, struct error *err)
{
    for (size_t i = 0; i < entry->key_count; i++) {
        struct deed *deed = ledger_find(ledger, entry->keys[i]);
        if (!deed)
            return error_say(err, "a look at %s, which was never intended", entry->keys[i]);
        bool quiet = deed_is_quiet(deed, entry->at_ms);
        if (!entry->found && quiet && deed->first_absent_ms == 0)
            deed->first_absent_ms = entry->at_ms;
    }
    return true;
}

/* The deed that something found, or a person's word, is about; there may be none yet. What was
 * intended and provably not done says nothing of what was found: the finding describes it. */
static struct deed *
deed_found(struct ledger *ledger, const struct entry *entry, struct arena *arena)
{
    struct deed *deed = ledger_find(ledger, entry->key);
    bool fresh = !deed;
    if (fresh)
        deed = deed_add(ledger, entry->key, arena);
    bool undone = deed->standing == STANDING_REFUSED || deed->standing == STANDING_RELEASED;
    bool other = entry->has_from && !text_same(deed->content, entry->content);
    if (fresh || ((undone || other) && entry->has_verb))
        deed_describe(deed, entry, run_now(ledger));
    if (undone && entry->has_verb)
        deed->intended = false;
    return deed;
}

/* Older versions wrote the time of the grant only into the evidence. */
static stamp_t
granted_read(const char *evidence)
{
    static const char before[] = "granted ";
    const char *granted = evidence ? strstr(evidence, before) : NULL;
    stamp_t at_ms;
    return granted && stamp_read(granted + strlen(before), &at_ms) ? at_ms : 0;
}

/* An adoption may stand without an intent: the bonus was paid by hand, by another script, or by a
 * journal that was lost. */
static void
adopt_apply(struct ledger *ledger, const struct entry *entry, struct arena *arena)
{
    struct deed *deed = deed_found(ledger, entry, arena);
    if (!deed->intended)
        deed->held = entry->held;
    bool ours = deed->doubtful && !entry->foreign;
    deed_conclude(deed, entry, run_now(ledger), STANDING_DONE);
    if (!deed->granted_ms)
        deed->granted_ms = granted_read(entry->evidence);
    deed->found = !ours;
    deed->doubtful = false;
    if (entry->has_from) {
        deed->intended |= entry->first_ms != 0; /* by the other journal */
        deed->foreign = entry->foreign;
    }
}

static bool
resolve_apply(struct ledger *ledger, const struct entry *entry, struct arena *arena,
              struct error *err)
{
    struct deed *deed = ledger_find(ledger, entry->key);
    if (!deed_takes_word(deed, entry, err))
        return false;
    bool about_open = entry->decided == DECIDED_DONE || entry->decided == DECIDED_NOT_DONE;
    ledger->elsewhere -= ledger->elsewhere && about_open && !(deed && deed_is_open(deed));
    deed = deed_found(ledger, entry, arena);
    deed->resolved_by = entry->who;
    switch (entry->decided) {
    case DECIDED_DONE:
        deed_conclude(deed, entry, run_now(ledger), STANDING_DONE);
        deed->said = deed->kept = true;
        deed->kept_against = entry->has_verb ? NULL : entry->content;
        return true;
    case DECIDED_NOT_DONE:
        deed_conclude(deed, entry, run_now(ledger), STANDING_RELEASED);
        deed->doubtful = false;
        deed->cleared = true;
        deed->cleared_ms = entry->at_ms;
        deed->cleared_seq = entry->seq;
        return true;
    case DECIDED_KEEP:
        deed->kept = true;
        deed->kept_against = entry->content;
        return true;
    case DECIDED_WAIVE:
        deed->waived = true;
        return true;
    }
    return true;
}

/* Nobody heard what became of what the run before left in flight: it is in doubt from here on, so
 * that no later refusal or lack of funds can pass for its outcome. */
static void
run_apply(struct ledger *ledger, const struct entry *entry, struct arena *arena)
{
    for (size_t i = 0; i < ledger->tried_count; i++) {
        struct deed *deed = ledger->tried[i];
        if (deed->standing != STANDING_INTENDED)
            continue;
        deed->standing = STANDING_UNKNOWN;
        deed_doubt(deed);
    }
    ledger->tried_count = 0;
    ledger->runs = arena_push(arena, ledger->runs, ledger->run_count, &ledger->run_capacity,
                              sizeof *ledger->runs);
    ledger->runs[ledger->run_count++] = (struct run_note){.at_ms = entry->at_ms,
                                                          .who = entry->who,
                                                          .host = entry->host,
                                                          .commit = entry->commit,
                                                          .brought = entry->has_from};
}

const struct run_note *
ledger_last_end(const struct ledger *ledger)
{
    const struct run_note *last = ledger->run_count ? &ledger->runs[ledger->run_count - 1] : NULL;
    return last && last->ended && !last->brought ? last : NULL;
}

static void
end_apply(struct ledger *ledger, const struct entry *entry)
{
    if (ledger->run_count == 0)
        return;
    struct run_note *run = &ledger->runs[ledger->run_count - 1];
    if (!entry->has_from) /* what another journal did not know, this one may */
        ledger->elsewhere = entry->elsewhere;
    run->ended = true;
    run->ended_ms = entry->at_ms;
    run->done = entry->done;
    run->refused = entry->refused;
    run->unknown = entry->unknown;
    run->pending = entry->pending;
    run->waiting = entry->waiting;
    run->waiting_cents = entry->waiting_cents;
}

/* What was open then was not meant: it may have to be sent again. */
static void
erased_apply(struct ledger *ledger, const struct entry *entry)
{
    for (size_t i = 0; i < entry->key_count; i++) {
        struct deed *deed = ledger_find(ledger, entry->keys[i]);
        if (deed)
            deed_erase(deed, entry->seq);
    }
    if (entry->before_ms > ledger->erased_before_ms)
        ledger->erased_before_ms = entry->before_ms;
    for (size_t i = 0; entry->before_ms && i < ledger->deed_count; i++) {
        struct deed *deed = ledger->deeds[i];
        if (!deed_is_open(deed) && deed->verb != VERB_CREATE &&
            deed_moment(deed) < entry->before_ms)
            deed_erase(deed, entry->seq);
    }
}

/* The kinds that say something about a deed that is there already. */
static bool
outcome_apply(struct ledger *ledger, const struct entry *entry, struct arena *arena,
              struct error *err)
{
    static const enum standing standings[] = {[ENTRY_DONE] = STANDING_DONE,
                                              [ENTRY_REFUSED] = STANDING_REFUSED,
                                              [ENTRY_RELEASED] = STANDING_RELEASED,
                                              [ENTRY_UNKNOWN] = STANDING_UNKNOWN};
    struct deed *deed = ledger_find(ledger, entry->key);
    if (!deed)
        return error_say(err, "'%s' for %s, which was never intended", entry_kind_name(entry->kind),
                         entry->key);
    if (!deed_is_open(deed))
        return error_say(err, "'%s' for %s, which is settled already", entry_kind_name(entry->kind),
                         entry->key);
    if (entry->kind != ENTRY_RESEND) {
        deed_conclude(deed, entry, run_now(ledger), standings[entry->kind]);
        return true;
    }
    deed_resend(deed, entry, run_now(ledger));
    tried_note(ledger, deed, arena);
    return true;
}

bool
ledger_apply(struct ledger *ledger, const struct entry *entry, struct arena *arena,
             struct error *err)
{
    if (entry->at_ms > ledger->last_ms)
        ledger->last_ms = entry->at_ms;
    if ((entry->kind == ENTRY_GENESIS) == ledger->has_genesis)
        return error_say(err, "%s",
                         ledger->has_genesis ? "a second genesis"
                                             : "the journal begins without a genesis");
    switch (entry->kind) {
    case ENTRY_GENESIS:
        ledger->genesis = *entry;
        ledger->has_genesis = true;
        return true;
    case ENTRY_RUN:
        run_apply(ledger, entry, arena);
        return true;
    case ENTRY_INTEND:
        return intend_apply(ledger, entry, arena, err);
    case ENTRY_RESEND:
    case ENTRY_DONE:
    case ENTRY_REFUSED:
    case ENTRY_RELEASED:
    case ENTRY_UNKNOWN:
        return outcome_apply(ledger, entry, arena, err);
    case ENTRY_LOOK:
        return look_apply(ledger, entry, err);
    case ENTRY_ADOPT:
        adopt_apply(ledger, entry, arena);
        return true;
    case ENTRY_END:
        end_apply(ledger, entry);
        return true;
    case ENTRY_MERGE:
        ledger->merges = arena_push(arena, ledger->merges, ledger->merge_count,
                                    &ledger->merge_capacity, sizeof *ledger->merges);
        ledger->merges[ledger->merge_count++] =
            (struct merge_note){.journal = entry->journal, .head = entry->head};
        return true;
    case ENTRY_RESOLVE:
        return resolve_apply(ledger, entry, arena, err);
    case ENTRY_ERASED:
        erased_apply(ledger, entry);
        return true;
    case ENTRY_BODY:
    case ENTRY_RECOVERED:
        return true;
    }
    return true;
}
