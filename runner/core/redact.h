/* A journal for everybody: the same records, counts, sums of money and times, and nobody in them.
 *
 * Leaving the persons out is not enough where everybody may read: who has a list of workers can
 * make their keys and look for them. So keys, and digests of what people were told, are digested
 * once more with a secret that is forgotten; who ran the campaign becomes person-1, person-2 …; and
 * what the marketplace said, its request IDs and names of files on this machine are left out. The
 * sums of such a copy are its own. */
#ifndef CORE_REDACT_H
#define CORE_REDACT_H

#include "base/index.h"
#include "core/entry.h"

struct redaction {
    const char *secret;   /* random; to be forgotten */
    const char *journal;  /* random: the copy's own ID */
    const char *head;     /* the sum of the last record of what it is a copy of */
    struct index persons; /* "ana@lab" → 1, 2 … */
    struct index machines;
};

/* Fills `out` with the record as everybody may read it; texts are the entry's, or in the arena. */
void redact_entry(struct redaction *redaction, const struct entry *entry, struct entry *out,
                  struct arena *arena);

#endif
