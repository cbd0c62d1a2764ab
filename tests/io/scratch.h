/* A folder for one test program, which goes away with all that is in it. */
#ifndef TESTS_IO_SCRATCH_H
#define TESTS_IO_SCRATCH_H

#include <unistd.h>

#include "io/file.h"

static struct arena arena;
static char *folder;

static inline int
scratch_open(void **state)
{
    struct error err = {0};
    (void)state;
    folder = file_temporary_folder(&arena, &err);
    return folder ? 0 : -1;
}

static inline int
scratch_close(void **state)
{
    (void)state;
    file_folder_remove(folder);
    int there = access(folder, F_OK);
    arena_close(&arena);
    return there == 0 ? -1 : 0;
}

#endif
