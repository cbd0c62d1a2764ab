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
flag_add(struct buffer *out, const char *name, bool value)
{
    name_add(out, name);
    buffer_text(out, value ? "true" : "false");
}

static void
page_add(struct buffer *out, const char *page)
{
    name_add(out, "MaxResults");
    buffer_print(out, "%d", PAGE_ROWS);
    optional_add(out, "NextToken", page);
}

static void
task_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "HITId", ask->task);
}

static void
assignments_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "HITId", ask->task);
    name_add(out, "AssignmentStatuses");
    buffer_text(out, "[\"Submitted\",\"Approved\",\"Rejected\"]");
    page_add(out, ask->page);
}

static void
assignment_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "AssignmentId", ask->assignment);
}

static void
payments_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "HITId", ask->task);
    page_add(out, ask->page);
}

static void
assignment_payments_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "AssignmentId", ask->assignment);
    page_add(out, ask->page);
}

static void
score_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "QualificationTypeId", ask->qualification);
    text_add(out, "WorkerId", ask->worker);
}

/* The query is a search in names and descriptions. A type that nobody may request is ours all the
 * same, and its name is taken. */
static void
types_add(struct buffer *out, const struct ask *ask)
{
    flag_add(out, "MustBeRequestable", false);
    flag_add(out, "MustBeOwnedByCaller", true);
    text_add(out, "Query", ask->name);
    page_add(out, ask->page);
}

/* Which status is meant when none is said is not documented. */
static void
holders_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "QualificationTypeId", ask->qualification);
    text_add(out, "Status", "Granted");
    page_add(out, ask->page);
}

static void
blocks_add(struct buffer *out, const struct ask *ask)
{
    page_add(out, ask->page);
}

static void
approve_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "AssignmentId", ask->assignment);
    optional_add(out, "RequesterFeedback", ask->words);
    if (ask->override)
        flag_add(out, "OverrideRejection", true);
}

static void
reject_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "AssignmentId", ask->assignment);
    text_add(out, "RequesterFeedback", ask->words);
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
    flag_add(out, "SendNotification", ask->email);
}

bool
mturk_body_mails(const char *body)
{
    return strstr(body, "\"SendNotification\":true") != NULL;
}

static void
unqualify_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "WorkerId", ask->worker);
    text_add(out, "QualificationTypeId", ask->qualification);
    optional_add(out, "Reason", ask->words);
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
block_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "WorkerId", ask->worker);
    text_add(out, "Reason", ask->words);
}

static void
unblock_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "WorkerId", ask->worker);
    optional_add(out, "Reason", ask->words);
}

static void
create_add(struct buffer *out, const struct ask *ask)
{
    text_add(out, "Name", ask->name);
    text_add(out, "Description", ask->words);
    text_add(out, "QualificationTypeStatus", "Active");
}

typedef void member_writer(struct buffer *out, const struct ask *ask);

/* The operation that carries each kind, and what writes its members; NULL: it has none. */
static const struct {
    const char *name;
    member_writer *members_add;
} operations[ASK_KIND_COUNT] = {
    [ASK_ACCOUNT] = {"GetCallerIdentity", NULL}, /* a form, see `mturk_body` */
    [ASK_BALANCE] = {"GetAccountBalance", NULL},
    [ASK_TASK] = {"GetHIT", task_add},
    [ASK_ASSIGNMENTS] = {"ListAssignmentsForHIT", assignments_add},
    [ASK_ASSIGNMENTS_ANSWERED] = {"ListAssignmentsForHIT", assignments_add},
    [ASK_ASSIGNMENT] = {"GetAssignment", assignment_add},
    [ASK_PAYMENTS] = {"ListBonusPayments", payments_add},
    [ASK_ASSIGNMENT_PAYMENTS] = {"ListBonusPayments", assignment_payments_add},
    [ASK_SCORE] = {"GetQualificationScore", score_add},
    [ASK_TYPES] = {"ListQualificationTypes", types_add},
    [ASK_HOLDERS] = {"ListWorkersWithQualificationType", holders_add},
    [ASK_BLOCKS] = {"ListWorkerBlocks", blocks_add},
    [TELL_APPROVE] = {"ApproveAssignment", approve_add},
    [TELL_REJECT] = {"RejectAssignment", reject_add},
    [TELL_QUALIFY] = {"AssociateQualificationWithWorker", qualify_add},
    [TELL_UNQUALIFY] = {"DisassociateQualificationFromWorker", unqualify_add},
    [TELL_BONUS] = {"SendBonus", bonus_add},
    [TELL_NOTIFY] = {"NotifyWorkers", notify_add},
    [TELL_BLOCK] = {"CreateWorkerBlock", block_add},
    [TELL_UNBLOCK] = {"DeleteWorkerBlock", unblock_add},
    [TELL_CREATE] = {"CreateQualificationType", create_add},
};

const char *
mturk_operation(enum ask_kind kind)
{
    return operations[kind].name;
}

const char *
mturk_body(const struct ask *ask, struct arena *arena)
{
    if (ask->kind == ASK_ACCOUNT)
        return mturk_account_body;
    struct buffer out = {0};
    buffer_text(&out, "{");
    if (operations[ask->kind].members_add)
        operations[ask->kind].members_add(&out, ask);
    buffer_text(&out, "}");
    const char *body = arena_text(arena, out.bytes, out.size);
    buffer_close(&out);
    return body;
}
