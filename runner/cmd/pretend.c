#include "cmd/pretend.h"

#include "base/text.h"
#include "base/tree.h"
#include "cmd/say.h"
#include "io/file.h"

struct sim *
pretend_open(const struct pretend_files *files, struct arena *arena, struct error *err)
{
    struct buffer world = {0}, faults = {0};
    struct problems problems = {.arena = arena};
    struct sim *sim = NULL;
    if (!files->world_file)
        buffer_text(&world, files->text);
    bool read = !files->world_file ||
                file_read(files->world_file, TREE_SIZE_BYTES_MAX + 1, &world, NULL, err);
    read = read && (!files->faults_file ||
                    file_read(files->faults_file, TREE_SIZE_BYTES_MAX + 1, &faults, NULL, err));
    if (read) {
        struct sim_options options = {
            .world_name = files->world_file ? files->world_file : "the made-up world",
            .world = world.bytes ? world.bytes : "",
            .world_size = world.size,
            .faults_name = files->faults_file,
            .faults = files->faults_file ? (faults.bytes ? faults.bytes : "") : NULL,
            .faults_size = faults.size,
            .seed = files->seed,
            .port = files->port,
            .book_path = files->book_file,
        };
        sim = sim_open(&options, &problems, err);
        say_problems(&problems, "error");
        if (!sim && problems.count)
            error_end(err, STATUS_INVALID, "the world cannot be opened");
    }
    buffer_close(&world);
    buffer_close(&faults);
    return sim;
}

static bool
approves(const struct campaign *campaign)
{
    for (size_t i = 0; i < campaign->step_count; i++)
        if (campaign->steps[i].verb == VERB_APPROVE)
            return true;
    return false;
}

static void
qualifications_add(const struct campaign *campaign, struct buffer *out, struct arena *arena)
{
    struct index seen = {0};
    bool any = false;
    for (size_t i = 0; i < campaign->step_count; i++) {
        const char *id = campaign->steps[i].qualification;
        if (!id || !index_add(&seen, id, i, arena))
            continue;
        buffer_print(out, "%s  - { id: \"%s\", name: \"Made-up %zu\", description: \"Made up\" }\n",
                     any ? "" : "qualifications:\n", id, seen.count);
        any = true;
    }
}

const char *
pretend_make_up(const struct campaign *campaign, struct arena *arena)
{
    enum { PEOPLE = 5, OVERLAP = 1 };
    struct buffer out = {0};
    /* A message only reaches people whose work was approved: where the campaign itself approves,
     * work begins as handed in, elsewhere as approved. */
    const char *status = approves(campaign) ? "Submitted" : "Approved";
    buffer_text(&out, "balance: 100000.00\naccount: \"000000000000\"\n");
    qualifications_add(campaign, &out, arena);
    buffer_text(&out, "hits:\n");
    for (size_t i = 0; i < campaign->task_count; i++) {
        buffer_print(&out,
                     "  - id: \"%s\"\n    title: Made-up task %zu\n    reward: 0.50\n"
                     "    max_assignments: %d\n    assignments:\n",
                     campaign->tasks[i].id, i + 1, PEOPLE);
        for (size_t j = 0; j < PEOPLE; j++)
            buffer_print(&out,
                         "      - { id: \"3MADEUP%05zuX%zu\", worker: \"AMADEUP%06zu\", status: "
                         "%s }\n",
                         i, j, i * (PEOPLE - OVERLAP) + j, status);
    }
    const char *text = arena_text(arena, out.bytes, out.size);
    buffer_close(&out);
    return text;
}
