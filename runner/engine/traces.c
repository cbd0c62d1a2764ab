#include "engine/traces.h"

#include "base/text.h"
#include "codec/record_person.h"
#include "io/file.h"
#include "io/folder.h"

enum { FILE_BYTES_MAX = 64 * 1024 * 1024 };

void
traces_in(struct traces *traces, const char *path, struct arena *arena)
{
    struct buffer bytes = {0};
    struct error ignored = {0};
    bool exists;
    bool named = file_read(path, FILE_BYTES_MAX, &bytes, &exists, &ignored) && bytes.size &&
                 bytes_name_any(bytes.bytes, bytes.size, &traces->sought);
    buffer_close(&bytes);
    for (size_t i = 0; named && i < traces->count; i++)
        named = !text_same(traces->paths[i], path);
    if (!named)
        return;
    traces->paths =
        arena_push(arena, traces->paths, traces->count, &traces->capacity, sizeof *traces->paths);
    traces->paths[traces->count++] = path;
}

void
traces_beside(struct traces *traces, const char *journal_path, struct arena *arena)
{
    const char **paths;
    size_t count;
    struct error ignored = {0};
    const char *folder = file_beside(arena, journal_path, ".");
    if (!folder_list(folder, "", &paths, &count, arena, &ignored))
        return;
    for (size_t i = 0; i < count; i++) {
        const char *path = text_starts(paths[i], "./") ? paths[i] + 2 : paths[i];
        if (!text_same(path, journal_path) && !folder_is(path))
            traces_in(traces, path, arena);
    }
}
