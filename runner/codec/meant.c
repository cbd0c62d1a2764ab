/* What a person probably meant: the words that other tools use for the same thing, other
 * spellings of a key, and misprints. */
#include "codec/fields.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

/* Lower case with '_' between words. A word stands here when a tool or the marketplace itself uses
 * it for what our key does; a word may stand for keys of several groups. */
static const struct {
    const char *theirs, *ours;
} others[] = {
    {"name", "campaign"},
    {"hit", "hits"},
    {"hit_id", "hits"},
    {"hit_ids", "hits"},
    {"hitid", "hits"},
    {"hitids", "hits"},
    {"tasks", "hits"},
    {"env", "environment"},
    {"stage", "environment"},
    {"tags", "labels"},
    {"budget", "limits"},
    {"filter", "where"},
    {"filters", "where"},
    {"statuses", "status"},
    {"assignment_status", "status"},
    {"assignment_statuses", "status"},
    {"actions", "steps"},
    {"jobs", "steps"},
    {"max_total", "total"},
    {"max_bonus", "per_bonus"},
    {"max_per_worker", "per_worker"},
    {"depends_on", "needs"},
    {"depends", "needs"},
    {"after", "needs"},
    {"if", "where"},
    {"when", "where"},
    {"send_bonus", "bonus"},
    {"pay", "bonus"},
    {"pay_bonus", "bonus"},
    {"grant_bonus", "bonus"},
    {"approve_assignment", "approve"},
    {"accept", "approve"},
    {"assign_qualification", "qualify"},
    {"associate_qualification", "qualify"},
    {"qualification_type", "qualification"},
    {"qualification_type_id", "qualification"},
    {"qualification_id", "qualification"},
    {"integer_value", "value"},
    {"score", "value"},
    {"notify_workers", "notify"},
    {"email", "notify"},
    {"mail", "notify"},
    {"send_message", "notify"},
    {"bonus_amount", "amount"},
    {"reward", "amount"},
    {"message_text", "message"},
    {"text", "message"},
    {"body", "message"},
    {"reason", "message"},
    {"title", "subject"},
    {"requester_feedback", "feedback"},
    {"path", "file"},
    {"filename", "file"},
    /* words for values */
    {"prod", "production"},
    {"live", "production"},
    {"test", "sandbox"},
    {"testing", "sandbox"},
    {"simulator", "sandbox"},
    {"pending", "Submitted"},
    {"accepted", "Approved"},
    {"person", "worker"},
};

enum { SPELLING_SIZE = 48 };

/* "HITs", "Message-File", "perBonus": as they would be spelt here. */
static void
spelling(const char *word, char out[SPELLING_SIZE])
{
    size_t size = 0;
    for (const char *at = word; *at && size + 2 < SPELLING_SIZE; at++) {
        bool hump = at > word && isupper((unsigned char)*at) && islower((unsigned char)at[-1]);
        if (hump)
            out[size++] = '_';
        out[size++] = *at == '-' || *at == ' ' ? '_' : (char)tolower((unsigned char)*at);
    }
    out[size] = '\0';
}

static const char *
meant(const char *word, const char *const *candidates, size_t count)
{
    char spelt[SPELLING_SIZE];
    spelling(word, spelt);
    for (size_t i = 0; i < count; i++) {
        char candidate[SPELLING_SIZE];
        spelling(candidates[i], candidate);
        if (text_same(candidate, spelt))
            return candidates[i];
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (size_t j = 0; text_same(others[i].theirs, spelt) && j < count; j++)
            if (text_same(others[i].ours, candidates[j]))
                return candidates[j];
    const char *nearest = text_nearest(word, candidates, count);
    return nearest ? nearest : text_nearest(spelt, candidates, count);
}

const struct field *
field_meant(enum group group, const char *name)
{
    const struct group_row *row = group_row(group);
    const char *candidates[FIELDS_MAX];
    size_t count = 0;
    for (; count < row->count && count < FIELDS_MAX; count++)
        candidates[count] = row->fields[count].name;
    const char *found = meant(name, candidates, count);
    return found ? field_find(group, found) : NULL;
}

const char *
choice_meant(const struct field *field, const char *word)
{
    size_t count = 0;
    while (field->choices[count])
        count++;
    return meant(word, field->choices, count);
}
