/* bursar journal: the account book's upkeep. */
#include "base/text.h"
#include "cmd/commands.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "io/clock.h"

/* What one verb of the upkeep does with the session's journal. */
struct upkeep {
    const char *name;
    bool (*perform)(struct session *session, struct buffer *out, struct error *err);
};

static bool
verify(struct session *session, struct buffer *out, struct error *err)
{
    if (!session_journal(session, false, err))
        return false;
    if (!session->journal.exists)
        return error_end(err, STATUS_USAGE, "there is no journal %s", session->journal_path);
    say_line(out, "%s: %llu records verify, head %s", session->journal_path,
             (unsigned long long)session->journal.next_seq, session->journal.sum);
    return true;
}

static bool
restore(struct session *session, struct buffer *out, struct error *err)
{
    const char *aside;
    session->journal.path = session->journal_path;
    session->journal.arena = &session->arena;
    session->journal.warnings = &session->warnings;
    if (!journal_hold(&session->journal, "bursar journal restore", err) ||
        !journal_restore(&session->journal, clock_wall_ms(), &aside, err))
        return false;
    if (aside)
        say_line(out, "what was there is kept as %s", aside);
    say_line(out, "%s is back as this machine last saw it", session->journal_path);
    return true;
}

static const struct upkeep upkeeps[] = {{"verify", verify}, {"restore", restore}};
enum { UPKEEP_COUNT = sizeof upkeeps / sizeof *upkeeps };

static const struct upkeep *
upkeep_find(const char *name, struct error *err)
{
    const char *names[UPKEEP_COUNT];
    for (size_t i = 0; i < UPKEEP_COUNT; i++) {
        names[i] = upkeeps[i].name;
        if (text_same(name, upkeeps[i].name))
            return &upkeeps[i];
    }
    const char *nearest = text_nearest(name, names, UPKEEP_COUNT);
    error_end(err, STATUS_USAGE, "'journal' takes verify or restore; it has '%s'%s%s%s", name,
              nearest ? ", did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    return NULL;
}

enum status
cmd_journal(const struct arguments *arguments)
{
    struct session session;
    struct error err = {0};
    struct buffer out = {0};
    session_init(&session, arguments);
    const char *file = arguments->words[1];
    session.journal_path = file;
    const struct upkeep *upkeep = upkeep_find(arguments->words[0], &err);
    bool worked = upkeep &&
                  (text_ends(file, ".jsonl") || session_place_journal(&session, file, &err)) &&
                  upkeep->perform(&session, &out, &err) && say_out(&out, &err);
    enum status status = worked ? STATUS_DONE : say_error(&err);
    buffer_close(&out);
    session_close(&session);
    return status;
}
