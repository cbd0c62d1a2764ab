/* What a run would do, action by action, with the reason for each: the campaign held against the
 * roster and the ledger. The dry run prints it, the run carries it out; neither decides anything
 * on its own. Pure: what the marketplace shows and what time it is there are arguments. */
#ifndef CORE_PLAN_H
#define CORE_PLAN_H

#include "core/action.h"
#include "core/campaign.h"
#include "core/identity.h"
#include "core/ledger.h"
#include "core/roster.h"
#include "core/select.h"
#include "core/tariff.h"

/* How many assignments a filter leaves out, by the first thing that does. */
struct left_out {
    size_t by_status[WORK_STATUS_COUNT];
    size_t *by_condition; /* as many as the filter has */
    size_t unreadable;
};

struct task_count {
    size_t assignments;
    size_t selected;
};

/* What a step finds of those whom the campaign selects, and where its actions stand. */
struct step_count {
    size_t first, end;           /* of its actions among the plan's */
    size_t assignments, workers; /* selected for it … */
    struct left_out left_out;    /* … and left out by its own filter */
    size_t no_row;       /* left out because a table has no row for them (`missing: skip`) */
    size_t nothing_owed; /* the amount looked up is 0.00 */
};

/* One reason why a run would not start. */
struct refusal {
    enum status status;
    struct where where;
    const char *text;
};

struct totals {
    size_t by_decision[DECISION_COUNT];
    cents_t amount, fee;        /* bonuses still to be sent */
    cents_t reward, reward_fee; /* approvals still to be sent */
    cents_t before;             /* done, found or perhaps done, everything included */
    cents_t balance;
};

struct plan {
    struct action *actions; /* step by step, people in the roster's order */
    size_t action_count;
    size_t action_capacity;
    struct index *by_key; /* key → action; filled when it is first asked for … */
    struct arena *arena;  /* … in the plan's own arena */
    struct selection selection;
    struct task_count *tasks;
    struct step_count *steps;
    struct left_out left_out; /* by the campaign's filter */
    struct index payees; /* "STEP WORKER" → the first of the worker's bonuses in that step … */
    size_t *next_payee;  /* … action → the next one */
    struct index paid_apart; /* "STEP WORKER" → their sum among … */
    cents_t *apart;          /* … what was paid to workers and no action is about */
    size_t apart_count;
    size_t apart_capacity;
    size_t no_row;      /* left out by the campaign's filter: a table has no row for them */
    size_t problems;    /* refusals that are about the file and its data */
    size_t not_now;     /* actions that this run is not about, though they could be done */
    size_t harm;        /* rejections and blocks to be done … */
    size_t harm_before; /* … and those that this campaign set out to do before */
    size_t selected_assignments;
    size_t selected_workers;
    struct totals totals;
    const char **remarks;
    size_t remark_count;
    size_t remark_capacity;
    struct refusal *refusals;
    size_t refusal_count;
    size_t refusal_capacity;
    bool *has_deeds;         /* step → the journal holds deeds of it */
    bool *words_changed;     /* step → remarked already */
    size_t lost_sight;       /* decided work that nobody would see to while the history is lost */
    size_t elsewhere;        /* undecided actions of which the journal knows nothing … */
    size_t elsewhere_before; /* … and how many the last run noted */
    stamp_t foreign_ms;      /* the latest that they show of it; 0: nothing */
    bool foreign;            /* bonuses were found that this journal never intended, or its history
                                is lost */
};

/* Which part of a campaign a run is about: what meets all of these. */
struct part {
    const char *step;         /* NULL: every step */
    const char *worker;       /* NULL: everybody */
    size_t first;             /* the first so many workers whom the campaign selects; 0: all */
    const struct index *keys; /* only these actions; NULL: all */
};

struct plan_input {
    const struct campaign *campaign;
    struct roster *roster; /* sorted; payments get marked as matched, and qualifications that
                              earlier runs made are noted */
    struct ledger *ledger; /* whose erased deeds get their people back, as far as the roster has
                              them */
    const struct tariff *tariff;
    struct identity identity;
    cents_t balance;
    stamp_t now_ms; /* by the marketplace's clock: when its lists were read */
    bool retry_refused;
    struct part part;
    bool history_lost;  /* the journal is not the whole story: … */
    uint64_t lost_from; /* … records are missing before this one, or where it would stand */
};

/* Adds an action behind the others. */
void plan_push(struct plan *plan, const struct action *action, struct arena *arena);

/* Notes what shows a run of this campaign of which the journal knows nothing, and when that was. */
void plan_note_foreign(struct plan *plan, stamp_t at_ms);

enum { PLAN_PROBLEMS_SAID_MAX = 20 };

/* Why a run would not start. What is wrong with the file and its data (STATUS_INVALID) is said for
 * the first few only. */
void plan_refuse(struct plan *plan, struct arena *arena, enum status status, struct where where,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The action with that key, or NULL. Once the plan is made. */
struct action *plan_find(const struct plan *plan, const char *key);

/* Fills in what an action says that is late, from what was really done by now. */
void plan_bind(struct plan *plan, struct action *action, struct arena *arena);

/* The whole plan, with its refusals and remarks, in the arena. Points into what the input holds. */
struct plan *plan_make(const struct plan_input *input, struct arena *arena);

/* How the plan would end a run that started now: the worst of its refusals and open ends. */
enum status plan_status(const struct plan *plan);

/* True when a run would send or note nothing at all. */
bool plan_is_empty(const struct plan *plan);

/* Notes a remark for the person who reads the plan. */
void plan_remark(struct plan *plan, struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
