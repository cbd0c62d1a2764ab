#include "cmd/placeholders.h"

#include <string.h>

#include "base/text.h"
#include "base/tree.h"
#include "cmd/commands.h"
#include "cmd/subjects.h"
#include "codec/campaign.h"
#include "codec/fields.h"
#include "io/file.h"

#define ENDINGS(...) \
    (const char *const[]) \
    { \
        __VA_ARGS__, NULL \
    }

void
offer_word(struct offer *offer, const char *word, const char *means)
{
    const char *whole = arena_print(offer->arena, "%s%s\t", offer->before, word);
    if (!text_starts(word, offer->typed))
        return;
    size_t size = strlen(whole);
    for (const char *line = offer->out->size ? offer->out->bytes : NULL; line && *line;) {
        if (strncmp(line, whole, size) == 0)
            return;
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    buffer_print(offer->out, "%s%s\n", whole, means);
}

static void
offer_commands(struct offer *offer)
{
    for (const struct command *command = commands; command->name; command++)
        offer_word(offer, command->name, command->summary);
}

static void
offer_keys(struct offer *offer)
{
    for (int group = 0; group < GROUP_COUNT; group++) {
        const struct group_row *row = group_row((enum group)group);
        for (size_t i = 0; i < row->count; i++)
            offer_word(offer, row->fields[i].name, row->fields[i].takes);
    }
}

static void
offer_help(struct offer *offer)
{
    offer_commands(offer);
    for (size_t i = 0; subjects[i].name; i++)
        offer_word(offer, subjects[i].name, subjects[i].summary);
    offer_keys(offer);
}

static void
offer_environments(struct offer *offer)
{
    const struct field *field = field_find(GROUP_CAMPAIGN, "environment");
    for (size_t i = 0; field->choices[i]; i++)
        offer_word(offer, field->choices[i], "");
}

static void
offer_journal_verbs(struct offer *offer)
{
    for (size_t i = 0; journal_verb(i); i++)
        offer_word(offer, journal_verb(i), "");
}

static void
offer_shells(struct offer *offer)
{
    for (size_t i = 0; completion_shell(i); i++)
        offer_word(offer, completion_shell(i), "");
}

/* The file alone, none that it names, so that a table of a million rows delays nobody. It need not
 * be free of mistakes. */
static void
offer_steps(struct offer *offer)
{
    struct buffer content = {0};
    struct error err = {0};
    struct problems problems = {.arena = offer->arena};
    const struct campaign *campaign = NULL;
    if (offer->campaign && file_read(offer->campaign, TREE_SIZE_BYTES_MAX, &content, NULL, &err) &&
        content.size)
        campaign =
            campaign_decode(offer->campaign, content.bytes, content.size, &problems, offer->arena);
    for (size_t i = 0; campaign && i < campaign->step_count; i++)
        if (campaign->steps[i].id)
            offer_word(offer, campaign->steps[i].id, verb_row(campaign->steps[i].verb)->name);
    buffer_close(&content);
}

static const struct placeholder placeholders[] = {
    {"FILE", ENDINGS(".yaml", ".yml"), false, NULL},
    {"PLAN.json", ENDINGS(".json"), false, NULL},
    {"RESULTS.csv", ENDINGS(".csv"), false, NULL},
    {"PATH", ENDINGS(".jsonl"), false, NULL},
    {"OTHER", ENDINGS(".jsonl"), false, NULL},
    {"FOLDER", NULL, true, NULL},
    {"COMMAND", NULL, false, offer_commands},
    {"WORD", NULL, false, offer_help},
    {"VERB", NULL, false, offer_journal_verbs},
    {"ENVIRONMENT", NULL, false, offer_environments},
    {"STEP", NULL, false, offer_steps},
    {"T", NULL, false, offer_steps},
    {"SHELL", NULL, false, offer_shells},
};

const struct placeholder *
placeholder_find(const char *name)
{
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (text_same(placeholders[i].name, name))
            return &placeholders[i];
    return NULL;
}

const struct placeholder *
placeholder_of_option(enum option option)
{
    static const char *const closer[OPTION_COUNT] = {
        [OPTION_BOOK] = "PATH",  [OPTION_ENVIRONMENT] = "ENVIRONMENT",
        [OPTION_STEP] = "STEP",  [OPTION_OUTPUT] = "PLAN.json",
        [OPTION_PORT_FILE] = "", [OPTION_OUTPUT_COPY] = "PATH",
    };
    const char *name = closer[option] ? closer[option] : option_row(option)->value;
    return name ? placeholder_find(name) : NULL;
}

void
placeholder_offer(const struct placeholder *placeholder, struct offer *offer)
{
    if (!placeholder)
        return;
    if (placeholder->words)
        placeholder->words(offer);
    if (placeholder->endings)
        buffer_text(offer->out, ":files");
    for (size_t i = 0; placeholder->endings && placeholder->endings[i]; i++)
        buffer_print(offer->out, "\t%s", placeholder->endings[i]);
    buffer_text(offer->out, placeholder->endings ? "\n" : "");
    buffer_text(offer->out, placeholder->folders ? ":folders\n" : "");
}
