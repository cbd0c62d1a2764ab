#include "sim/operation.h"

#include "base/text.h"

#define NEEDS(name_, kind_) \
    { \
        .name = (name_), .kind = (kind_), .required = true \
    }
#define TAKES(name_, kind_) \
    { \
        .name = (name_), .kind = (kind_) \
    }
#define TAKES_OF(name_, kind_, choices_) \
    { \
        .name = (name_), .kind = (kind_), .choices = (choices_) \
    }
#define PAGES TAKES("NextToken", MEMBER_PAGE_TOKEN), TAKES("MaxResults", MEMBER_PAGE_SIZE)
#define END \
    { \
        .name = NULL \
    }

static const char *const assignment_statuses[] = {"Submitted", "Approved", "Rejected", NULL};
static const char *const grant_statuses[] = {"Granted", "Revoked", NULL};
static const char *const reviewable_statuses[] = {"Reviewable", "Reviewing", NULL};
static const char *const type_statuses[] = {"Active", "Inactive", NULL};

static const struct member none[] = {END};
static const struct member pages_only[] = {PAGES, END};
static const struct member hit_only[] = {NEEDS("HITId", MEMBER_ENTITY), END};
static const struct member assignment_only[] = {NEEDS("AssignmentId", MEMBER_ENTITY), END};
static const struct member type_only[] = {NEEDS("QualificationTypeId", MEMBER_ENTITY), END};

static const struct member approve[] = {
    NEEDS("AssignmentId", MEMBER_ENTITY),
    TAKES("RequesterFeedback", MEMBER_TEXT),
    TAKES("OverrideRejection", MEMBER_FLAG),
    END,
};
static const struct member reject[] = {
    NEEDS("AssignmentId", MEMBER_ENTITY),
    NEEDS("RequesterFeedback", MEMBER_TEXT),
    END,
};
static const struct member list_assignments[] = {
    NEEDS("HITId", MEMBER_ENTITY),
    TAKES_OF("AssignmentStatuses", MEMBER_CHOICES, assignment_statuses),
    PAGES,
    END,
};
static const struct member list_reviewable[] = {
    TAKES("HITTypeId", MEMBER_ENTITY),
    TAKES_OF("Status", MEMBER_CHOICE, reviewable_statuses),
    PAGES,
    END,
};
static const struct member expire[] = {
    NEEDS("HITId", MEMBER_ENTITY),
    NEEDS("ExpireAt", MEMBER_TIME),
    END,
};
static const struct member associate[] = {
    NEEDS("QualificationTypeId", MEMBER_ENTITY),
    NEEDS("WorkerId", MEMBER_WORKER),
    TAKES("IntegerValue", MEMBER_INTEGER),
    TAKES("SendNotification", MEMBER_FLAG),
    END,
};
static const struct member disassociate[] = {
    NEEDS("WorkerId", MEMBER_WORKER),
    NEEDS("QualificationTypeId", MEMBER_ENTITY),
    TAKES("Reason", MEMBER_TEXT),
    END,
};
static const struct member score[] = {
    NEEDS("QualificationTypeId", MEMBER_ENTITY),
    NEEDS("WorkerId", MEMBER_WORKER),
    END,
};
static const struct member list_holders[] = {
    NEEDS("QualificationTypeId", MEMBER_ENTITY),
    TAKES_OF("Status", MEMBER_CHOICE, grant_statuses),
    PAGES,
    END,
};
static const struct member list_types[] = {
    NEEDS("MustBeRequestable", MEMBER_FLAG),
    TAKES("MustBeOwnedByCaller", MEMBER_FLAG),
    TAKES("Query", MEMBER_TEXT),
    PAGES,
    END,
};
static const struct member create_type[] = {
    NEEDS("Name", MEMBER_TEXT),
    NEEDS("Description", MEMBER_TEXT),
    {.name = "QualificationTypeStatus",
     .kind = MEMBER_CHOICE,
     .required = true,
     .choices = type_statuses},
    TAKES("Keywords", MEMBER_TEXT),
    TAKES("RetryDelayInSeconds", MEMBER_INTEGER),
    TAKES("Test", MEMBER_TEXT),
    TAKES("AnswerKey", MEMBER_TEXT),
    TAKES("TestDurationInSeconds", MEMBER_INTEGER),
    TAKES("AutoGranted", MEMBER_FLAG),
    TAKES("AutoGrantedValue", MEMBER_INTEGER),
    END,
};
static const struct member send_bonus[] = {
    NEEDS("WorkerId", MEMBER_WORKER),          NEEDS("BonusAmount", MEMBER_AMOUNT),
    NEEDS("AssignmentId", MEMBER_ENTITY),      NEEDS("Reason", MEMBER_TEXT),
    TAKES("UniqueRequestToken", MEMBER_TOKEN), END,
};
static const struct member list_bonuses[] = {
    TAKES("HITId", MEMBER_ENTITY),
    TAKES("AssignmentId", MEMBER_ENTITY),
    PAGES,
    END,
};
static const struct member notify[] = {
    NEEDS("Subject", MEMBER_TEXT),
    NEEDS("MessageText", MEMBER_TEXT),
    NEEDS("WorkerIds", MEMBER_WORKERS),
    END,
};
static const struct member block[] = {
    NEEDS("WorkerId", MEMBER_WORKER),
    NEEDS("Reason", MEMBER_TEXT),
    END,
};
static const struct member unblock[] = {
    NEEDS("WorkerId", MEMBER_WORKER),
    TAKES("Reason", MEMBER_TEXT),
    END,
};

enum { READS = false, WRITES = true };

static const struct operation operations[] = {
    {"GetAccountBalance", none, READS, clerk_balance},
    {"SendBonus", send_bonus, WRITES, clerk_send_bonus},
    {"ListBonusPayments", list_bonuses, READS, clerk_list_bonuses},
    {"GetHIT", hit_only, READS, clerk_hit},
    {"ListHITs", pages_only, READS, clerk_list_hits},
    {"ListReviewableHITs", list_reviewable, READS, clerk_list_reviewable},
    {"UpdateExpirationForHIT", expire, WRITES, clerk_expire},
    {"GetAssignment", assignment_only, READS, clerk_assignment},
    {"ListAssignmentsForHIT", list_assignments, READS, clerk_list_assignments},
    {"ApproveAssignment", approve, WRITES, clerk_approve},
    {"RejectAssignment", reject, WRITES, clerk_reject},
    {"AssociateQualificationWithWorker", associate, WRITES, clerk_associate},
    {"DisassociateQualificationFromWorker", disassociate, WRITES, clerk_disassociate},
    {"GetQualificationScore", score, READS, clerk_score},
    {"ListWorkersWithQualificationType", list_holders, READS, clerk_list_holders},
    {"GetQualificationType", type_only, READS, clerk_type},
    {"ListQualificationTypes", list_types, READS, clerk_list_types},
    {"CreateQualificationType", create_type, WRITES, clerk_create_type},
    {"NotifyWorkers", notify, WRITES, clerk_notify},
    {"CreateWorkerBlock", block, WRITES, clerk_block},
    {"DeleteWorkerBlock", unblock, WRITES, clerk_unblock},
    {"ListWorkerBlocks", pages_only, READS, clerk_list_blocks},
};

enum { OPERATIONS = sizeof operations / sizeof *operations };

const struct operation *
operation_find(const char *name)
{
    for (size_t i = 0; i < OPERATIONS; i++)
        if (text_same(operations[i].name, name))
            return &operations[i];
    return NULL;
}

const char *
operation_name(size_t ordinal)
{
    return ordinal < OPERATIONS ? operations[ordinal].name : NULL;
}
