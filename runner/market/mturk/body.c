/* From an ask to the request's bytes. Written by hand in the order of the API reference rather
 * than through a library, so that the same ask always gives the same bytes: an intent keeps them
 * and every resend repeats them. Member names have the reference's exact case. */
#include "market/mturk/wire.h"

#include <assert.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "market/mturk/account.h"

/* The service gives 10 rows a page when it is not asked for more; 100 is the most it gives. */
enum { PAGE_ROWS = 100 };
enum { TOKEN_SIZE_MAX = 64, NOTIFY_WORKERS_MAX = 100 };

static const char *const operations[] = {
    [ASK_ACCOUNT] = "GetCallerIdentity",
    [ASK_BALANCE] = "GetAccountBalance",
    [ASK_TASK] = "GetHIT",
    [ASK_ASSIGNMENTS] = "ListAssignmentsForHIT",
    [ASK_ASSIGNMENTS_ANSWERED] = "ListAssignmentsForHIT",
    [ASK_ASSIGNMENT] = "GetAssignment",
    [ASK_PAYMENTS] = "ListBonusPayments",
    [ASK_ASSIGNMENT_PAYMENTS] = "ListBonusPayments",
    [ASK_SCORE] = "GetQualificationScore",
    [TELL_APPROVE] = "ApproveAssignment",
    [TELL_QUALIFY] = "AssociateQualificationWithWorker",
    [TELL_BONUS] = "SendBonus",
    [TELL_NOTIFY] = "NotifyWorkers",
};

const char *
mturk_operation(enum ask_kind kind)
{
    return operations[kind];
}

static void
name_add(struct buffer *out, const char *name)
{
    buffer_print(out, "%s\"%s\":", out->size > 1 ? "," : "", name);
}

static void
text_add(struct buffer *out, const char *name, const char *value)
{
    assert(value && *value && text_utf8_bad(value, strlen(value)) == strlen(value));
    name_add(out, name);
    buffer_json(out, value);
}

static void
optional_add(struct buffer *out, const char *name, const char *value)
{
    if (value && *value)
        text_add(out, name, value);
}

static void
page_add(struct buffer *out, const char *page)
{
    name_add(out, "MaxResults");
    buffer_print(out, "%d", PAGE_ROWS);
    optional_add(out, "NextToken", page);
}

static void
assignments_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "HITId", ask->task);
    name_add(out, "AssignmentStatuses");
    buffer_text(out, "[\"Submitted\",\"Approved\",\"Rejected\"]");
    page_add(out, ask->page);
}

/* SendNotification is true when it is left out: the worker would get a mail nobody asked for.
 * IntegerValue is optional in the model and required in the reference, so it is always there. */
static void
qualify_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "QualificationTypeId", ask->qualification);
    text_add(out, "WorkerId", ask->worker);
    name_add(out, "IntegerValue");
    buffer_print(out, "%d", ask->value);
    name_add(out, "SendNotification");
    buffer_text(out, "false");
}

static void
bonus_add(struct buffer *out, const struct ask *ask)
{
    assert(ask->amount > 0 && ask->token && strlen(ask->token) <= TOKEN_SIZE_MAX);
    char amount[MONEY_TEXT_SIZE];
    text_add(out, "WorkerId", ask->worker);
    text_add(out, "BonusAmount", money_print(amount, ask->amount));
    text_add(out, "AssignmentId", ask->assignment);
    text_add(out, "Reason", ask->words);
    text_add(out, "UniqueRequestToken", ask->token);
}

static void
notify_add(struct buffer *out, const struct ask *ask)
{
    assert(ask->worker_count >= 1 && ask->worker_count <= NOTIFY_WORKERS_MAX);
    text_add(out, "Subject", ask->subject);
    text_add(out, "MessageText", ask->words);
    name_add(out, "WorkerIds");
    for (size_t i = 0; i < ask->worker_count; i++) {
        buffer_text(out, i ? "," : "[");
        buffer_json(out, ask->workers[i]);
    }
    buffer_text(out, "]");
}

static void
members_add(struct buffer *out, const struct ask *ask)
{
    switch (ask->kind) {
    case ASK_ACCOUNT: /* a form, see `mturk_body` */
    case ASK_BALANCE:
        return;
    case ASK_TASK:
        text_add(out, "HITId", ask->task);
        return;
    case ASK_ASSIGNMENTS:
    case ASK_ASSIGNMENTS_ANSWERED:
        assignments_add(out, ask);
        return;
    case ASK_ASSIGNMENT:
        text_add(out, "AssignmentId", ask->assignment);
        return;
    case ASK_PAYMENTS:
        text_add(out, "HITId", ask->task);
        page_add(out, ask->page);
        return;
    case ASK_ASSIGNMENT_PAYMENTS:
        text_add(out, "AssignmentId", ask->assignment);
        page_add(out, ask->page);
        return;
    case ASK_SCORE:
        text_add(out, "QualificationTypeId", ask->qualification);
        text_add(out, "WorkerId", ask->worker);
        return;
    case TELL_APPROVE:
        text_add(out, "AssignmentId", ask->assignment);
        optional_add(out, "RequesterFeedback", ask->words);
        return;
    case TELL_QUALIFY:
        qualify_add(out, ask);
        return;
    case TELL_BONUS:
        bonus_add(out, ask);
        return;
    case TELL_NOTIFY:
        notify_add(out, ask);
        return;
    }
}

const char *
mturk_body(const struct ask *ask, struct arena *arena)
{
    if (ask->kind == ASK_ACCOUNT)
        return mturk_account_body;
    struct buffer out = {0};
    buffer_text(&out, "{");
    members_add(&out, ask);
    buffer_text(&out, "}");
    const char *body = arena_text(arena, out.bytes, out.size);
    buffer_close(&out);
    return body;
}
