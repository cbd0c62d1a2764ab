#include "cmd/hide.h"

#include <string.h>

#include "base/text.h"
#include "io/person.h"

bool
hide_nothing(const struct arguments *arguments, int descriptor)
{
    return person_is_terminal(descriptor) || option_is_set(arguments, OPTION_SHOW_IDS);
}

static void
people_list(struct session *session)
{
    const struct roster *roster = &session->roster;
    const struct ledger *ledger = &session->journal.ledger;
    for (size_t i = 0; i < roster->assignment_count; i++) {
        index_add(&session->people, roster->assignments[i].worker, i, &session->arena);
        index_add(&session->people, roster->assignments[i].id, i, &session->arena);
    }
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (deed->worker)
            index_add(&session->people, deed->worker, i, &session->arena);
        if (deed->assignment)
            index_add(&session->people, deed->assignment, i, &session->arena);
    }
    session->people_listed = true;
}

const char *
hide_words(const char *text, hidden_word *is_hidden, void *self, struct arena *arena)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    struct buffer out = {0};
    while (*text) {
        size_t size = strspn(text, letters);
        if (size && is_hidden(self, text, size))
            buffer_text(&out, "…");
        else
            buffer_add(&out, text, size ? size : 1);
        text += size ? size : 1;
    }
    const char *hidden = arena_text(arena, out.bytes ? out.bytes : "", out.size);
    buffer_close(&out);
    return hidden;
}

struct search {
    const struct index *people;
    struct arena *arena;
};

static bool
is_person(void *self, const char *word, size_t size)
{
    const struct search *search = self;
    return index_find(search->people, arena_text(search->arena, word, size));
}

const char *
hide_people(struct session *session, int descriptor, const char *text, struct arena *arena)
{
    if (hide_nothing(session->arguments, descriptor))
        return text;
    if (!session->people_listed)
        people_list(session);
    struct search search = {&session->people, arena};
    return hide_words(text, is_person, &search, arena);
}
