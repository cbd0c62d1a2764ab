/* What the service says when it does not say yes: an HTTP status and, mostly, a JSON object
 *
 *   {"__type":"RequestError","Message":"… (1624047673908)",
 *    "TurkErrorCode":"AWS.MechanicalTurk.InvalidAssignmentState"}
 *
 * whose `__type` may have a prefix up to '#' and a tail from ':', whose message key is `message` or
 * `Message`, and whose code is often left out. Here is the table that says what each means. */
#ifndef MARKET_MTURK_COMPLAINT_H
#define MARKET_MTURK_COMPLAINT_H

#include "market/market.h"

struct complaint {
    int status;
    const char *type; /* `__type`, NULL when there is none that can be read */
    const char *code; /* `TurkErrorCode`, NULL when there is none */
    const char *text; /* the message without its time stamp, or our own words; never NULL */
};

/* Reads a whole reply whose status is not 200. Cannot fail: a body that is not one JSON object
 * leaves only the status. */
struct complaint mturk_complaint_read(const struct reply *reply, struct arena *arena);

/* What it means for a write of this kind that carried `token` (or NULL). `missing` is set when the
 * thing it was about does not exist. */
enum verdict mturk_complaint_judge(enum ask_kind kind, const struct complaint *complaint,
                                   const char *token, bool *missing);

/* What it means for a question, given what it would mean for a write. A question changes nothing,
 * so any 4xx that is not about haste, time or identity is a plain no, even when its type is not
 * known: "the service refuses its first read" must be said, not waited out. */
enum verdict mturk_complaint_judge_question(const struct complaint *complaint,
                                            enum verdict of_a_write);

/* True when GetQualificationScore says that the worker does not have the qualification, or no
 * longer: the service has no other answer for that. */
bool mturk_complaint_is_not_granted(const struct complaint *complaint);

/* The service's words go into the journal and before people; this much of them, so that no record
 * grows beyond the room that is reserved for it. */
enum { MTURK_TEXT_SIZE_MAX = 500, MTURK_CODE_SIZE_MAX = 100 };

/* The beginning of a text, at most so many bytes and a "…", cut between characters. */
const char *mturk_beginning(const char *text, size_t size_max, struct arena *arena);

/* The service's words, at most MTURK_TEXT_SIZE_MAX of them, without the time stamp that it puts
 * behind them (" (1624047673908)" in production, " (1698330947012 s)" in the sandbox), and without
 * the headers of ours that it repeats. */
const char *mturk_words(const char *text, struct arena *arena);

#endif
