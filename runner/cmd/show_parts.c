#include "cmd/show_parts.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/hide.h"
#include "cmd/say.h"
#include "cmd/written.h"

/* How a line about those left out is written, where, and what it begins with. */
struct telling {
    show_line *line;
    struct buffer *out;
    const char *before;
};

static void
reason_say(const struct telling *telling, size_t count, const char *reason)
{
    struct arena arena = {0};
    if (count)
        telling->line(telling->out,
                      arena_print(&arena, "%s%zu %s", telling->before, count, reason));
    arena_close(&arena);
}

const char *
show_condition(const struct campaign *campaign, const struct condition *condition,
               struct arena *arena)
{
    bool table = condition->kind == CONDITION_IN || condition->kind == CONDITION_NOT_IN;
    return table ? arena_print(arena, "%s: %s", condition->name,
                               campaign->datasets[condition->dataset].name)
                 : condition->name;
}

/* What a filter leaves out, one line a reason. */
static void
left_out_say(const struct telling *telling, const struct campaign *campaign,
             const struct left_out *left_out, const struct filter *filter)
{
    struct arena arena = {0};
    for (int status = 0; status < WORK_STATUS_COUNT; status++)
        reason_say(telling, left_out->by_status[status],
                   arena_print(&arena, "%s (not in 'where: status')",
                               work_status_name((enum work_status)status)));
    for (size_t i = 0; i < filter->condition_count; i++)
        reason_say(telling, left_out->by_condition[i],
                   arena_print(&arena, "by '%s'",
                               show_condition(campaign, &filter->conditions[i], &arena)));
    reason_say(telling, left_out->unreadable, "whose answers cannot be read");
    arena_close(&arena);
}

void
show_paragraph(struct buffer *out, const char *text)
{
    say_paragraph(out, "    ", "%s", text);
}

void
show_selection(const struct session *session, show_line *line, struct buffer *out)
{
    struct arena arena = {0};
    const struct campaign *campaign = session->load.campaign;
    const struct plan *plan = session->plan;
    struct telling telling = {line, out, "Left out: "};
    left_out_say(&telling, campaign, &plan->left_out, &campaign->filter);
    reason_say(&telling, plan->no_row, "without a row in a table ('missing: skip')");
    const char *workers =
        arena_print(&arena, "%zu worker%s", plan->selected_workers, say_s(plan->selected_workers));
    line(out,
         campaign->from == ROSTER_FROM_WORKERS
             ? arena_print(&arena, "Selected: %s", workers)
             : arena_print(&arena, "Selected: %zu assignment%s of %s", plan->selected_assignments,
                           say_s(plan->selected_assignments), workers));
    arena_close(&arena);
}

void
show_left_out_of_steps(const struct session *session, show_line *line, struct buffer *out)
{
    struct arena arena = {0};
    for (size_t i = 0; i < session->load.campaign->step_count; i++) {
        const struct step *step = &session->load.campaign->steps[i];
        const struct step_count *count = &session->plan->steps[i];
        struct telling telling = {line, out, arena_print(&arena, "  %s leaves out ", step->id)};
        left_out_say(&telling, session->load.campaign, &count->left_out, &step->filter);
        reason_say(&telling, count->no_row, "without a row in a table ('missing: skip')");
        reason_say(&telling, count->nothing_owed, "who are owed 0.00");
    }
    arena_close(&arena);
}

const struct action *
show_longest_find(const struct plan *plan, size_t step)
{
    const struct action *longest = NULL;
    for (size_t i = plan->steps[step].first; i < plan->steps[step].end; i++) {
        const struct action *action = &plan->actions[i];
        bool says = action->decision == DECISION_DO && action->verb != VERB_CREATE;
        if (says && action->terms->message &&
            (!longest || strlen(action->terms->message) > strlen(longest->terms->message)))
            longest = action;
    }
    return longest;
}

void
show_words(const struct session *session, struct buffer *out)
{
    struct arena arena = {0};
    const struct campaign *campaign = session->load.campaign;
    bool named = hide_nothing(session->arguments, STDOUT_FILENO);
    for (size_t i = 0; i < campaign->step_count; i++) {
        const struct step *step = &campaign->steps[i];
        bool varies = step->message_from || step->subject_from;
        const struct action *longest = show_longest_find(session->plan, i);
        if (!longest)
            continue;
        bool written = varies && !named;
        const char *subject =
            written ? written_words(campaign, step->subject_from, step->subject, &arena)
                    : longest->terms->subject;
        const char *message =
            written ? written_words(campaign, step->message_from, step->message, &arena)
                    : longest->terms->message;
        buffer_print(out, "Words of %s", step->id);
        if (subject) {
            buffer_text(out, ", under \"");
            text_escape(out, subject, false);
            buffer_text(out, "\"");
        }
        if (varies)
            buffer_text(out, written ? ", as written" : ", the longest");
        buffer_text(out, ":\n");
        say_words(message, "    ", out);
    }
    arena_close(&arena);
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
    if (plan->harm && plan->harm_before)
        buffer_print(out, "             %zu with those before: --reject-and-block %zu\n",
                     plan->harm + plan->harm_before, plan->harm + plan->harm_before);
}
