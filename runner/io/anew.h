/* A file written anew in its place, when nothing of what it held may stay: for what people are
 * erased from. */
#ifndef IO_ANEW_H
#define IO_ANEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* What the file is called while it is written. */
#define ANEW_ENDING ".erasing"

/* Puts a file of the owner's, mode 0600, in the place of what is there, whole or not at all,
 * durably. It is written beside under one and the same name, so that what a crash leaves is
 * overwritten by the next time; who writes must hold a lock. A link there is replaced, not
 * followed. */
bool anew_write(const char *path, const void *bytes, size_t size, struct error *err);

/* What stands at the path now is durable: an earlier call may have failed after it was put there.
 */
bool anew_settle(const char *path, struct error *err);

/* Removes a file durably; one that is not there is fine. */
bool anew_remove(const char *path, struct error *err);

#endif
