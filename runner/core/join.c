#include "core/join.h"

#include "base/text.h"

static struct entry *
add(struct join *join, struct entry entry, uint64_t from, struct arena *arena)
{
    join->added = arena_push(arena, join->added, join->count, &join->capacity, sizeof *join->added);
    struct entry *added = &join->added[join->count++];
    *added = entry;
    added->has_from = true;
    added->from = from;
    return added;
}

/* What their deed says of its action, at its own time. */
static struct entry
describe(enum entry_kind kind, const struct deed *deed, stamp_t at_ms)
{
    return (struct entry){.kind = kind,
                          .at_ms = at_ms,
                          .key = deed->key,
                          .step = deed->step,
                          .was = text_same(deed->identity, deed->step) ? NULL : deed->identity,
                          .verb = deed->verb,
                          .has_verb = true,
                          .amount = deed->amount,
                          .fee = deed->fee,
                          .content = deed->content,
                          .qualification = deed->qualification,
                          .value = deed->value,
                          .held = deed->held,
                          .worker = deed->worker,
                          .assignment = deed->assignment,
                          .task = deed->task};
}

static void
intend(struct join *join, const struct deed *deed, uint64_t from, struct arena *arena)
{
    struct entry entry = describe(ENTRY_INTEND, deed, deed->first_intent_ms);
    entry.body = deed->body;
    entry.has_status_before = deed->has_status_before;
    entry.status_before = deed->status_before;
    add(join, entry, from, arena);
}

/* An operator's word about their deed, which ours has not heard. */
static void
word(struct join *join, const struct deed *deed, enum decided decided, uint64_t from,
     struct arena *arena)
{
    add(join,
        (struct entry){.kind = ENTRY_RESOLVE,
                       .at_ms = deed_moment(deed),
                       .key = deed->key,
                       .who = deed->resolved_by,
                       .content = decided == DECIDED_KEEP ? deed->kept_against : NULL,
                       .decided = decided},
        from, arena);
}

static void
done_adopt(struct join *join, const struct deed *theirs, uint64_t from, struct arena *arena)
{
    struct entry entry = describe(ENTRY_ADOPT, theirs, deed_moment(theirs));
    entry.first_ms = theirs->intended ? theirs->first_intent_ms : 0;
    entry.granted_ms = theirs->granted_ms;
    entry.foreign = deed_is_foreign(theirs);
    entry.evidence = arena_print(arena, "done by another journal, answer %s",
                                 theirs->request_id ? theirs->request_id : "not kept");
    add(join, entry, from, arena);
    join->news++;
}

/* A word is about what theirs had sent, or, where it had sent nothing, about what it says itself.
 */
static void
said_bring(struct join *join, const struct deed *ours, const struct deed *theirs, uint64_t from,
           struct arena *arena)
{
    bool undone = !deed_is_open(ours);
    if (undone && (theirs->intended || ours->standing == STANDING_REFUSED))
        intend(join, theirs, from, arena);
    word(join, theirs, DECIDED_DONE, from, arena);
    join->news++;
}

static void
done_bring(struct join *join, const struct deed *ours, const struct deed *theirs, uint64_t from,
           struct arena *arena)
{
    bool both = ours->standing == STANDING_DONE;
    /* Only a person says that theirs was done. Where the marketplace has said here since then that
     * it was not, that stands. */
    bool denied = ours->standing == STANDING_REFUSED && ours->settled_ms > theirs->last_attempt_ms;
    if (theirs->said && denied)
        return;
    if (theirs->said && ours->standing != STANDING_DONE) {
        said_bring(join, ours, theirs, from, arena);
        return;
    }
    /* What ours only found was theirs: nothing about it is strange any more. */
    bool explained = deed_is_foreign(ours) && !deed_is_foreign(theirs);
    if (!both || explained)
        done_adopt(join, theirs, from, arena);
    bool twice = both && ours->request_id && theirs->request_id &&
                 !text_same(ours->request_id, theirs->request_id);
    if (twice) {
        join->doubled = arena_push(arena, join->doubled, join->doubled_count,
                                   &join->doubled_capacity, sizeof *join->doubled);
        join->doubled[join->doubled_count++] = theirs->key;
    }
    if (theirs->kept && !ours->kept && theirs->resolved_by)
        word(join, theirs, DECIDED_KEEP, from, arena);
}

/* Both attempts, theirs and ours, may have got through; the earliest intent counts for the token,
 * the latest attempt for what may still be under way. */
static void
open_join(struct join *join, const struct deed *ours, const struct deed *theirs, uint64_t from,
          struct arena *arena)
{
    bool later = theirs->last_attempt_ms > ours->last_attempt_ms;
    bool earlier = theirs->first_intent_ms < ours->first_intent_ms;
    if (!later && !earlier)
        return;
    if (later)
        add(join,
            (struct entry){.kind = ENTRY_RESEND,
                           .at_ms = theirs->last_attempt_ms,
                           .key = theirs->key,
                           .attempt = ours->attempts + theirs->attempts},
            from, arena);
    add(join,
        (struct entry){.kind = ENTRY_UNKNOWN,
                       .at_ms = deed_moment(theirs),
                       .key = theirs->key,
                       .first_ms = earlier ? theirs->first_intent_ms : 0,
                       .why = "sent from another journal too, and no telling"},
        from, arena);
    join->news++;
}

static void
open_bring(struct join *join, const struct deed *ours, const struct deed *theirs, uint64_t from,
           struct arena *arena)
{
    if (ours->standing == STANDING_DONE)
        return;
    if (deed_is_open(ours)) {
        open_join(join, ours, theirs, from, arena);
        return;
    }
    intend(join, theirs, from, arena);
    if (theirs->last_attempt_ms > theirs->first_intent_ms)
        add(join,
            (struct entry){.kind = ENTRY_RESEND,
                           .at_ms = theirs->last_attempt_ms,
                           .key = theirs->key,
                           .attempt = theirs->attempts},
            from, arena);
    add(join,
        (struct entry){.kind = ENTRY_UNKNOWN,
                       .at_ms = deed_moment(theirs),
                       .key = theirs->key,
                       .why = theirs->why ? theirs->why : "sent, and no answer was recorded"},
        from, arena);
    join->news++;
}

static void
refused_bring(struct join *join, const struct deed *ours, const struct deed *theirs, uint64_t from,
              struct arena *arena)
{
    if (ours->standing == STANDING_RELEASED) {
        intend(join, theirs, from, arena);
        add(join,
            (struct entry){.kind = ENTRY_REFUSED,
                           .at_ms = deed_moment(theirs),
                           .key = theirs->key,
                           .code = theirs->code,
                           .text = theirs->text},
            from, arena);
        join->news++;
    }
    bool refused = ours->standing == STANDING_RELEASED || ours->standing == STANDING_REFUSED;
    if (theirs->waived && !ours->waived && refused)
        word(join, theirs, DECIDED_WAIVE, from, arena);
}

/* Their last word on an action that ours knows too. */
static void
deed_bring(struct join *join, const struct deed *ours, const struct deed *theirs, uint64_t from,
           struct arena *arena)
{
    switch (theirs->standing) {
    case STANDING_DONE:
        done_bring(join, ours, theirs, from, arena);
        return;
    case STANDING_INTENDED:
    case STANDING_UNKNOWN:
        open_bring(join, ours, theirs, from, arena);
        return;
    case STANDING_REFUSED:
        refused_bring(join, ours, theirs, from, arena);
        return;
    case STANDING_RELEASED:
        if (theirs->cleared && !ours->cleared && ours->standing == STANDING_RELEASED)
            word(join, theirs, DECIDED_NOT_DONE, from, arena);
        return;
    }
}

/* A look at several actions, of which ours may know some. */
static void
look_bring(const struct join_input *input, struct join *join, const struct entry *record,
           struct arena *arena)
{
    struct entry look = *record;
    look.keys = arena_alloc(arena, (record->key_count + 1) * sizeof *look.keys);
    look.key_count = 0;
    for (size_t i = 0; i < record->key_count; i++)
        if (!ledger_find(input->ours, record->keys[i]))
            look.keys[look.key_count++] = record->keys[i];
    if (look.key_count)
        add(join, look, record->seq, arena);
}

/* The words that a batch shares stand in a record of their own, which has another seq here. */
static uint64_t
body_moved(const struct join_input *input, const struct join *join, uint64_t seq)
{
    for (size_t i = join->count; seq >= input->split && i-- > 0;)
        if (join->added[i].kind == ENTRY_BODY && join->added[i].from == seq)
            return input->first_seq + i;
    return seq;
}

static void
record_bring(const struct join_input *input, struct join *join, const struct entry *record,
             bool is_last, struct arena *arena)
{
    const struct deed *ours = ledger_find(input->ours, record->key);
    if (ours && is_last)
        deed_bring(join, ours, ledger_find(input->theirs, record->key), record->seq, arena);
    if (ours)
        return;
    struct entry *added = add(join, *record, record->seq, arena);
    if (added->has_body_seq)
        added->body_seq = body_moved(input, join, record->body_seq);
    join->news += is_last;
}

void
join_make(const struct join_input *input, struct join *join, struct arena *arena)
{
    *join = (struct join){0};
    struct index last = {0}; /* key → their last record about it */
    for (size_t i = 0; i < input->record_count; i++) {
        const char *key = input->records[i].key;
        if (key && !index_add(&last, key, i, arena))
            *index_find(&last, key) = (uint32_t)i;
    }
    for (size_t i = 0; i < input->record_count; i++) {
        const struct entry *record = &input->records[i];
        if (record->seq < input->split)
            continue;
        switch (record->kind) {
        case ENTRY_GENESIS:
        case ENTRY_RECOVERED:
            break;
        case ENTRY_ERASED: /* what ours still says of these people is to go as well */
        case ENTRY_RUN:
        case ENTRY_END:
        case ENTRY_BODY:
        case ENTRY_MERGE:
            add(join, *record, record->seq, arena);
            break;
        case ENTRY_LOOK:
            look_bring(input, join, record, arena);
            break;
        case ENTRY_INTEND:
        case ENTRY_RESEND:
        case ENTRY_DONE:
        case ENTRY_REFUSED:
        case ENTRY_RELEASED:
        case ENTRY_UNKNOWN:
        case ENTRY_ADOPT:
        case ENTRY_RESOLVE:
            record_bring(input, join, record, *index_find(&last, record->key) == i, arena);
            break;
        }
    }
}
