/* Qualifications of workers: given, taken away, read. */
#include "sim/listing.h"
#include "sim/operation.h"

#include "base/text.h"

/* Setting a score again changes it, without an error: the operation is an upsert. */
json_t *
clerk_associate(struct desk *desk)
{
    struct qualification *qualification = desk_qualification(desk, "QualificationTypeId");
    struct worker *worker = qualification ? desk_worker(desk, "WorkerId") : NULL;
    if (!worker)
        return NULL;
    int64_t value = desk_number(desk, "IntegerValue", 1);
    if (!desk_post(desk, (struct posting){.deed = DEED_QUALIFY,
                                          .worker = worker->id,
                                          .qualification = qualification->id,
                                          .value = &value}))
        return NULL;
    world_set_grant(desk->world, qualification, (size_t)(worker - desk->world->workers), value,
                    desk->now_ms);
    return desk_nothing(desk);
}

/* The grant that the input names, as long as it stands; otherwise NULL after the refusal. */
static struct grant *
standing_grant(struct desk *desk, const struct qualification *qualification,
               const struct worker *worker)
{
    struct grant *grant = world_grant(qualification, worker->id);
    if (!grant)
        desk_refuse(desk, "QualificationDoesNotExist",
                    "You requested a Qualification that does not exist.");
    else if (grant->revoked)
        desk_status(desk, "InvalidQualificationState", "Granted");
    return grant && !grant->revoked ? grant : NULL;
}

json_t *
clerk_disassociate(struct desk *desk)
{
    struct qualification *qualification = desk_qualification(desk, "QualificationTypeId");
    struct worker *worker = qualification ? desk_worker(desk, "WorkerId") : NULL;
    struct grant *grant = worker ? standing_grant(desk, qualification, worker) : NULL;
    if (!grant)
        return NULL;
    if (!desk_post(desk, (struct posting){.deed = DEED_UNQUALIFY,
                                          .worker = worker->id,
                                          .qualification = qualification->id,
                                          .words = desk_text(desk, "Reason")}))
        return NULL;
    grant->revoked = true;
    return desk_nothing(desk);
}

static json_t *
grant_json(const struct world *world, const struct qualification *qualification,
           const struct grant *grant)
{
    json_t *object = json_object();
    json_object_set_new(object, "QualificationTypeId", json_string(qualification->id));
    json_object_set_new(object, "WorkerId", json_string(world->workers[grant->worker].id));
    json_object_set_new(object, "GrantTime", desk_time(grant->granted_ms));
    json_object_set_new(object, "IntegerValue", json_integer(grant->value));
    json_object_set_new(object, "Status", json_string(grant->revoked ? "Revoked" : "Granted"));
    return object;
}

json_t *
clerk_score(struct desk *desk)
{
    const struct qualification *qualification = desk_qualification(desk, "QualificationTypeId");
    const struct worker *worker = qualification ? desk_worker(desk, "WorkerId") : NULL;
    const struct grant *grant = worker ? standing_grant(desk, qualification, worker) : NULL;
    if (!grant)
        return NULL;
    json_t *output = json_object();
    json_object_set_new(output, "Qualification", grant_json(desk->world, qualification, grant));
    return output;
}

static bool
grant_shows(const struct desk *desk, const void *of, size_t at)
{
    const struct qualification *qualification = of;
    bool revoked = text_same(desk_text(desk, "Status"), "Revoked");
    return qualification->grants[at].revoked == revoked;
}

static json_t *
grant_item(const struct desk *desk, const void *of, size_t at)
{
    const struct qualification *qualification = of;
    return grant_json(desk->world, qualification, &qualification->grants[at]);
}

/* Without a status, those who hold it. */
json_t *
clerk_list_holders(struct desk *desk)
{
    const struct qualification *qualification = desk_qualification(desk, "QualificationTypeId");
    if (!qualification)
        return NULL;
    return listing_answer(desk, &(struct listing){.member = "Qualifications",
                                                  .of = qualification,
                                                  .count = qualification->grant_count,
                                                  .shows = grant_shows,
                                                  .item = grant_item});
}
