/* What `help` says about a key of campaign files. */
#ifndef CMD_HELP_KEY_H
#define CMD_HELP_KEY_H

#include <stdbool.h>

#include "base/buffer.h"

/* Everything about the keys of that name, wherever they stand. False when there is none. */
bool help_key(const char *name, struct buffer *out);

/* The key that is nearest to a name, or NULL. */
const char *help_key_near(const char *name);

#endif
