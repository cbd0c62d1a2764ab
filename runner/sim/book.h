/* The marketplace's own book, kept in double entry and apart from everything the runner writes,
 * so that tests can hold one against the other.
 *
 * A posting is one deed. Its lines say between which accounts money moved; they always sum to
 * zero. A deed that moves no money (a qualification, a message, a block) is posted without
 * lines, so that the book also proves what was done once only. As a file it is JSONL, one posting
 * a line, flushed before the deed takes effect:
 *
 *   {"n":2,"at":"2026-11-23T14:00:00.000Z","kind":"bonus","worker":"A1…","assignment":"3…",
 *    "token":"…","words":"Thank you","lines":[{"account":"requester","cents":-120},
 *    {"account":"worker:A1…","cents":100},{"account":"fees","cents":20}]} */
#ifndef SIM_BOOK_H
#define SIM_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/index.h"
#include "base/money.h"
#include "base/stamp.h"
#include "sim/sim.h"

enum deed {
    DEED_OPENING, /* the balance the world begins with */
    DEED_BONUS,
    DEED_APPROVE,
    DEED_OVERRIDE, /* an approval that takes a rejection back */
    DEED_REJECT,
    DEED_QUALIFY,
    DEED_UNQUALIFY,
    DEED_CREATE, /* a qualification type */
    DEED_MESSAGE,
    DEED_BLOCK,
    DEED_UNBLOCK,
    DEED_EXPIRE,
};

/* What is posted; texts may be NULL. `pay` goes from the requester to the worker, `fee` from the
 * requester to Amazon. */
struct posting {
    enum deed deed;
    stamp_t at_ms;
    const char *worker;
    const char *assignment;
    const char *hit;
    const char *qualification;
    const int64_t *value;
    const char *token;
    const char *subject;
    const char *words;
    cents_t pay;
    cents_t fee;
};

struct book {
    FILE *file; /* NULL: kept in memory only */
    struct index accounts;
    cents_t *cents;
    size_t account_capacity;
    size_t posted;
    struct sim_totals totals;
    struct arena arena;
};

/* `path` may be NULL; a file that is there is emptied. */
bool book_open(struct book *book, const char *path, struct error *err);

/* Posts one deed. False, with nothing posted, when the file could not take the line. */
bool book_post(struct book *book, const struct posting *posting);

/* What an account holds: "requester", "fees", "worker:A…", "deposits"; 0 when it has no line. */
cents_t book_balance(const struct book *book, const char *account);

/* The sum over all accounts: 0, or the book is wrong. */
cents_t book_sum(const struct book *book);

void book_close(struct book *book);

#endif
