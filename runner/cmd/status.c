/* bursar status, bursar journal: what the journal alone says. No lock, no network. */
#include "base/text.h"
#include "cmd/account.h"
#include "cmd/commands.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "engine/run.h"
#include "io/folder.h"

/* One journal's part of the answer; the worst exit status of all is the command's. */
static bool
journal_report(const struct arguments *arguments, const char *path, struct buffer *out,
               enum status *status, struct error *err)
{
    struct session session;
    session_init(&session, arguments);
    session.journal_path = path;
    bool worked = session_journal(&session, false, err);
    if (worked) {
        const char *worker = arguments->values[OPTION_WORKER];
        if (option_is_set(arguments, OPTION_JSON))
            account_encode(&session.journal, worker, out);
        else
            account_show(&session.journal, worker, out);
        *status = status_worse(*status, run_standing(&session.journal.ledger));
    }
    session_close(&session);
    return worked;
}

static bool
folder_report(const struct arguments *arguments, struct buffer *out, enum status *status,
              struct error *err)
{
    struct arena arena = {0};
    const char **paths;
    size_t count;
    bool json = option_is_set(arguments, OPTION_JSON);
    bool worked = folder_list(arguments->words[0], ".journal.jsonl", &paths, &count, &arena, err);
    buffer_text(out, worked && json ? "[" : "");
    for (size_t i = 0; worked && i < count; i++) {
        buffer_text(out, i ? (json ? ",\n" : "\n") : "");
        struct error own = {0}; /* one damaged journal does not hide the others */
        if (!journal_report(arguments, paths[i], out, status, &own)) {
            *status = status_worse(*status, say_error(&own));
            buffer_text(out, json ? "null" : "");
        }
    }
    if (worked && json)
        buffer_text(out, "]");
    else if (worked && count == 0)
        say_line(out, "no journals in %s", arguments->words[0]);
    arena_close(&arena);
    return worked;
}

enum status
cmd_status(const struct arguments *arguments)
{
    struct session session;
    struct error err = {0};
    struct buffer out = {0};
    enum status status = STATUS_DONE;
    session_init(&session, arguments);
    const char *worker = arguments->values[OPTION_WORKER];
    bool worked = !worker || text_is_worker(worker) ||
                  error_end(&err, STATUS_USAGE,
                            "'%s' is not a worker ID (A and capital letters "
                            "and digits)",
                            worker);
    if (worked && folder_is(arguments->words[0]))
        worked = folder_report(arguments, &out, &status, &err);
    else
        worked = worked && session_place_journal(&session, arguments->words[0], &err) &&
                 journal_report(arguments, session.journal_path, &out, &status, &err);
    if (worked && option_is_set(arguments, OPTION_JSON))
        buffer_text(&out, "\n");
    if (!worked || !say_out(&out, &err))
        status = say_error(&err);
    buffer_close(&out);
    session_close(&session);
    return status;
}
