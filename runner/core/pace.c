#include "core/pace.h"

/* splitmix64: enough to spread repetitions, and the same everywhere for the same seed. */
static uint64_t
jitter_next(uint64_t *seed)
{
    uint64_t value = (*seed += 0x9e3779b97f4a7c15u);
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

stamp_t
pace_pause_ms(unsigned attempt, uint64_t *seed)
{
    const stamp_t first_ms = 250, longest_ms = 20 * STAMP_SECOND_MS;
    stamp_t pause_ms = first_ms;
    for (unsigned i = 1; i < attempt && pause_ms < longest_ms; i++)
        pause_ms *= 2;
    if (pause_ms > longest_ms)
        pause_ms = longest_ms;
    return pause_ms / 2 + (stamp_t)(jitter_next(seed) % (uint64_t)(pause_ms / 2 + 1));
}
