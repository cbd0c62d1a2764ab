/* Messages to workers, and blocks. */
#include "sim/listing.h"
#include "sim/operation.h"

#include "base/text.h"

enum { NOTIFIED_MAX = 100, SUBJECT_MAX = 200, MESSAGE_MAX = 4096 };

/* Why a worker cannot be written to; both NULL when they can. */
struct failure {
    const char *code;
    const char *message;
};

static struct failure
failure_of(const struct worker *worker)
{
    if (!worker || !worker_met(worker))
        return (struct failure){
            "HardFailure",
            "Cannot send a notification to a worker who has not done any work for you"};
    switch (worker->reach) {
    case REACH_WELL:
        break;
    case REACH_LATER:
        return (struct failure){"SoftFailure", "The worker cannot be reached at the moment"};
    case REACH_NEVER:
        return (struct failure){"HardFailure", "The worker cannot be reached"};
    }
    return (struct failure){0};
}

/* The limits of the reference page; the service model does not have them. */
static bool
message_fits(struct desk *desk, const json_t *workers)
{
    const char *subject = desk_text(desk, "Subject"), *text = desk_text(desk, "MessageText");
    if (text_length(subject) > SUBJECT_MAX)
        desk_invalid(desk, "Subject", subject);
    else if (text_length(text) > MESSAGE_MAX)
        desk_invalid(desk, "MessageText", text);
    else if (json_array_size(workers) > NOTIFIED_MAX)
        desk_invalid(desk, "WorkerIds",
                     arena_print(desk->arena, "%zu workers", json_array_size(workers)));
    else
        return true;
    return false;
}

/* The call succeeds even when no worker can be reached; those are in the output. */
json_t *
clerk_notify(struct desk *desk)
{
    const json_t *workers = json_object_get(desk->input, "WorkerIds");
    if (!message_fits(desk, workers))
        return NULL;
    json_t *failures = json_array();
    for (size_t i = 0; i < json_array_size(workers); i++) {
        const char *id = json_string_value(json_array_get(workers, i));
        struct failure failure = failure_of(world_worker(desk->world, id));
        if (failure.code) {
            json_array_append_new(
                failures, json_pack("{s:s, s:s, s:s}", "WorkerId", id, "NotifyWorkersFailureCode",
                                    failure.code, "NotifyWorkersFailureMessage", failure.message));
        } else if (!desk_post(desk, (struct posting){.deed = DEED_MESSAGE,
                                                     .worker = id,
                                                     .subject = desk_text(desk, "Subject"),
                                                     .words = desk_text(desk, "MessageText")})) {
            json_decref(failures);
            return NULL;
        }
    }
    json_t *output = json_object();
    json_object_set_new(output, "NotifyWorkersFailureStatuses", failures);
    return output;
}

/* Blocking a blocked worker is taken, and changes the reason. */
json_t *
clerk_block(struct desk *desk)
{
    struct worker *worker = desk_worker(desk, "WorkerId");
    if (!worker || !desk_post(desk, (struct posting){.deed = DEED_BLOCK,
                                                     .worker = worker->id,
                                                     .words = desk_text(desk, "Reason")}))
        return NULL;
    worker->blocked = true;
    worker->block_reason = arena_copy(&desk->world->arena, desk_text(desk, "Reason"));
    return desk_nothing(desk);
}

/* Succeeds for a worker who is not blocked, too; then nothing is posted, because nothing was
 * done. */
json_t *
clerk_unblock(struct desk *desk)
{
    struct worker *worker = desk_worker(desk, "WorkerId");
    if (!worker)
        return NULL;
    if (worker->blocked && !desk_post(desk, (struct posting){.deed = DEED_UNBLOCK,
                                                             .worker = worker->id,
                                                             .words = desk_text(desk, "Reason")}))
        return NULL;
    worker->blocked = false;
    return desk_nothing(desk);
}

static bool
block_shows(const struct desk *desk, const void *of, size_t at)
{
    (void)of;
    return desk->world->workers[at].blocked;
}

static json_t *
block_item(const struct desk *desk, const void *of, size_t at)
{
    (void)of;
    const struct worker *worker = &desk->world->workers[at];
    return json_pack("{s:s, s:s}", "WorkerId", worker->id, "Reason", worker->block_reason);
}

json_t *
clerk_list_blocks(struct desk *desk)
{
    return listing_answer(desk, &(struct listing){.member = "WorkerBlocks",
                                                  .count = desk->world->worker_count,
                                                  .shows = block_shows,
                                                  .item = block_item});
}
