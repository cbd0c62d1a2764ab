#include "cmd/show_parts.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/hide.h"
#include "cmd/say.h"

static void
reason_say(const char *before, size_t count, const char *reason, struct buffer *out)
{
    if (count)
        say_paragraph(out, "    ", "%s%zu %s", before, count, reason);
}

/* What a filter leaves out, one line a reason. */
static void
left_out_say(const struct left_out *left_out, const struct filter *filter, const char *before,
             struct buffer *out)
{
    struct arena arena = {0};
    for (int status = 0; status < WORK_STATUS_COUNT; status++)
        reason_say(before, left_out->by_status[status],
                   arena_print(&arena, "%s (not in 'where: status')",
                               work_status_name((enum work_status)status)),
                   out);
    for (size_t i = 0; i < filter->condition_count; i++)
        reason_say(before, left_out->by_condition[i],
                   arena_print(&arena, "by '%s'", filter->conditions[i].name), out);
    reason_say(before, left_out->unreadable, "whose answers cannot be read", out);
    arena_close(&arena);
}

void
show_selection(const struct session *session, struct buffer *out)
{
    const struct campaign *campaign = session->load.campaign;
    const struct plan *plan = session->plan;
    left_out_say(&plan->left_out, &campaign->filter, "Left out: ", out);
    reason_say("Left out: ", plan->no_row, "without a row in a table ('missing: skip')", out);
    if (campaign->from == ROSTER_FROM_WORKERS)
        buffer_print(out, "Selected: %zu worker%s\n", plan->selected_workers,
                     say_s(plan->selected_workers));
    else
        buffer_print(out, "Selected: %zu assignment%s of %zu worker%s\n",
                     plan->selected_assignments, say_s(plan->selected_assignments),
                     plan->selected_workers, say_s(plan->selected_workers));
}

void
show_left_out_of_steps(const struct session *session, struct buffer *out)
{
    struct arena arena = {0};
    for (size_t i = 0; i < session->load.campaign->step_count; i++) {
        const struct step *step = &session->load.campaign->steps[i];
        const struct step_count *count = &session->plan->steps[i];
        const char *before = arena_print(&arena, "  %s leaves out ", step->id);
        left_out_say(&count->left_out, &step->filter, before, out);
        reason_say(before, count->no_row, "without a row in a table ('missing: skip')", out);
        reason_say(before, count->nothing_owed, "who are owed 0.00", out);
    }
    arena_close(&arena);
}

/* Of what a step says to different people, the longest, and to how many it says something. */
static const struct action *
longest_find(const struct plan *plan, size_t step, size_t *different)
{
    const struct action *longest = NULL;
    const char *last = NULL;
    *different = 0;
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (action->step != step || action->decision != DECISION_DO || action->verb == VERB_CREATE)
            continue;
        *different += !last || !text_same(last, action->message);
        last = action->message;
        if (!longest || (action->message && strlen(action->message) > strlen(longest->message)))
            longest = action;
    }
    return longest;
}

void
show_words(const struct session *session, struct buffer *out)
{
    bool named = hide_nothing(session->arguments, STDOUT_FILENO);
    for (size_t i = 0; i < session->load.campaign->step_count; i++) {
        const struct step *step = &session->load.campaign->steps[i];
        bool varies = step->message_from || step->subject_from;
        size_t different;
        const struct action *longest = longest_find(session->plan, i, &different);
        if (!longest || !longest->message)
            continue;
        bool written = varies && !named;
        const char *subject = written ? step->subject : longest->subject;
        buffer_print(out, "Words of %s", step->id);
        if (subject) {
            buffer_text(out, ", under \"");
            text_escape(out, subject, false);
            buffer_text(out, "\"");
        }
        if (varies)
            buffer_text(out, written ? ", as written" : ", the longest");
        buffer_text(out, ":\n");
        say_words(written ? step->message : longest->message, "    ", out);
    }
}

void
show_harm(const struct session *session, struct buffer *out)
{
    const struct plan *plan = session->plan;
    size_t rejected = 0, blocked = 0;
    for (size_t i = 0; i < plan->action_count; i++) {
        bool todo = plan->actions[i].decision == DECISION_DO;
        rejected += todo && plan->actions[i].verb == VERB_REJECT;
        blocked += todo && plan->actions[i].verb == VERB_BLOCK;
    }
    if (rejected)
        buffer_print(out,
                     "Rejects      %zu assignment%s: no reward, and the worker's record suffers\n",
                     rejected, say_s(rejected));
    if (blocked)
        buffer_print(out, "Blocks       %zu worker%s, who are told so\n", blocked, say_s(blocked));
}
