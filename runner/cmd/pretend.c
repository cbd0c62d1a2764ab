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

/* How many people and assignments to make up: as many as the campaign expects, so that its own
 * numbers hold in rehearsal too. */
static void
numbers_make(const struct campaign *campaign, size_t *people, size_t *assignments)
{
    enum { EACH = 5 };
    const struct expectation *expect = &campaign->expect;
    *people = EACH * campaign->task_count - (campaign->task_count - 1); /* some work twice */
    *assignments = EACH * campaign->task_count;
    if (expect->has_workers)
        *people = *assignments = expect->workers;
    if (expect->has_assignments)
        *assignments = expect->assignments;
    if (expect->has_assignments && !expect->has_workers)
        *people = *assignments;
}

/* The assignments of one task. Number i belongs to person i mod `people`; those who come round
 * again are put on another task, because nobody does a task twice. */
static void
assignments_add(const struct campaign *campaign, size_t task, size_t people, size_t assignments,
                const char *status, struct buffer *out)
{
    for (size_t i = 0; i < assignments; i++) {
        size_t person = i % people;
        if ((person + i / people) % campaign->task_count == task)
            buffer_print(out,
                         "      - { id: \"3MADEUP%08zu\", worker: \"AMADEUP%06zu\", status: %s }\n",
                         i, person, status);
    }
}

const char *
pretend_make_up(const struct campaign *campaign, struct arena *arena)
{
    struct buffer out = {0};
    size_t people, assignments;
    numbers_make(campaign, &people, &assignments);
    /* A message only reaches people whose work was approved: where the campaign itself approves,
     * work begins as handed in, elsewhere as approved. */
    const char *status = approves(campaign) ? "Submitted" : "Approved";
    buffer_text(&out, "balance: 100000.00\naccount: \"000000000000\"\n");
    qualifications_add(campaign, &out, arena);
    buffer_text(&out, "hits:\n");
    for (size_t task = 0; task < campaign->task_count; task++) {
        buffer_print(&out,
                     "  - id: \"%s\"\n    title: Made-up task %zu\n    reward: 0.50\n"
                     "    assignments:\n",
                     campaign->tasks[task].id, task + 1);
        size_t before = out.size;
        assignments_add(campaign, task, people, assignments, status, &out);
        if (out.size == before)
            buffer_text(&out, "      []\n");
    }
    const char *text = arena_text(arena, out.bytes, out.size);
    buffer_close(&out);
    return text;
}
