/* "Was A1XYZ paid, when, by whom, for what?": one person's deeds in one journal, and the sums over
 * all journals that were looked into. */
#ifndef CMD_PERSONAL_H
#define CMD_PERSONAL_H

#include "cmd/session.h"

/* What one person got in one environment; money that was played with is never added to money. */
struct personal_sum {
    const char *environment;
    const char *currency;
    size_t paid, found, rewarded, unknown, refused;
    size_t erased; /* actions for people who were erased: perhaps for this one */
    cents_t paid_cents, found_cents, reward_cents, unknown_cents;
};

struct personal {
    const char *worker;
    struct personal_sum *sums;
    size_t count, capacity;
    struct arena *arena; /* outlives the journals */
};

/* Every deed of theirs as a sentence, with what decides it where nobody knows. */
void personal_show(const struct session *session, struct personal *personal, struct buffer *out);

/* The sums, one line an environment. */
void personal_end(const struct personal *personal, struct buffer *out);

/* How this person's deeds stand, as an exit status: 4 with open ends, 3 with refusals, else 0. */
enum status personal_standing(const struct ledger *ledger, const char *worker);

#endif
