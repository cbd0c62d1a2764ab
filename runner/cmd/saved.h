/* A saved plan that is to be carried out: that, and nothing else. It is stale, and nothing is sent,
 * when it was made of other files, of another place or account, or of a journal that moved on
 * since, or when the plan made anew would not do what it says. */
#ifndef CMD_SAVED_H
#define CMD_SAVED_H

#include "cmd/session.h"
#include "codec/planfile_read.h"

struct saved {
    const char *path;
    const char *digest; /* of the file's bytes: by this the runs of one plan know each other */
    struct saved_plan plan;
    struct since since;
    struct index only; /* the keys that may be done */
    bool stale;        /* a new plan would be the remedy */
};

/* Fails with the text, and notes that a new plan would be the remedy. */
bool saved_stale(struct saved *saved, struct error *err, const char *text);

/* True for a saved plan, by its name or by how it begins. */
bool saved_is(const char *path);

/* For the commands that take a campaign: fails, and says which campaign file this plan is of. */
bool saved_decline(const char *path, const char *command, struct arena *arena, struct error *err);

/* Reads the plan at `path` and the campaign it is of. Fails when files that go into it were changed
 * (STATUS_GUARDED), or cannot be read (STATUS_INVALID). The session carries out this plan from here
 * on; `saved` must live as long. */
bool saved_load(struct session *session, struct saved *saved, const char *path, struct error *err);

/* Fails when the session's place is not the plan's. */
bool saved_place_check(const struct session *session, struct error *err);

/* Fails when something else than this plan was written to the journal since. Then settles what the
 * session's plan may do. Needs the journal. */
bool saved_begin(struct session *session, struct error *err);

/* Holds the session's plan against the saved one. What the saved one does not have is left out, and
 * named. */
bool saved_compare(struct session *session, struct error *err);

/* The command that makes a new plan, when that is the remedy. */
void saved_advise(const struct saved *saved, const struct session *session);

#endif
