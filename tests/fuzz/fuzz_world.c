/* The simulator's own files, of any content: a world and its faults are read whole or refused, and
 * what was read answers a call and keeps its book in balance. */
#include "fuzz.h"

#include "sim/inside.h"

/* A world may ask for a million people, which is slow and finds nothing. */
static bool
is_huge(const char *text)
{
    size_t digits = 0;
    for (; strstr(text, "made_up") && *text && digits < 4; text++)
        digits = *text >= '0' && *text <= '9' ? digits + 1 : 0;
    return digits == 4;
}

/* The world, a NUL, the faults. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct error err = {0};
    struct feed feed = {bytes, size};
    struct sim_options options = {.world_name = "world.yaml", .faults_name = "faults.yaml"};
    options.seed = 1;
    options.world = feed_text(&feed, &options.world_size, &arena);
    if (feed.left)
        options.faults = feed_text(&feed, &options.faults_size, &arena);
    if (!is_huge(options.world)) {
        struct inside *inside = inside_open(&options, 1795442400000, &problems, &err);
        CLAIM(inside || problems.count || err.text[0]);
        if (inside) {
            struct request request = {.url = "http://127.0.0.1/", .body = "{}", .body_size = 2};
            inside_answer(inside, &request, 1795442400000, &arena);
            CLAIM(inside_sum(inside) == 0);
            inside_close(inside);
        }
    }
    arena_close(&arena);
    return 0;
}
