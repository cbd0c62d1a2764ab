#include "cast.h"

#include <stdio.h>
#include <string.h>

#include "scene.h"

struct cast cast;

const char campaign_name[] = "party";
const char crew_name[] = "crew";

/* What a seed may choose from, in the order in which it stands in the file. `bonus` and `again`
 * are equal to the byte: no list can tell one from the other. */
static const struct cast_step kinds[] = {
    {.id = "approve", .verb = VERB_APPROVE},
    {.id = "reject", .verb = VERB_REJECT, .takes = TAKES_BAD},
    {.id = "qualify", .verb = VERB_QUALIFY, .qualification = "3QUAL"},
    {.id = "crew",
     .verb = VERB_QUALIFY,
     .qualification = crew_name,
     .made = true,
     .table = TABLE_SCORES},
    {.id = "unqualify", .verb = VERB_UNQUALIFY, .qualification = "3GONE", .takes = TAKES_LEAVERS},
    {.id = "block", .verb = VERB_BLOCK, .takes = TAKES_BLOCKED},
    {.id = "unblock", .verb = VERB_UNBLOCK, .takes = TAKES_FORGIVEN},
    {.id = "early", .verb = VERB_NOTIFY, .words = "Early", .message = "Look at this"},
    {.id = "bonus", .verb = VERB_BONUS, .amount = 100, .words = "Thank you"},
    {.id = "again", .verb = VERB_BONUS, .amount = 100, .words = "Thank you"},
    {.id = "once", .verb = VERB_BONUS, .amount = 55, .words = "Once \"each\"", .per_worker = true},
    {.id = "score",
     .verb = VERB_BONUS,
     .words = "Scored ${{ scores.score }}: ${{ scores.saying }}",
     .table = TABLE_SCORES,
     .per_worker = true},
    {.id = "mark",
     .verb = VERB_BONUS,
     .words = "${{ answer.token }} of ${{ assignment }}",
     .table = TABLE_MARKS},
    {.id = "told", .verb = VERB_NOTIFY, .words = "Told"},
    {.id = "notify", .verb = VERB_NOTIFY, .words = "Paid", .message = "Look at this"},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

bool
cast_has(enum verb verb)
{
    for (size_t i = 0; i < cast.step_count; i++)
        if (cast.steps[i].verb == verb)
            return true;
    return false;
}

/* A bonus step so far whose payments nobody can take for another's; STEPS_MAX: none. */
static size_t
told_step(void)
{
    size_t found = STEPS_MAX;
    for (size_t i = 0; i < cast.step_count; i++) {
        const struct cast_step *step = &cast.steps[i];
        bool own = step->per_worker || step->table != TABLE_NONE;
        if (step->verb == VERB_BONUS && own && (found == STEPS_MAX || dice_hit(500)))
            found = i;
    }
    return found;
}

static void
step_add(const struct cast_step *kind, size_t tells)
{
    struct cast_step *step = &cast.steps[cast.step_count];
    *step = *kind;
    step->tells = tells;
    step->needs_written = dice_hit(200);
    for (size_t j = 0; j < cast.step_count; j++)
        step->needs[j] = step->needs_written && dice_hit(400);
    cast.step_count++;
}

static void
steps_draw(void)
{
    cast.step_count = 0;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        unsigned chance = kinds[i].verb == VERB_BONUS ? 400 : 300;
        bool tells = kinds[i].verb == VERB_NOTIFY && !kinds[i].message;
        bool last = i + 1 == KIND_COUNT && cast.step_count == 0;
        size_t told = tells ? told_step() : STEPS_MAX;
        if ((!last && !dice_hit(chance)) || (tells && told == STEPS_MAX))
            continue;
        step_add(&kinds[i], told);
    }
    /* Nobody is approved and rejected by one campaign. */
    for (size_t i = 0; i < cast.step_count; i++)
        if (cast.steps[i].verb == VERB_APPROVE && cast_has(VERB_REJECT))
            cast.steps[i].takes = TAKES_GOOD;
}

/* What the campaign itself gives and takes does not change whom it selects. */
static void
holders_draw(void)
{
    for (size_t i = 0; i < cast.step_count; i++) {
        struct cast_step *step = &cast.steps[i];
        if (step->takes == TAKES_ALL && step->table == TABLE_NONE && !step->made && dice_hit(150))
            step->takes = dice_hit(500) ? TAKES_OUTSIDERS : TAKES_NEW;
    }
}

/* What is in a row needs the quotes, the escapes and the bytes that tables of people have. */
static void
person_draw(struct cast_person *person)
{
    static const char *const sayings[] = {"fine", "\"ha\", ha", "one\ntwo",
                                          "gr\xc3\xbc\xc3\x9f; x"};
    bool wanted = dice_hit(300), forgiven = dice_hit(300);
    *person = (struct cast_person){.has_row = dice_hit(750),
                                   .usd = dice_hit(150) ? 0 : 1 + (cents_t)dice_below(300),
                                   .score = (int)dice_below(21),
                                   .saying = sayings[dice_below(sizeof sayings / sizeof *sayings)],
                                   .blocked = wanted,
                                   .forgiven = forgiven && !wanted,
                                   .leaves = dice_hit(500),
                                   .holds_before = dice_hit(600)};
    person->blocked_before = dice_hit(person->forgiven ? 700 : person->blocked ? 200 : 0);
}

static void
work_add(size_t person, size_t hit)
{
    struct cast_work *work = &cast.works[cast.work_count];
    *work = (struct cast_work){.person = person,
                               .hit = hit,
                               .approved_before = dice_hit(150),
                               .bad = cast_has(VERB_REJECT) && dice_hit(300),
                               .has_row = dice_hit(700),
                               .mark = 1 + (cents_t)dice_below(90)};
    snprintf(work->id, sizeof work->id, "3WORK%zu", cast.work_count);
    snprintf(work->worker, sizeof work->worker, "AWORKER%zu", person);
    cast.work_count++;
}

static void
people_draw(void)
{
    cast.person_count = 1 + dice_below(dice_hit(250) ? PEOPLE_MAX : 3);
    cast.work_count = 0;
    cast.hit_count = 1 + dice_below(2);
    for (size_t person = 0; person < cast.person_count; person++)
        person_draw(&cast.people[person]);
    for (size_t hit = 0; hit < cast.hit_count; hit++)
        for (size_t person = 0; person < cast.person_count; person++)
            if (hit == 0 || dice_hit(400))
                work_add(person, hit);
}

void
cast_draw(bool whole)
{
    steps_draw();
    if (whole)
        holders_draw();
    people_draw();
    cast.edit = (struct edit){0};
    cast.width = 1 + (unsigned)dice_below(8);
    cast.bonus_lag_s = dice_hit(400) ? dice_below(290) : 0;
    cast.crowded = dice_hit(40);
    cast.strangers = dice_hit(150);
    cast.wide = dice_hit(300);
    cast.skips = dice_hit(500);
    cast.by_token = dice_hit(500);
    cast.crew_there = dice_hit(300);
    snprintf(cast.crew_id, sizeof cast.crew_id, "%s", cast.crew_there ? "3CREW" : "");
    cast_plan();
}
