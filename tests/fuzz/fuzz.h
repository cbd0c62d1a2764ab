/* What the fuzzers are written in: a claim that stops the process when it does not hold, and the
 * fuzzer's bytes, taken apart from the front. A fuzzer is one function that libFuzzer calls with
 * bytes of its choice; whatever crashes it, or breaks a claim, is a finding. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define CLAIM(holds) ((holds) ? (void)0 : claim_broken(__FILE__, __LINE__, #holds))

static inline void
claim_broken(const char *file, int line, const char *claim)
{
    fprintf(stderr, "%s:%d: this does not hold: %s\n", file, line, claim);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct feed {
    const uint8_t *bytes;
    size_t left;
};

static inline uint8_t
feed_byte(struct feed *feed)
{
    if (!feed->left)
        return 0;
    feed->left--;
    return *feed->bytes++;
}

static inline size_t
feed_number(struct feed *feed)
{
    size_t high = feed_byte(feed);
    return high << 8 | feed_byte(feed);
}

/* Up to the next NUL, or the rest. A copy, so that reading past its end is seen. */
static inline const char *
feed_text(struct feed *feed, size_t *size, struct arena *arena)
{
    const uint8_t *end = feed->left ? memchr(feed->bytes, 0, feed->left) : NULL;
    *size = end ? (size_t)(end - feed->bytes) : feed->left;
    const char *text = arena_text(arena, (const char *)feed->bytes, *size);
    feed->bytes += *size;
    feed->left -= *size;
    feed_byte(feed);
    return text;
}

/* All that is left, in memory of exactly its size, for the caller to free. */
static inline char *
feed_rest(struct feed *feed, size_t *size)
{
    *size = feed->left;
    char *rest = malloc(*size ? *size : 1);
    CLAIM(rest);
    memcpy(rest, feed->bytes, *size);
    feed->left = 0;
    return rest;
}

#endif
