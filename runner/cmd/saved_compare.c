/* A saved plan against the journal, and against the plan that is made anew. */
#include <unistd.h>

#include "base/text.h"
#include "cmd/doubts.h"
#include "cmd/hide.h"
#include "cmd/next.h"
#include "cmd/saved.h"
#include "cmd/say.h"

/* What moved the journal on, and who. */
static const char *
moved_print(const struct since *since, struct arena *arena)
{
    const struct entry *by = &since->by;
    const char *when = say_moment(by->at_ms, arena);
    if (by->kind == ENTRY_RUN)
        return arena_print(arena, "a run by %s@%s on %s, which was not of this plan", by->who,
                           by->host, when);
    if (by->kind == ENTRY_RESOLVE)
        return arena_print(arena, "%s decided something by 'resolve' on %s", by->who, when);
    return arena_print(arena, "%s on %s",
                       by->kind == ENTRY_MERGE ? "another journal was merged into it"
                                               : "people were erased from it",
                       when);
}

static bool
history_fits(struct session *session, struct error *err)
{
    struct saved *saved = session->saved;
    struct arena *arena = &session->arena;
    if (!saved->since.there)
        return saved_stale(
            saved, err,
            arena_print(arena,
                        "the journal %s does not hold the record up to which %s was made: "
                        "it is another journal, or was cut",
                        session->journal_path, saved->path));
    if (!saved->since.moved)
        return true;
    return saved_stale(saved, err,
                       arena_print(arena, "the journal has moved on since %s was made (%s)",
                                   saved->path, moved_print(&saved->since, arena)));
}

bool
saved_begin(struct session *session, struct error *err)
{
    struct saved *saved = session->saved;
    if (!history_fits(session, err))
        return false;
    for (size_t i = 0; i < saved->plan.row_count; i++) {
        const struct planned *row = &saved->plan.rows[i];
        if (row->decision == DECISION_DO &&
            !planned_is_refused(row, &session->journal.ledger, saved->since.runs))
            index_add(&saved->only, row->key, i, &session->arena);
    }
    session->only = &saved->only;
    session->retry_refused = saved->plan.retry_refused;
    return true;
}

/* Row by row; the first few that differ are said. */
static bool
rows_fit(struct session *session, struct error *err)
{
    enum { SAID_MAX = 3 };
    struct saved *saved = session->saved;
    struct arena arena = {0};
    size_t count = 0;
    bool named = hide_nothing(session->arguments, STDERR_FILENO);
    for (size_t i = 0; i < saved->plan.row_count; i++) {
        const struct planned *row = &saved->plan.rows[i];
        const char *differs = row->decision == DECISION_DO
                                  ? planned_differs(row, session->plan, saved->since.runs, &arena)
                                  : NULL;
        if (!differs || count++ >= SAID_MAX)
            continue;
        say_note("action %zu of %s, %s%s%s: %s", i + 1, saved->path, row->step,
                 named && row->worker ? " for " : "", named && row->worker ? row->worker : "",
                 hide_people(session, STDERR_FILENO, differs, &arena));
    }
    const char *text = arena_print(&session->arena, "%zu action%s of %s cannot be done as planned",
                                   count, say_s(count), saved->path);
    arena_close(&arena);
    return count == 0 || saved_stale(saved, err, text);
}

/* What the campaign would do beyond the plan. */
static void
others_say(const struct session *session)
{
    struct arena arena = {0};
    struct doubts others = {.arena = &arena};
    const struct saved *saved = session->saved;
    bool named = hide_nothing(session->arguments, STDERR_FILENO);
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        bool refused = action->deed && action->deed->standing == STANDING_REFUSED;
        if (action->why != WHY_NOT_NOW || refused)
            continue;
        const char *worker = action->assignment->worker;
        doubt_add(&others, session->load.campaign->steps[action->step].id, 0, action->verb,
                  named && worker[0] ? worker : NULL);
    }
    for (size_t i = 0; i < others.count; i++) {
        const struct doubt *one = &others.items[i];
        struct buffer whom = {0};
        for (size_t j = 0; j < one->worker_count; j++)
            buffer_print(&whom, "%s%s", j ? ", " : " (", one->workers[j]);
        if (whom.size)
            buffer_text(&whom, one->count > one->worker_count ? ", …)" : ")");
        say_note("not in %s, and left alone: %zu action%s of step '%s'%s", saved->path, one->count,
                 say_s(one->count), one->step, whom.bytes ? whom.bytes : "");
        buffer_close(&whom);
    }
    arena_close(&arena);
}

bool
saved_compare(struct session *session, struct error *err)
{
    struct saved *saved = session->saved;
    const char *account = saved->plan.account;
    if (account && session->account && !text_same(account, session->account))
        return saved_stale(saved, err,
                           arena_print(&session->arena,
                                       "%s is for the account %s, and these credentials are of %s",
                                       saved->path, account, session->account));
    if (!rows_fit(session, err))
        return false;
    say_note("this carries out %s, made on %s by %s", saved->path,
             say_moment(saved->plan.made_at_ms, &session->arena), saved->plan.made_by);
    others_say(session);
    return true;
}

void
saved_advise(const struct saved *saved, const struct session *session)
{
    struct arena arena = {0};
    if (saved->stale && session->load.campaign) {
        say_note("this plan does not fit any more. To make a new one, and look at it:");
        next_say(session, "plan", arena_print(&arena, "-o %s", next_word(saved->path, &arena)));
    }
    arena_close(&arena);
}
