/* A file that nothing may replace, nor may it replace anything. */
#ifndef IO_FRESH_H
#define IO_FRESH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* Puts a file in place, whole and durably, mode 0600, where nothing has that name yet: of two who
 * do so at once, one fails. */
bool fresh_write(const char *path, const void *bytes, size_t size, struct arena *arena,
                 struct error *err);

#endif
