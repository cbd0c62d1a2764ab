/* What becomes of one call: drawn when it leaves, settled when it arrives. */
#ifndef SIMULATION_FATE_H
#define SIMULATION_FATE_H

#include "base/exchange.h"
#include "scene.h"

enum ending {
    ANSWER_REAL,
    ANSWER_NONE, /* nothing comes: the connection was lost */
    ANSWER_CUT,
    ANSWER_ERROR, /* HTTP 500 */
    ANSWER_GARBAGE,
    ANSWER_MADE, /* the reply is there already: throttled, refused */
    ANSWER_UNSENT,
};

struct exchange {
    bool travels; /* the call is on its way and will arrive */
    bool awaited; /* the process that made it waits for its answer */
    uint64_t ticket;
    stamp_t arrives_ms, answers_ms;
    enum ending answer;
    struct request request;
    struct reply reply;
};

/* Draws when it arrives, if it does, when its answer comes, and what that is. */
void fate_draw(struct exchange *exchange, const char *operation);

/* What the caller sees, given what the marketplace answered (if it was reached). */
void fate_settle(struct exchange *exchange);

#endif
