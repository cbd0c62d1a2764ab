/* What the marketplace's book says has happened, against what the campaign asks for: of whom, how
 * often, how much, and in which words. */
#include <stdio.h>
#include <string.h>

#include "happening.h"
#include "oracle_state.h"

static const char edited_mark[] = " (edited)";

static struct planned *
planned_of(const struct happening *happening)
{
    switch (happening->verb) {
    case VERB_BONUS:
        return happening->token ? planned_by_key(happening->token) : NULL;
    case VERB_APPROVE:
    case VERB_REJECT:
        return planned_of_work(happening->verb, happening->assignment);
    case VERB_CREATE:
        return planned_creation(happening->words);
    case VERB_QUALIFY:
        return planned_score(happening->qualification, happening->worker);
    case VERB_NOTIFY:
        return planned_message(happening->subject, happening->worker);
    case VERB_UNQUALIFY:
    case VERB_BLOCK:
    case VERB_UNBLOCK:
        return planned_of_worker(happening->verb, happening->worker);
    }
    return NULL;
}

static bool
is_edited(const char *words)
{
    return words && strstr(words, edited_mark);
}

static void
words_judge(const struct planned *planned, const struct happening *happening, const char *wanted)
{
    const char *words = happening->words ? happening->words : "";
    size_t size = strlen(words) - (is_edited(words) ? strlen(edited_mark) : 0);
    if (strlen(wanted) != size || strncmp(words, wanted, size) != 0)
        wrong("unexpected: %s says '%s', and should say '%s'", planned_name(planned), words,
              wanted);
}

/* What a step pays to a worker by the book. */
static cents_t
paid_by_the_book(size_t step, const char *worker)
{
    cents_t sum = 0;
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *planned = &cast.planned[i];
        if (planned->step == step && planned->happened &&
            strcmp(planned->work->worker, worker) == 0)
            sum += cast_amount(&cast.steps[step], planned->work);
    }
    return sum;
}

/* A message that tells what was paid never tells of more, and tells all of it to those who were
 * held back until it was paid. */
static void
telling_judge(const struct planned *planned, const struct happening *happening)
{
    const struct cast_step *step = &cast.steps[planned->step];
    static const char lead[] = "You got ";
    char wanted[WORDS_SIZE];
    long long dollars = 0, cents = 0;
    if (sscanf(happening->words, "You got %lld.%2lld", &dollars, &cents) != 2)
        wrong("unexpected: %s says '%s'", planned_name(planned), happening->words);
    cents_t told = 100 * dollars + cents, paid = paid_by_the_book(step->tells, happening->worker);
    if (told > paid)
        wrong("unexpected: %s tells of %lld cents, and %lld were paid", planned_name(planned),
              (long long)told, (long long)paid);
    if (step->needs_written && !step->needs[step->tells])
        return;
    cents_t sum = planned_sum(step->tells, happening->worker);
    snprintf(wanted, sizeof wanted, "%s%lld.%02lld", lead, (long long)sum / 100,
             (long long)sum % 100);
    words_judge(planned, happening, wanted);
}

static void
content_judge(const struct planned *planned, const struct happening *happening)
{
    const struct cast_step *step = &cast.steps[planned->step];
    char words[WORDS_SIZE];
    switch (planned->verb) {
    case VERB_BONUS:
        words_judge(planned, happening, cast_words(step, planned->work, words));
        if (happening->pay != cast_amount(step, planned->work))
            wrong("unexpected: %lld cents for %s", (long long)happening->pay,
                  planned_name(planned));
        return;
    case VERB_NOTIFY:
        if (step->message)
            words_judge(planned, happening, step->message);
        else
            telling_judge(planned, happening);
        return;
    case VERB_QUALIFY:
        if (*happening->value != (step->made ? cast.people[planned->work->person].score : 7))
            wrong("unexpected: %s has the value %lld", planned_name(planned),
                  (long long)*happening->value);
        return;
    case VERB_UNQUALIFY:
        if (strcmp(happening->qualification, step->qualification) != 0)
            wrong("unexpected: %s takes %s away", planned_name(planned), happening->qualification);
        words_judge(planned, happening, "Over");
        return;
    case VERB_APPROVE:
        words_judge(planned, happening, "Well done");
        return;
    case VERB_REJECT:
        words_judge(planned, happening, "Not our code");
        return;
    case VERB_BLOCK:
        words_judge(planned, happening, "A program");
        return;
    case VERB_UNBLOCK:
        words_judge(planned, happening, "Our mistake");
        return;
    case VERB_CREATE:
        return;
    }
}

/* Once more is no harm: everything is then as it was. */
static bool
may_repeat(enum verb verb)
{
    return verb == VERB_QUALIFY || verb == VERB_BLOCK || verb == VERB_UNBLOCK;
}

void
oracle_happens(const struct happening *happening)
{
    struct planned *planned = planned_of(happening);
    if (!planned)
        wrong("unexpected: a deed for %s that nobody asked for", happening->worker);
    if (planned_is_void(planned))
        wrong("unexpected: %s, where there was nothing to do", planned_name(planned));
    size_t at = (size_t)(planned - cast.planned);
    if (may_repeat(happening->verb))
        planned->happened = 0;
    planned->happened++;
    oracle.paid_ms[at] = scene.now_ms;
    oracle.edited[at] = is_edited(happening->words);
    trace("    %s happens", planned_name(planned));
    if (happening->verb == VERB_CREATE)
        snprintf(cast.crew_id, sizeof cast.crew_id, "%s", happening->qualification);
    content_judge(planned, happening);
    if (happening->verb == VERB_NOTIFY && planned->happened > 1 && oracle.repeats[at]) {
        conceded.messages++;
        return;
    }
    if (planned_alike_happened(planned) > planned_alike_count(planned))
        wrong("duplicated: %s", planned_name(planned));
    conceded.alike += planned->happened > 1;
}
