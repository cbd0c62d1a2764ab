#include "core/deed.h"

#include "base/text.h"

/* Under this age a resend is guarded by the list *and* by the token, which the service forgets
 * after 24 hours; the margin covers signature life, answer time and clock error. */
static const stamp_t token_guard_ms = 20 * STAMP_HOUR_MS;
/* A request is refused 5 minutes after its signed time; 15 leaves nothing of ours under way. */
static const stamp_t quiet_ms = 15 * STAMP_MINUTE_MS;
static const stamp_t between_looks_ms = 5 * STAMP_MINUTE_MS;

const char *
standing_name(enum standing standing)
{
    switch (standing) {
    case STANDING_INTENDED:
        return "in flight";
    case STANDING_DONE:
        return "done";
    case STANDING_REFUSED:
        return "refused";
    case STANDING_UNKNOWN:
        return "unknown";
    case STANDING_RELEASED:
        return "pending";
    }
    return "";
}

bool
deed_is_open(const struct deed *deed)
{
    return deed->standing == STANDING_INTENDED || deed->standing == STANDING_UNKNOWN;
}

bool
deed_is_erased(const struct deed *deed)
{
    return !deed->worker && deed->verb != VERB_CREATE;
}

bool
deed_is_counted(const struct deed *deed)
{
    return deed->standing == STANDING_DONE || deed_is_open(deed);
}

enum status
deed_status(const struct deed *deed)
{
    if (deed_is_open(deed))
        return STATUS_UNKNOWN;
    return deed->standing == STANDING_REFUSED && !deed->waived ? STATUS_REFUSED : STATUS_DONE;
}

stamp_t
deed_moment(const struct deed *deed)
{
    return deed->settled_ms ? deed->settled_ms : deed->last_attempt_ms;
}

stamp_t
deed_paid_ms(const struct deed *deed)
{
    return deed->granted_ms ? deed->granted_ms : deed->settled_ms;
}

bool
deed_is_foreign(const struct deed *deed)
{
    bool found = deed->standing == STANDING_DONE && !deed->intended && !deed->resolved_by;
    return deed->verb == VERB_BONUS && (deed->foreign || found);
}

bool
deed_is_found(const struct deed *deed)
{
    return deed->standing == STANDING_DONE &&
           (!deed->intended || (deed->foreign && !deed->request_id));
}

bool
deed_is_kept(const struct deed *deed, const char *content)
{
    return deed->kept && (!deed->kept_against || text_same(deed->kept_against, content));
}

bool
deed_is_out_of_sight(const struct deed *deed, const struct roster *roster)
{
    return deed->assignment && !roster_find(roster, deed->assignment);
}

stamp_t
deed_quiet_from_ms(const struct deed *deed)
{
    return deed->last_attempt_ms + quiet_ms;
}

bool
deed_is_quiet(const struct deed *deed, stamp_t now_ms)
{
    return now_ms >= deed_quiet_from_ms(deed);
}

bool
deed_is_outside(const struct deed *deed, stamp_t granted_ms)
{
    /* Both are the marketplace's time, ours by its answers. */
    const stamp_t clocks_differ_ms = 5000;
    return granted_ms < deed->first_intent_ms - clocks_differ_ms || deed_is_quiet(deed, granted_ms);
}

bool
deed_is_absent(const struct deed *deed, stamp_t now_ms)
{
    return deed_is_quiet(deed, now_ms) && deed->first_absent_ms &&
           now_ms - deed->first_absent_ms >= between_looks_ms;
}

bool
deed_may_arrive(const struct deed *deed, stamp_t now_ms)
{
    return deed->doubtful && now_ms - deed->doubtful_ms < quiet_ms;
}

enum settling
deed_settle(const struct deed *deed, stamp_t now_ms, stamp_t *come_back_ms)
{
    if (now_ms - deed->first_intent_ms < token_guard_ms && now_ms >= deed->first_intent_ms)
        return SETTLING_RESEND;
    bool quiet = deed_is_quiet(deed, now_ms);
    if (deed_is_absent(deed, now_ms))
        return SETTLING_RESEND;
    stamp_t first_look_ms = deed->first_absent_ms ? deed->first_absent_ms
                            : quiet               ? now_ms
                                                  : deed->last_attempt_ms + quiet_ms;
    *come_back_ms = first_look_ms + between_looks_ms;
    return SETTLING_WAIT;
}

void
deed_doubt(struct deed *deed)
{
    deed->doubtful = true;
    deed->doubtful_ms = deed->last_attempt_ms;
}

void
deed_describe(struct deed *deed, const struct entry *entry, size_t run)
{
    deed->step = entry->step;
    deed->identity = entry->was ? entry->was : entry->step;
    deed->verb = entry->verb;
    deed->worker = entry->worker;
    deed->assignment = entry->assignment;
    deed->task = entry->task;
    deed->lingers = false;
    deed->amount = entry->amount;
    deed->fee = entry->fee;
    deed->content = entry->content;
    deed->qualification = entry->qualification;
    deed->value = entry->value;
    deed->run = run;
}

void
deed_intend(struct deed *deed, const struct entry *entry, size_t run)
{
    if (!deed->intended)
        deed->held = entry->held;
    deed->body = entry->body;
    deed->call = entry->has_body_seq ? entry->body_seq : 0;
    deed->tried_run = run;
    deed->standing = STANDING_INTENDED;
    deed->code = deed->text = deed->why = NULL;
    deed->settled_ms = 0;
    deed->intended = true;
    deed->attempts = 1;
    deed->doubtful = deed->waived = deed->cleared = deed->kept = deed->said = false;
    deed->kept_against = NULL;
    deed->resolved_by = NULL;
    deed->first_absent_ms = 0;
    deed->first_intent_ms = deed->last_attempt_ms = entry->at_ms;
}

void
deed_erase(struct deed *deed, uint64_t seq)
{
    deed->erased_seq = seq;
    deed->lingers = deed->worker != NULL;
}

void
deed_resend(struct deed *deed, const struct entry *entry, size_t run)
{
    deed->tried_run = run;
    if (deed->standing == STANDING_UNKNOWN)
        deed_doubt(deed);
    deed->standing = STANDING_INTENDED;
    deed->code = deed->text = deed->why = NULL;
    deed->settled_ms = 0;
    deed->attempts = entry->attempt;
    deed->last_attempt_ms = entry->at_ms;
    deed->first_absent_ms = 0;
}

void
deed_conclude(struct deed *deed, const struct entry *entry, size_t run, enum standing standing)
{
    deed->foreign |= entry->foreign;
    deed->standing = standing;
    deed->found = false;
    deed->settled_ms = entry->at_ms;
    deed->granted_ms = entry->granted_ms;
    deed->code = entry->code;
    deed->text = entry->text;
    deed->why = entry->why;
    deed->evidence = entry->evidence;
    deed->request_id = entry->request_id;
    if (entry->qualification) /* the one that was made */
        deed->qualification = entry->qualification;
    if (entry->first_ms && entry->first_ms < deed->first_intent_ms)
        deed->first_intent_ms = entry->first_ms;
    deed->run = run;
    if (standing == STANDING_UNKNOWN)
        deed_doubt(deed);
}

bool
deed_takes_word(const struct deed *deed, const struct entry *entry, struct error *err)
{
    enum standing standing = deed ? deed->standing : STANDING_RELEASED;
    bool fits = false;
    switch (entry->decided) {
    case DECIDED_DONE:
    case DECIDED_NOT_DONE:
        fits = standing != STANDING_DONE && standing != STANDING_REFUSED;
        break;
    case DECIDED_KEEP:
        fits = standing == STANDING_DONE;
        break;
    case DECIDED_WAIVE:
        fits = standing == STANDING_REFUSED;
        break;
    }
    return fits || error_say(err, "'%s' for %s, which is %s", decided_name(entry->decided),
                             entry->key, deed ? standing_name(standing) : "not known");
}
