/* What an answer means. The marketplace's language is read in `market`; from there on only these
 * classes exist, and the class alone decides what the run does. */
#ifndef CORE_VERDICT_H
#define CORE_VERDICT_H

#include <stdbool.h>

enum verdict {
    VERDICT_DONE,        /* a whole answer that says yes */
    VERDICT_REFUSED,     /* the service says that it did nothing, and will not */
    VERDICT_STATE,       /* refused because of the state it is in: perhaps done already; read it */
    VERDICT_DUPLICATE,   /* "already processed": not yet success, the list decides */
    VERDICT_FUNDS,       /* nothing done, no money */
    VERDICT_THROTTLED,   /* nothing done, slow down */
    VERDICT_UNSENT,      /* nothing done: no byte of the request left */
    VERDICT_CLOCK,       /* nothing done: the signature's time did not fit; correct and repeat */
    VERDICT_CREDENTIALS, /* nothing done: who we are was not accepted */
    VERDICT_UNKNOWN,     /* everything else: it may or may not have happened */
};

/* True when the attempt provably did nothing at the other side. */
bool verdict_is_nothing(enum verdict verdict);

/* True when a read may simply be asked again after a pause. */
bool verdict_read_again(enum verdict verdict);

/* "throttled", "not sent": for journal and people. */
const char *verdict_name(enum verdict verdict);

#endif
