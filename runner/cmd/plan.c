/* bursar plan: the dry run. Reads the marketplace and the journal, sends nothing. */
#include "cmd/commands.h"
#include "cmd/conflicts.h"
#include "cmd/markdown.h"
#include "cmd/next.h"
#include "cmd/open_ends.h"
#include "cmd/output.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "cmd/setback.h"
#include "cmd/show.h"
#include "io/draft.h"
#include "io/file.h"

static bool
plan_save(struct session *session, const char *output, struct buffer *piece, struct error *err)
{
    struct planfile file = show_plan_json(session, NULL, &session->arena);
    struct planfile_progress progress = {0};
    struct draft draft;
    if (!draft_open(&draft, output, 0600, err))
        return false;
    for (; planfile_encode(&file, &progress, piece); buffer_clear(piece))
        draft_add(&draft, piece->bytes, piece->size);
    return draft_close(&draft, err);
}

static bool
json_print(struct session *session, const char *worker, struct buffer *piece, struct error *err)
{
    struct planfile file = show_plan_json(session, worker, &session->arena);
    struct planfile_progress progress = {0};
    bool said = true;
    while (said && planfile_encode(&file, &progress, piece))
        said = say_out(piece, err);
    return said;
}

/* What cannot be saved is not shown either. */
static bool
plan_print(struct session *session, const char *worker, struct error *err)
{
    const struct arguments *arguments = session->arguments;
    const char *output = arguments->values[OPTION_OUTPUT];
    struct buffer out = {0};
    bool worked = !output || plan_save(session, output, &out, err);
    if (worked && option_is_set(arguments, OPTION_JSON)) {
        worked = json_print(session, worker, &out, err);
    } else if (worked) {
        if (option_is_set(arguments, OPTION_MARKDOWN))
            markdown_plan(session, &out);
        else if (worker)
            show_plan_worker(session, worker, &out);
        else
            show_plan(session, &out);
        worked = say_out(&out, err);
    }
    buffer_close(&out);
    return worked;
}

static enum status
plan_end(struct session *session)
{
    enum status status = show_refusals(session);
    const char *output = session->arguments->values[OPTION_OUTPUT];
    conflicts_advise(session);
    if (status == STATUS_DONE && !session->run_elsewhere &&
        !option_is_set(session->arguments, OPTION_JSON))
        open_ends_plan_say(session);
    if (status == STATUS_DONE && output && session->plan->totals.by_decision[DECISION_DO]) {
        say_note("what %s says, and nothing else, is done by:", output);
        next_saved_say(session, output);
    }
    bool todo = option_is_set(session->arguments, OPTION_DETAILED_EXITCODE) &&
                session->plan->totals.by_decision[DECISION_DO] > 0;
    return status == STATUS_DONE && todo ? STATUS_TO_DO : status;
}

/* One form at a time, and what is for a pull request is about everybody. */
static bool
form_fits(const struct arguments *arguments, struct error *err)
{
    static const enum option others[] = {OPTION_JSON, OPTION_WORKER};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (option_is_set(arguments, OPTION_MARKDOWN) && option_is_set(arguments, others[i]))
            return error_end(err, STATUS_USAGE, "--markdown and %s do not go together",
                             option_row(others[i])->name);
    return true;
}

enum status
cmd_plan(const struct arguments *arguments)
{
    struct session session;
    struct error err = {0};
    enum status status = STATUS_INVALID;
    session_init(&session, arguments);
    const char *worker;
    if (!option_worker(arguments, &worker, &err) || !form_fits(arguments, &err)) {
        status = say_error(&err);
    } else if (session_load(&session, arguments->words[0])) {
        bool worked = session_place(&session, &err) &&
                      output_fits(&session, arguments->values[OPTION_OUTPUT], "plan", &err) &&
                      session_journal(&session, false, &err) && session_connect(&session, &err) &&
                      session_plan(&session, &err) && plan_print(&session, worker, &err);
        status = worked ? plan_end(&session) : setback_say(&session, &err);
    }
    session_close(&session);
    return status;
}
