/* bursar check, bursar schema: what can be said without a marketplace. */
#include "cmd/commands.h"
#include "cmd/saved.h"
#include "cmd/say.h"
#include "codec/reference.h"
#include "codec/schema.h"
#include "engine/load.h"

static void
problems_encode(const struct problems *problems, struct buffer *out)
{
    buffer_print(out, "{\"valid\": %s, \"problems\": [", problems->count ? "false" : "true");
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        buffer_text(out, i ? ",\n {\"file\": " : "\n {\"file\": ");
        buffer_json(out, problem->where.file);
        buffer_print(out, ", \"line\": %u, \"column\": %u, \"text\": ", problem->where.line,
                     problem->where.column);
        buffer_json(out, problem->text);
        buffer_text(out, "}");
    }
    buffer_text(out, "]}\n");
}

static void
outline(const struct campaign *campaign, struct buffer *out)
{
    buffer_text(out, campaign->file);
    buffer_print(out, ": ok, campaign '%s', %zu %s, %zu %s\n", campaign->name, campaign->task_count,
                 campaign->task_count == 1 ? "task" : "tasks", campaign->step_count,
                 campaign->step_count == 1 ? "step" : "steps");
}

/* Everything that is wrong with one file and those it names. */
static bool
file_check(const struct arguments *arguments, const char *file, struct load *load,
           struct problems *problems, struct arena *arena)
{
    struct error err = {0};
    if (!saved_is(file))
        return load_check(file, load, problems, arena);
    saved_decline(file, arguments->command->name, arena, &err);
    problem_at(problems, err.where, "%s", err.text);
    return false;
}

enum status
cmd_check(const struct arguments *arguments)
{
    bool json = option_is_set(arguments, OPTION_JSON);
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct buffer out = {0};
    struct error err = {0};
    for (size_t i = 0; i < arguments->word_count; i++) {
        struct problems own = {.arena = &arena};
        struct load load;
        bool fine = file_check(arguments, arguments->words[i], &load, &own, &arena);
        if (fine && !json && !option_is_set(arguments, OPTION_QUIET))
            outline(load.campaign, &out);
        for (size_t j = 0; j < own.count; j++)
            problem_at(&problems, own.items[j].where, "%s", own.items[j].text);
    }
    if (json)
        problems_encode(&problems, &out);
    else
        say_problems(&problems, "error");
    enum status status = problems.count ? STATUS_INVALID : STATUS_DONE;
    if (!json && problems.count)
        say_note("%zu %s; nothing was sent", problems.count,
                 problems.count == 1 ? "problem" : "problems");
    if (!say_out(&out, &err))
        status = say_error(&err);
    buffer_close(&out);
    arena_close(&arena);
    return status;
}

enum status
cmd_schema(const struct arguments *arguments)
{
    struct buffer out = {0};
    struct error err = {0};
    if (option_is_set(arguments, OPTION_MARKDOWN_PAGE))
        reference_encode(&out);
    else
        schema_encode(&out);
    enum status status = say_out(&out, &err) ? STATUS_DONE : say_error(&err);
    buffer_close(&out);
    return status;
}
