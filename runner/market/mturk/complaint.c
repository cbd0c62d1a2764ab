#include "market/mturk/complaint.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "market/mturk/reading.h"

/* One thing the service may say. The first row that fits counts; NULL fits everything. */
struct row {
    const char *name;   /* the code or the type, see `name_is` */
    const char *begins; /* the text begins so */
    const char *ends;   /* the text ends so */
    bool names_token;   /* the text holds the token we sent */
    unsigned kinds;     /* said to one of these, see KIND; 0: to whatever was asked */
    enum verdict verdict;
    bool missing;
};

#define KIND(kind) (1u << (kind))

static const char state_words[] = "This operation can be called with a status of";
static const char not_granted_words[] = "You requested a Qualification that does not exist";

/* Texts are compared at their beginning or end only, and after the two validation types, because
 * those repeat what the requester wrote: a bonus's words must not be able to say "no funds".
 * Sources: botocore's model and retry tables, and errors reported in public. */
static const struct row rows[] = {
    /* Too fast; nothing was done. Any status. */
    {.name = "Throttling", .verdict = VERDICT_THROTTLED},
    {.name = "Throttled", .verdict = VERDICT_THROTTLED},
    {.name = "RequestThrottled", .verdict = VERDICT_THROTTLED},
    {.name = "TooManyRequests", .verdict = VERDICT_THROTTLED},
    {.name = "RequestLimitExceeded", .verdict = VERDICT_THROTTLED},
    {.name = "BandwidthLimitExceeded", .verdict = VERDICT_THROTTLED},
    {.name = "SlowDown", .verdict = VERDICT_THROTTLED},
    {.name = "PriorRequestNotComplete", .verdict = VERDICT_THROTTLED},

    /* What was asked is not well formed. */
    {.name = "Validation", .verdict = VERDICT_REFUSED},
    {.name = "ParameterValidationError", .verdict = VERDICT_REFUSED},

    /* "Try your call again": the service does not know what it did. */
    {.name = "ServiceFault", .verdict = VERDICT_UNKNOWN},

    /* The token was used before. Its own code was never seen, so the words decide, whatever the
     * code: to take this for a refusal would be to forget a payment. */
    {.begins = "The idempotency token \"", .verdict = VERDICT_DUPLICATE},

    {.name = "InsufficientFunds", .verdict = VERDICT_FUNDS},
    {.begins = "This Requester has insufficient funds", .verdict = VERDICT_FUNDS},

    /* The signature's time did not fit. Before the credentials, whose type it shares. */
    {.name = "RequestExpired", .verdict = VERDICT_CLOCK},
    {.name = "RequestTimeTooSkewed", .verdict = VERDICT_CLOCK},
    {.name = "RequestInTheFuture", .verdict = VERDICT_CLOCK},
    {.begins = "Signature expired", .verdict = VERDICT_CLOCK},
    {.begins = "Signature not yet current", .verdict = VERDICT_CLOCK},

    /* Who we are was not accepted. */
    {.name = "UnrecognizedClient", .verdict = VERDICT_CREDENTIALS},
    {.name = "InvalidSignature", .verdict = VERDICT_CREDENTIALS},
    {.name = "SignatureDoesNotMatch", .verdict = VERDICT_CREDENTIALS},
    {.name = "IncompleteSignature", .verdict = VERDICT_CREDENTIALS},
    {.name = "AccessDenied", .verdict = VERDICT_CREDENTIALS},
    {.name = "ExpiredToken", .verdict = VERDICT_CREDENTIALS},
    {.name = "MissingAuthenticationToken", .verdict = VERDICT_CREDENTIALS},
    {.name = "InvalidClientTokenId", .verdict = VERDICT_CREDENTIALS},
    {.name = "NotAuthorized", .verdict = VERDICT_CREDENTIALS},
    {.name = "BadCredentialSupplied", .verdict = VERDICT_CREDENTIALS},
    {.name = "BadClaimsSupplied", .verdict = VERDICT_CREDENTIALS},
    {.begins = "To use the MTurk API, you will need", .verdict = VERDICT_CREDENTIALS},

    /* Perhaps done already: the state must be read. */
    {.name = "InvalidAssignmentState", .verdict = VERDICT_STATE},
    {.name = "InvalidQualificationState", .verdict = VERDICT_STATE},
    {.begins = state_words, .verdict = VERDICT_STATE},

    /* The name is taken: by us, perhaps a moment ago. */
    {.name = "QualificationTypeAlreadyExists",
     .kinds = KIND(TELL_CREATE),
     .verdict = VERDICT_STATE},
    {.begins = "You have already created a QualificationType with this name",
     .kinds = KIND(TELL_CREATE),
     .verdict = VERDICT_STATE},

    /* The worker does not have what is to be taken away: perhaps no longer. That there is no such
     * qualification at all has a code of its own, which goes before these words. */
    {.name = "QualificationDoesNotExist", .kinds = KIND(TELL_UNQUALIFY), .verdict = VERDICT_STATE},
    {.name = "*DoesNotExist", .verdict = VERDICT_REFUSED, .missing = true},

    {.begins = not_granted_words, .kinds = KIND(TELL_UNQUALIFY), .verdict = VERDICT_STATE},

    /* "An error with a message containing the request ID" (the reference on SendBonus). */
    {.name = "RequestError", .names_token = true, .verdict = VERDICT_DUPLICATE},
    {.name = "RequestError",
     .ends = " does not exist.",
     .verdict = VERDICT_REFUSED,
     .missing = true},
    {.name = "RequestError", .verdict = VERDICT_REFUSED},
};

/* A name as the table writes it: without the namespace, in any case (the service itself writes
 * HITAlreadyExists and HitAlreadyExists), with or without "Exception" behind it. A star in front
 * stands for any beginning. */
static bool
name_is(const char *name, const char *wanted)
{
    if (!name)
        return false;
    if (*wanted == '*')
        return text_ends(name, wanted + 1);
    static const char *const namespaces[] = {"AWS.MechanicalTurk.", "AWS."};
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++)
        if (text_starts(name, namespaces[i])) {
            name += strlen(namespaces[i]);
            break;
        }
    size_t size = strlen(wanted);
    return strncasecmp(name, wanted, size) == 0 &&
           (name[size] == '\0' || strcasecmp(name + size, "Exception") == 0);
}

static bool
row_fits(const struct row *row, enum ask_kind kind, const struct complaint *complaint,
         const char *token)
{
    if (row->kinds && !(row->kinds & KIND(kind)))
        return false;
    if (row->name && !name_is(complaint->code, row->name) && !name_is(complaint->type, row->name))
        return false;
    if (row->begins && !text_starts(complaint->text, row->begins))
        return false;
    if (row->ends && !text_ends(complaint->text, row->ends))
        return false;
    return !row->names_token || (token && *token && strstr(complaint->text, token));
}

enum verdict
mturk_complaint_judge(enum ask_kind kind, const struct complaint *complaint, const char *token,
                      bool *missing)
{
    *missing = false;
    if (complaint->status == 429)
        return VERDICT_THROTTLED;
    if (complaint->status < 400)
        return VERDICT_UNKNOWN;
    for (const struct row *row = rows; row < rows + sizeof rows / sizeof *rows; row++) {
        if (!row_fits(row, kind, complaint, token))
            continue;
        /* With 5xx the server is not well: only "too fast" is believed. */
        if (complaint->status >= 500 && row->verdict != VERDICT_THROTTLED)
            return VERDICT_UNKNOWN;
        *missing = row->missing;
        return row->verdict;
    }
    return VERDICT_UNKNOWN;
}

enum verdict
mturk_complaint_judge_question(const struct complaint *complaint, enum verdict of_a_write)
{
    enum { REQUEST_TIMEOUT = 408 }; /* the server waited in vain: ask again */
    switch (of_a_write) {
    case VERDICT_THROTTLED:
    case VERDICT_CLOCK:
    case VERDICT_CREDENTIALS:
    case VERDICT_UNSENT:
    case VERDICT_DONE:
        return of_a_write;
    case VERDICT_REFUSED:
    case VERDICT_STATE:
    case VERDICT_DUPLICATE:
    case VERDICT_FUNDS:
        return VERDICT_REFUSED;
    case VERDICT_UNKNOWN:
        break;
    }
    bool plain_no = complaint->status >= 400 && complaint->status < 500 &&
                    complaint->status != REQUEST_TIMEOUT &&
                    !name_is(complaint->type, "ServiceFault");
    return plain_no ? VERDICT_REFUSED : VERDICT_UNKNOWN;
}

bool
mturk_complaint_is_not_granted(const struct complaint *complaint)
{
    if (complaint->status < 400 || complaint->status >= 500)
        return false;
    return name_is(complaint->code, "QualificationDoesNotExist") ||
           name_is(complaint->code, "InvalidQualificationState") ||
           text_starts(complaint->text, not_granted_words) ||
           text_starts(complaint->text, "This operation can be called with a status of: Granted");
}

const char *
mturk_beginning(const char *text, size_t size_max, struct arena *arena)
{
    size_t size = strlen(text);
    if (size <= size_max)
        return arena_text(arena, text, size);
    for (size = size_max; size && ((unsigned char)text[size] & 0xc0) == 0x80;)
        size--;
    return arena_print(arena, "%.*s…", (int)size, text);
}

/* Where the service begins to repeat our headers. A refused signature is explained, after a blank
 * line, with the whole canonical request, and that may hold the session token; one that is
 * incomplete, with the Authorization header. They go no further. */
static size_t
own_words_size(const char *text)
{
    static const char *const repeated[] = {"\n\n", "Authorization=", "AWS4-HMAC-SHA256",
                                           "x-amz-security-token", "X-Amz-Security-Token"};
    size_t size = strlen(text);
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
        const char *at = strstr(text, repeated[i]);
        if (at && (size_t)(at - text) < size)
            size = (size_t)(at - text);
    }
    return size;
}

const char *
mturk_words(const char *text, struct arena *arena)
{
    size_t size = own_words_size(text);
    const char *open = strrchr(text, '(');
    if (!text[size] && open && open > text && open[-1] == ' ') {
        size_t digits = strspn(open + 1, "0123456789");
        const char *rest = open + 1 + digits;
        if (digits && (text_same(rest, ")") || text_same(rest, " s)")))
            size = (size_t)(open - text);
    }
    return mturk_beginning(text_trim(arena, text, size), MTURK_TEXT_SIZE_MAX, arena);
}

/* "com.amazonaws.mturk#RequestError:http://…" → "RequestError" (botocore parsers.py). */
static const char *
type_make(const char *written, struct arena *arena)
{
    if (!written)
        return NULL;
    const char *hash = strrchr(written, '#');
    const char *name = hash ? hash + 1 : written;
    size_t size = strcspn(name, ":");
    return size ? arena_text(arena, name, size) : NULL;
}

static const char *
member_text(const json_t *body, const char *name)
{
    const char *text = json_string_value(json_object_get(body, name));
    return text && *text ? text : NULL;
}

struct complaint
mturk_complaint_read(const struct reply *reply, struct arena *arena)
{
    struct complaint complaint = {.status = reply->status};
    json_t *body = mturk_json_load(reply->body, reply->body_size);
    complaint.type = type_make(member_text(body, "__type"), arena);
    complaint.code = arena_copy(arena, member_text(body, "TurkErrorCode"));
    const char *message = member_text(body, "message");
    if (!message)
        message = member_text(body, "Message");
    complaint.text = message ? mturk_words(message, arena)
                             : arena_print(arena, "the service answered HTTP %d%s", reply->status,
                                           json_is_object(body) ? " and gave no reason"
                                                                : " and nothing that can be read");
    json_decref(body);
    return complaint;
}
