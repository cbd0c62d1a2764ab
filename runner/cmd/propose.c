#include "cmd/propose.h"

#include <string.h>

#include "base/text.h"
#include "cmd/commands.h"
#include "cmd/placeholders.h"

/* A command line as far as it says what may come next. */
struct reading {
    const struct command *command;
    bool given[OPTION_COUNT];
    bool plain;           /* "--no-color" is given */
    bool words_only;      /* after "--" */
    enum option awaiting; /* the option whose value stands at the cursor, or OPTION_COUNT */
    size_t position;      /* of the cursor among the command's words */
    const char *first;    /* of those words, or NULL */
    struct offer offer;
};

static bool
is_campaign(const char *word)
{
    return text_ends(word, ".yaml") || text_ends(word, ".yml");
}

/* One word that stands before the cursor or after it; true when the next is its value. */
static bool
word_read(struct reading *reading, const char *word, bool before)
{
    enum option option;
    size_t size = strcspn(word, "=");
    if (reading->words_only || word[0] != '-' || !word[1]) {
        reading->position += before;
        if (!reading->first)
            reading->first = word;
        if (!reading->offer.campaign && is_campaign(word))
            reading->offer.campaign = word;
    } else if (text_same(word, "--")) {
        reading->words_only |= before;
    } else if (text_same(word, "--no-color")) {
        reading->plain = true;
    } else if (option_find(reading->command, word, size, &option)) {
        reading->given[option] = true;
        reading->awaiting = option;
        return option_row(option)->value && !word[size];
    }
    return false;
}

static void
line_read(struct reading *reading, const struct line_so_far *line)
{
    enum option awaiting = OPTION_COUNT;
    for (size_t i = 1; i < line->count; i++) {
        if (i == line->at)
            continue;
        bool value_next = word_read(reading, line->words[i], i < line->at);
        if (value_next && i + 1 == line->at)
            awaiting = reading->awaiting;
        i += value_next;
    }
    reading->awaiting = awaiting;
}

/* The names in "VERB FILE [OTHER]" and "FILE | HIT…" that stand for the word at a position. */
static void
words_offer(struct reading *reading)
{
    static const char endless[] = "…";
    struct offer *offer = &reading->offer;
    const char *text = reading->command->words;
    size_t at = 0;
    bool joined = true; /* to what stands before, by a bar */
    while (*text) {
        size_t size = strcspn(text, " ");
        char *name = arena_print(offer->arena, "%.*s", (int)size, text);
        text += size + strspn(text + size, " ");
        if (text_same(name, "|")) {
            joined = true;
            continue;
        }
        at += !joined;
        joined = false;
        name += name[0] == '[';
        name[strcspn(name, "]")] = '\0';
        bool repeats = text_ends(name, endless);
        if (repeats)
            name[strlen(name) - strlen(endless)] = '\0';
        if (at == reading->position || (repeats && at < reading->position))
            placeholder_offer(placeholder_find(name), offer);
    }
    /* What these call FILE is a campaign or its journal. */
    enum status (*perform)(const struct arguments *) = reading->command->perform;
    if ((perform == cmd_journal && reading->position == 1) || perform == cmd_status ||
        perform == cmd_report)
        placeholder_offer(placeholder_find("OTHER"), offer);
}

/* Those that are not given yet, under their long names; of the upkeep's only its verb's. */
static void
options_offer(struct reading *reading)
{
    const char *verb = reading->command->perform == cmd_journal ? reading->first : NULL;
    for (const enum option *one = reading->command->options; *one != OPTION_COUNT; one++)
        if (!reading->given[*one] && (!verb || journal_takes(verb, *one)))
            offer_word(&reading->offer, option_row(*one)->name, option_row(*one)->summary);
    if (!reading->plain)
        offer_word(&reading->offer, "--no-color", "no colours on the terminal");
    offer_word(&reading->offer, "--help", "what this command does, and its options");
}

/* "--environment=san": what the option takes, with its name before it. */
static void
value_offer(struct reading *reading, const char *current)
{
    enum option option;
    size_t size = strcspn(current, "=");
    if (!option_find(reading->command, current, size, &option) || reading->given[option])
        return;
    reading->offer.typed = current + size + 1;
    reading->offer.before = arena_print(reading->offer.arena, "%.*s", (int)size + 1, current);
    placeholder_offer(placeholder_of_option(option), &reading->offer);
}

static void
command_offer(struct reading *reading, const struct line_so_far *line)
{
    const char *current = reading->offer.typed;
    line_read(reading, line);
    if (reading->awaiting != OPTION_COUNT)
        placeholder_offer(placeholder_of_option(reading->awaiting), &reading->offer);
    else if (current[0] == '-' && !reading->words_only && strchr(current, '='))
        value_offer(reading, current);
    else if (!reading->words_only &&
             (current[0] == '-' || reading->position >= reading->command->words_most))
        options_offer(reading);
    else
        words_offer(reading);
}

void
propose(const struct line_so_far *line, struct arena *arena, struct buffer *out)
{
    const char *current = line->at < line->count ? line->words[line->at] : "";
    struct reading reading = {
        .offer = {.typed = current, .before = "", .arena = arena, .out = out}};
    if (line->at > 0) {
        reading.command = command_find(line->words[0]);
        if (reading.command)
            command_offer(&reading, line);
        return;
    }
    placeholder_offer(placeholder_find("COMMAND"), &reading.offer);
    if (current[0] != '-')
        return;
    offer_word(&reading.offer, "--help", "lists the commands");
    offer_word(&reading.offer, "--version", "this program's version and its libraries'");
}
