/* The system calls of runner/io on the simulated disk. The linker leads them here (-Wl,--wrap);
 * what is not about the simulated disk goes on to the real call. */
#ifndef SIMULATION_CALLS_H
#define SIMULATION_CALLS_H

#include "scene.h"
#include "volume.h"

/* name, result, parameters, arguments: declares the two names of a wrapped call. */
#define WRAPPED(result, name, ...) \
    result __real_##name(__VA_ARGS__); \
    result __wrap_##name(__VA_ARGS__)

struct opened {
    struct volume_file *file;
    bool append;
};

bool calls_is_ours(const char *path);

/* NULL: not a descriptor of the simulated disk. */
struct opened *opened_find(int descriptor);

/* Before or after any call: the process may die here. */
void may_die(const char *call);

/* True when the call fails this time; errno is set, and it is kept in mind. `grows`: it would have
 * made the file longer, or durable. */
bool fails(unsigned per_mille, int error_number, const struct volume_file *file, bool grows);

#endif
