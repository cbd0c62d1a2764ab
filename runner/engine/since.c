#include "engine/since.h"

#include "base/text.h"

void
since_init(struct since *since, const char *head, const char *plan)
{
    *since = (struct since){.head = head, .plan = plan, .there = head == NULL};
}

/* What a run writes behind its own record belongs to it; these stand for themselves. */
static bool
is_expected(const struct since *since, const struct entry *entry)
{
    switch (entry->kind) {
    case ENTRY_RUN:
        return text_same(entry->plan, since->plan);
    case ENTRY_RESOLVE:
    case ENTRY_MERGE:
    case ENTRY_ERASED:
        return false;
    case ENTRY_GENESIS:
    case ENTRY_BODY:
    case ENTRY_INTEND:
    case ENTRY_RESEND:
    case ENTRY_DONE:
    case ENTRY_REFUSED:
    case ENTRY_RELEASED:
    case ENTRY_UNKNOWN:
    case ENTRY_LOOK:
    case ENTRY_ADOPT:
    case ENTRY_RECOVERED:
    case ENTRY_END:
        return true;
    }
    return false;
}

void
since_apply(struct since *since, const struct entry *entries, size_t count, const char *sum)
{
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = &entries[i];
        if (!since->there) {
            since->runs += entry->kind == ENTRY_RUN;
        } else if (!since->moved && !is_expected(since, entry)) {
            since->moved = true;
            since->by = *entry;
        }
    }
    since->there = since->there || text_same(sum, since->head);
}
