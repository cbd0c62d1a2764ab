/* What a reply means, in the order of the questions that decide it:
 *
 *   did the request leave?  is the reply whole?  does it say yes?  can the yes be read?
 *
 * and, when it does not say yes, the table of complaints. Only a whole 200 is a yes; only what is
 * understood is believed; the rest is unknown, and unknown costs a look, never a payment. */
#include "market/mturk/wire.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "market/mturk/account.h"
#include "market/mturk/complaint.h"
#include "market/mturk/reading.h"
#include "market/mturk/shape.h"

/* Codes of ours, written so that they cannot be the service's. */
static const char code_not_sent[] = "not-sent";
static const char code_no_answer[] = "no-whole-answer";
static const char code_not_understood[] = "not-understood";

static void
settle(struct answer *answer, enum verdict verdict, const char *code, const char *text,
       struct arena *arena)
{
    answer->verdict = verdict;
    answer->code = mturk_beginning(code, MTURK_CODE_SIZE_MAX, arena);
    answer->text = mturk_beginning(text, MTURK_TEXT_SIZE_MAX, arena);
}

/* A Date outside of these years is none: ages and signatures go by it, and in a journal no later
 * record may stand before an earlier one. */
static const stamp_t earliest_ms = 1262304000 * STAMP_SECOND_MS; /* 2010 */
static const stamp_t latest_ms = 4102444800 * STAMP_SECOND_MS;   /* 2100 */

/* Retry-After: seconds, or a date (RFC 9110 10.2.3), which counts from the reply's own. */
static stamp_t
rest_read(const char *text, const struct answer *answer)
{
    if (!text)
        return 0;
    stamp_t until_ms;
    size_t digits = strspn(text, "0123456789");
    if (digits && digits < 8 && !text[digits])
        return strtol(text, NULL, 10) * STAMP_SECOND_MS;
    bool later = answer->has_date && stamp_read_http(text, &until_ms) && until_ms > answer->date_ms;
    return later ? until_ms - answer->date_ms : 0;
}

/* What every reply may carry, whatever it says. */
static struct answer
frame_make(const struct reply *reply, struct arena *arena)
{
    struct answer answer = {.verdict = VERDICT_UNKNOWN};
    if (reply->request_id)
        answer.request_id = mturk_beginning(reply->request_id, MTURK_CODE_SIZE_MAX, arena);
    answer.has_date = reply->date && stamp_read_http(reply->date, &answer.date_ms) &&
                      answer.date_ms >= earliest_ms && answer.date_ms < latest_ms;
    if (!answer.has_date)
        answer.date_ms = 0;
    answer.rest_ms = rest_read(reply->retry_after, &answer);
    return answer;
}

/* A 200 whose body is an error is a contradiction, and is not believed either way. */
static bool
is_complaint(const json_t *body)
{
    return json_object_get(body, "__type") || json_object_get(body, "TurkErrorCode");
}

static const char *
json_yes_read(struct answer *answer, enum ask_kind kind, const struct reply *reply,
              struct arena *arena)
{
    json_t *body = mturk_json_load(reply->body, reply->body_size);
    const char *trouble = NULL;
    if (!body)
        trouble = reply->body_size ? "it is not one JSON value" : "it is empty";
    else if (is_complaint(body))
        trouble = "it holds an error";
    else
        trouble = mturk_shape_read(kind, body, answer, arena);
    json_decref(body);
    return trouble;
}

static void
yes_read(struct answer *answer, enum ask_kind kind, const struct reply *reply, struct arena *arena)
{
    if (reply->body_size == 0 && mturk_shape_may_be_empty(kind)) {
        answer->verdict = VERDICT_DONE;
        return;
    }
    struct answer frame = *answer;
    const char *trouble = kind == ASK_ACCOUNT ? mturk_account_read(reply, answer, arena)
                                              : json_yes_read(answer, kind, reply, arena);
    answer->verdict = VERDICT_DONE;
    if (!trouble)
        return;
    *answer = frame; /* nothing half read gets out */
    settle(answer, VERDICT_UNKNOWN, code_not_understood,
           arena_print(arena, "the service said yes to %s, but its answer cannot be understood: %s",
                       mturk_operation(kind), trouble),
           arena);
}

static void
no_read(struct answer *answer, enum ask_kind kind, const struct reply *reply, const char *token,
        struct arena *arena)
{
    struct complaint complaint = kind == ASK_ACCOUNT ? mturk_account_complaint(reply, arena)
                                                     : mturk_complaint_read(reply, arena);
    if (kind == ASK_SCORE && mturk_complaint_is_not_granted(&complaint)) {
        answer->verdict = VERDICT_DONE;
        return;
    }
    enum verdict verdict = mturk_complaint_judge(kind, &complaint, token, &answer->missing);
    if (ask_is_question(kind))
        verdict = mturk_complaint_judge_question(&complaint, verdict);
    const char *code = complaint.code   ? complaint.code
                       : complaint.type ? complaint.type
                                        : arena_print(arena, "HTTP %d", reply->status);
    settle(answer, verdict, code, complaint.text, arena);
}

struct answer
mturk_answer(enum ask_kind kind, const struct reply *reply, const char *token, struct arena *arena)
{
    struct answer answer = frame_make(reply, arena);
    if (!reply->sent)
        settle(&answer, VERDICT_UNSENT, code_not_sent,
               reply->trouble ? reply->trouble : "the request was not sent", arena);
    else if (!reply->whole)
        settle(&answer, VERDICT_UNKNOWN, code_no_answer,
               reply->trouble ? reply->trouble : "no whole answer came back", arena);
    else if (reply->status == 200)
        yes_read(&answer, kind, reply, arena);
    else
        no_read(&answer, kind, reply, token, arena);
    return answer;
}
