#include "cast.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#include "scene.h"

struct cast cast;

const char campaign_name[] = "party";

/* What a seed may choose from, in the order in which it stands in the file. `bonus` and `again`
 * are equal to the byte: no list can tell one from the other. */
static const struct cast_step kinds[] = {
    {.id = "approve", .verb = VERB_APPROVE},
    {.id = "qualify", .verb = VERB_QUALIFY},
    {.id = "early", .verb = VERB_NOTIFY, .words = "Early"},
    {.id = "bonus", .verb = VERB_BONUS, .amount = 100, .words = "Thank you"},
    {.id = "again", .verb = VERB_BONUS, .amount = 100, .words = "Thank you"},
    {.id = "once",
     .verb = VERB_BONUS,
     .amount = 55,
     .words = "Once \\\"each\\\"",
     .per_worker = true},
    {.id = "notify", .verb = VERB_NOTIFY, .words = "Paid"},
};

static void
steps_draw(void)
{
    cast.step_count = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        unsigned chance = kinds[i].verb == VERB_BONUS ? 600 : 500;
        bool last = i + 1 == sizeof kinds / sizeof *kinds && cast.step_count == 0;
        if (!last && !dice_hit(chance))
            continue;
        struct cast_step *step = &cast.steps[cast.step_count];
        *step = kinds[i];
        step->needs_written = dice_hit(200);
        for (size_t j = 0; j < cast.step_count; j++)
            step->needs[j] = step->needs_written && dice_hit(400);
        cast.step_count++;
    }
}

static void
work_add(size_t person, size_t hit)
{
    struct cast_work *work = &cast.works[cast.work_count];
    snprintf(work->id, sizeof work->id, "3WORK%zu", cast.work_count);
    snprintf(work->worker, sizeof work->worker, "AWORKER%zu", person);
    work->hit = hit;
    work->approved_before = dice_hit(150);
    cast.work_count++;
}

static void
people_draw(void)
{
    size_t people = 1 + dice_below(dice_hit(250) ? PEOPLE_MAX : 3);
    cast.work_count = 0;
    cast.hit_count = 1 + dice_below(2);
    for (size_t hit = 0; hit < cast.hit_count; hit++)
        for (size_t person = 0; person < people; person++)
            if (hit == 0 || dice_hit(400))
                work_add(person, hit);
}

/* The identity of an action, as DESIGN words it: SHA-256 over fields, each behind its length. */
static void
key_reckon(const char *step, const char *verb, const char *target, char key[65])
{
    const char *fields[] = {"bursar/1", "mturk", "sandbox", campaign_name, step, verb, target};
    unsigned char bytes[512], digest[SHA256_DIGEST_LENGTH];
    size_t size = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        size_t length = strlen(fields[i]);
        memcpy(bytes + size, (unsigned char[]){0, 0, 0, (unsigned char)length}, 4);
        memcpy(bytes + size + 4, fields[i], length);
        size += 4 + length;
    }
    SHA256(bytes, size, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(key + 2 * i, 3, "%02x", digest[i]);
}

static bool
looks_like(const struct planned *one, const struct planned *other)
{
    const struct cast_step *a = &cast.steps[one->step], *b = &cast.steps[other->step];
    return a->verb == VERB_BONUS && b->verb == VERB_BONUS && a->amount == b->amount &&
           strcmp(a->words, b->words) == 0 && one->work == other->work;
}

bool
is_first_of_worker(size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(cast.works[i].worker, cast.works[at].worker) == 0)
            return false;
    return true;
}

static void
planned_make(void)
{
    static const char *const verbs[VERB_COUNT] = {[VERB_APPROVE] = "approve",
                                                  [VERB_QUALIFY] = "qualify",
                                                  [VERB_BONUS] = "bonus",
                                                  [VERB_NOTIFY] = "notify"};
    cast.planned_count = 0;
    for (size_t s = 0; s < cast.step_count; s++) {
        const struct cast_step *step = &cast.steps[s];
        bool per_worker =
            step->verb == VERB_QUALIFY || step->verb == VERB_NOTIFY || step->per_worker;
        for (size_t w = 0; w < cast.work_count; w++) {
            if (per_worker && !is_first_of_worker(w))
                continue;
            size_t at = cast.planned_count++;
            struct planned *planned = &cast.planned[at];
            *planned = (struct planned){
                .step = s, .work = &cast.works[w], .per_worker = per_worker, .alike = at};
            key_reckon(step->id, verbs[step->verb],
                       per_worker ? cast.works[w].worker : cast.works[w].id, planned->key);
            for (size_t i = 0; i < at; i++)
                if (looks_like(&cast.planned[i], planned))
                    planned->alike = i;
        }
    }
}

void
cast_draw(void)
{
    steps_draw();
    people_draw();
    cast.edit = (struct edit){0};
    cast.width = 1 + (unsigned)dice_below(8);
    cast.bonus_lag_s = dice_hit(400) ? dice_below(290) : 0;
    cast.crowded = dice_hit(40);
    cast.strangers = dice_hit(150);
    planned_make();
}

struct planned *
planned_by_key(const char *key)
{
    for (size_t i = 0; i < cast.planned_count; i++)
        if (memcmp(cast.planned[i].key, key, 64) == 0)
            return &cast.planned[i];
    return NULL;
}

static struct planned *
planned_find(enum verb verb, const char *words, const char *worker, const char *assignment)
{
    for (size_t i = 0; i < cast.planned_count; i++) {
        struct planned *planned = &cast.planned[i];
        const struct cast_step *step = &cast.steps[planned->step];
        if (step->verb == verb && (!words || strcmp(step->words, words) == 0) &&
            (!worker || strcmp(planned->work->worker, worker) == 0) &&
            (!assignment || strcmp(planned->work->id, assignment) == 0))
            return planned;
    }
    return NULL;
}

struct planned *
planned_message(const char *subject, const char *worker)
{
    return planned_find(VERB_NOTIFY, subject, worker, NULL);
}

struct planned *
planned_approval(const char *assignment)
{
    return planned_find(VERB_APPROVE, NULL, NULL, assignment);
}

struct planned *
planned_score(const char *worker)
{
    return planned_find(VERB_QUALIFY, NULL, worker, NULL);
}

size_t
planned_alike_happened(const struct planned *planned)
{
    size_t count = 0;
    for (size_t i = 0; i < cast.planned_count; i++)
        count += cast.planned[i].alike == planned->alike ? cast.planned[i].happened : 0;
    return count;
}

size_t
planned_alike_count(const struct planned *planned)
{
    size_t count = 0;
    for (size_t i = 0; i < cast.planned_count; i++)
        count += cast.planned[i].alike == planned->alike;
    return count;
}

const char *
planned_name(const struct planned *planned)
{
    static char name[80];
    snprintf(name, sizeof name, "%s:%s", cast.steps[planned->step].id,
             planned->per_worker ? planned->work->worker : planned->work->id);
    return name;
}
