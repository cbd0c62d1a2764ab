/* Answers of any status, headers and body to every question: only a whole 200 that is empty or one
 * JSON value is a yes, and what is read out of it can be relied on. */
#include "fuzz.h"

#include <jansson.h>

#include "base/text.h"
#include "market/mturk/mturk.h"

static const char token[] = "428381e6740eb284cd43ca1652567e10e17180edb757f6aa8ea35a12ad88e108";

static bool
is_json(const struct reply *reply)
{
    json_t *value = json_loadb(reply->body, reply->body_size, JSON_DECODE_ANY, NULL);
    json_decref(value);
    return value != NULL;
}

static void
verdict_claim(enum ask_kind kind, const struct reply *reply, const struct answer *answer)
{
    if (!reply->sent)
        CLAIM(answer->verdict == VERDICT_UNSENT);
    else if (!reply->whole)
        CLAIM(answer->verdict == VERDICT_UNKNOWN);
    if (reply->status >= 500 && reply->sent)
        CLAIM(answer->verdict == VERDICT_UNKNOWN || answer->verdict == VERDICT_THROTTLED);
    if (answer->verdict != VERDICT_DONE) {
        CLAIM(answer->code && answer->text);
        CLAIM(text_utf8_bad(answer->text, strlen(answer->text)) == strlen(answer->text));
        return;
    }
    CLAIM(reply->sent && reply->whole);
    CLAIM(kind != ASK_ACCOUNT || (reply->status == 200 && strlen(answer->account) == 12));
    if (kind == ASK_SCORE && reply->status != 200) /* "does not have it" comes as an error */
        CLAIM(reply->status / 100 == 4 && is_json(reply) && !answer->has_score);
    else if (reply->body_size == 0)
        CLAIM(reply->status == 200 && !ask_is_question(kind) && kind != TELL_CREATE);
    else if (kind != ASK_ACCOUNT)
        CLAIM(reply->status == 200 && is_json(reply));
}

static void
content_claim(enum ask_kind kind, const struct answer *answer)
{
    CLAIM(answer->balance >= 0);
    for (size_t i = 0; i < answer->assignment_count; i++) {
        CLAIM(text_is_id(answer->assignments[i].id));
        CLAIM(!assignment_filled(&answer->assignments[i])->unread_why ||
              !assignment_filled(&answer->assignments[i])->field_count);
    }
    for (size_t i = 0; i < answer->payment_count; i++) {
        CLAIM(answer->payments[i].amount >= 0);
        CLAIM(text_is_worker(answer->payments[i].worker));
    }
    for (size_t i = 0; i < answer->unreached_count; i++)
        CLAIM(answer->unreached[i].worker);
    for (size_t i = 0; i < answer->type_count; i++)
        CLAIM(text_is_id(answer->types[i].id) && answer->types[i].name);
    for (size_t i = 0; i < answer->holder_count; i++)
        CLAIM(text_is_worker(answer->holders[i].worker));
    for (size_t i = 0; i < answer->blocked_count; i++)
        CLAIM(text_is_worker(answer->blocked[i]));
    if (kind == TELL_CREATE)
        CLAIM(text_is_id(answer->qualification));
}

/* Kind, flags, status; then date, request ID, a NUL behind each; then the body. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    /* New kinds are added behind, and "L" is the first: so the corpus goes on meaning what it
     * meant. */
    static const enum ask_kind kinds[ASK_KIND_COUNT] = {
        ASK_BALANCE,     ASK_TASK,
        ASK_ASSIGNMENTS, ASK_ASSIGNMENT,
        ASK_PAYMENTS,    ASK_ASSIGNMENT_PAYMENTS,
        ASK_SCORE,       ASK_TYPES,
        ASK_HOLDERS,     ASK_BLOCKS,
        TELL_APPROVE,    TELL_REJECT,
        TELL_QUALIFY,    TELL_UNQUALIFY,
        TELL_BONUS,      TELL_NOTIFY,
        TELL_BLOCK,      TELL_UNBLOCK,
        TELL_CREATE,     ASK_ASSIGNMENTS_ANSWERED,
        ASK_ACCOUNT,
    };
    static const int statuses[] = {200, 400, 200, 400, 500, 503, 429, 204, 302, 408, 403, 0};
    enum { STATUSES = sizeof statuses / sizeof *statuses };
    struct arena arena = {0};
    struct feed feed = {bytes, size};
    enum ask_kind kind = kinds[(feed_byte(&feed) + 256 - 'L') % ASK_KIND_COUNT];
    unsigned flags = feed_byte(&feed);
    struct reply reply = {.sent = !(flags & 1), .whole = !(flags & 2)};
    reply.status = statuses[feed_byte(&feed) % STATUSES];
    reply.date = feed_text(&feed, &size, &arena);
    reply.request_id = feed_text(&feed, &size, &arena);
    reply.body_size = feed.left;
    reply.body = arena_text(&arena, (const char *)feed.bytes, feed.left);
    if (flags & 4)
        reply.trouble = "the connection was lost";
    struct answer answer = mturk_market.answer(kind, &reply, flags & 8 ? NULL : token, &arena);
    verdict_claim(kind, &reply, &answer);
    if (answer.verdict == VERDICT_DONE)
        content_claim(kind, &answer);
    arena_close(&arena);
    return 0;
}
