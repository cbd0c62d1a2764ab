#include "core/redact.h"

#include <string.h>

#include "base/digest.h"

/* The same text becomes the same digest throughout the copy, and nobody can make it again. */
static const char *
seal(const struct redaction *redaction, const char *text, struct arena *arena)
{
    if (!text || !text[0])
        return text;
    char *digest = arena_alloc(arena, DIGEST_TEXT_SIZE);
    const struct digest_piece pieces[] = {{redaction->secret, strlen(redaction->secret)},
                                          {text, strlen(text)}};
    digest_pieces(pieces, sizeof pieces / sizeof *pieces, digest);
    return digest;
}

static const char *
rename_as(struct index *names, const char *kind, const char *name, struct arena *arena)
{
    if (!name)
        return NULL;
    if (!index_find(names, name))
        index_add(names, name, names->count + 1, arena);
    return arena_print(arena, "%s-%u", kind, *index_find(names, name));
}

/* A run names its person and machine apart, other records "ana@lab". */
static void
operators_rename(struct redaction *redaction, const struct entry *entry, struct entry *out,
                 struct arena *arena)
{
    bool run = entry->kind == ENTRY_RUN;
    const char *who = entry->who;
    if (run && who && entry->host && entry->host[0])
        who = arena_print(arena, "%s@%s", who, entry->host);
    out->who = rename_as(&redaction->persons, "person", who, arena);
    out->plan_by = rename_as(&redaction->persons, "person", entry->plan_by, arena);
    out->host = rename_as(&redaction->machines, "machine", entry->host, arena);
    out->pid = 0;
}

void
redact_entry(struct redaction *redaction, const struct entry *entry, struct entry *out,
             struct arena *arena)
{
    *out = *entry;
    out->worker = out->assignment = out->task = out->body = out->evidence = out->salt = NULL;
    out->erased = false;
    out->request_id = out->side = NULL;
    if (entry->kind == ENTRY_REFUSED)
        out->text = NULL;
    if (entry->kind == ENTRY_UNKNOWN)
        out->why = NULL;
    operators_rename(redaction, entry, out, arena);
    out->key = seal(redaction, entry->key, arena);
    out->content = seal(redaction, entry->content, arena);
    out->plan = seal(redaction, entry->plan, arena);
    out->head = seal(redaction, entry->head, arena);
    out->keys = arena_alloc(arena, (entry->key_count + 1) * sizeof *out->keys);
    for (size_t i = 0; i < entry->key_count; i++)
        out->keys[i] = seal(redaction, entry->keys[i], arena);
    if (entry->kind != ENTRY_GENESIS)
        return;
    out->journal = redaction->journal;
    out->redacted = redaction->head;
}
