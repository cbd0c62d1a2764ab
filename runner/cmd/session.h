/* What commands share: from a campaign file and options to a plan on the table. */
#ifndef CMD_SESSION_H
#define CMD_SESSION_H

#include "cmd/options.h"
#include "core/plan.h"
#include "engine/gather.h"
#include "engine/journal.h"
#include "engine/line.h"
#include "engine/load.h"
#include "io/http.h"
#include "sim/sim.h"

struct saved;

struct session {
    const struct arguments *arguments;
    struct arena arena;
    struct problems problems;
    struct problems warnings;
    struct load load;
    const struct market *market;
    const char *environment;
    const char *endpoint;
    const char *journal_path;
    struct sim *sim; /* the embedded marketplace of a rehearsal, or NULL */
    bool play;       /* the endpoint is on this machine */
    bool rebuild;    /* the journal is built anew from what the marketplace shows */
    bool settles;    /* only what is open is looked for: nothing new is sent */
    bool passing;    /* a rehearsal whose files go away: nothing to come back to */
    int wake_descriptor;
    struct http *http;
    struct line line;
    bool connected;
    struct journal journal;
    bool journal_open;
    bool second_copy;          /* the journal did not open, and this machine keeps a copy of it */
    bool warned;               /* the journal's warnings were said */
    const char *run_elsewhere; /* who holds the journal now, when we only read; or NULL */
    struct index people;       /* everybody's ids, once they were needed */
    bool people_listed;
    struct roster roster;
    const char *account;      /* whose credentials these are, when the campaign names an account */
    bool with_answers;        /* also where the campaign does not use them */
    bool worker_is_part;      /* --worker says for whom the run is, not whom a plan tells of */
    struct saved *saved;      /* the plan that is carried out; NULL: what the campaign says */
    const struct index *only; /* of a saved plan: the keys of its actions; NULL: all */
    bool retry_refused;       /* try again what was refused before */
    cents_t balance;
    struct identity identity;
    stamp_t begun_ms, read_ms; /* when reading began, and was shown last (CLOCK_BOOTTIME) */
    stamp_t looked_ms;         /* the marketplace's time when its lists were read for the plan */
    struct plan *plan;
};

void session_init(struct session *session, const struct arguments *arguments);

/* Loads the campaign file; its problems are said. False: invalid (65). */
bool session_load(struct session *session, const char *file);

/* Settles environment, endpoint and journal path from file, options and AWS_ENDPOINT_URL_MTURK.
 * The campaign may be missing (commands that take none). */
bool session_place(struct session *session, struct error *err);

/* The same for commands that read only the journal: no endpoint is needed, and the only journal
 * there is names the environment. Where there is none, the path is the one it would have, and what
 * keeps the campaign from running is pointed at. Fails (64) for a folder, and where nothing is. */
bool session_place_journal(struct session *session, const char *file, struct error *err);

/* Finds credentials and opens the line; nothing is sent yet. */
bool session_connect(struct session *session, struct error *err);

/* Takes the journal's lock, in the person's name. Needs `journal_path`. */
bool session_hold(struct session *session, struct error *err);

/* Opens the journal; for a run, takes its lock first, if that was not done. Without the lock
 * another run may be writing to it just now: then `run_elsewhere` names that. */
bool session_journal(struct session *session, bool for_run, struct error *err);

/* Reads the journal once more, for commands that take no lock: after the marketplace's lists every
 * deed that they show has its intent in it. */
bool session_journal_again(struct session *session, struct error *err);

/* Reads the marketplace and makes the plan. False with err.status 65 when something that the
 * campaign names is not there, a task or a qualification: it has been said. */
bool session_plan(struct session *session, struct error *err);

/* Balance and roster, as `wanted` says (its `problems` are the session's). */
bool session_roster(struct session *session, const struct gather *wanted, struct error *err);

/* Everyone that the campaign is about, with all that its filters look at; for a plan also what was
 * paid, and how work that stands in a file was decided by now. */
bool session_people(struct session *session, bool for_plan, struct error *err);

void session_close(struct session *session);

#endif
