/* What the oracle's own files share. */
#ifndef SIMULATION_ORACLE_STATE_H
#define SIMULATION_ORACLE_STATE_H

#include "cast.h"
#include "oracle.h"
#include "scene.h"

struct oracle {
    struct stored proven;             /* what was durable in the journal, name and all */
    const struct volume_file *synced; /* the journal's file, once it was synced … */
    size_t synced_size;               /* … and how much of it was */
    bool meddled, deleted, blind;
    bool erases;             /* people were taken out of the journal, or were to be */
    bool foreign;            /* a bonus shows that the journal knows nothing of */
    stamp_t meddled_ms;      /* when somebody … */
    struct stored old;       /* … took the journal away: what it was */
    stamp_t blocks_asked_ms; /* when the list of the blocked was last asked for */
    stamp_t paid_ms[PLANNED_MAX];
    bool edited[PLANNED_MAX];  /* in other words than the file has had at first */
    size_t sends[PLANNED_MAX]; /* of each action, since the journal was last meddled with */
    bool repeats[PLANNED_MAX]; /* a message that the design cannot keep from going out again */
    struct {
        size_t bonuses, approvals;
        cents_t bonus, bonus_fee, reward, reward_fee;
    } ledger;
};

extern struct oracle oracle;

/* memmem for a text; NULL also in nothing at all. */
const char *text_find(const char *bytes, size_t size, const char *text);

#endif
