/* The cast as a campaign file for bursar, with the tables and lists that it names. */
#include <stdio.h>

#include "cast.h"
#include "scene.h"
#include "volume.h"

static void
quoted_print(const char *text, const char *more, struct buffer *out)
{
    buffer_text(out, "\"");
    for (; *text; text++)
        buffer_print(out, "%s%c", *text == '"' ? "\\" : "", *text);
    buffer_print(out, "%s\"", more);
}

/* The workers whom the campaign wants blocked; there must be somebody in a list. */
static void
blocked_print(struct buffer *out)
{
    buffer_text(out, "[ANOBODY");
    for (size_t i = 0; i < cast.person_count; i++)
        if (cast.people[i].blocked)
            buffer_print(out, ", AWORKER%zu", i);
    buffer_text(out, "]");
}

static void
where_print(const struct cast_step *step, struct buffer *out)
{
    bool in = step->table != TABLE_NONE && !cast.skips;
    switch (step->takes) {
    case TAKES_ALL:
        if (in)
            buffer_print(out, "    where: { in: %s }\n",
                         step->table == TABLE_SCORES ? "scores" : "marks");
        return;
    case TAKES_GOOD:
        buffer_text(out, "    where: { answer.code: [good, better] }\n");
        return;
    case TAKES_BAD:
        buffer_text(out, "    where: { answer.code: bad }\n");
        return;
    case TAKES_BLOCKED:
        buffer_text(out, "    where: { workers: ");
        blocked_print(out);
        buffer_text(out, " }\n");
        return;
    case TAKES_FORGIVEN:
        buffer_text(out, "    where: { workers: { file: back.txt } }\n");
        return;
    case TAKES_LEAVERS:
        buffer_text(out, "    where: { except: { csv: stay.csv, column: Who } }\n");
        return;
    case TAKES_OUTSIDERS:
        buffer_text(out, "    where: { except: { qualification: 3GONE } }\n");
        return;
    case TAKES_NEW:
        buffer_text(out, "    where: { except: { qualification: 3QUAL } }\n");
        return;
    }
}

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

static void
bonus_print(size_t at, const char *more, struct buffer *out)
{
    const struct cast_step *step = &cast.steps[at];
    cents_t amount = step->amount + (cast.edit.amounts[at] ? 25 : 0);
    buffer_text(out, "    bonus:\n      amount: ");
    if (step->table != TABLE_NONE)
        buffer_print(out, "${{ %s }}", step->table == TABLE_SCORES ? "scores.usd" : "marks.usd");
    else
        buffer_print(out, "%lld.%02lld", (long long)amount / 100, (long long)amount % 100);
    buffer_text(out, "\n      message: ");
    quoted_print(step->words, more, out);
    /* An amount that a table has for the worker is per worker by itself. */
    buffer_print(out, "\n%s",
                 step->per_worker && step->table == TABLE_NONE ? "      per: worker\n" : "");
}

static void
notify_print(const struct cast_step *step, const char *more, struct buffer *out)
{
    buffer_print(out, "    notify: { subject: %s, message: \"", step->words);
    if (step->message)
        buffer_text(out, step->message);
    else
        buffer_print(out, "You got ${{ paid.%s }}", cast.steps[step->tells].id);
    buffer_print(out, "%s\" }\n", more);
}

static void
qualify_print(const struct cast_step *step, const char *more, struct buffer *out)
{
    if (step->made)
        buffer_print(out,
                     "    qualify:\n      name: %s\n      create: { description: \"Of the "
                     "crew%s\" }\n      value: ${{ scores.score }}\n",
                     step->qualification, more);
    else
        buffer_print(out, "    qualify: { qualification: %s, value: 7 }\n", step->qualification);
}

static void
step_print(size_t at, struct buffer *out)
{
    const struct cast_step *step = &cast.steps[at];
    const char *more = cast.edit.words[at] ? " (edited)" : "";
    buffer_print(out, "  - id: %s\n", step->id);
    switch (step->verb) {
    case VERB_APPROVE:
        buffer_print(out, "    approve: { feedback: \"Well done%s\" }\n", more);
        break;
    case VERB_REJECT:
        buffer_print(out, "    reject: { feedback: \"Not our code%s\" }\n", more);
        break;
    case VERB_QUALIFY:
        qualify_print(step, more, out);
        break;
    case VERB_UNQUALIFY:
        buffer_print(out, "    unqualify: { qualification: %s, reason: \"Over%s\" }\n",
                     step->qualification, more);
        break;
    case VERB_BONUS:
        bonus_print(at, more, out);
        break;
    case VERB_NOTIFY:
        notify_print(step, more, out);
        break;
    case VERB_BLOCK:
        buffer_print(out, "    block: { reason: \"A program%s\" }\n", more);
        break;
    case VERB_UNBLOCK:
        buffer_print(out, "    unblock: { reason: \"Our mistake%s\" }\n", more);
        break;
    case VERB_CREATE:
        break; /* no step of its own */
    }
    where_print(step, out);
    needs_print(step, out);
}

static bool
reads(enum table table)
{
    for (size_t i = 0; i < cast.step_count; i++)
        if (cast.steps[i].table == table)
            return true;
    return false;
}

static void
tables_print(struct buffer *out)
{
    const char *missing = cast.skips ? ", missing: skip" : "";
    if (reads(TABLE_SCORES) || reads(TABLE_MARKS))
        buffer_text(out, "data:\n");
    if (reads(TABLE_SCORES))
        buffer_print(out, "  scores: { csv: scores.csv, match: { worker: who }%s }\n", missing);
    if (reads(TABLE_MARKS))
        buffer_print(out, "  marks: { csv: marks.csv, match: { %s }%s }\n",
                     cast.by_token ? "answer.token: token" : "assignment: work",
                     cast.by_token ? arena_print(&scene.arena, ", case: fold%s", missing)
                                   : missing);
}

void
cast_write_campaign(const char *path)
{
    struct buffer out = {0};
    buffer_print(&out, "campaign: %s\nenvironment: sandbox\nhits: [3TASK0%s]\n", campaign_name,
                 cast.hit_count == 2 ? ", 3TASK1" : "");
    if (cast.wide)
        buffer_text(&out, "where: { status: [Submitted, Approved, Rejected], except: [AOLD] }\n");
    tables_print(&out);
    buffer_text(&out, "steps:\n");
    for (size_t i = 0; i < cast.step_count; i++)
        step_print(i, &out);
    if (scene.print)
        printf("%s:\n%.*s", path, (int)out.size, out.bytes);
    volume_put(path, out.bytes, out.size);
    buffer_close(&out);
    cast_write_tables();
}
