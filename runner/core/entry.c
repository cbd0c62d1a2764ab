#include "core/entry.h"

#include "base/text.h"

static const char *const names[ENTRY_KIND_COUNT] = {
    [ENTRY_GENESIS] = "genesis",     [ENTRY_RUN] = "run",           [ENTRY_BODY] = "body",
    [ENTRY_INTEND] = "intend",       [ENTRY_RESEND] = "resend",     [ENTRY_DONE] = "done",
    [ENTRY_REFUSED] = "refused",     [ENTRY_RELEASED] = "released", [ENTRY_UNKNOWN] = "unknown",
    [ENTRY_LOOK] = "look",           [ENTRY_ADOPT] = "adopt",       [ENTRY_RESOLVE] = "resolve",
    [ENTRY_RECOVERED] = "recovered", [ENTRY_ERASED] = "erased",     [ENTRY_END] = "end",
    [ENTRY_MERGE] = "merge",
};

const char *
entry_kind_name(enum entry_kind kind)
{
    return names[kind];
}

bool
entry_kind_find(const char *name, enum entry_kind *kind)
{
    for (size_t i = 0; i < ENTRY_KIND_COUNT; i++)
        if (text_same(names[i], name)) {
            *kind = (enum entry_kind)i;
            return true;
        }
    return false;
}

static const char *const decided_names[DECIDED_COUNT] = {
    [DECIDED_DONE] = "done",
    [DECIDED_NOT_DONE] = "not-done",
    [DECIDED_KEEP] = "keep",
    [DECIDED_WAIVE] = "waive",
};

const char *
decided_name(enum decided decided)
{
    return decided_names[decided];
}

bool
decided_find(const char *name, enum decided *decided)
{
    for (size_t i = 0; i < DECIDED_COUNT; i++)
        if (text_same(decided_names[i], name)) {
            *decided = (enum decided)i;
            return true;
        }
    return false;
}
