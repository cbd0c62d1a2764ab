/* The file itself and the files it names. */
#include "codec/campaign.h"

#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "base/tree.h"
#include "codec/bytes.h"
#include "codec/decode.h"

enum { INPUT_SIZE_MAX = 1024 * 1024, LINES_SAID_MAX = 10 };

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
    struct decoding d = {.campaign = campaign, .root = root, .problems = problems, .arena = arena};
    decode_map(&d, GROUP_CAMPAIGN, GROUP_CAMPAIGN, root, campaign);
    steps_check(&d);
    return campaign;
}

/* One line of a file of tasks, from `begin` to before `end`. False when it holds no ID. */
static bool
line_decode(struct decoding *d, const char *bytes, size_t begin, size_t end, struct where where)
{
    for (size_t at = begin; at < end; at++)
        if (bytes[at] == '#' && (at == begin || strchr(" \t", bytes[at - 1])))
            end = at;
    while (begin < end && strchr(" \t\r", bytes[begin]))
        begin++, where.column++;
    const char *text = text_trim(d->arena, bytes + begin, end - begin);
    if (!text[0])
        return true;
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
    struct where where = {path, 1, 1};
    size_t bad = 0;
    for (size_t begin = 0, end; begin < size && bad < LINES_SAID_MAX; begin = end + 1) {
        const char *newline = memchr(bytes + begin, '\n', size - begin);
        end = newline ? (size_t)(newline - bytes) : size;
        bad += !line_decode(d, bytes, begin, end, where);
        where.line++;
    }
    if (bad == LINES_SAID_MAX)
        problem_at(d->problems, where, "the rest of this file was not read");
}

static void
message_decode(struct decoding *d, size_t step, const char *path, const char *bytes, size_t size)
{
    char *text = arena_text(d->arena, bytes, size), *write = text;
    for (const char *read = text; *read; read++)
        if (!(read[0] == '\r' && read[1] == '\n'))
            *write++ = *read;
    *write = '\0';
    struct where top = {path, 1, 1};
    const struct field *field = field_find(GROUP_NOTIFY, "message");
    struct node node = {.kind = NODE_TEXT, .where = top, .text = text};
    if (value_text(d, field, &node))
        d->campaign->steps[step].message = value_prose_fit(d, field, top, text, strlen(text));
}

void
campaign_input_decode(struct campaign *campaign, size_t input, const char *path, const char *bytes,
                      size_t size_bytes, struct problems *problems, struct arena *arena)
{
    struct where top = {path, 1, 1};
    if (size_bytes > INPUT_SIZE_MAX) {
        problem_at(problems, top, "the file has %zu bytes; at most %d are read", size_bytes,
                   INPUT_SIZE_MAX);
        return;
    }
    if (size_bytes >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        size_bytes -= 3;
    }
    size_t bad = text_utf8_bad(bytes, size_bytes);
    const char *nul = size_bytes ? memchr(bytes, '\0', size_bytes) : NULL;
    if (nul || bad < size_bytes) {
        size_t at = nul && (size_t)(nul - bytes) < bad ? (size_t)(nul - bytes) : bad;
        problem_at(problems, bytes_place(path, bytes, at),
                   "the byte 0x%02x is not part of a UTF-8 text; save the file as plain UTF-8 text",
                   (unsigned char)bytes[at]);
        return;
    }
    bytes_refuse_keys(path, bytes, size_bytes, problems);
    struct decoding d = {.campaign = campaign, .problems = problems, .arena = arena};
    switch (campaign->inputs[input].kind) {
    case INPUT_TASKS:
        tasks_decode(&d, path, bytes, size_bytes);
        return;
    case INPUT_MESSAGE:
        message_decode(&d, campaign->inputs[input].at, path, bytes, size_bytes);
        return;
    case INPUT_ASSIGNMENTS:
    case INPUT_PEOPLE:
    case INPUT_PEOPLE_CSV:
    case INPUT_DATASET:
        return;
    }
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
    const struct expectation *expect = &campaign->expect;
    if (expect->has_workers && expect->has_assignments && expect->workers > expect->assignments)
        problem_at(problems, expect->where,
                   "%zu workers cannot have handed in only %zu assignments: correct one of the "
                   "numbers",
                   expect->workers, expect->assignments);
}
