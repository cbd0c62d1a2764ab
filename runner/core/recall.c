#include "core/recall.h"

#include "core/identity.h"

/* The names under which erased deeds were done, each once. */
struct names {
    const struct deed **deeds; /* one of each name */
    size_t count, capacity;
};

static struct names
names_of(const struct ledger *ledger, struct arena *arena)
{
    struct names names = {0};
    struct index known = {0};
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (!deed_is_erased(deed))
            continue;
        const char *name = arena_print(arena, "%s %s", verb_row(deed->verb)->name, deed->identity);
        if (!index_add(&known, name, i, arena))
            continue;
        names.deeds =
            arena_push(arena, names.deeds, names.count, &names.capacity, sizeof *names.deeds);
        names.deeds[names.count++] = deed;
    }
    return names;
}

static struct deed *
erased_find(const struct ledger *ledger, const struct identity *identity, const struct deed *named,
            const char *target)
{
    char key[KEY_TEXT_SIZE];
    identity_key(identity, named->identity, named->verb, target, key);
    struct deed *deed = ledger_find(ledger, key);
    return deed && deed_is_erased(deed) ? deed : NULL;
}

/* A bonus was counted per assignment or per worker, as its step said then. */
static void
work_recall(const struct ledger *ledger, const struct identity *identity, const struct deed *named,
            const struct roster *roster, const struct assignment *work)
{
    enum target target = verb_row(named->verb)->target;
    struct deed *deed = NULL;
    if (target == TARGET_ASSIGNMENT || named->verb == VERB_BONUS)
        deed = erased_find(ledger, identity, named, work->id);
    if (deed) {
        deed->worker = work->worker;
        deed->assignment = work->id;
        deed->task = roster->task_count ? roster->tasks[work->task].id : NULL;
    }
    if (target == TARGET_WORKER || named->verb == VERB_BONUS)
        deed = erased_find(ledger, identity, named, work->worker);
    if (deed)
        deed->worker = work->worker;
}

void
recall_people(struct ledger *ledger, const struct roster *roster, struct arena *arena)
{
    struct arena scratch = {0};
    struct names names = names_of(ledger, &scratch);
    const struct entry *genesis = &ledger->genesis;
    const struct identity identity = {genesis->marketplace, genesis->environment,
                                      genesis->campaign};
    for (size_t i = 0; i < names.count; i++)
        for (size_t j = 0; j < roster->assignment_count; j++)
            work_recall(ledger, &identity, names.deeds[i], roster, &roster->assignments[j]);
    arena_close(&scratch);
    if (!names.count)
        return;
    ledger->decided = (struct index){0};
    for (size_t i = 0; i < ledger->deed_count; i++)
        if (ledger->deeds[i]->has_status_before)
            ledger_note_decided(ledger, i, arena);
}
