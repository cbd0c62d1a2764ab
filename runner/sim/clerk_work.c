/* Assignments: listed, read, approved, rejected. */
#include "sim/listing.h"
#include "sim/operation.h"

#include "base/text.h"
#include "sim/handwork.h"

enum { FEEDBACK_MAX = 1024, OVERRIDE_DAYS = 30, AUTO_APPROVAL_DAYS = 30 };

static const char *
status_name(enum assignment_status status)
{
    switch (status) {
    case ASSIGNMENT_SUBMITTED:
        return "Submitted";
    case ASSIGNMENT_APPROVED:
        return "Approved";
    case ASSIGNMENT_REJECTED:
        return "Rejected";
    case ASSIGNMENT_ACCEPTED:
        break;
    }
    return "null";
}

static json_t *
assignment_json(const struct world *world, const struct assignment *assignment)
{
    struct buffer sheet = {0};
    handwork_print(assignment->answers, &sheet);
    stamp_t submitted_ms = assignment->submitted_ms;
    json_t *object = json_object();
    json_object_set_new(object, "AssignmentId", json_string(assignment->id));
    json_object_set_new(object, "WorkerId", json_string(world->workers[assignment->worker].id));
    json_object_set_new(object, "HITId", json_string(world->hits[assignment->hit].id));
    json_object_set_new(object, "AssignmentStatus", json_string(status_name(assignment->status)));
    json_object_set_new(object, "AutoApprovalTime",
                        desk_time(submitted_ms + AUTO_APPROVAL_DAYS * STAMP_DAY_MS));
    json_object_set_new(object, "AcceptTime", desk_time(submitted_ms - 5 * STAMP_MINUTE_MS));
    json_object_set_new(object, "SubmitTime", desk_time(submitted_ms));
    if (assignment->status == ASSIGNMENT_APPROVED)
        json_object_set_new(object, "ApprovalTime", desk_time(assignment->decided_ms));
    if (assignment->status == ASSIGNMENT_REJECTED)
        json_object_set_new(object, "RejectionTime", desk_time(assignment->decided_ms));
    if (assignment->feedback)
        json_object_set_new(object, "RequesterFeedback", json_string(assignment->feedback));
    json_object_set_new(object, "Answer", json_stringn(sheet.bytes, sheet.size));
    buffer_close(&sheet);
    return object;
}

static bool
assignment_shows(const struct desk *desk, const void *of, size_t at)
{
    const struct hit *hit = of;
    enum assignment_status status = desk->world->assignments[hit->first + at].status;
    const json_t *wanted = json_object_get(desk->input, "AssignmentStatuses");
    if (status == ASSIGNMENT_ACCEPTED)
        return false;
    for (size_t i = 0; i < json_array_size(wanted); i++)
        if (text_same(json_string_value(json_array_get(wanted, i)), status_name(status)))
            return true;
    return json_array_size(wanted) == 0;
}

static json_t *
assignment_item(const struct desk *desk, const void *of, size_t at)
{
    const struct hit *hit = of;
    return assignment_json(desk->world, &desk->world->assignments[hit->first + at]);
}

json_t *
clerk_list_assignments(struct desk *desk)
{
    const struct hit *hit = desk_hit(desk, "HITId");
    if (!hit)
        return NULL;
    return listing_answer(desk, &(struct listing){.member = "Assignments",
                                                  .of = hit,
                                                  .count = hit->count,
                                                  .shows = assignment_shows,
                                                  .item = assignment_item});
}

json_t *
clerk_assignment(struct desk *desk)
{
    const struct assignment *assignment = desk_assignment(desk, "AssignmentId");
    if (!assignment)
        return NULL;
    if (assignment->status == ASSIGNMENT_ACCEPTED)
        return desk_status(desk, "InvalidAssignmentState", "Reviewable,Approved,Rejected");
    json_t *output = json_object();
    json_object_set_new(output, "Assignment", assignment_json(desk->world, assignment));
    json_object_set_new(output, "HIT", hit_json(desk->world, &desk->world->hits[assignment->hit]));
    return output;
}

/* At most 1024 characters, none of 0-8, 11, 12, 14-31 (ApproveAssignment's reference page). */
static bool
feedback_fits(struct desk *desk, const char *feedback)
{
    bool fits = !feedback || text_length(feedback) <= FEEDBACK_MAX;
    for (const char *at = feedback; at && *at; at++)
        fits &= (unsigned char)*at >= 0x20 || *at == '\t' || *at == '\n' || *at == '\r';
    if (!fits)
        desk_refuse(desk, "InvalidParameterValue",
                    "The value for the parameter RequesterFeedback is not valid.");
    return fits;
}

/* A rejection can be taken back until 30 days after the work was handed in. */
static bool
may_approve(const struct desk *desk, const struct assignment *assignment)
{
    if (assignment->status == ASSIGNMENT_SUBMITTED)
        return true;
    return assignment->status == ASSIGNMENT_REJECTED &&
           desk_flag(desk, "OverrideRejection", false) &&
           desk->now_ms - assignment->submitted_ms <= OVERRIDE_DAYS * STAMP_DAY_MS;
}

static void
decide(struct desk *desk, struct assignment *assignment, enum assignment_status status)
{
    if (assignment->status == ASSIGNMENT_SUBMITTED)
        desk->world->workers[assignment->worker].decided++;
    assignment->status = status;
    assignment->decided_ms = desk->now_ms;
    assignment->feedback = arena_copy(&desk->world->arena, desk_text(desk, "RequesterFeedback"));
}

json_t *
clerk_approve(struct desk *desk)
{
    struct world *world = desk->world;
    struct assignment *assignment = desk_assignment(desk, "AssignmentId");
    const char *feedback = desk_text(desk, "RequesterFeedback");
    if (!assignment || !feedback_fits(desk, feedback))
        return NULL;
    if (!may_approve(desk, assignment))
        return desk_status(desk, "InvalidAssignmentState",
                           assignment->status == ASSIGNMENT_ACCEPTED ? "null" : "Submitted");
    const struct hit *hit = &world->hits[assignment->hit];
    cents_t fee = world_reward_fee(hit);
    if (book_balance(&world->book, "requester") < hit->reward + fee)
        return desk_refuse(desk, "InsufficientFunds",
                           "This Requester has insufficient funds in their account to complete "
                           "this transaction.");
    bool again = assignment->status == ASSIGNMENT_REJECTED;
    if (!desk_post(desk, (struct posting){.deed = again ? DEED_OVERRIDE : DEED_APPROVE,
                                          .worker = world->workers[assignment->worker].id,
                                          .assignment = assignment->id,
                                          .hit = hit->id,
                                          .words = feedback,
                                          .pay = hit->reward,
                                          .fee = fee}))
        return NULL;
    decide(desk, assignment, ASSIGNMENT_APPROVED);
    return desk_nothing(desk);
}

json_t *
clerk_reject(struct desk *desk)
{
    struct world *world = desk->world;
    struct assignment *assignment = desk_assignment(desk, "AssignmentId");
    const char *feedback = desk_text(desk, "RequesterFeedback");
    if (!assignment || !feedback_fits(desk, feedback))
        return NULL;
    if (assignment->status != ASSIGNMENT_SUBMITTED)
        return desk_status(desk, "InvalidAssignmentState",
                           assignment->status == ASSIGNMENT_ACCEPTED ? "null" : "Submitted");
    if (!desk_post(desk, (struct posting){.deed = DEED_REJECT,
                                          .worker = world->workers[assignment->worker].id,
                                          .assignment = assignment->id,
                                          .hit = world->hits[assignment->hit].id,
                                          .words = feedback}))
        return NULL;
    decide(desk, assignment, ASSIGNMENT_REJECTED);
    return desk_nothing(desk);
}
