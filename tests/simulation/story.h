/* One seed as a story: some bad days, then quiet ones, then the judgement. */
#ifndef SIMULATION_STORY_H
#define SIMULATION_STORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What became of seeds, for the summary. */
struct tally {
    size_t seeds, wrong;
    size_t processes, deaths, power_losses;
    size_t with_faults, meddled, restored, erased;
    size_t ended_done, ended_refused;
};
extern struct tally tally;

/* Plays a seed; false when something did not hold, which has been said. */
bool story_play(uint64_t seed, bool print, bool hashed, uint64_t *hash);

#endif
