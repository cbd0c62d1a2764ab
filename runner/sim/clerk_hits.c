/* HITs: read, listed, expired. */
#include "sim/listing.h"
#include "sim/operation.h"

#include <stdio.h>

#include "base/text.h"

enum { AUTO_APPROVAL_S = 30 * 24 * 3600, ALLOTTED_S = 3600 };

static const char masters_type[] = "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH";

static const char *
status_name(const struct hit *hit)
{
    switch ((enum hit_status)hit->status) {
    case HIT_ASSIGNABLE:
        return "Assignable";
    case HIT_UNASSIGNABLE:
        return "Unassignable";
    case HIT_REVIEWABLE:
        return "Reviewable";
    case HIT_REVIEWING:
        return "Reviewing";
    }
    return "";
}

/* Pending: accepted and not handed in. Completed: approved or rejected. What is handed in and not
 * yet decided is in none of the three numbers. */
static void
numbers_add(const struct world *world, const struct hit *hit, json_t *object)
{
    int64_t pending = 0, completed = 0;
    for (size_t i = hit->first; i < hit->first + hit->count; i++) {
        enum assignment_status status = world->assignments[i].status;
        pending += status == ASSIGNMENT_ACCEPTED;
        completed += status == ASSIGNMENT_APPROVED || status == ASSIGNMENT_REJECTED;
    }
    bool open = hit->status == HIT_ASSIGNABLE;
    int64_t available = open ? hit->max_assignments - (int64_t)hit->count : 0;
    json_object_set_new(object, "NumberOfAssignmentsPending", json_integer(pending));
    json_object_set_new(object, "NumberOfAssignmentsAvailable", json_integer(available));
    json_object_set_new(object, "NumberOfAssignmentsCompleted", json_integer(completed));
}

static json_t *
requirements_json(const struct hit *hit)
{
    json_t *list = json_array();
    if (hit->masters)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s}", "QualificationTypeId", masters_type,
                                        "Comparator", "Exists", "ActionsGuarded", "Accept"));
    return list;
}

json_t *
hit_json(const struct world *world, const struct hit *hit)
{
    json_t *object = json_object();
    json_object_set_new(object, "HITId", json_string(hit->id));
    json_object_set_new(object, "HITTypeId", json_string(hit->type));
    json_object_set_new(object, "HITGroupId", json_string(hit->type));
    json_object_set_new(object, "CreationTime", desk_time(hit->created_ms));
    json_object_set_new(object, "Title", json_string(hit->title));
    json_object_set_new(object, "Description", json_string(hit->description));
    if (hit->keywords)
        json_object_set_new(object, "Keywords", json_string(hit->keywords));
    if (hit->annotation)
        json_object_set_new(object, "RequesterAnnotation", json_string(hit->annotation));
    json_object_set_new(object, "HITStatus", json_string(status_name(hit)));
    json_object_set_new(object, "HITReviewStatus", json_string("NotReviewed"));
    json_object_set_new(object, "MaxAssignments", json_integer(hit->max_assignments));
    json_object_set_new(object, "Reward", desk_money(hit->reward));
    json_object_set_new(object, "AutoApprovalDelayInSeconds", json_integer(AUTO_APPROVAL_S));
    json_object_set_new(object, "AssignmentDurationInSeconds", json_integer(ALLOTTED_S));
    json_object_set_new(object, "Expiration", desk_time(hit->expires_ms));
    json_object_set_new(object, "QualificationRequirements", requirements_json(hit));
    numbers_add(world, hit, object);
    return object;
}

json_t *
clerk_hit(struct desk *desk)
{
    const struct hit *hit = desk_hit(desk, "HITId");
    if (!hit)
        return NULL;
    json_t *output = json_object();
    json_object_set_new(output, "HIT", hit_json(desk->world, hit));
    return output;
}

static json_t *
hit_item(const struct desk *desk, const void *of, size_t at)
{
    const struct hit *hits = of;
    return hit_json(desk->world, &hits[at]);
}

json_t *
clerk_list_hits(struct desk *desk)
{
    return listing_answer(desk, &(struct listing){.member = "HITs",
                                                  .of = desk->world->hits,
                                                  .count = desk->world->hit_count,
                                                  .item = hit_item});
}

static bool
reviewable_shows(const struct desk *desk, const void *of, size_t at)
{
    const struct hit *hit = &((const struct hit *)of)[at];
    const char *type = desk_text(desk, "HITTypeId"), *status = desk_text(desk, "Status");
    return text_same(status_name(hit), status ? status : "Reviewable") &&
           (!type || text_same(hit->type, type));
}

json_t *
clerk_list_reviewable(struct desk *desk)
{
    return listing_answer(desk, &(struct listing){.member = "HITs",
                                                  .of = desk->world->hits,
                                                  .count = desk->world->hit_count,
                                                  .shows = reviewable_shows,
                                                  .item = hit_item});
}

/* The operation has a token nobody gives: the HIT's id and the time in Java's form, as in "3VJ4…
 * Wed Jul 14 20:26:06 UTC 2021" without the blank (Dallinger issue 3109). The HTTP form has the
 * same parts in another order: "Wed, 14 Jul 2021 20:26:06 GMT". */
static const char *
token_of(struct desk *desk, const struct hit *hit, stamp_t at_ms)
{
    char http[STAMP_TEXT_SIZE];
    stamp_print_http(http, at_ms);
    return arena_print(desk->arena, "%s%.3s %.3s %.2s %.8s UTC %.4s", hit->id, http, http + 8,
                       http + 5, http + 17, http + 12);
}

json_t *
clerk_expire(struct desk *desk)
{
    struct hit *hit = desk_hit(desk, "HITId");
    if (!hit)
        return NULL;
    stamp_t at_ms = 0;
    shape_time(json_object_get(desk->input, "ExpireAt"), &at_ms);
    const char *token = token_of(desk, hit, at_ms);
    if (world_token_used(desk->world, token, desk->now_ms))
        return desk_refuse(desk, NULL, "The idempotency token \"%s\" has already been processed.",
                           token);
    if (!desk_post(desk, (struct posting){.deed = DEED_EXPIRE, .hit = hit->id}))
        return NULL;
    world_token_note(desk->world, token, desk->now_ms);
    hit->expires_ms = at_ms;
    if (at_ms <= desk->now_ms && hit->status == HIT_ASSIGNABLE)
        hit->status = HIT_REVIEWABLE;
    return desk_nothing(desk);
}
