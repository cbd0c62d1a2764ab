/* A campaign file and the files it names, of any content. What passes the check can be carried out:
 * it has somebody to act on, amounts that are amounts, and words that are words. */
#include "fuzz.h"

#include "base/text.h"
#include "codec/campaign.h"

static void
words_claim(const char *words)
{
    CLAIM(words && *words);
    CLAIM(text_utf8_bad(words, strlen(words)) == strlen(words));
}

static void
template_claim(const struct campaign *campaign, const struct template *template, size_t at)
{
    for (size_t i = 0; template && i < template->count; i++) {
        const struct piece *piece = &template->pieces[i];
        if (piece->lookup == LOOKUP_CELL) {
            CLAIM(piece->dataset < campaign->dataset_count);
            CLAIM(piece->column < campaign->datasets[piece->dataset].column_count);
        }
        if (piece->lookup == LOOKUP_PAID)
            CLAIM(piece->step < at && campaign->steps[piece->step].verb == VERB_BONUS);
        if (piece->lookup == LOOKUP_LITERAL || piece->lookup == LOOKUP_ANSWER)
            words_claim(piece->text);
    }
}

static void
templates_claim(const struct campaign *campaign, size_t at)
{
    const struct step *step = &campaign->steps[at];
    template_claim(campaign, step->amount_from, at);
    template_claim(campaign, step->value_from, at);
    template_claim(campaign, step->message_from, at);
    template_claim(campaign, step->subject_from, at);
}

static void
filter_claim(const struct campaign *campaign, const struct filter *filter)
{
    for (size_t i = 0; i < filter->condition_count; i++) {
        const struct condition *condition = &filter->conditions[i];
        switch (condition->kind) {
        case CONDITION_AFTER:
        case CONDITION_BEFORE:
            break;
        case CONDITION_ANSWER:
            words_claim(condition->field);
            CLAIM(condition->value_count || condition->has_min || condition->has_max);
            break;
        case CONDITION_CELL:
            CLAIM(condition->dataset < campaign->dataset_count);
            CLAIM(condition->column < campaign->datasets[condition->dataset].column_count);
            CLAIM(condition->value_count || condition->has_min || condition->has_max);
            break;
        case CONDITION_IN:
        case CONDITION_NOT_IN:
            CLAIM(condition->dataset < campaign->dataset_count);
            break;
        case CONDITION_WORKERS:
        case CONDITION_EXCEPT:
            CLAIM(condition->people < campaign->people_count);
            break;
        }
    }
}

static void
step_claim(const struct campaign *campaign, size_t at)
{
    const struct step *step = &campaign->steps[at];
    CLAIM(text_is_name(step->id) && step_identity(step));
    CLAIM(campaign_step_find(campaign, step->id) == step);
    for (size_t i = 0; i < step->need_count; i++)
        CLAIM(step->needs[i] < at);
    filter_claim(campaign, &step->filter);
    templates_claim(campaign, at);
    switch (step->verb) {
    case VERB_APPROVE:
    case VERB_UNBLOCK:
        break;
    case VERB_CREATE:
        CLAIM(false); /* no step of its own */
        break;
    case VERB_REJECT:
    case VERB_BLOCK:
        words_claim(step->message);
        CLAIM(step->filter.condition_count > 0);
        break;
    case VERB_QUALIFY:
    case VERB_UNQUALIFY:
        CLAIM(!step->qualification != !step->qualification_name);
        CLAIM(!step->qualification || text_is_id(step->qualification));
        break;
    case VERB_BONUS:
        CLAIM(step->amount_from ||
              (step->amount > 0 && step->amount <= campaign->limits.per_bonus));
        words_claim(step->message);
        break;
    case VERB_NOTIFY:
        words_claim(step->subject);
        words_claim(step->message);
        break;
    }
}

static void
campaign_claim(const struct campaign *campaign)
{
    CLAIM(text_is_name(campaign->name));
    CLAIM(campaign->step_count > 0);
    CLAIM(campaign->task_count > 0 || campaign->given.assignment_count > 0 ||
          campaign->from == ROSTER_FROM_ASSIGNMENTS);
    filter_claim(campaign, &campaign->filter);
    for (size_t i = 0; i < campaign->task_count; i++)
        CLAIM(text_is_id(campaign->tasks[i].id));
    for (size_t i = 0; i < campaign->step_count; i++)
        step_claim(campaign, i);
}

/* The campaign, then the contents of its files in the order in which it names them, a NUL between
 * two. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct feed feed = {bytes, size};
    size_t length;
    const char *text = feed_text(&feed, &length, &arena);
    struct campaign *campaign = campaign_decode("c.yaml", text, length, &problems, &arena);
    CLAIM(campaign || problems.count);
    if (campaign) {
        for (size_t i = 0; i < campaign->input_count; i++) {
            const char *content = feed_text(&feed, &length, &arena);
            campaign_input_decode(campaign, i, "input", content, length, &problems, &arena);
        }
        campaign_check(campaign, &problems, &arena);
        if (!problems.count)
            campaign_claim(campaign);
    }
    arena_close(&arena);
    return 0;
}
