/* What is looked up on the stage: tables, answers, and texts with lookups in them.
 * Needs the cmocka headers before it. */
#ifndef SUPPORT_STAGE_WORDS_H
#define SUPPORT_STAGE_WORDS_H

#include "support/stage.h"

/* A table NAME.csv of two columns, "key" and "cell"; its rows begin in line 2. */
static inline struct dataset *
stage_table(struct stage *stage, const char *name, enum match_by match_by)
{
    struct dataset *table = &stage->tables[stage->campaign.dataset_count++];
    struct where where = {"best-joke.yaml", 4, 3};
    *table = (struct dataset){.name = name,
                              .path = arena_print(&stage->arena, "%s.csv", name),
                              .where = where,
                              .match_by = match_by};
    table->key = dataset_column_use(table, "key", where, &stage->arena);
    dataset_column_use(table, "cell", where, &stage->arena);
    return table;
}

static inline void
stage_row(struct stage *stage, struct dataset *table, const char *key, const char *cell)
{
    size_t twin;
    unsigned line = (unsigned)table->row_count + 2;
    const char *const cells[] = {key, cell};
    assert_true(dataset_row_add(table, cells, line, &twin, &stage->arena));
}

/* What stands between the marks of a lookup: "worker", "answer.code", "scores.cell", "paid.ID". */
static inline struct piece
stage_lookup(struct stage *stage, const char *name)
{
    static const char *const plain[] = {[LOOKUP_WORKER] = "worker",
                                        [LOOKUP_ASSIGNMENT] = "assignment",
                                        [LOOKUP_TASK] = "task",
                                        [LOOKUP_CAMPAIGN] = "campaign"};
    struct piece piece = {.where = {"best-joke.yaml", 9, 20}};
    for (size_t i = LOOKUP_WORKER; i <= LOOKUP_CAMPAIGN; i++)
        if (text_same(plain[i], name))
            piece.lookup = (enum lookup)i;
    const char *dot = strchr(name, '.');
    if (!dot)
        return piece;
    piece.text = dot + 1;
    piece.lookup = text_starts(name, "answer.") ? LOOKUP_ANSWER
                   : text_starts(name, "paid.") ? LOOKUP_PAID
                                                : LOOKUP_CELL;
    if (piece.lookup == LOOKUP_PAID)
        piece.step = (size_t)(campaign_step_find(&stage->campaign, piece.text) - stage->steps);
    for (size_t i = 0; i < stage->campaign.dataset_count; i++)
        if (text_starts(name, stage->tables[i].name))
            piece.dataset = i;
    piece.column = text_same(piece.text, "cell");
    return piece;
}

/* "You scored ${{ scores.cell }}", in line 9 of the file. */
static inline struct template *
stage_template(struct stage *stage, const char *text)
{
    struct template *template = arena_alloc(&stage->arena, sizeof *template);
    template->where = (struct where){"best-joke.yaml", 9, 13};
    template->pieces = arena_alloc(&stage->arena, (strlen(text) + 1) * sizeof *template->pieces);
    for (const char *at = text, *mark; *at; at = mark) {
        mark = strstr(at, "${{ ");
        mark = mark ? mark : at + strlen(at);
        if (mark > at)
            template->pieces[template->count++] =
                (struct piece){.text = arena_text(&stage->arena, at, (size_t)(mark - at))};
        if (!*mark)
            break;
        const char *name = mark + 4, *end = strstr(name, " }}");
        template->pieces[template->count++] =
            stage_lookup(stage, arena_text(&stage->arena, name, (size_t)(end - name)));
        mark = end + 3;
    }
    return template;
}

/* What a worker filled in on an assignment: one field. */
static inline void
stage_answer(struct stage *stage, const char *assignment_id, const char *name, const char *value)
{
    const struct reply_field field = {name, value};
    const struct filled *filled = filled_make(&field, 1, NULL, &stage->arena);
    for (size_t i = 0; i < stage->roster.assignment_count; i++)
        if (text_same(stage->roster.assignments[i].id, assignment_id))
            stage->roster.assignments[i].filled = filled;
}

#endif
