#include "engine/load.h"

#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "base/tree.h"
#include "codec/campaign.h"
#include "io/file.h"

/* Each path once, however many steps name it. False when it held something else the last time. */
static bool
input_note(struct load *load, const char *path, const struct buffer *content, struct arena *arena)
{
    char sum[DIGEST_TEXT_SIZE];
    if (!load->digested)
        return true;
    digest_hex(content->bytes ? content->bytes : "", content->size, sum);
    const char *digest = arena_print(arena, "sha256:%s", sum);
    for (size_t i = 0; i < load->input_count; i++)
        if (text_same(load->inputs[i].path, path))
            return text_same(load->inputs[i].digest, digest);
    load->inputs[load->input_count++] = (struct entry_input){.path = path, .digest = digest};
    return true;
}

static void
input_load(struct load *load, size_t at, struct problems *problems, struct arena *arena)
{
    struct campaign *campaign = load->campaign;
    const struct input *input = &campaign->inputs[at];
    const char *path = file_beside(arena, campaign->file, input->path);
    struct buffer content = {0};
    struct error err = {0};
    if (file_read(path, campaign_input_size_max(input->kind) + 1, &content, NULL, &err)) {
        if (!input_note(load, input->path, &content, arena))
            problem_at(problems, input->where, "%s was changed while it was read: try again", path);
        campaign_input_decode(campaign, at, path, content.bytes ? content.bytes : "", content.size,
                              problems, arena);
    } else {
        problem_at(problems, input->where, "%s", err.text);
    }
    buffer_close(&content);
}

static bool
all_load(const char *file, struct load *load, struct problems *problems, struct arena *arena)
{
    struct buffer content = {0};
    struct error err = {0};
    if (!file_read(file, TREE_SIZE_BYTES_MAX + 1, &content, NULL, &err)) {
        problem_at(problems, (struct where){file, 0, 0}, "%s", err.text);
        buffer_close(&content);
        return false;
    }
    const char *bytes = content.bytes ? content.bytes : "";
    load->campaign = campaign_decode(file, bytes, content.size, problems, arena);
    size_t inputs = load->campaign ? load->campaign->input_count : 0;
    load->inputs = arena_alloc(arena, (inputs + 1) * sizeof *load->inputs);
    const char *slash = strrchr(file, '/');
    input_note(load, slash ? slash + 1 : file, &content, arena);
    buffer_close(&content);
    for (size_t i = 0; i < inputs; i++)
        input_load(load, i, problems, arena);
    if (load->campaign)
        campaign_check(load->campaign, problems, arena);
    problems_sort(problems);
    return load->campaign && problems->count == 0;
}

bool
load_campaign(const char *file, struct load *load, struct problems *problems, struct arena *arena)
{
    *load = (struct load){.digested = true};
    return all_load(file, load, problems, arena);
}

bool
load_check(const char *file, struct load *load, struct problems *problems, struct arena *arena)
{
    *load = (struct load){0};
    return all_load(file, load, problems, arena);
}
