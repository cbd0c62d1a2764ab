/* The cast as a world file for the simulator. */
#include "cast.h"
#include "scene.h"

/* Somebody who is not selected got more bonuses before than a page of the list has rows. */
static void
crowd_print(struct buffer *out)
{
    enum { MORE_THAN_A_PAGE = 105 };
    buffer_text(out, "bonuses:\n");
    for (size_t hit = 0; hit < cast.hit_count; hit++)
        for (int i = 0; i < MORE_THAN_A_PAGE; i++)
            buffer_print(out, "  - { assignment: 3OLD%zu, amount: 0.01, reason: Before }\n", hit);
}

/* A type whose words, not whose name, hold the name that a step looks for stands before it. */
static void
qualifications_print(struct buffer *out)
{
    const char *comma = "";
    buffer_text(out, "qualifications:\n  - { id: 3QUAL, name: q, description: Of the crew }\n"
                     "  - { id: 3GONE, name: gone, description: d, holders: {");
    for (size_t i = 0; i < cast.person_count; i++)
        if (cast.people[i].holds_before) {
            buffer_print(out, "%s AWORKER%zu: 1", comma, i);
            comma = ",";
        }
    buffer_text(out, " } }\n");
    if (cast.crew_there)
        buffer_print(out, "  - { id: %s, name: %s, description: d }\n", cast.crew_id, crew_name);
}

static void
workers_print(const char *key, bool (*belongs)(const struct cast_person *), struct buffer *out)
{
    const char *comma = "";
    buffer_print(out, "%s: [", key);
    for (size_t i = 0; i < cast.person_count; i++)
        if (belongs(&cast.people[i])) {
            buffer_print(out, "%sAWORKER%zu", comma, i);
            comma = ", ";
        }
    buffer_text(out, "]\n");
}

static bool
is_known(const struct cast_person *person)
{
    (void)person;
    return !cast.strangers;
}

static bool
is_blocked(const struct cast_person *person)
{
    return person->blocked_before;
}

static void
works_print(size_t hit, struct buffer *out)
{
    bool any = cast.crowded;
    if (any)
        buffer_print(out, "      - { id: 3OLD%zu, worker: AOLD, status: Rejected }\n", hit);
    for (size_t i = 0; i < cast.work_count; i++) {
        const struct cast_work *work = &cast.works[i];
        if (work->hit != hit)
            continue;
        any = true;
        buffer_print(out,
                     "      - { id: %s, worker: %s, status: %s, answers: { code: %s, token: "
                     "\" Tok%zu\" } }\n",
                     work->id, work->worker, work->approved_before ? "Approved" : "Submitted",
                     work->bad ? "bad" : "good", i);
    }
    if (!any)
        buffer_text(out, "      []\n");
}

void
cast_print_world(struct buffer *out)
{
    buffer_print(out, "balance: 1000.00\nbonus_lag_s: %zu\n", cast.bonus_lag_s);
    qualifications_print(out);
    workers_print("known_workers", is_known, out);
    workers_print("blocked", is_blocked, out);
    if (dice_hit(100))
        buffer_print(out, "unreachable: [%s]\n", cast.works[0].worker);
    if (cast.crowded)
        crowd_print(out);
    buffer_text(out, "hits:\n");
    for (size_t hit = 0; hit < cast.hit_count; hit++) {
        buffer_print(out, "  - id: 3TASK%zu\n    title: t\n    reward: 0.20\n    assignments:\n",
                     hit);
        works_print(hit, out);
    }
}
