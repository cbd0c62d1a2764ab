/* A report: one HTML page that stands by itself. No scripts, nothing that is loaded from anywhere,
 * and a policy in its head that forbids both. It begins with REPORT_BEGINNING.
 *
 * A page has a chapter for each journal. Chapters are printed while their ledger is at hand; what
 * spans several is kept in sums, and the page is put around them at the end. Long lists are cut, so
 * a page is of bounded size, however long the journals are. */
#ifndef CODEC_REPORT_H
#define CODEC_REPORT_H

#include "core/chronicle.h"
#include "core/statement.h"
#include "core/yearly.h"

#define REPORT_BEGINNING "<!doctype html>\n<!-- bursar report -->\n"

/* What holds for the whole page. */
struct report {
    stamp_t made_ms;
    const char *made_by;
    const char *version;
    struct span span;
    const char *from, *to; /* its days as they were given, or NULL */
    bool names_shown;      /* people have their IDs */
    bool erased;           /* some payments are to people who were erased */
    bool names_kept;       /* their other names stay the same in the next report */
    const char *zone;      /* this machine's time, "CET" */
    const struct veil *veil;
    /* "2026-11-24 14:02 UTC (15:02 here)" */
    const char *(*moment)(stamp_t at_ms, struct arena *arena);
};

/* What is to be done next, and the command that does it (or NULL). */
struct report_advice {
    const char *words;
    const char *command;
};

struct report_chapter {
    size_t number; /* 1 is the first */
    const struct ledger *ledger;
    const struct statement *statement;
    const struct chronicle *chronicle;
    const char *marketplace; /* its title */
    const char *currency;
    const char *path;          /* of the journal */
    const char *sum;           /* of its last record */
    const char *run_elsewhere; /* who is writing to it just now, or NULL */
    size_t torn_bytes;         /* of an incomplete end that was left out */
    bool history_lost;         /* it is not the whole story */
    const struct report_advice *advice;
    size_t advice_count;
};

/* What the page's overview keeps of a chapter; texts outlive its ledger. */
struct report_sum {
    size_t number;
    const char *path;
    const char *campaign; /* NULL: there is no journal yet */
    const char *marketplace;
    const char *environment;
    const char *currency;
    struct outlay done, found, open;
    struct outlay again; /* of what is done: what an earlier journal of the page counts too */
    size_t payments, people; /* people who got money … */
    size_t erased;           /* … and payments to those who were erased */
    size_t refused, unknown, pending;
};

/* Who got money: "7 people", "7 people and some who were erased". */
const char *report_people(size_t people, size_t erased, struct arena *arena);

/* Adds one journal's part of the page. */
void report_chapter(const struct report *report, const struct report_chapter *chapter,
                    struct buffer *out);

/* The page around its chapters. `yearly` must be sorted. */
void report_page(const struct report *report, const struct report_sum *sums, size_t count,
                 const struct yearly *yearly, const struct buffer *chapters, struct buffer *out);

#endif
