/* Plays seeds. From the environment:
 *
 *     BURSAR_SEEDS=N         how many (10,000; 1,000 under the sanitizers)
 *     BURSAR_SEED_FIRST=S    from which one on (1), so that many processes can share a million
 *     BURSAR_SEED=S          only this one, as a story to read
 *
 * Every hundredth seed is played twice, and the two traces must be equal to the letter. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "operator.h"
#include "oracle.h"
#include "story.h"
#include "volume.h"

#if defined __SANITIZE_ADDRESS__
enum { SEEDS_DEFAULT = 1000 };
#else
enum { SEEDS_DEFAULT = 10000 };
#endif

static uint64_t
number(const char *name, uint64_t fallback)
{
    const char *text = getenv(name);
    return text && text[0] ? strtoull(text, NULL, 10) : fallback;
}

static void
summary_print(void)
{
    printf("%zu seeds: %zu did not hold. %zu processes, %zu of them died; %zu journals were taken "
           "away or set back. %zu times people were taken out. %zu campaigns ended done, %zu with "
           "refusals. ",
           tally.seeds, tally.wrong, tally.processes, tally.deaths, tally.meddled, tally.erased,
           tally.ended_done, tally.ended_refused);
    printf(
        "Conceded: %zu equal bonuses changed places, %zu messages were repeated after all copies "
        "were lost, %zu torn groups could not be told from damage\n",
        conceded.alike, conceded.messages, conceded.hidden);
    printf(tally.wrong ? "[  FAILED  ] %zu test(s)\n" : "[  PASSED  ] 1 test(s).\n", tally.wrong);
}

/* The mirror of the journal lies where the simulated disk is. */
static void
environment_prepare(void)
{
    setenv("XDG_STATE_HOME", VOLUME_ROOT "/state", 1);
    unsetenv("AWS_ENDPOINT_URL_MTURK");
}

int
main(void)
{
    uint64_t only = number("BURSAR_SEED", 0), hash, again;
    uint64_t first = number("BURSAR_SEED_FIRST", 1), count = number("BURSAR_SEEDS", SEEDS_DEFAULT);
    environment_prepare();
    if (only) {
        bool held = story_play(only, true, true, &hash);
        printf("seed %" PRIu64 " %s\n", only, held ? "holds" : "DOES NOT HOLD");
        oracle_end();
        operator_end();
        return !held;
    }
    for (uint64_t seed = first; seed < first + count; seed++) {
        bool twice = seed % 100 == 0;
        bool held = story_play(seed, false, twice, &hash);
        if (twice && held && story_play(seed, false, true, &again) && hash != again) {
            printf("seed %" PRIu64 " does not replay\n", seed);
            tally.wrong++;
        }
        fflush(stdout);
    }
    oracle_end();
    operator_end();
    summary_print();
    return tally.wrong != 0;
}
