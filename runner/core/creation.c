#include "core/creation.h"

#include <string.h>

#include "base/text.h"

void
creation_recall(const struct plan_input *input, const struct step *step, struct arena *arena)
{
    char key[KEY_TEXT_SIZE];
    if (!step->description || roster_kind_find(input->roster, step->qualification_name))
        return;
    identity_key(&input->identity, step_identity(step), VERB_CREATE, step->qualification_name, key);
    const struct deed *deed = ledger_find(input->ledger, key);
    /* A person's word that it was made does not tell its id. */
    if (deed && deed->standing == STANDING_DONE && !deed->said)
        roster_kind_add(input->roster, step->qualification_name, deed->qualification, arena);
}

void
creation_check(const struct plan_input *input, struct plan *plan, const struct step *step,
               struct arena *arena)
{
    if (!step->qualification_name || roster_kind_find(input->roster, step->qualification_name))
        return;
    for (const struct step *one = input->campaign->steps; one <= step; one++)
        if (one->description && text_same(one->qualification_name, step->qualification_name))
            return;
    plan_refuse(plan, arena, STATUS_INVALID, step->content,
                "no qualification of yours is called '%s'%s", step->qualification_name,
                step->verb == VERB_QUALIFY
                    ? ": correct the name, or write 'create: { description: … }' to have it made"
                    : ": correct the name, or write its ID with 'qualification'");
}

/* Brings the action that was added last to the front of its step. */
static void
last_to_front(struct plan *plan, size_t front)
{
    struct action last = plan->actions[plan->action_count - 1];
    memmove(&plan->actions[front + 1], &plan->actions[front],
            (plan->action_count - 1 - front) * sizeof last);
    plan->actions[front] = last;
}

void
creation_add(const struct plan_input *input, struct plan *plan, size_t step_at, size_t first,
             struct arena *arena)
{
    static const struct assignment nobody = {.id = "", .worker = ""};
    const struct step *step = &input->campaign->steps[step_at];
    char *key = arena_alloc(arena, KEY_TEXT_SIZE);
    char *digest = arena_alloc(arena, DIGEST_TEXT_SIZE);
    identity_key(&input->identity, step_identity(step), VERB_CREATE, step->qualification_name, key);
    struct terms *terms = arena_alloc(arena, sizeof *terms);
    *terms = (struct terms){
        .message = step->description, .qualification = step->qualification_name, .content = digest};
    struct action action = {.key = key,
                            .step = (uint32_t)step_at,
                            .verb = VERB_CREATE,
                            .assignment = &nobody,
                            .terms = terms,
                            .deed = ledger_find(input->ledger, key)};
    struct content says = action_content(&action);
    identity_content(&says, digest, arena);
    plan_push(plan, &action, arena);
    last_to_front(plan, first);
}
