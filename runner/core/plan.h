/* What a run would do, action by action, with the reason for each: the campaign held against the
 * roster and the ledger. The dry run prints it, the run carries it out; neither decides anything
 * on its own. Pure: what the marketplace shows and what time it is there are arguments. */
#ifndef CORE_PLAN_H
#define CORE_PLAN_H

#include "core/campaign.h"
#include "core/identity.h"
#include "core/ledger.h"
#include "core/needs.h"
#include "core/roster.h"
#include "core/tariff.h"

enum decision { DECISION_DO, DECISION_SKIP, DECISION_HOLD, DECISION_UNKNOWN, DECISION_CONFLICT };
enum { DECISION_COUNT = DECISION_CONFLICT + 1 };

enum why {
    WHY_NEVER_DONE,
    WHY_RETRY,   /* tried before, provably not done or absent at the marketplace */
    WHY_CHANGED, /* a qualification's value */
    WHY_DONE_BEFORE,
    WHY_FOUND,          /* done at the marketplace, though not by this journal */
    WHY_KEPT,           /* an operator let a difference stand */
    WHY_WAIVED,         /* an operator accepted the refusal */
    WHY_REFUSED_BEFORE, /* tried again only when asked to */
    WHY_TOO_LATE,       /* the marketplace decided the opposite already */
    WHY_NEEDS,          /* waits for another action of the worker */
    WHY_OUTCOME_UNKNOWN,
    WHY_PAID_ELSEWHERE, /* a bonus of other amount or words is there already */
    WHY_CHANGED_AFTER_DONE,
};

const char *decision_name(enum decision decision);
const char *why_name(enum why why);

struct action {
    const char *key;
    size_t step;                         /* index into the campaign's steps */
    const struct assignment *assignment; /* of a per-worker action: one that carries it */
    bool names_assignment;               /* it is part of what is sent */
    cents_t amount;                      /* of the bonus */
    cents_t fee;
    cents_t reward; /* an approval lets go */
    cents_t reward_fee;
    const char *content;
    enum decision decision;
    enum why why;
    const char *words; /* why, in words, where the name alone does not say it; or NULL */
    struct deed *deed; /* what the ledger knows of it, or NULL */
    const struct payment *payment; /* WHY_FOUND, WHY_PAID_ELSEWHERE: what was found */
    stamp_t come_back_ms; /* WHY_OUTCOME_UNKNOWN: when to look again, 0 when that is no help */
};

/* How many assignments the campaign leaves out, by state. */
struct left_out {
    size_t by_status[WORK_STATUS_COUNT];
};

struct task_count {
    size_t assignments;
    size_t selected;
    struct left_out left_out;
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
    struct index by_key; /* key → action */
    struct task_count *tasks;
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
    size_t elsewhere;        /* undecided actions of which the journal knows nothing … */
    size_t elsewhere_before; /* … and how many the last run noted */
    bool foreign;            /* bonuses were found that this journal never intended, or its history
                                is lost */
};

struct plan_input {
    const struct campaign *campaign;
    struct roster *roster; /* payments get marked as matched */
    const struct ledger *ledger;
    const struct tariff *tariff;
    struct identity identity;
    cents_t balance;
    stamp_t now_ms; /* by the marketplace's clock: when its lists were read */
    bool retry_refused;
    bool history_lost;  /* the journal is not the whole story: … */
    uint64_t lost_from; /* … records are missing before this one, or where it would stand */
};

/* How an action stands for those that wait for it, when everything decided to be done gets done. */
enum need_state action_need_state(const struct action *action);

/* Whether an action looks done by somebody else: undecided, and nothing in the journal is open. */
bool action_is_elsewhere(const struct action *action);

struct plan *plan_make(const struct plan_input *input, struct arena *arena);

/* How the plan would end a run that started now: the worst of its refusals and open ends. */
enum status plan_status(const struct plan *plan);

/* True when a run would send or note nothing at all. */
bool plan_is_empty(const struct plan *plan);

#endif
