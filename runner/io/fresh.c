#include "io/fresh.h"

#include <unistd.h>

#include "base/nonce.h"
#include "io/file.h"

bool
fresh_write(const char *path, const void *bytes, size_t size, struct arena *arena,
            struct error *err)
{
    const char *beside = arena_print(arena, "%s.%s", path, nonce_make(arena));
    if (!file_write(beside, bytes, size, 0600, err))
        return false;
    if (file_move(beside, path, err))
        return true;
    unlink(beside);
    return false;
}
