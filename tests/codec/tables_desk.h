/* A campaign made by hand with its table or list, and what is said about that: "scores.csv:17:
 * words", a line each; places in the campaign file come first. */
#ifndef CODEC_TABLES_DESK_H
#define CODEC_TABLES_DESK_H

#include <stdlib.h>
#include <string.h>

#include "codec/tables.h"
#include "core/campaign.h"

struct desk {
    struct arena arena;
    struct problems problems;
    struct campaign campaign;
    struct dataset dataset;
    struct people people;
    struct decoding decoding;
};

static inline void
desk_begin(struct desk *desk)
{
    *desk = (struct desk){.campaign = {.file = "joke.yaml",
                                       .datasets = &desk->dataset,
                                       .dataset_count = 1,
                                       .people = &desk->people,
                                       .people_count = 1}};
    desk->problems.arena = &desk->arena;
    desk->people.where = (struct where){"joke.yaml", 8, 5};
    desk->people.column = "WorkerId";
    desk->decoding = (struct decoding){
        .campaign = &desk->campaign, .problems = &desk->problems, .arena = &desk->arena};
}

typedef void decode_t(struct decoding *d, size_t at, const char *path, const char *bytes,
                      size_t size);

/* From memory of exactly that size, so that reading past its end is seen; and gone afterwards. */
static inline void
desk_take(struct desk *desk, decode_t *decode, const char *path, const char *text)
{
    size_t size = strlen(text);
    char *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, text, size);
    decode(&desk->decoding, 0, path, copy, size);
    free(copy);
}

static inline void
desk_close_having_said(struct desk *desk, const char *expected)
{
    problems_sort(&desk->problems);
    char *said = arena_copy(&desk->arena, "");
    for (size_t i = 0; i < desk->problems.count; i++) {
        const struct problem *problem = &desk->problems.items[i];
        said = arena_print(&desk->arena, "%s%s:%u: %s\n", said, problem->where.file,
                           problem->where.line, problem->text);
    }
    assert_string_equal(said, expected);
    arena_close(&desk->arena);
}

#endif
