/* Plans and journals as a person reads them. */
#ifndef CMD_SHOW_H
#define CMD_SHOW_H

#include "cmd/session.h"
#include "codec/planfile.h"

/* The whole dry run: tasks, who is left out, steps, totals, remarks. */
void show_plan(struct session *session, struct buffer *out);

/* One person's rows of the plan, with the words they would read. */
void show_plan_worker(const struct session *session, const char *worker, struct buffer *out);

/* The plan as JSON, ready to be encoded. `worker`: only this person's actions; NULL: everybody's.
 */
struct planfile show_plan_json(const struct session *session, const char *worker,
                               struct arena *arena);

/* Why a run would not start, on standard error; the exit status it would have. */
enum status show_refusals(struct session *session);

#endif
