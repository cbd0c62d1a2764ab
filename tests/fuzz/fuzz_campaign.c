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
step_claim(const struct campaign *campaign, size_t at)
{
    const struct step *step = &campaign->steps[at];
    CLAIM(text_is_name(step->id) && step_identity(step));
    CLAIM(campaign_step_find(campaign, step->id) == step);
    for (size_t i = 0; i < step->need_count; i++)
        CLAIM(step->needs[i] < at);
    switch (step->verb) {
    case VERB_APPROVE:
        break;
    case VERB_QUALIFY:
        CLAIM(text_is_id(step->qualification));
        break;
    case VERB_BONUS:
        CLAIM(step->amount > 0 && step->amount <= campaign->limits.per_bonus);
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
    CLAIM(campaign->task_count > 0 && campaign->step_count > 0);
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
