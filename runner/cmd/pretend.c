#include "cmd/pretend.h"

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
                file_read(files->world_file, TREE_LONG_SIZE_BYTES_MAX + 1, &world, NULL, err);
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
