/* Where -o may write. */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include "cmd/session.h"

/* False (64) when `path` is the campaign's file, one that it names, or a journal and what stands
 * beside one: a slip of the fingers must not cost the campaign, its data, or what was done. `what`
 * would be put there: "plan". NULL fits. */
bool output_fits(struct session *session, const char *path, const char *what, struct error *err);

/* False (64) when something is at `path` that does not begin so, and is somebody's work. `what` it
 * is not: "report". */
bool output_is_ours(const char *path, const char *beginning, const char *what, struct error *err);

#endif
