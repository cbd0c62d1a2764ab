/* What the campaign asks for, action by action, reckoned from the cast in the design's words. */
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#include "cast.h"

/* The identity of an action, as DESIGN words it: SHA-256 over fields, each behind its length. */
static void
key_reckon(const char *step, const char *verb, const char *target, char key[65])
{
    const char *fields[] = {"bursar/1", "mturk", "sandbox", campaign_name, step, verb, target};
    unsigned char bytes[512], digest[SHA256_DIGEST_LENGTH];
    size_t size = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        size_t length = strlen(fields[i]);
        memcpy(bytes + size, (unsigned char[]){0, 0, 0, (unsigned char)length}, 4);
        memcpy(bytes + size + 4, fields[i], length);
        size += 4 + length;
    }
    SHA256(bytes, size, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(key + 2 * i, 3, "%02x", digest[i]);
}

static bool
looks_like(const struct planned *one, const struct planned *other)
{
    const struct cast_step *a = &cast.steps[one->step], *b = &cast.steps[other->step];
    return !one->never && !other->never && a->verb == VERB_BONUS && b->verb == VERB_BONUS &&
           a->amount == b->amount && strcmp(a->words, b->words) == 0 && one->work == other->work;
}

bool
is_first_of_worker(size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (cast.works[i].person == cast.works[at].person)
            return false;
    return true;
}

static bool
has_row(const struct cast_step *step, const struct cast_work *work)
{
    switch (step->table) {
    case TABLE_NONE:
        return true;
    case TABLE_SCORES:
        return cast.people[work->person].has_row;
    case TABLE_MARKS:
        return work->has_row;
    }
    return true;
}

bool
step_takes(const struct cast_step *step, const struct cast_work *work)
{
    const struct cast_person *person = &cast.people[work->person];
    switch (step->takes) {
    case TAKES_ALL:
        return true;
    case TAKES_GOOD:
        return !work->bad;
    case TAKES_BAD:
        return work->bad;
    case TAKES_BLOCKED:
        return person->blocked;
    case TAKES_FORGIVEN:
        return person->forgiven;
    case TAKES_LEAVERS:
        return person->leaves;
    case TAKES_OUTSIDERS:
        return !person->holds_before;
    case TAKES_NEW:
        return true;
    }
    return true;
}

cents_t
cast_amount(const struct cast_step *step, const struct cast_work *work)
{
    switch (step->table) {
    case TABLE_NONE:
        break;
    case TABLE_SCORES:
        return cast.people[work->person].usd;
    case TABLE_MARKS:
        return work->mark;
    }
    return step->amount;
}

bool
planned_is_so(const struct planned *planned)
{
    const struct cast_work *work = planned->work;
    const struct cast_person *person = &cast.people[work->person];
    switch (planned->verb) {
    case VERB_APPROVE:
        return work->approved_before;
    case VERB_CREATE:
        return cast.crew_there;
    case VERB_UNQUALIFY:
        return !person->holds_before;
    case VERB_BLOCK:
        return person->blocked_before;
    case VERB_UNBLOCK:
        return !person->blocked_before;
    case VERB_REJECT:
    case VERB_QUALIFY:
    case VERB_BONUS:
    case VERB_NOTIFY:
        break;
    }
    return false;
}

static bool
is_late(const struct planned *planned)
{
    return planned->verb == VERB_REJECT && planned->work->approved_before;
}

bool
planned_is_void(const struct planned *planned)
{
    return planned->never || planned_is_so(planned) || is_late(planned);
}

/* Whether what a step waits for can come for a worker. Written needs: each step that they name does
 * something for the worker, and the marketplace has decided the opposite of none of it. Without
 * them: nothing of the worker's above waits for ever. */
static bool
can_come(size_t step, const struct cast_work *work)
{
    for (size_t i = 0; i < step; i++) {
        bool any = false, late = false, never = false;
        for (size_t j = 0; j < cast.planned_count; j++) {
            const struct planned *planned = &cast.planned[j];
            if (planned->step != i || planned->verb == VERB_CREATE ||
                planned->work->person != work->person)
                continue;
            any = true;
            late |= is_late(planned);
            never |= planned->never;
        }
        if (cast.steps[step].needs_written ? cast.steps[step].needs[i] && (!any || late || never)
                                           : never)
            return false;
    }
    return true;
}

static void
planned_add(size_t step, enum verb verb, const char *verb_name, const struct cast_work *work,
            bool per_worker)
{
    static const struct cast_work nobody;
    size_t at = cast.planned_count;
    struct planned *planned = &cast.planned[at];
    *planned = (struct planned){.step = step,
                                .verb = verb,
                                .work = work ? work : &nobody,
                                .per_worker = per_worker,
                                .alike = at};
    key_reckon(cast.steps[step].id, verb_name,
               !work        ? crew_name
               : per_worker ? work->worker
                            : work->id,
               planned->key);
    /* What is so already waits for nothing. */
    planned->never = work && !planned_is_void(planned) && !can_come(step, work);
    cast.planned_count++;
    for (size_t i = 0; i < at; i++)
        if (looks_like(&cast.planned[i], planned))
            planned->alike = i;
}

static bool
is_there(size_t step, const struct cast_work *work)
{
    for (size_t i = 0; i < cast.planned_count; i++)
        if (cast.planned[i].step == step && cast.planned[i].verb != VERB_CREATE &&
            cast.planned[i].work->person == work->person)
            return true;
    return false;
}

/* Whether a step's `where` lets anybody in, with a row to read or without. */
static bool
has_people(const struct cast_step *step)
{
    for (size_t i = 0; i < cast.work_count; i++)
        if (cast.skips || has_row(step, &cast.works[i]))
            return true;
    return false;
}

void
cast_plan(void)
{
    static const struct {
        const char *name;
        bool per_worker;
    } verbs[VERB_COUNT] = {
        [VERB_APPROVE] = {"approve", false},    [VERB_REJECT] = {"reject", false},
        [VERB_CREATE] = {"create", false},      [VERB_QUALIFY] = {"qualify", true},
        [VERB_UNQUALIFY] = {"unqualify", true}, [VERB_BONUS] = {"bonus", false},
        [VERB_NOTIFY] = {"notify", true},       [VERB_BLOCK] = {"block", true},
        [VERB_UNBLOCK] = {"unblock", true},
    };
    cast.planned_count = 0;
    for (size_t s = 0; s < cast.step_count; s++) {
        const struct cast_step *step = &cast.steps[s];
        bool per_worker = verbs[step->verb].per_worker || step->per_worker;
        if (step->made && has_people(step))
            planned_add(s, VERB_CREATE, verbs[VERB_CREATE].name, NULL, false);
        for (size_t w = 0; w < cast.work_count; w++) {
            const struct cast_work *work = &cast.works[w];
            bool owed = step->verb != VERB_BONUS || cast_amount(step, work) > 0;
            bool again = per_worker && is_there(s, work);
            if (owed && !again && has_row(step, work) && step_takes(step, work))
                planned_add(s, step->verb, verbs[step->verb].name, work, per_worker);
        }
    }
}
