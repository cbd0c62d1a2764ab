#include "codec/planfile.h"

#include "base/text.h"

enum { PIECE_BYTES = 64 * 1024 };

static void
text_add(struct buffer *out, const char *name, const char *text)
{
    buffer_json(out, name);
    buffer_text(out, ": ");
    if (text)
        buffer_json(out, text);
    else
        buffer_text(out, "null");
}

static void
money_add(struct buffer *out, const char *name, cents_t cents)
{
    char money[MONEY_TEXT_SIZE];
    buffer_print(out, "\"%s\": \"%s\"", name, money_print(money, cents));
}

static void
head_encode(const struct planfile *file, struct buffer *out)
{
    const struct {
        const char *name, *text;
    } members[] = {
        {"campaign", file->campaign->name}, {"marketplace", file->marketplace},
        {"environment", file->environment}, {"currency", file->currency},
        {"file", file->campaign->file},     {"journal", file->journal},
        {"endpoint", file->endpoint},       {"account", file->account},
    };
    buffer_print(out, "{\n \"bursar_plan\": %d", PLANFILE_FORMAT);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        buffer_text(out, ",\n ");
        text_add(out, members[i].name, members[i].text);
    }
    buffer_print(out, ",\n \"retry_refused\": %s,\n \"inputs\": {",
                 file->retry_refused ? "true" : "false");
    for (size_t i = 0; i < file->input_count; i++) {
        buffer_text(out, i ? ", " : "");
        text_add(out, file->inputs[i].path, file->inputs[i].digest);
    }
    char when[STAMP_TEXT_SIZE];
    buffer_text(out, "},\n ");
    text_add(out, "journal_head", file->journal_head);
    buffer_print(out, ",\n \"made_at\": \"%s\",\n ", stamp_print(when, file->made_at_ms));
    text_add(out, "made_by", file->made_by);
}

static void
tasks_encode(const struct planfile *file, struct buffer *out)
{
    buffer_text(out, ",\n \"tasks\": [");
    for (size_t i = 0; i < file->roster->task_count; i++) {
        const struct task *task = &file->roster->tasks[i];
        const struct task_count *count = &file->plan->tasks[i];
        buffer_text(out, i ? ",\n  {" : "\n  {");
        text_add(out, "task", task->id);
        buffer_text(out, ", ");
        text_add(out, "title", task->title);
        buffer_text(out, ", ");
        money_add(out, "reward", task->reward);
        buffer_text(out, ", ");
        text_add(out, "state", task->state);
        buffer_print(out, ", \"assignments\": %zu, \"selected\": %zu}", count->assignments,
                     count->selected);
    }
    buffer_text(out, "]");
}

static void
action_encode(const struct planfile *file, const struct action *action, struct buffer *out)
{
    const struct step *step = &file->campaign->steps[action->step];
    const struct assignment *assignment = action->assignment;
    const struct verb_row *verb = verb_row(action->verb);
    bool named = action->names_assignment;
    buffer_print(out, "{\"key\": \"%s\", ", action->key);
    text_add(out, "step", step->id);
    buffer_print(out, ", \"do\": \"%s\", ", verb->name);
    text_add(out, "worker", assignment->worker[0] ? assignment->worker : NULL);
    buffer_text(out, ", ");
    text_add(out, "assignment", named ? assignment->id : NULL);
    buffer_text(out, ", ");
    text_add(out, "task", named ? file->roster->tasks[assignment->task].id : NULL);
    buffer_text(out, ", ");
    money_add(out, "amount", action->terms->amount);
    buffer_text(out, ", ");
    money_add(out, "fee", action->terms->fee);
    buffer_text(out, ", ");
    money_add(out, "reward", action->terms->reward);
    buffer_text(out, ", ");
    money_add(out, "reward_fee", action->terms->reward_fee);
    buffer_print(out, ", \"decision\": \"%s\", ", decision_name(action->decision));
    text_add(out, "why", action->why == WHY_NEEDS ? action->words : why_name(action->why));
    buffer_text(out, ", ");
    text_add(out, "detail", action->why == WHY_NEEDS ? NULL : action->words);
    buffer_text(out, ", ");
    text_add(out, "subject", action->terms->subject);
    buffer_text(out, ", ");
    text_add(out, "message", action->terms->message);
    buffer_text(out, ", ");
    text_add(out, "qualification",
             action->terms->qualification ? action->terms->qualification
                                          : step->qualification_name);
    if (verb->target != TARGET_NAME && (action->terms->qualification || step->qualification_name))
        buffer_print(out, ", \"value\": %d}", action->terms->value);
    else
        buffer_text(out, ", \"value\": null}");
}

static void
totals_encode(const struct totals *totals, struct buffer *out)
{
    buffer_text(out, ",\n \"totals\": {");
    for (int i = 0; i < DECISION_COUNT; i++)
        buffer_print(out, "\"%s\": %zu, ", decision_name((enum decision)i), totals->by_decision[i]);
    const struct {
        const char *name;
        cents_t cents;
    } sums[] = {
        {"amount", totals->amount},
        {"fee", totals->fee},
        {"total", totals->amount + totals->fee},
        {"balance", totals->balance},
        {"balance_after", totals->balance - totals->amount - totals->fee},
        {"reward", totals->reward},
        {"reward_fee", totals->reward_fee},
        {"spent_before", totals->before},
    };
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        buffer_text(out, i ? ", " : "");
        money_add(out, sums[i].name, sums[i].cents);
    }
    buffer_text(out, "}");
}

static void
notes_encode(const struct plan *plan, struct buffer *out)
{
    buffer_text(out, ",\n \"remarks\": [");
    for (size_t i = 0; i < plan->remark_count; i++) {
        buffer_text(out, i ? ", " : "");
        buffer_json(out, plan->remarks[i]);
    }
    buffer_text(out, "],\n \"refusals\": [");
    for (size_t i = 0; i < plan->refusal_count; i++) {
        buffer_print(out, "%s{\"exit\": %d, ", i ? ", " : "", plan->refusals[i].status);
        text_add(out, "text", plan->refusals[i].text);
        buffer_text(out, "}");
    }
    buffer_text(out, "]\n}\n");
}

bool
planfile_encode(const struct planfile *file, struct planfile_progress *progress, struct buffer *out)
{
    const struct plan *plan = file->plan;
    size_t enough = out->size + PIECE_BYTES;
    if (progress->ended)
        return false;
    if (!progress->begun) {
        head_encode(file, out);
        tasks_encode(file, out);
        buffer_text(out, ",\n \"actions\": [");
        progress->begun = true;
    }
    while (progress->action < plan->action_count && out->size < enough) {
        const struct action *action = &plan->actions[progress->action++];
        if (file->worker && !text_same(action->assignment->worker, file->worker))
            continue;
        buffer_text(out, progress->rows ? ",\n  " : "\n  ");
        action_encode(file, action, out);
        progress->rows = true;
    }
    if (progress->action == plan->action_count) {
        buffer_text(out, "]");
        totals_encode(&plan->totals, out);
        notes_encode(plan, out);
        progress->ended = true;
    }
    return true;
}
