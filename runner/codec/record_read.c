/* A line is read as the canonical one that it nearly always is; any other goes to jansson. Either
 * way nothing is believed before both sums hold. */
#include "codec/record.h"

#include "base/text.h"
#include "codec/record_json.h"
#include "codec/record_line.h"
#include "codec/record_stated.h"
#include "codec/record_sum.h"

/* What the ledger relies on: names, and what an intent and an adoption say of their action. */
static bool
needed_check(const struct entry *entry, struct error *err)
{
    bool genesis = entry->kind == ENTRY_GENESIS;
    bool about_one = !genesis && entry->kind != ENTRY_RUN && entry->kind != ENTRY_BODY &&
                     entry->kind != ENTRY_LOOK && entry->kind != ENTRY_RECOVERED &&
                     entry->kind != ENTRY_ERASED && entry->kind != ENTRY_END &&
                     entry->kind != ENTRY_MERGE;
    bool merge = entry->kind == ENTRY_MERGE;
    bool described = entry->kind == ENTRY_INTEND || entry->kind == ENTRY_ADOPT;
    const struct {
        const char *name;
        bool needed, there;
    } members[] = {
        {"campaign", genesis, entry->campaign && text_is_name(entry->campaign)},
        {"marketplace", genesis, entry->marketplace && text_is_name(entry->marketplace)},
        {"environment", genesis, entry->environment && text_is_name(entry->environment)},
        {"key", about_one, entry->key && digest_is(entry->key)},
        {"step", described, entry->step && text_is_name(entry->step)},
        {"do", described, entry->has_verb},
        {"content", described, entry->content != NULL},
        {"journal", merge, entry->journal != NULL},
        {"head", merge, entry->head && digest_is(entry->head)},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i].needed && !members[i].there)
            return error_say(err, "the member '%s' is missing, or is none", members[i].name);
    return true;
}

bool
record_decode(const char *line, size_t size_bytes, char previous[DIGEST_TEXT_SIZE],
              struct entry *entry, struct arena *arena, struct error *err)
{
    struct person_span person = {0};
    *entry = (struct entry){0};
    if (size_bytes > RECORD_SIZE_BYTES_MAX)
        return error_say(err, "a line of %zu bytes; no record is that long", size_bytes);
    bool canonical = record_line_read(line, size_bytes, entry, &person, arena);
    if (!canonical)
        person = size_bytes > RECORD_TAIL_SIZE
                     ? record_person_span(line, size_bytes - RECORD_TAIL_SIZE)
                     : (struct person_span){0};
    if (!record_sums_check(line, size_bytes, person, previous, err))
        return false;
    if (!canonical) {
        *entry = (struct entry){0};
        if (!record_json_read(line, size_bytes, entry, arena, err))
            return false;
    }
    entry->erased = record_is_erased(line, size_bytes, person);
    return needed_check(entry, err);
}
