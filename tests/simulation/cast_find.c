/* Actions found by what is sent, and what they say. */
#include <stdio.h>
#include <string.h>

#include "cast.h"

struct planned *
planned_by_key(const char *key)
{
    for (size_t i = 0; i < cast.planned_count; i++)
        if (memcmp(cast.planned[i].key, key, 64) == 0)
            return &cast.planned[i];
    return NULL;
}

/* NULL: any. */
static struct planned *
planned_find(enum verb verb, const char *words, const char *worker, const char *assignment)
{
    for (size_t i = 0; i < cast.planned_count; i++) {
        struct planned *planned = &cast.planned[i];
        const struct cast_step *step = &cast.steps[planned->step];
        if (planned->verb == verb && (!words || strcmp(step->words, words) == 0) &&
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
planned_of_work(enum verb verb, const char *assignment)
{
    return planned_find(verb, NULL, NULL, assignment);
}

struct planned *
planned_of_worker(enum verb verb, const char *worker)
{
    return planned_find(verb, NULL, worker, NULL);
}

struct planned *
planned_score(const char *qualification, const char *worker)
{
    for (size_t i = 0; i < cast.planned_count; i++) {
        struct planned *planned = &cast.planned[i];
        const struct cast_step *step = &cast.steps[planned->step];
        const char *id = step->made ? cast.crew_id : step->qualification;
        if (planned->verb == VERB_QUALIFY && strcmp(id, qualification) == 0 &&
            strcmp(planned->work->worker, worker) == 0)
            return planned;
    }
    return NULL;
}

struct planned *
planned_creation(const char *name)
{
    return strcmp(name, crew_name) == 0 ? planned_find(VERB_CREATE, NULL, NULL, NULL) : NULL;
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

cents_t
planned_sum(size_t step, const char *worker)
{
    cents_t sum = 0;
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *planned = &cast.planned[i];
        if (planned->step == step && strcmp(planned->work->worker, worker) == 0)
            sum += cast_amount(&cast.steps[step], planned->work);
    }
    return sum;
}

const char *
planned_name(const struct planned *planned)
{
    static char name[80];
    snprintf(name, sizeof name, "%s:%s", cast.steps[planned->step].id,
             planned->verb == VERB_CREATE ? crew_name
             : planned->per_worker        ? planned->work->worker
                                          : planned->work->id);
    return name;
}

const char *
cast_words(const struct cast_step *step, const struct cast_work *work, char out[WORDS_SIZE])
{
    const struct cast_person *person = &cast.people[work->person];
    switch (step->table) {
    case TABLE_NONE:
        snprintf(out, WORDS_SIZE, "%s", step->words);
        break;
    case TABLE_SCORES:
        snprintf(out, WORDS_SIZE, "Scored %d: %s", person->score, person->saying);
        break;
    case TABLE_MARKS:
        snprintf(out, WORDS_SIZE, "Tok%s of %s", work->id + 5, work->id);
        break;
    }
    return out;
}
