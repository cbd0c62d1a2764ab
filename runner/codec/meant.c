/* What a person probably meant: the words that other tools use for the same thing, other
 * spellings of a key, and misprints. */
#include "codec/fields.h"

#include <ctype.h>

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
    {"select", "where"},
    {"include", "workers"},
    {"only", "workers"},
    {"worker_ids", "workers"},
    {"worker_id", "workers"},
    {"workerids", "workers"},
    {"worker_list", "workers"},
    {"exclude", "except"},
    {"exclude_workers", "except"},
    {"exclusions", "except"},
    {"without", "except"},
    {"not", "except"},
    {"submitted_since", "submitted_after"},
    {"since", "submitted_after"},
    {"from", "submitted_after"},
    {"submitted_until", "submitted_before"},
    {"until", "submitted_before"},
    {"to", "submitted_before"},
    {"not_in_table", "not_in"},
    {"in_table", "in"},
    {"tables", "data"},
    {"datasets", "data"},
    {"csvs", "data"},
    {"csv_file", "csv"},
    {"key", "match"},
    {"on", "match"},
    {"join", "match"},
    {"by", "match"},
    {"col", "column"},
    {"field", "column"},
    {"worker_id", "worker"},
    {"workerid", "worker"},
    {"assignment_id", "assignment"},
    {"assignmentid", "assignment"},
    {"on_missing", "missing"},
    {"if_missing", "missing"},
    {"minimum", "min"},
    {"at_least", "min"},
    {"least", "min"},
    {"gte", "min"},
    {"from", "min"},
    {"maximum", "max"},
    {"at_most", "max"},
    {"most", "max"},
    {"lte", "max"},
    {"batch", "assignments"},
    {"results", "assignments"},
    {"batch_results", "assignments"},
    {"account_id", "account"},
    {"aws_account", "account"},
    {"when", "where"},
    {"send_bonus", "bonus"},
    {"pay", "bonus"},
    {"pay_bonus", "bonus"},
    {"grant_bonus", "bonus"},
    {"approve_assignment", "approve"},
    {"accept", "approve"},
    {"reject_assignment", "reject"},
    {"override_rejection", "override"},
    {"create_qualification", "create"},
    {"create_qualification_type", "create"},
    {"revoke", "unqualify"},
    {"revoke_qualification", "unqualify"},
    {"disassociate", "unqualify"},
    {"disassociate_qualification", "unqualify"},
    {"remove_qualification", "unqualify"},
    {"block_worker", "block"},
    {"ban", "block"},
    {"create_worker_block", "block"},
    {"unblock_worker", "unblock"},
    {"delete_worker_block", "unblock"},
    {"assign_qualification", "qualify"},
    {"associate_qualification", "qualify"},
    {"qualification_type", "qualification"},
    {"qualification_type_id", "qualification"},
    {"qualification_id", "qualification"},
    {"qualification_name", "name"},
    {"integer_value", "value"},
    {"send_notification", "email"},
    {"notify", "email"},
    {"desc", "description"},
    {"min_score", "min"},
    {"max_score", "max"},
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
    {"reason", "feedback"},
    {"message", "feedback"},
    {"message", "reason"},
    {"feedback", "reason"},
    {"title", "subject"},
    {"requester_feedback", "feedback"},
    {"path", "file"},
    {"file", "csv"},
    {"path", "csv"},
    {"filename", "csv"},
    {"create", "qualify"},
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
    {"yes", "true"},
    {"on", "true"},
    {"1", "true"},
    {"no", "false"},
    {"off", "false"},
    {"0", "false"},
    {"ignore", "skip"},
    {"drop", "skip"},
    {"fail", "error"},
    {"stop", "error"},
    {"insensitive", "fold"},
    {"ignore", "fold"},
    {"lower", "fold"},
    {"sensitive", "exact"},
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
    for (size_t i = 0; i < row->count && count < FIELDS_MAX; i++)
        if (!row->fields[i].pattern)
            candidates[count++] = row->fields[i].name;
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
