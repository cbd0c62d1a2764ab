/* The file itself and the files it names. */
#include "codec/campaign.h"

#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "base/tree.h"
#include "codec/bytes.h"
#include "codec/csv.h"
#include "codec/decode.h"
#include "codec/lines.h"
#include "codec/lookups.h"
#include "codec/tables.h"

enum { MESSAGE_SIZE_MAX = 1024 * 1024, LINES_SAID_MAX = 10 };

struct campaign *
campaign_decode(const char *file, const char *bytes, size_t size_bytes, struct problems *problems,
                struct arena *arena)
{
    bytes_refuse_keys(file, bytes, size_bytes, problems);
    struct node *root = tree_read(file, bytes, size_bytes, problems, arena);
    if (!root)
        return NULL;
    if (root->kind != NODE_MAP) {
        problem_at(problems, root->where,
                   "a campaign file has the keys campaign, hits and steps, such as \"campaign: "
                   "best-joke\"; this one is %s",
                   node_kind_name(root));
        return NULL;
    }
    struct campaign *campaign = arena_alloc(arena, sizeof *campaign);
    campaign->file = file;
    struct decoding d = {.campaign = campaign,
                         .root = root,
                         .bytes = bytes,
                         .size = size_bytes,
                         .problems = problems,
                         .arena = arena};
    decode_map(&d, GROUP_CAMPAIGN, GROUP_CAMPAIGN, root, campaign);
    steps_check(&d);
    workless_check(&d);
    return campaign;
}

/* One line of a file of tasks. False when it holds no ID. */
static bool
line_decode(struct decoding *d, const char *text, struct where where)
{
    if (!text_is_id(text)) {
        const char *slip = value_id_slip(text);
        if (text_same(slip, value_id_slip("a b")))
            slip = "one ID stands in a line, and nothing else";
        problem_at(d->problems, where,
                   "a line takes a HIT ID of capital letters and digits, such as "
                   "3PR3LXCWSF67WOX6Y5S8EXAMPLE1; it has %s%s%s",
                   value_shown(text, d->arena), slip ? ": " : "", slip ? slip : "");
        return false;
    }
    struct campaign *campaign = d->campaign;
    campaign->tasks = arena_push(d->arena, campaign->tasks, campaign->task_count,
                                 &campaign->task_capacity, sizeof *campaign->tasks);
    campaign->tasks[campaign->task_count++] = (struct listed){text, where};
    return true;
}

static void
tasks_decode(struct decoding *d, const char *path, const char *bytes, size_t size)
{
    struct lines lines = lines_begin(path, bytes, size);
    struct where where;
    const char *text;
    size_t bad = 0;
    while (bad < LINES_SAID_MAX && lines_next(&lines, &text, &where, d->arena))
        bad += !line_decode(d, text, where);
    if (bad == LINES_SAID_MAX && lines.at < size)
        problem_at(d->problems, lines.where, "the rest of this file was not read");
}

static void
message_decode(struct decoding *d, size_t at, const char *path, const char *bytes, size_t size)
{
    char *text = arena_text(d->arena, bytes, size), *write = text;
    for (const char *read = text; *read; read++)
        if (!(read[0] == '\r' && read[1] == '\n'))
            *write++ = *read;
    *write = '\0';
    struct source source = {{path, 1, 1}, bytes, size};
    const struct field *field = field_find(GROUP_NOTIFY, "message");
    struct node node = {.kind = NODE_TEXT, .where = source.where, .text = text};
    const char *words = value_text(d, field, &node)
                            ? value_prose_fit(d, field, source.where, text, strlen(text))
                            : NULL;
    if (!words)
        return;
    struct step *step = &d->campaign->steps[at];
    step->message = words;
    step->message_from = lookups_read(d, field, &source, words);
    lookups_settle(d, step->message_from, at);
    workless_template_check(d, step->message_from);
}

size_t
campaign_input_size_max(enum input_kind kind)
{
    switch (kind) {
    case INPUT_MESSAGE:
        return MESSAGE_SIZE_MAX;
    case INPUT_TASKS:
    case INPUT_PEOPLE:
    case INPUT_ASSIGNMENTS:
    case INPUT_PEOPLE_CSV:
    case INPUT_DATASET:
        break;
    }
    return CSV_SIZE_BYTES_MAX;
}

/* What every text is asked first. False when it is not to be read. */
static bool
text_fits(enum input_kind kind, const char *path, const char **bytes, size_t *size,
          struct problems *problems)
{
    struct where top = {path, 1, 1};
    size_t most = campaign_input_size_max(kind);
    if (*size > most) {
        problem_at(problems, top, "the file has %zu bytes; at most %zu are read", *size, most);
        return false;
    }
    if (*size >= 3 && memcmp(*bytes, "\xef\xbb\xbf", 3) == 0) {
        *bytes += 3;
        *size -= 3;
    }
    size_t bad = text_utf8_bad(*bytes, *size);
    const char *nul = *size ? memchr(*bytes, '\0', *size) : NULL;
    if (nul || bad < *size) {
        size_t at = nul && (size_t)(nul - *bytes) < bad ? (size_t)(nul - *bytes) : bad;
        problem_at(problems, bytes_place(path, *bytes, at),
                   "the byte 0x%02x is not part of a UTF-8 text; save the file as plain UTF-8 text",
                   (unsigned char)(*bytes)[at]);
        return false;
    }
    bytes_refuse_keys(path, *bytes, *size, problems);
    return true;
}

void
campaign_input_decode(struct campaign *campaign, size_t input, const char *path, const char *bytes,
                      size_t size_bytes, struct problems *problems, struct arena *arena)
{
    struct decoding d = {.campaign = campaign, .problems = problems, .arena = arena};
    size_t at = campaign->inputs[input].at;
    enum input_kind kind = campaign->inputs[input].kind;
    switch (kind) {
    case INPUT_TASKS:
        if (text_fits(kind, path, &bytes, &size_bytes, problems))
            tasks_decode(&d, path, bytes, size_bytes);
        return;
    case INPUT_MESSAGE:
        if (text_fits(kind, path, &bytes, &size_bytes, problems))
            message_decode(&d, at, path, bytes, size_bytes);
        return;
    case INPUT_PEOPLE:
        if (text_fits(kind, path, &bytes, &size_bytes, problems))
            tables_people_decode(&d, at, path, bytes, size_bytes);
        return;
    case INPUT_ASSIGNMENTS:
        tables_assignments_decode(&d, at, path, bytes, size_bytes);
        return;
    case INPUT_PEOPLE_CSV:
        tables_people_csv_decode(&d, at, path, bytes, size_bytes);
        return;
    case INPUT_DATASET:
        if (campaign->datasets[at].key != dataset_none)
            tables_dataset_decode(&d, at, path, bytes, size_bytes);
        return;
    }
}

static void
expect_check(const struct expectation *expect, struct problems *problems)
{
    if (expect->has_workers && expect->has_assignments && expect->workers > expect->assignments)
        problem_at(problems, expect->where,
                   "%zu workers cannot have handed in only %zu assignments: correct one of the "
                   "numbers",
                   expect->workers, expect->assignments);
}

void
campaign_check(struct campaign *campaign, struct problems *problems, struct arena *arena)
{
    struct index seen = {0};
    for (size_t i = 0; i < campaign->task_count; i++) {
        const struct listed *task = &campaign->tasks[i];
        if (index_add(&seen, task->id, i, arena))
            continue;
        struct where first = campaign->tasks[*index_find(&seen, task->id)].where;
        problem_at(problems, task->where,
                   "the HIT %s is listed twice; it stands in %s, line %u, already: keep one",
                   task->id, first.file, first.line);
    }
    for (size_t i = 0; i < campaign->input_count && !campaign->task_count; i++)
        if (campaign->inputs[i].kind == INPUT_TASKS && problems->count == 0)
            problem_at(problems, campaign->inputs[i].where,
                       "no HIT ID stands in %s: write one a line", campaign->inputs[i].path);
    bool nobody = campaign->from == ROSTER_FROM_WORKERS && !campaign->given.assignment_count;
    if (nobody && problems->count == 0)
        problem_at(problems, campaign->roster_where,
                   "no worker ID stands in the file of 'workers': nobody is meant");
    expect_check(&campaign->expect, problems);
    for (size_t i = 0; i < campaign->step_count; i++)
        expect_check(&campaign->steps[i].expect, problems);
}
