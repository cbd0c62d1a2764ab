/* What makes an action that action, and what it says. Both are SHA-256 over fields written as a
 * 4-byte big-endian length and the bytes, so that no two lists of fields look alike.
 *
 * The identity ("key") never holds an amount, words, a run or a time: the same action has the same
 * key on every machine, with or without a journal. It is 64 characters, which is exactly what the
 * marketplace takes as a token for "do this once", and so it is that token. */
#ifndef CORE_IDENTITY_H
#define CORE_IDENTITY_H

#include "base/digest.h"
#include "base/money.h"
#include "core/campaign.h"

enum { KEY_TEXT_SIZE = DIGEST_TEXT_SIZE };

struct identity {
    const char *marketplace;
    const char *environment;
    const char *campaign;
};

/* `target` is the assignment or the worker, as the verb and the step say. */
void identity_key(const struct identity *identity, const char *step, enum verb verb,
                  const char *target, char out[KEY_TEXT_SIZE]);

/* What an action says, apart from its identity. Only what belongs to the verb is set. */
struct content {
    enum verb verb;
    cents_t amount;
    const char *subject;
    const char *message;       /* what the worker reads; or NULL */
    const char *qualification; /* its id; of a qualification to be made, its name */
    int value;
};

/* Compared to see what was edited after the deed. */
void identity_content(const struct content *content, char out[DIGEST_TEXT_SIZE],
                      struct arena *arena);

/* The content of a bonus of that amount with those words, white space collapsed: what a payment
 * that the marketplace lists is compared with. */
void identity_bonus_content(cents_t amount, const char *words, char out[DIGEST_TEXT_SIZE],
                            struct arena *arena);

#endif
