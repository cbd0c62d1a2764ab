#include "engine/commit.h"

#include <string.h>

#include "base/text.h"
#include "io/file.h"

enum { REFERENCE_BYTES_MAX = 16 * 1024 * 1024, FOLDERS_UP_MAX = 40 };

static const char *
content_read(const char *path, struct arena *arena)
{
    struct buffer content = {0};
    struct error ignored = {0};
    bool exists = false;
    const char *text = NULL;
    if (file_read(path, REFERENCE_BYTES_MAX, &content, &exists, &ignored) && exists)
        text = text_trim(arena, content.bytes ? content.bytes : "", content.size);
    buffer_close(&content);
    return text;
}

static bool
is_commit(const char *text)
{
    size_t size = strspn(text, "0123456789abcdef");
    return (size == 40 || size == 64) && text[size] == '\0';
}

/* A line "HASH NAME" of packed-refs. */
static const char *
packed_find(const char *git, const char *name, struct arena *arena)
{
    const char *packed = content_read(arena_print(arena, "%s/packed-refs", git), arena);
    if (!packed)
        return NULL;
    const char *lines = arena_print(arena, "%s\n", packed);
    const char *at = strstr(lines, arena_print(arena, " %s\n", name));
    const char *begin = at;
    while (begin && begin > lines && begin[-1] != '\n')
        begin--;
    return at ? arena_text(arena, begin, (size_t)(at - begin)) : NULL;
}

const char *
commit_find(const char *file, struct arena *arena)
{
    const char *up = "";
    for (int i = 0; i < FOLDERS_UP_MAX; i++, up = arena_print(arena, "../%s", up)) {
        const char *git = file_beside(arena, file, arena_print(arena, "%s.git", up));
        const char *head = content_read(arena_print(arena, "%s/HEAD", git), arena);
        if (!head && file_exists(git))
            return NULL; /* a work tree or submodule, whose HEAD lies elsewhere */
        if (!head)
            continue;
        if (is_commit(head))
            return head;
        if (!text_starts(head, "ref: "))
            return NULL;
        const char *name = head + strlen("ref: ");
        const char *commit = content_read(arena_print(arena, "%s/%s", git, name), arena);
        if (!commit)
            commit = packed_find(git, name, arena);
        return commit && is_commit(commit) ? commit : NULL;
    }
    return NULL;
}
