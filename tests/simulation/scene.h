/* The simulation's one scene: a seed, its dice, its time, and the process of bursar that is
 * running in it. Everything that product code can see of the world outside goes through here, so
 * that a seed is a whole story and replays to the byte.
 *
 *     story     one seed: bad days, then quiet ones, then the judgement
 *     cast      what a seed draws: people, steps, and what is planned for whom
 *     process   one command of bursar, from its arguments to its exit status or its death
 *     operator  the person: copies, deletes and restores journals, and says what became of things
 *     road      the way to the marketplace and back; `fate` draws what happens to a call on it
 *     volume    the file system and its page cache; `calls`, `names`, `sectors` are its faults
 *     memory    what a process that dies leaves behind
 *     oracle    what must hold, judged from the marketplace's book (`book`, `judge`) and the disk
 */
#ifndef SIMULATION_SCENE_H
#define SIMULATION_SCENE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/stamp.h"

/* Rates in thousandths; 0 is off. */
struct odds {
    unsigned lost, late, cut, server_error, garbage, throttled, unsent; /* of a call */
    unsigned refused, funds;                                            /* of a payment */
    unsigned crash_call, crash_disk; /* the process dies at a call of the network, of the disk */
    unsigned power;                  /* … and takes the machine with it */
    unsigned torn;                   /* of a power loss: each sector for itself */
    unsigned full, broken, sync, partial, untaken; /* ENOSPC, EIO, fdatasync, short, EINTR */
    unsigned sleep, wall, interrupt;               /* of a wait */
};

struct scene {
    uint64_t seed;
    uint64_t dice;
    struct odds odds;    /* in force now */
    bool calm;           /* no faults any more */
    stamp_t now_ms;      /* the true time, which is the marketplace's */
    stamp_t boot_ms;     /* … at which the machine was started */
    stamp_t wall_off_ms; /* what this machine's clock is wrong by */
    bool inside;         /* product code is running: its memory is kept in mind, its death is due */
    jmp_buf death;       /* out of the product, when its process dies */
    jmp_buf wrong;       /* out of the seed, when something does not hold */
    struct arena arena;  /* the world's, for one seed */
    bool print;          /* a trace for a person */
    bool hashed;         /* a trace for comparing two replays */
    uint64_t hash;
};

extern struct scene scene;

/* splitmix64. */
uint64_t dice_next(void);
size_t dice_below(size_t count);
stamp_t dice_between(stamp_t least, stamp_t most);
bool dice_hit(unsigned per_mille);

/* One line of the story. */
void trace(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Something does not hold: says the seed and what, and leaves the seed. */
_Noreturn void wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The process dies here and now; `power`: the machine too. */
_Noreturn void process_die(bool power, const char *where);

/* Memory of the world, which outlives processes; and the end of what a dead one left behind. */
void *world_alloc(void *bytes, size_t size);
void world_free(void *bytes);
size_t memory_release(void);

#endif
