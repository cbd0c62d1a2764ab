/* Opens a pretended marketplace from its files. */
#ifndef CMD_PRETEND_H
#define CMD_PRETEND_H

#include "base/error.h"
#include "sim/sim.h"

struct pretend_files {
    const char *world_file; /* NULL: `text` is the world */
    const char *text;
    const char *faults_file; /* NULL: it behaves */
    const char *book_file;   /* NULL: no book on disk */
    uint64_t seed;
    uint16_t port;
};

/* NULL with err; problems of the files have been said then. */
struct sim *pretend_open(const struct pretend_files *files, struct arena *arena, struct error *err);

#endif
