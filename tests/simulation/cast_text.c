/* The cast as a campaign file for bursar and as a world file for the simulator. */
#include "cast.h"
#include "scene.h"

static void
needs_print(const struct cast_step *step, struct buffer *out)
{
    const char *comma = "";
    if (!step->needs_written)
        return;
    buffer_text(out, "    needs: [");
    for (size_t i = 0; i < cast.step_count; i++)
        if (step->needs[i]) {
            buffer_print(out, "%s%s", comma, cast.steps[i].id);
            comma = ", ";
        }
    buffer_text(out, "]\n");
}

void
cast_print_campaign(struct buffer *out)
{
    buffer_print(out, "campaign: %s\nenvironment: sandbox\nhits: [3TASK0%s]\nsteps:\n",
                 campaign_name, cast.hit_count == 2 ? ", 3TASK1" : "");
    for (size_t i = 0; i < cast.step_count; i++) {
        const struct cast_step *step = &cast.steps[i];
        const char *more = cast.edit.words[i] ? " (edited)" : "";
        cents_t amount = step->amount + (cast.edit.amounts[i] ? 25 : 0);
        buffer_print(out, "  - id: %s\n", step->id);
        switch (step->verb) {
        case VERB_APPROVE:
            buffer_print(out, "    approve: { feedback: \"Well done%s\" }\n", more);
            break;
        case VERB_QUALIFY:
            buffer_print(out, "    qualify: { qualification: 3QUAL, value: 7 }\n");
            break;
        case VERB_BONUS:
            buffer_print(out, "    bonus: { amount: %lld.%02lld, message: \"%s%s\"%s }\n",
                         (long long)amount / 100, (long long)amount % 100, step->words, more,
                         step->per_worker ? ", per: worker" : "");
            break;
        case VERB_NOTIFY:
            buffer_print(out, "    notify: { subject: \"%s\", message: \"Look at this%s\" }\n",
                         step->words, more);
            break;
        case VERB_REJECT:
        case VERB_CREATE:
        case VERB_UNQUALIFY:
        case VERB_BLOCK:
        case VERB_UNBLOCK:
            break; /* in no story yet */
        }
        needs_print(step, out);
    }
}

/* Somebody who is not selected got more bonuses before than a page of the list has rows. */
static void
crowd_print(struct buffer *out)
{
    enum { MORE_THAN_A_PAGE = 105 };
    buffer_text(out, "bonuses:\n");
    for (size_t hit = 0; hit < cast.hit_count; hit++)
        for (int i = 0; i < MORE_THAN_A_PAGE; i++)
            buffer_print(out, "  - { assignment: 3OLD%zu, amount: 0.01, reason: Before }\n", hit);
}

void
cast_print_world(struct buffer *out)
{
    buffer_print(out,
                 "balance: 1000.00\nbonus_lag_s: %zu\nqualifications: [ { id: 3QUAL, name: q, "
                 "description: d } ]\n",
                 cast.bonus_lag_s);
    if (!cast.strangers) {
        buffer_text(out, "known_workers: [");
        for (size_t i = 0; i < cast.work_count; i++)
            if (is_first_of_worker(i))
                buffer_print(out, "%s%s", i ? ", " : "", cast.works[i].worker);
        buffer_text(out, "]\n");
    }
    if (dice_hit(100))
        buffer_print(out, "unreachable: [%s]\n", cast.works[0].worker);
    if (cast.crowded)
        crowd_print(out);
    buffer_text(out, "hits:\n");
    for (size_t hit = 0; hit < cast.hit_count; hit++) {
        buffer_print(out, "  - id: 3TASK%zu\n    title: t\n    reward: 0.20\n    assignments:\n",
                     hit);
        bool any = cast.crowded;
        if (any)
            buffer_print(out, "      - { id: 3OLD%zu, worker: AOLD, status: Rejected }\n", hit);
        for (size_t i = 0; i < cast.work_count; i++) {
            const struct cast_work *work = &cast.works[i];
            if (work->hit != hit)
                continue;
            any = true;
            buffer_print(out, "      - { id: %s, worker: %s, status: %s }\n", work->id,
                         work->worker, work->approved_before ? "Approved" : "Submitted");
        }
        if (!any)
            buffer_text(out, "      []\n");
    }
}
