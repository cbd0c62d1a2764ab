#include "engine/survey.h"

#include "base/text.h"
#include "engine/inquiry.h"

/* One list that is wanted, and why. */
struct wish {
    struct ask ask;
    struct where where; /* where the campaign asks for it */
    size_t people;      /* ASK_ASSIGNMENTS: whose `except` it is */
};

struct survey {
    struct line *line;
    const struct campaign *campaign;
    struct roster *roster;
    struct problems *problems;
    struct arena *arena;
    struct wish *wishes;
    size_t count;
    size_t capacity;
    struct index known; /* wishes that are there already, by what they ask */
};

static void
wish_add(struct survey *survey, const struct wish *wish)
{
    const char *about = wish->ask.name ? wish->ask.name : wish->ask.qualification;
    about = about ? about : wish->ask.task;
    const char *name = arena_print(survey->arena, "%d %zu %s", (int)wish->ask.kind, wish->people,
                                   about ? about : "");
    if (!index_add(&survey->known, name, survey->count, survey->arena))
        return;
    survey->wishes = arena_push(survey->arena, survey->wishes, survey->count, &survey->capacity,
                                sizeof *survey->wishes);
    survey->wishes[survey->count++] = *wish;
}

static void
types_wish(struct survey *survey)
{
    for (size_t i = 0; i < survey->campaign->step_count; i++) {
        const struct step *step = &survey->campaign->steps[i];
        if (step->qualification_name)
            wish_add(survey,
                     &(struct wish){.ask = {.kind = ASK_TYPES, .name = step->qualification_name},
                                    .where = step->content});
    }
}

static void
holders_wish(struct survey *survey, const char *qualification, struct where where)
{
    if (qualification)
        wish_add(survey,
                 &(struct wish){.ask = {.kind = ASK_HOLDERS, .qualification = qualification},
                                .where = where});
}

static void
lists_wish(struct survey *survey)
{
    const struct campaign *campaign = survey->campaign;
    for (size_t i = 0; i < campaign->people_count; i++) {
        const struct people *people = &campaign->people[i];
        holders_wish(survey, people->qualification, people->where);
        for (size_t j = 0; j < people->task_count; j++)
            wish_add(survey,
                     &(struct wish){.ask = {.kind = ASK_ASSIGNMENTS, .task = people->tasks[j].id},
                                    .where = people->tasks[j].where,
                                    .people = i});
    }
    for (size_t i = 0; i < campaign->step_count; i++) {
        const struct step *step = &campaign->steps[i];
        bool named = step->qualification_name != NULL;
        if (step->verb == VERB_BLOCK || step->verb == VERB_UNBLOCK)
            wish_add(survey, &(struct wish){.ask = {.kind = ASK_BLOCKS}, .where = step->content});
        if (step->verb == VERB_UNQUALIFY)
            holders_wish(survey,
                         named ? roster_kind_find(survey->roster, step->qualification_name)
                               : step->qualification,
                         step->content);
    }
}

/* A question that was refused, at the place where the campaign asks it. */
static void
refusal_note(struct survey *survey, const struct wish *wish, const struct answer *answer)
{
    const struct ask *ask = &wish->ask;
    const char *what = ask->kind == ASK_TYPES     ? "which qualifications are yours"
                       : ask->kind == ASK_HOLDERS ? "who holds qualification "
                       : ask->kind == ASK_BLOCKS  ? "whom you have blocked"
                                                  : "who took part in task ";
    const char *name = ask->kind == ASK_HOLDERS ? ask->qualification : ask->task;
    problem_at(survey->problems, wish->where, "%s does not tell %s%s: %s (%s)%s",
               survey->line->market->title, what, name ? name : "",
               text_sentence(survey->problems->arena, answer->text), answer->code,
               ask->kind == ASK_HOLDERS
                   ? "; an account has other qualifications in the sandbox than in production"
                   : "");
}

static void
holders_take(struct survey *survey, const struct wish *wish, const struct answer *answer)
{
    for (size_t i = 0; i < answer->holder_count; i++) {
        const char *worker = arena_copy(survey->arena, answer->holders[i].worker);
        struct score score = {.qualification = wish->ask.qualification,
                              .worker = worker,
                              .granted = true,
                              .value = answer->holders[i].value};
        roster_score_add(survey->roster, &score, survey->arena);
    }
    if (!answer->next_page)
        index_add(&survey->roster->holders_read, wish->ask.qualification, 0, survey->arena);
}

static void
types_take(struct survey *survey, const struct wish *wish, const struct answer *answer)
{
    for (size_t i = 0; i < answer->type_count; i++)
        if (text_same(answer->types[i].name, wish->ask.name) &&
            !roster_kind_find(survey->roster, wish->ask.name))
            roster_kind_add(survey->roster, wish->ask.name,
                            arena_copy(survey->arena, answer->types[i].id), survey->arena);
}

/* Into a list of people, of whom pages may tell twice. */
static void
worker_note(struct survey *survey, struct index *people, const char *worker)
{
    if (!index_find(people, worker))
        index_add(people, arena_copy(survey->arena, worker), 0, survey->arena);
}

static void
blocks_take(struct survey *survey, const struct answer *answer)
{
    for (size_t i = 0; i < answer->blocked_count; i++)
        worker_note(survey, &survey->roster->blocked, answer->blocked[i]);
    survey->roster->blocks_read = !answer->next_page;
}

static void
met_take(struct survey *survey, const struct wish *wish, const struct answer *answer)
{
    struct index *met = &survey->roster->met[wish->people];
    for (size_t i = 0; i < answer->assignment_count; i++)
        worker_note(survey, met, answer->assignments[i].worker);
}

static void
answer_take(struct survey *survey, const struct wish *wish, const struct answer *answer)
{
    if (wish->ask.kind == ASK_TYPES)
        types_take(survey, wish, answer);
    else if (wish->ask.kind == ASK_HOLDERS)
        holders_take(survey, wish, answer);
    else if (wish->ask.kind == ASK_BLOCKS)
        blocks_take(survey, answer);
    else /* ASK_ASSIGNMENTS: nothing else is wished for */
        met_take(survey, wish, answer);
}

static bool
wishes_ask(struct survey *survey, size_t from, struct error *err)
{
    struct inquiry inquiry;
    struct question question;
    struct answer answer;
    struct arena turn = {0};
    bool worked = true;
    inquiry_init(&inquiry, survey->line, survey->arena);
    inquiry.turn = &turn;
    for (size_t i = from; i < survey->count; i++)
        inquiry_add(&inquiry, &survey->wishes[i].ask, i);
    while (worked && inquiry_next(&inquiry, &question, &answer, err)) {
        const struct wish *wish = &survey->wishes[question.about];
        if (answer.verdict == VERDICT_REFUSED) {
            refusal_note(survey, wish, &answer);
        } else {
            answer_take(survey, wish, &answer);
            worked = inquiry_next_page(&inquiry, &question, &answer, err);
        }
        arena_reset(&turn);
    }
    arena_close(&turn);
    return !err->text[0];
}

bool
survey_lists(struct line *line, const struct campaign *campaign, struct roster *roster,
             struct problems *problems, struct arena *arena, struct error *err)
{
    struct survey survey = {
        .line = line, .campaign = campaign, .roster = roster, .problems = problems, .arena = arena};
    roster->met = arena_alloc(arena, (campaign->people_count + 1) * sizeof *roster->met);
    types_wish(&survey); /* some lists can only be named when these are known */
    size_t types = survey.count;
    if (!wishes_ask(&survey, 0, err))
        return false;
    lists_wish(&survey);
    return wishes_ask(&survey, types, err);
}

/* Asked once each. A service that does not answer, or not to the point, may know it all the same:
 * then whoever gives it will hear. */
static bool
given_ask(struct survey *survey, struct error *err)
{
    struct inquiry inquiry;
    struct question question;
    struct answer answer;
    struct arena turn = {0};
    struct error silence = {0};
    inquiry_init(&inquiry, survey->line, survey->arena);
    inquiry.turn = &turn;
    inquiry.attempts_max = 1;
    for (size_t i = 0; i < survey->count; i++)
        inquiry_add(&inquiry, &survey->wishes[i].ask, i);
    while (inquiry_next(&inquiry, &question, &answer, &silence)) {
        if (answer.verdict == VERDICT_REFUSED && answer.missing)
            refusal_note(survey, &survey->wishes[question.about], &answer);
        arena_reset(&turn);
    }
    line_cancel(survey->line); /* what is still under way is nobody's any more */
    arena_close(&turn);
    if (silence.status != STATUS_INTERRUPTED)
        return true;
    *err = silence;
    return false;
}

static bool
is_given(const struct plan *plan, size_t step)
{
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (action->step == step && action->decision == DECISION_DO)
            return true;
    }
    return false;
}

bool
survey_given(struct line *line, const struct campaign *campaign, const struct plan *plan,
             struct problems *problems, struct arena *arena, struct error *err)
{
    struct survey survey = {
        .line = line, .campaign = campaign, .problems = problems, .arena = arena};
    for (size_t i = 0; i < campaign->step_count; i++) {
        const struct step *step = &campaign->steps[i];
        if (step->verb == VERB_QUALIFY && step->qualification && is_given(plan, i))
            holders_wish(&survey, step->qualification, step->content);
    }
    return given_ask(&survey, err);
}
