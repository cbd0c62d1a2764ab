/* Whom the campaign means: its filters and its tables held against the roster.
 *
 * What this campaign itself decided never removes anyone from a later step or a later run. So work
 * is judged by the status that it had before we approved or rejected it, and a qualification that
 * we gave or took away does not count as held or as lacking: the journal knows. */
#ifndef CORE_SELECT_H
#define CORE_SELECT_H

#include "core/campaign.h"
#include "core/ledger.h"
#include "core/roster.h"

struct selection {
    const struct campaign *campaign;
    const struct roster *roster;
    const struct ledger *ledger;
    size_t *rows;      /* assignment × dataset: its row, or `dataset_none` */
    bool uses_answers; /* work whose answers cannot be read is left out */
    struct index own; /* "qualification worker" → it was held before our own deed on it: 1 or 0 */
};

enum fate {
    FATE_SELECTED,
    FATE_STATUS,     /* left out by `status` … */
    FATE_CONDITION,  /* … by another key of the `where` … */
    FATE_UNREADABLE, /* … or because its answers cannot be read */
    FATE_NO_ROW,     /* a condition reads a table in which it has no row */
};

struct finding {
    enum fate fate;
    const struct condition *condition; /* FATE_CONDITION, FATE_NO_ROW: the one that does */
};

/* Matches every assignment of the roster with its rows. The roster is sorted. */
void selection_init(struct selection *selection, const struct campaign *campaign,
                    const struct roster *roster, const struct ledger *ledger, struct arena *arena);

/* An assignment's status as it was before this campaign itself decided on it. */
enum work_status select_status(const struct assignment *assignment, const struct ledger *ledger);

/* Whether the campaign's own filter takes the assignment in; `at` is its index in the roster. */
struct finding select_campaign(const struct selection *selection, size_t at);

/* Whether a step's own filter lets it through too. */
struct finding select_step(const struct selection *selection, const struct step *step, size_t at);

/* Whether a step has that assignment (both filters take it in), had the work that status. */
struct finding select_for_step_as(const struct selection *selection, const struct step *step,
                                  size_t at, enum work_status status);

/* The row of an assignment in a dataset, or `dataset_none`. */
size_t select_row(const struct selection *selection, size_t at, size_t dataset);

/* True when some step, filter or table of the campaign reads answers. */
bool campaign_uses_answers(const struct campaign *campaign);

#endif
