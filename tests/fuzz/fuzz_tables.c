/* A table or a list of any content, as each kind that a campaign may name. What is taken holds what
 * its columns take; what is not is said. */
#include "fuzz.h"

#include "base/text.h"
#include "codec/tables.h"
#include "core/campaign.h"

struct desk {
    struct campaign campaign;
    struct dataset dataset;
    struct people people;
    struct condition after;
};

static void
desk_begin(struct desk *desk, uint8_t bits, struct arena *arena)
{
    struct where where = {"c.yaml", 1, 1};
    *desk = (struct desk){.people = {.column = bits & 1 ? "WorkerId" : "who", .where = where},
                          .after = {.kind = CONDITION_AFTER, .name = "after", .where = where}};
    desk->dataset.match_by = (enum match_by)(bits / 2 % 3);
    desk->dataset.folds = bits & 8;
    dataset_column_use(&desk->dataset, "key", where, arena);
    dataset_column_use(&desk->dataset, "money", where, arena);
    dataset_column_use(&desk->dataset, "score", where, arena);
    desk->dataset.columns[1].takes = COLUMN_MONEY;
    desk->dataset.columns[2].takes = COLUMN_SCORE;
    desk->campaign = (struct campaign){
        .from = bits & 16 ? ROSTER_FROM_WORKERS : ROSTER_FROM_TASKS,
        .datasets = &desk->dataset,
        .dataset_count = 1,
        .people = &desk->people,
        .people_count = 1,
        .filter = {.conditions = &desk->after, .condition_count = bits >> 5 & 1},
    };
}

static void
dataset_claim(const struct dataset *dataset, struct arena *arena)
{
    for (size_t i = 0; i < dataset->row_count; i++) {
        cents_t cents;
        const char *key = dataset_cell(dataset, i, 0), *score = dataset_cell(dataset, i, 2);
        CLAIM(dataset_row(dataset, key, arena) == i);
        CLAIM(dataset->match_by != MATCH_BY_WORKER || dataset->folds || text_is_worker(key));
        CLAIM(money_read(dataset_cell(dataset, i, 1), &cents));
        CLAIM(*score && strspn(score, "0123456789") == strlen(score));
        CLAIM(dataset_place(dataset, i).line > (i ? dataset_place(dataset, i - 1).line : 1));
    }
}

static void
given_claim(const struct roster *given)
{
    for (size_t i = 0; i < given->assignment_count; i++) {
        const struct assignment *one = &given->assignments[i];
        CLAIM(text_is_id(one->id) && text_is_worker(one->worker));
        CLAIM(roster_find(given, one->id) == one);
        CLAIM(one->task <= given->task_count);
        const struct filled *filled = assignment_filled(one);
        for (size_t j = 0; j < filled->field_count; j++)
            CLAIM(filled->fields[j].name[0] && filled->fields[j].value);
    }
}

/* The first byte says which kind, the second how the campaign is. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static void (*const kinds[])(struct decoding *, size_t, const char *, const char *,
                                 size_t) = {tables_dataset_decode, tables_people_decode,
                                            tables_people_csv_decode, tables_assignments_decode};
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct feed feed = {bytes, size};
    struct desk desk;
    size_t kind = feed_byte(&feed) % 4;
    desk_begin(&desk, feed_byte(&feed), &arena);
    char *text = feed_rest(&feed, &size);
    struct decoding d = {.campaign = &desk.campaign, .problems = &problems, .arena = &arena};
    if (kind != 1 || text_utf8_bad(text, size) == size)
        kinds[kind](&d, 0, "t.csv", text, size);
    CLAIM(problems.count <= 22);
    for (size_t i = 0; i < problems.count; i++)
        CLAIM(text_utf8_bad(problems.items[i].text, strlen(problems.items[i].text)) ==
              strlen(problems.items[i].text));
    dataset_claim(&desk.dataset, &arena);
    given_claim(&desk.campaign.given);
    arena_close(&arena);
    free(text);
    return 0;
}
