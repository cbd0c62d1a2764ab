/* Reading the state that an action leaves behind: the work's status, a score, a block, a
 * qualification of that name. It answers whether the action is done, by whomever. */
#include "base/text.h"
#include "engine/outcome.h"
#include "engine/parcel.h"

bool
parcel_shows_state(const struct parcel *parcel)
{
    switch (parcel->kind) {
    case TELL_APPROVE:
    case TELL_REJECT:
    case TELL_UNQUALIFY:
    case TELL_CREATE:
    case TELL_BLOCK:
    case TELL_UNBLOCK:
        return true;
    case TELL_QUALIFY:
        return parcel->mails;
    case TELL_BONUS:
    case TELL_NOTIFY:
    case ASK_ACCOUNT:
    case ASK_BALANCE:
    case ASK_TASK:
    case ASK_ASSIGNMENTS:
    case ASK_ASSIGNMENTS_ANSWERED:
    case ASK_ASSIGNMENT:
    case ASK_PAYMENTS:
    case ASK_ASSIGNMENT_PAYMENTS:
    case ASK_SCORE:
    case ASK_TYPES:
    case ASK_HOLDERS:
    case ASK_BLOCKS:
        break;
    }
    return false;
}

struct ask
parcel_state_ask(struct run *run, const struct parcel *parcel)
{
    const struct action *action = parcel_action(run, parcel);
    switch (action->verb) {
    case VERB_QUALIFY:
    case VERB_UNQUALIFY:
        return (struct ask){.kind = ASK_SCORE,
                            .qualification = action->terms->qualification,
                            .worker = action->assignment->worker};
    case VERB_CREATE:
        return (struct ask){
            .kind = ASK_TYPES, .name = action->terms->qualification, .page = parcel->look_page};
    case VERB_BLOCK:
    case VERB_UNBLOCK:
        return (struct ask){.kind = ASK_BLOCKS, .page = parcel->look_page};
    case VERB_APPROVE:
    case VERB_REJECT:
    case VERB_BONUS:
    case VERB_NOTIFY:
        break;
    }
    return (struct ask){.kind = ASK_ASSIGNMENT, .assignment = action->assignment->id};
}

/* Takes one page of a list in. */
static void
page_take(struct run *run, struct parcel *parcel, const struct answer *answer)
{
    const struct action *action = parcel_action(run, parcel);
    for (size_t i = 0; i < answer->blocked_count; i++)
        parcel->look_shows |= text_same(answer->blocked[i], action->assignment->worker);
    for (size_t i = 0; i < answer->type_count; i++) {
        if (action->verb != VERB_CREATE ||
            !text_same(answer->types[i].name, action->terms->qualification))
            continue;
        parcel->look_shows = true;
        if (!roster_kind_find(run->roster, action->terms->qualification))
            roster_kind_add(run->roster, action->terms->qualification,
                            arena_copy(run->arena, answer->types[i].id), run->arena);
    }
}

/* How what was read stands to what the action wants. */
enum state { STATE_DONE, STATE_BEFORE, STATE_OPPOSITE, STATE_NOT_TOLD };

static enum state
work_state(const struct run *run, const struct action *action, const struct answer *answer)
{
    bool told = answer->assignment_count == 1 &&
                text_same(answer->assignments[0].id, action->assignment->id);
    if (!told)
        return STATE_NOT_TOLD;
    enum work_status status = answer->assignments[0].status;
    enum work_status meant = action->verb == VERB_REJECT ? WORK_REJECTED : WORK_APPROVED;
    bool overridden = status == WORK_REJECTED && run->campaign->steps[action->step].override;
    return status == meant                          ? STATE_DONE
           : status == WORK_SUBMITTED || overridden ? STATE_BEFORE
                                                    : STATE_OPPOSITE;
}

static enum state
state_read(const struct run *run, const struct parcel *parcel, const struct answer *answer)
{
    const struct action *action = parcel_action(run, parcel);
    switch (action->verb) {
    case VERB_QUALIFY:
        return answer->has_score && answer->score == action->terms->value ? STATE_DONE
                                                                          : STATE_BEFORE;
    case VERB_UNQUALIFY:
        return answer->has_score ? STATE_BEFORE : STATE_DONE;
    case VERB_CREATE:
    case VERB_BLOCK:
        return parcel->look_shows ? STATE_DONE : STATE_BEFORE;
    case VERB_UNBLOCK:
        return parcel->look_shows ? STATE_BEFORE : STATE_DONE;
    case VERB_APPROVE:
    case VERB_REJECT:
    case VERB_BONUS:
    case VERB_NOTIFY:
        break;
    }
    return work_state(run, action, answer);
}

/* The state is as it was before. After silence the call is repeated, as far as that makes sense;
 * a refusal was one, unless an earlier attempt may still arrive. */
static bool
before_decide(struct run *run, struct parcel *parcel, const struct answer *answer,
              struct error *err)
{
    const struct deed *deed = parcel_deed(run, parcel);
    bool silence = parcel->look == LOOK_AFTER_SILENCE;
    if ((silence || deed->doubtful) && parcel_look_is_old(run, parcel))
        return parcel_look_fail(run, parcel, err);
    if (!silence && deed->doubtful)
        return parcel_refusal_decide(run, parcel, err);
    /* It may still arrive, and another one would write to the worker once more. */
    if (silence && parcel->mails)
        return parcel_leave_unknown(run, parcel, "no whole answer, and the score is not there yet",
                                    err);
    if (silence && parcel->tries >= PARCEL_TRIES_MAX)
        return parcel_leave_unknown(run, parcel, "no whole answer, and it does not show yet", err);
    if (silence) {
        parcel_later(run, parcel, parcel->tries);
        return true;
    }
    parcel->state = PARCEL_OVER;
    return outcome_refuse(run, parcel->actions[0], parcel->code, parcel->text, answer->request_id,
                          err);
}

bool
parcel_state_answer(struct run *run, struct parcel *parcel, const struct answer *answer,
                    struct error *err)
{
    size_t at = parcel->actions[0];
    struct sighting seen;
    bool same = answer->next_page && text_same(answer->next_page, parcel->look_page);
    page_take(run, parcel, answer);
    /* What a list that does not end would have shown further on is not known. */
    if (same || ++parcel->look_pages > LOOK_PAGES_MAX)
        return parcel_leave_unknown(run, parcel, "no whole answer, and the list does not end", err);
    parcel->look_page = arena_copy(run->arena, answer->next_page);
    if (parcel->look_page) {
        parcel->state = PARCEL_LOOK_WAITING;
        parcel->due_ms = 0;
        return true;
    }
    switch (state_read(run, parcel, answer)) {
    case STATE_DONE:
        parcel->state = PARCEL_OVER;
        seen = sighting_of(run, parcel_action(run, parcel));
        return outcome_adopt(run, at, &seen, false, err);
    case STATE_BEFORE:
        return before_decide(run, parcel, answer, err);
    case STATE_NOT_TOLD:
        return parcel_leave_unknown(run, parcel,
                                    "no whole answer, and asked about it the service told of "
                                    "other work",
                                    err);
    case STATE_OPPOSITE:
        break;
    }
    parcel->state = PARCEL_OVER;
    return outcome_refuse(run, at, parcel->code, parcel->text, answer->request_id, err);
}
