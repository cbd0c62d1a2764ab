/* Why one person is or is not reached by a campaign, and what they would read. */
#include "base/text.h"
#include "cmd/say.h"
#include "cmd/show.h"
#include "cmd/show_parts.h"
#include "core/wording.h"

/* What the condition looked at, where that is a value. */
static const char *
value_seen(const struct session *session, const struct condition *condition, size_t at)
{
    const struct campaign *campaign = session->load.campaign;
    size_t row;
    switch (condition->kind) {
    case CONDITION_ANSWER:
        return assignment_field(&session->roster.assignments[at], condition->field);
    case CONDITION_CELL:
        row = select_row(&session->plan->selection, at, condition->dataset);
        return row == dataset_none
                   ? NULL
                   : dataset_cell(&campaign->datasets[condition->dataset], row, condition->column);
    case CONDITION_AFTER:
    case CONDITION_BEFORE:
    case CONDITION_IN:
    case CONDITION_NOT_IN:
    case CONDITION_WORKERS:
    case CONDITION_EXCEPT:
        break;
    }
    return NULL;
}

/* "left out by 'answer.colour', which is 'red'" */
static void
fate_show(const struct session *session, struct finding finding, size_t at, struct buffer *out)
{
    const struct assignment *one = &session->roster.assignments[at];
    const char *value;
    switch (finding.fate) {
    case FATE_SELECTED:
        return;
    case FATE_STATUS:
        buffer_print(out, "left out by 'status': it %s %s",
                     select_status(one, &session->journal.ledger) == one->status ? "is" : "was",
                     work_status_name(select_status(one, &session->journal.ledger)));
        return;
    case FATE_UNREADABLE:
        buffer_text(out, "left out: its answers cannot be read (");
        text_escape(out, assignment_filled(one)->unread_why, false);
        buffer_text(out, ")");
        return;
    case FATE_CONDITION:
    case FATE_NO_ROW:
        break;
    }
    value = value_seen(session, finding.condition, at);
    struct arena arena = {0};
    buffer_print(out, "left out by '%s'",
                 show_condition(session->load.campaign, finding.condition, &arena));
    arena_close(&arena);
    if (finding.fate == FATE_NO_ROW)
        buffer_text(out, ": that table has no row for it");
    if (value) {
        buffer_text(out, ", which is '");
        text_escape(out, value, false);
        buffer_text(out, "'");
    } else if (finding.condition->kind == CONDITION_ANSWER) {
        buffer_text(out, ": there is no such answer");
    }
}

/* What keeps a step from saying anything about work that it selects. */
static void
silence_show(const struct session *session, size_t step, size_t at, struct buffer *out)
{
    const struct campaign *campaign = session->load.campaign;
    struct wording wording = {.selection = &session->plan->selection, .step = step, .at = at};
    struct content content;
    struct arena arena = {0};
    enum worded worded = wording_make(&wording, &content, &arena);
    if (worded == WORDED_NO_ROW)
        buffer_print(out, "  %s: left out: the table '%s' has no row for it\n",
                     campaign->steps[step].id, campaign->datasets[wording.dataset].name);
    if (worded == WORDED_NOTHING)
        buffer_print(out, "  %s: owed 0.00\n", campaign->steps[step].id);
    if (worded == WORDED_WRONG) {
        buffer_print(out, "  %s: cannot be said: ", campaign->steps[step].id);
        text_escape(out, wording.text, false);
        buffer_text(out, "\n");
    }
    arena_close(&arena);
}

/* The steps that this work does not come into, though the campaign selects it. */
static void
steps_show(const struct session *session, size_t at, struct buffer *out)
{
    for (size_t i = 0; i < session->load.campaign->step_count; i++) {
        const struct step *step = &session->load.campaign->steps[i];
        struct finding finding = select_step(&session->plan->selection, step, at);
        if (finding.fate == FATE_SELECTED) {
            silence_show(session, i, at, out);
            continue;
        }
        buffer_print(out, "  %s: ", step->id);
        fate_show(session, finding, at, out);
        buffer_text(out, "\n");
    }
}

static void
work_show(const struct session *session, size_t at, struct buffer *out)
{
    const struct roster *roster = &session->roster;
    const struct assignment *one = &roster->assignments[at];
    struct finding finding = select_campaign(&session->plan->selection, at);
    if (session->load.campaign->from == ROSTER_FROM_WORKERS)
        buffer_print(out, "%s is on the list", one->worker);
    else
        buffer_print(out, "%s handed in %s for %s; it is %s", one->worker, one->id,
                     roster->tasks[one->task].id, work_status_name(one->status));
    if (finding.fate != FATE_SELECTED) {
        buffer_text(out, "; ");
        fate_show(session, finding, at, out);
    }
    buffer_text(out, "\n");
    if (finding.fate == FATE_SELECTED)
        steps_show(session, at, out);
}

static const char *const deciding[DECISION_COUNT] = {[DECISION_DO] = "to do",
                                                     [DECISION_SKIP] = "skipped",
                                                     [DECISION_HOLD] = "held",
                                                     [DECISION_UNKNOWN] = "unknown",
                                                     [DECISION_CONFLICT] = "conflict"};

static void
action_show(const struct session *session, const struct action *action, struct buffer *out)
{
    char money[MONEY_TEXT_SIZE];
    buffer_print(out, "  %s: %s, %s", session->load.campaign->steps[action->step].id,
                 deciding[action->decision], why_words(action->why));
    if (action->terms->amount)
        buffer_print(out, ", %s", money_print(money, action->terms->amount));
    if (action->verb == VERB_QUALIFY)
        buffer_print(out, ", value %d", action->terms->value);
    if (action->words) {
        buffer_text(out, " (");
        text_escape(out, action->words, false);
        buffer_text(out, ")");
    }
    buffer_text(out, "\n");
    if (action->terms->subject) {
        buffer_text(out, "      under \"");
        text_escape(out, action->terms->subject, false);
        buffer_text(out, "\":\n");
    }
    if (action->terms->message)
        say_words(action->terms->message, "      ", out);
}

void
show_plan_worker(const struct session *session, const char *worker, struct buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < session->roster.assignment_count; i++) {
        if (!text_same(session->roster.assignments[i].worker, worker))
            continue;
        any = true;
        work_show(session, i, out);
    }
    if (!any)
        buffer_print(out, "%s has handed in nothing for these tasks\n", worker);
    for (size_t i = 0; i < session->plan->action_count; i++)
        if (text_same(session->plan->actions[i].assignment->worker, worker))
            action_show(session, &session->plan->actions[i], out);
}
