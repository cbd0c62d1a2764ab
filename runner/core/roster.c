#include "core/roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char *const status_names[WORK_STATUS_COUNT] = {
    [WORK_SUBMITTED] = "Submitted",
    [WORK_APPROVED] = "Approved",
    [WORK_REJECTED] = "Rejected",
};

const char *
work_status_name(enum work_status status)
{
    return status_names[status];
}

bool
work_status_find(const char *name, enum work_status *status)
{
    for (size_t i = 0; i < WORK_STATUS_COUNT; i++)
        if (text_same(status_names[i], name)) {
            *status = (enum work_status)i;
            return true;
        }
    return false;
}

bool
roster_assignment_add(struct roster *roster, const struct assignment *assignment,
                      struct arena *arena)
{
    if (!index_add(&roster->by_assignment, assignment->id, roster->assignment_count, arena)) {
        const struct assignment *there = roster_find(roster, assignment->id);
        return there->task == assignment->task && text_same(there->worker, assignment->worker);
    }
    roster->assignments = arena_push(arena, roster->assignments, roster->assignment_count,
                                     &roster->assignment_capacity, sizeof *roster->assignments);
    roster->assignments[roster->assignment_count++] = *assignment;
    return true;
}

void
roster_assignments_share(struct roster *roster, const struct roster *list)
{
    roster->assignments = list->assignments;
    roster->assignment_count = list->assignment_count;
    roster->assignment_capacity = list->assignment_capacity;
    roster->by_assignment = list->by_assignment;
}

void
roster_payment_add(struct roster *roster, const struct payment *payment, struct arena *arena)
{
    roster->payments = arena_push(arena, roster->payments, roster->payment_count,
                                  &roster->payment_capacity, sizeof *roster->payments);
    roster->payments[roster->payment_count++] = *payment;
}

static int
by_people(const void *left, const void *right)
{
    const struct assignment *one = left, *other = right;
    if (one->task != other->task)
        return one->task < other->task ? -1 : 1;
    if (one->submitted_ms != other->submitted_ms)
        return one->submitted_ms < other->submitted_ms ? -1 : 1;
    return strcmp(one->id, other->id);
}

static int
by_time(const void *left, const void *right)
{
    const struct payment *one = left, *other = right;
    if (one->at_ms != other->at_ms)
        return one->at_ms < other->at_ms ? -1 : 1;
    int assignments = strcmp(one->assignment, other->assignment);
    return assignments ? assignments : strcmp(one->words, other->words);
}

static void
people_number(struct roster *roster)
{
    struct arena scratch = {0};
    struct index workers = {0};
    for (size_t i = 0; i < roster->assignment_count; i++) {
        struct assignment *one = &roster->assignments[i];
        one->person = (uint32_t)workers.count;
        if (!index_add(&workers, one->worker, one->person, &scratch))
            one->person = *index_find(&workers, one->worker);
    }
    roster->person_count = workers.count;
    arena_close(&scratch);
}

void
roster_sort(struct roster *roster)
{
    /* Until the workers are numbered, each assignment remembers where its name stands in the index,
     * which spares looking a million up. */
    struct index_name *names = roster->by_assignment.names;
    for (size_t i = 0; i < roster->by_assignment.count; i++)
        roster->assignments[names[i].value].person = (uint32_t)i;
    if (roster->assignment_count)
        qsort(roster->assignments, roster->assignment_count, sizeof *roster->assignments,
              by_people);
    if (roster->payment_count)
        qsort(roster->payments, roster->payment_count, sizeof *roster->payments, by_time);
    for (size_t i = 0; i < roster->assignment_count; i++)
        names[roster->assignments[i].person].value = (uint32_t)i;
    people_number(roster);
}

const struct assignment *
roster_find(const struct roster *roster, const char *assignment)
{
    const uint32_t *at = index_find(&roster->by_assignment, assignment);
    return at ? &roster->assignments[*at] : NULL;
}

enum { SCORE_NAME_SIZE = 160 }; /* two IDs of 64 characters and a blank; what is longer is cut */

static void
score_name(const char *qualification, const char *worker, char out[SCORE_NAME_SIZE])
{
    snprintf(out, SCORE_NAME_SIZE, "%s %s", qualification, worker);
}

void
roster_score_add(struct roster *roster, const struct score *score, struct arena *arena)
{
    char name[SCORE_NAME_SIZE];
    score_name(score->qualification, score->worker, name);
    if (!index_add(&roster->by_score, arena_copy(arena, name), roster->score_count, arena))
        return;
    roster->scores = arena_push(arena, roster->scores, roster->score_count, &roster->score_capacity,
                                sizeof *roster->scores);
    roster->scores[roster->score_count++] = *score;
}

const struct score *
roster_score_find(const struct roster *roster, const char *qualification, const char *worker)
{
    char name[SCORE_NAME_SIZE];
    score_name(qualification, worker, name);
    const uint32_t *at = roster->score_count ? index_find(&roster->by_score, name) : NULL;
    const struct score *score = at ? &roster->scores[*at] : NULL;
    bool same =
        score && text_same(score->qualification, qualification) && text_same(score->worker, worker);
    return same ? score : NULL;
}

bool
roster_holds(const struct roster *roster, const char *qualification, const char *worker)
{
    const struct score *score = roster_score_find(roster, qualification, worker);
    return score && score->granted;
}

void
roster_kind_add(struct roster *roster, const char *name, const char *id, struct arena *arena)
{
    roster->kinds = arena_push(arena, roster->kinds, roster->kind_count, &roster->kind_capacity,
                               sizeof *roster->kinds);
    roster->kinds[roster->kind_count++] = (struct kind){name, id};
}

const char *
roster_kind_find(const struct roster *roster, const char *name)
{
    for (size_t i = 0; i < roster->kind_count; i++)
        if (text_same(roster->kinds[i].name, name))
            return roster->kinds[i].id;
    return NULL;
}

struct filled *
filled_make(const struct reply_field *fields, size_t count, const char *unread_why,
            struct arena *arena)
{
    struct filled *filled = arena_alloc(arena, sizeof *filled + count * sizeof *fields);
    filled->unread_why = unread_why;
    filled->field_count = count;
    if (count)
        memcpy(filled->fields, fields, count * sizeof *fields);
    return filled;
}

const struct filled *
assignment_filled(const struct assignment *assignment)
{
    static const struct filled none;
    return assignment->filled ? assignment->filled : &none;
}

const char *
assignment_field(const struct assignment *assignment, const char *name)
{
    const struct filled *filled = assignment_filled(assignment);
    for (size_t i = 0; i < filled->field_count; i++)
        if (text_same(filled->fields[i].name, name))
            return filled->fields[i].value;
    return NULL;
}

const struct payment *
roster_stray_find(const struct roster *roster)
{
    for (size_t i = 0; i < roster->payment_count; i++) {
        const struct payment *payment = &roster->payments[i];
        const struct assignment *assignment = roster_find(roster, payment->assignment);
        if (assignment && assignment->task != payment->task)
            return payment;
    }
    return NULL;
}
