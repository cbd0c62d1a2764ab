#include "base/text.h"
#include "cmd/say.h"
#include "cmd/show.h"

void
show_plan_worker(const struct session *session, const char *worker, struct buffer *out)
{
    const struct roster *roster = &session->roster;
    bool any = false;
    for (size_t i = 0; i < roster->assignment_count; i++) {
        const struct assignment *one = &roster->assignments[i];
        if (!text_same(one->worker, worker))
            continue;
        any = true;
        buffer_print(out, "%s handed in %s for %s; it is %s\n", worker, one->id,
                     roster->tasks[one->task].id, work_status_name(one->status));
    }
    if (!any)
        buffer_print(out, "%s has handed in nothing for these tasks\n", worker);
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        const struct step *step = &session->load.campaign->steps[action->step];
        char money[MONEY_TEXT_SIZE];
        if (!text_same(action->assignment->worker, worker))
            continue;
        buffer_print(out, "  %s: %s, %s", step->id, decision_name(action->decision),
                     why_name(action->why));
        if (action->amount)
            buffer_print(out, ", %s", money_print(money, action->amount));
        if (action->words) {
            buffer_text(out, " (");
            text_escape(out, action->words, false);
            buffer_text(out, ")");
        }
        buffer_text(out, "\n");
        if (action->message)
            say_words(action->message, "      ", out);
    }
}
