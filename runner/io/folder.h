/* What lies in a folder. */
#ifndef IO_FOLDER_H
#define IO_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* True for a folder, or a link to one. */
bool folder_is(const char *path);

/* The paths of the files directly in it whose names end so, sorted by name. */
bool folder_list(const char *path, const char *ending, const char ***paths, size_t *count,
                 struct arena *arena, struct error *err);

#endif
