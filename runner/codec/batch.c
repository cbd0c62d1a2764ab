/* A campaign will read the file later on, so it is read here as a campaign does. */
#include "codec/batch.h"

#include "codec/tables.h"
#include "core/campaign.h"

bool
batch_survey(const struct csv_input *input, struct batch *batch, struct problems *problems,
             struct arena *arena)
{
    struct campaign campaign = {.from = ROSTER_FROM_ASSIGNMENTS};
    struct decoding d = {.campaign = &campaign, .problems = problems, .arena = arena};
    size_t before = problems->count + problems->more;
    tables_assignments_decode(&d, 0, input->path, input->bytes, input->size_bytes);
    const struct roster *given = &campaign.given;
    struct index workers = {0};
    *batch = (struct batch){.assignments = given->assignment_count, .tasks = given->task_count};
    for (size_t i = 0; i < given->assignment_count; i++) {
        const struct assignment *one = &given->assignments[i];
        /* Work that was rejected is on record, and not selected. */
        if (one->status == WORK_REJECTED)
            continue;
        batch->submitted += one->status == WORK_SUBMITTED;
        batch->selected++;
        batch->workers += index_add(&workers, one->worker, i, arena);
    }
    return problems->count + problems->more == before;
}
