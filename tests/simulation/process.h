/* One process of bursar: a real command of runner/cmd, from its arguments to its exit status or to
 * its death, on the simulated machine. */
#ifndef SIMULATION_PROCESS_H
#define SIMULATION_PROCESS_H

#include "base/error.h"

struct outcome {
    bool died;
    enum status status;
    size_t writes; /* calls it made that change something */
};

/* bursar run --yes */
struct outcome process_run(bool retry_refused);

/* bursar resolve [--done T | --not-done T] */
struct outcome process_look(void);
struct outcome process_resolve(const char *target, bool done);

/* bursar journal restore */
struct outcome process_restore(void);

/* bursar journal erase --yes: one person (--worker), or NULL: everybody up to now (--before). */
struct outcome process_erase(const char *worker);

const char *campaign_path(void);

#endif
