/* bursar status: what the journal alone says. No lock, no network. */
#include "base/text.h"
#include "cmd/account.h"
#include "cmd/advice.h"
#include "cmd/commands.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "cmd/setback.h"
#include "engine/run.h"
#include "io/folder.h"

/* What is asked, and what the journals have answered so far. */
struct inquest {
    const struct arguments *arguments;
    struct personal personal;
    struct buffer out;
    enum status status; /* the worst of all journals */
};

static void
answer(struct inquest *inquest, struct session *session)
{
    const struct ledger *ledger = &session->journal.ledger;
    const char *worker = inquest->personal.worker;
    enum status status = worker ? personal_standing(ledger, worker) : run_standing(ledger);
    if (!ledger->has_genesis && session->journal.history_lost)
        status = status_worse(status, STATUS_UNKNOWN);
    inquest->status = status_worse(inquest->status, status);
    if (option_is_set(inquest->arguments, OPTION_JSON)) {
        account_encode(&session->journal, worker, &inquest->out);
        return;
    }
    account_show(session, &inquest->personal, &inquest->out);
    if (worker || session->run_elsewhere)
        return;
    struct error err = {0};
    if (!say_out(&inquest->out, &err)) { /* before what is said of it on standard error */
        inquest->status = status_worse(inquest->status, say_error(&err));
        return;
    }
    advice_say(session, NULL, status);
    advice_rest(session);
}

/* One journal's part of the answer; what is wrong with it is said, and does not hide the others. */
static bool
journal_report(struct inquest *inquest, const char *path, const char *file)
{
    struct session session;
    struct error err = {0};
    session_init(&session, inquest->arguments);
    session.journal_path = path;
    if (file && !text_ends(file, ".jsonl")) {
        load_campaign(file, &session.load, &session.problems, &session.arena);
        session.problems.count = 0;
    }
    bool worked = session_journal(&session, false, &err);
    if (worked)
        answer(inquest, &session);
    else
        inquest->status = status_worse(inquest->status, setback_say(&session, &err));
    session_close(&session);
    return worked;
}

static bool
folder_report(struct inquest *inquest, struct error *err)
{
    struct arena arena = {0};
    const char **paths;
    size_t count;
    const char *folder = inquest->arguments->words[0];
    struct buffer *out = &inquest->out;
    bool json = option_is_set(inquest->arguments, OPTION_JSON);
    bool worked = folder_list(folder, ".journal.jsonl", &paths, &count, &arena, err);
    buffer_text(out, worked && json ? "[" : "");
    for (size_t i = 0; worked && i < count; i++) {
        buffer_text(out, i ? (json ? ",\n" : "\n") : "");
        if (!journal_report(inquest, paths[i], NULL))
            buffer_text(out, json ? "null" : "");
    }
    if (worked && json)
        buffer_text(out, "]");
    else if (worked && count == 0)
        say_line(out, "no journals in %s", folder);
    arena_close(&arena);
    return worked;
}

static bool
report(struct session *session, struct inquest *inquest, struct error *err)
{
    const char *word = inquest->arguments->words[0];
    if (!option_worker(inquest->arguments, &inquest->personal.worker, err))
        return false;
    if (folder_is(word)) {
        if (!folder_report(inquest, err))
            return false;
    } else if (!session_place_journal(session, word, err)) {
        return false;
    } else if (!journal_report(inquest, session->journal_path, word)) {
        return true; /* it was said */
    }
    bool json = option_is_set(inquest->arguments, OPTION_JSON);
    if (!json && inquest->personal.count) {
        buffer_text(&inquest->out, "\n");
        personal_end(&inquest->personal, &inquest->out);
    }
    if (json)
        buffer_text(&inquest->out, "\n");
    return true;
}

enum status
cmd_status(const struct arguments *arguments)
{
    struct session session;
    struct error err = {0};
    struct arena arena = {0};
    struct inquest inquest = {.arguments = arguments, .status = STATUS_DONE};
    inquest.personal.arena = &arena;
    session_init(&session, arguments);
    if (!report(&session, &inquest, &err) || !say_out(&inquest.out, &err))
        inquest.status = say_error(&err);
    buffer_close(&inquest.out);
    session_close(&session);
    arena_close(&arena);
    return inquest.status;
}
