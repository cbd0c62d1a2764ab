/* bursar run: shows the plan, asks, does it; of a saved plan: that and nothing else. */
#include <unistd.h>

#include "base/text.h"
#include "cmd/carry.h"
#include "cmd/commands.h"
#include "cmd/saved.h"
#include "cmd/say.h"
#include "cmd/setback.h"
#include "io/person.h"

/* Whether the command line may answer for the person. */
static bool
consent_settle(const struct session *session, enum consent *consent, struct error *err)
{
    const char *file = session->load.campaign->file;
    bool yes = option_is_set(session->arguments, OPTION_YES);
    *consent = yes ? CONSENT_GIVEN : CONSENT_ASK;
    if (!yes && !person_is_terminal(STDIN_FILENO))
        return error_end(err, STATUS_USAGE,
                         "nobody can be asked here: look at 'bursar plan %s' first, then 'bursar "
                         "run --yes %s'",
                         file, file);
    if (!yes && option_is_set(session->arguments, OPTION_JSON))
        return error_end(err, STATUS_USAGE,
                         "--json shows no plan to agree to: look at 'bursar plan %s' first, then "
                         "'bursar run --json --yes %s'",
                         file, file);
    if (yes && text_same(session->environment, "production") &&
        !session->load.campaign->limits.has_total)
        return error_end(err, STATUS_GUARDED,
                         "--yes in production needs a limit: write 'limits: { total: … }' into %s, "
                         "the most this campaign may ever cost",
                         file);
    return true;
}

static void
counts_encode(const struct run_counts *counts, enum status status, struct buffer *out)
{
    char amount[MONEY_TEXT_SIZE], fee[MONEY_TEXT_SIZE];
    buffer_print(out,
                 "{\"done\": %zu, \"found\": %zu, \"refused\": %zu, \"unknown\": %zu, "
                 "\"pending\": %zu, \"amount\": \"%s\", \"fee\": \"%s\", \"exit\": %d}\n",
                 counts->done, counts->found, counts->refused, counts->unknown, counts->pending,
                 money_print(amount, counts->amount), money_print(fee, counts->fee), status);
}

static bool
campaign_ready(struct session *session, enum consent *consent, struct error *err)
{
    return session_place(session, err) && consent_settle(session, consent, err) &&
           session_journal(session, true, err) && session_connect(session, err) &&
           session_plan(session, err);
}

/* Whoever runs a saved plan has agreed to what it says: nobody is asked. */
static bool
saved_ready(struct session *session, struct error *err)
{
    return session_place(session, err) && saved_place_check(session, err) &&
           session_journal(session, true, err) && saved_begin(session, err) &&
           session_connect(session, err) && session_plan(session, err) &&
           saved_compare(session, err);
}

enum status
cmd_run(const struct arguments *arguments)
{
    struct session session;
    struct saved saved = {0};
    struct error err = {0};
    struct run_counts counts = {0};
    enum consent consent = CONSENT_WHOLE;
    enum status status = STATUS_INVALID;
    const char *file = arguments->words[0];
    session_init(&session, arguments);
    session.worker_is_part = true;
    bool is_saved = saved_is(file);
    if (is_saved ? saved_load(&session, &saved, file, &err) : session_load(&session, file)) {
        bool ready =
            is_saved ? saved_ready(&session, &err) : campaign_ready(&session, &consent, &err);
        status = ready ? carry_out(&session, consent, &counts) : setback_say(&session, &err);
    } else if (is_saved) {
        status = setback_say(&session, &err);
    }
    saved_advise(&saved, &session);
    if (option_is_set(arguments, OPTION_JSON)) {
        struct buffer out = {0};
        struct error trouble = {0};
        counts_encode(&counts, status, &out);
        if (!say_out(&out, &trouble))
            status = status_worse(status, say_error(&trouble));
        buffer_close(&out);
    }
    session_close(&session);
    return status;
}
