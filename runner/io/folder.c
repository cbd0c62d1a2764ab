#include "io/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

bool
folder_is(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static int
by_name(const void *left, const void *right)
{
    const char *const *one = left, *const *other = right;
    return strcmp(*one, *other);
}

bool
folder_list(const char *path, const char *ending, const char ***paths, size_t *count,
            struct arena *arena, struct error *err)
{
    DIR *folder = opendir(path);
    if (!folder)
        return error_say(err, "the folder %s cannot be read: %s", path, strerror(errno));
    size_t capacity = 0;
    *paths = NULL;
    *count = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (!text_ends(entry->d_name, ending))
            continue;
        *paths = arena_push(arena, *paths, *count, &capacity, sizeof **paths);
        (*paths)[(*count)++] = arena_print(arena, "%s/%s", path, entry->d_name);
    }
    closedir(folder);
    if (*count)
        qsort(*paths, *count, sizeof **paths, by_name);
    return true;
}
