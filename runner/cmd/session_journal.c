/* A session's journal: with the lock for those who write, beside a run that goes on for those who
 * only read. */
#include <unistd.h>

#include "cmd/next.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "engine/sibling.h"
#include "io/clock.h"
#include "io/person.h"

bool
session_hold(struct session *session, struct error *err)
{
    char when[STAMP_TEXT_SIZE];
    const char *holder =
        arena_print(&session->arena, "%s, process %u, since %s", person_name(&session->arena),
                    (unsigned)getpid(), stamp_print(when, clock_wall_ms()));
    session->journal.path = session->journal_path;
    session->journal.arena = &session->arena;
    return journal_hold(&session->journal, holder, err);
}

static bool
journal_take(struct session *session, struct error *err)
{
    return session->journal.locked || session_hold(session, err);
}

/* Who holds the journal that we only read. */
static bool
run_elsewhere_look(struct session *session)
{
    struct buffer holder = {0};
    const char *path = arena_print(&session->arena, "%s.lock", session->journal_path);
    bool held = lock_look(path, &holder);
    session->run_elsewhere = held ? arena_text(&session->arena, holder.bytes, holder.size) : NULL;
    buffer_close(&holder);
    return held;
}

static bool
journal_read_once(struct session *session, bool for_run, struct error *err)
{
    session->warnings.count = 0;
    session->journal_open = true;
    return journal_open(&session->journal, session->journal_path, for_run, &session->warnings,
                        &session->arena, err);
}

static void
journal_reset(struct session *session)
{
    struct chronicle *chronicle = session->journal.chronicle;
    journal_close(&session->journal);
    if (chronicle)
        *chronicle = (struct chronicle){0};
    session->journal = (struct journal){.path = session->journal_path,
                                        .arena = &session->arena,
                                        .unmirrored = session->sim != NULL,
                                        .chronicle = chronicle,
                                        .store = {.descriptor = -1}};
    session->journal_open = false;
}

/* Between two writes of a run that goes on the journal may end within a group, and its second copy,
 * which is read after it, may be ahead. That is no damage: it is read again, and the second copy is
 * that run's to check. */
static bool
journal_read(struct session *session, struct error *err)
{
    enum { TRIES = 10 };
    for (int tries = 0;; tries++) {
        session->journal.unmirrored = session->sim || run_elsewhere_look(session);
        if (!journal_read_once(session, false, err))
            return false;
        bool odd = session->journal.torn_bytes || session->journal.history_lost;
        if (!odd || tries == TRIES || !run_elsewhere_look(session))
            return true;
        journal_reset(session);
        clock_pause_ms(10);
    }
}

static bool
copy_is_kept(struct session *session)
{
    struct buffer copy = {0};
    struct mirror mirror = {0};
    struct error none = {0};
    mirror_init(&mirror, &session->arena);
    bool kept =
        mirror_recall(&mirror, session->journal_path, &copy, &session->arena, &none) && copy.size;
    mirror_close(&mirror);
    buffer_close(&copy);
    return kept;
}

bool
session_journal(struct session *session, bool for_run, struct error *err)
{
    session->journal.unmirrored = session->sim != NULL;
    bool worked = for_run ? journal_take(session, err) && journal_read_once(session, true, err)
                          : journal_read(session, err);
    if (!worked) {
        session->second_copy = session->journal_open && !session->journal.newer &&
                               error_status(err) == STATUS_JOURNAL && copy_is_kept(session);
        return false;
    }
    if (!session->warned)
        say_problems(&session->warnings, "warning");
    if (!session->warned && session->journal.restorable)
        next_say(session, "journal restore", "");
    else if (!session->warned && session->journal.history_lost && session->journal.unmerged)
        next_merge_say(session, session->journal.unmerged);
    else if (!session->warned && session->journal.unerased)
        next_say(session, "journal erase", "");
    session->warned |= session->warnings.count > 0;
    session->warnings.count = 0;
    return !session->load.campaign || !session->environment ||
           (journal_belongs(&session->journal, &session->identity, session->endpoint, err) &&
            sibling_check(&session->journal, &session->identity, err));
}

bool
session_journal_again(struct session *session, struct error *err)
{
    journal_reset(session);
    return session_journal(session, false, err);
}
