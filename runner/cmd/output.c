#include "cmd/output.h"

#include <string.h>

#include "base/text.h"
#include "io/file.h"

/* A journal, of whatever campaign, or what stands beside one: its lock, a torn end. */
static bool
is_of_a_journal(struct session *session, const char *real)
{
    const char *journal = file_real(session->journal_path, &session->arena);
    const char *slash = strrchr(real, '/'), *name = slash ? slash + 1 : real;
    size_t size = strlen(journal);
    bool beside = strncmp(real, journal, size) == 0 && (!real[size] || real[size] == '.');
    return beside || strstr(name, ".journal.jsonl");
}

static bool
is_of_a_campaign(struct session *session, const char *real)
{
    struct arena *arena = &session->arena;
    const struct campaign *campaign = session->load.campaign;
    if (!campaign)
        return false;
    bool taken = text_same(real, file_real(campaign->file, arena));
    for (size_t i = 0; !taken && i < campaign->input_count; i++)
        taken = text_same(
            real, file_real(file_beside(arena, campaign->file, campaign->inputs[i].path), arena));
    return taken;
}

bool
output_fits(struct session *session, const char *path, const char *what, struct error *err)
{
    const char *real = path ? file_real(path, &session->arena) : NULL;
    if (!real || !(is_of_a_campaign(session, real) || is_of_a_journal(session, real)))
        return true;
    return error_end(err, STATUS_USAGE,
                     "-o %s would put the %s in the place of a file of a campaign: name another "
                     "one",
                     path, what);
}

bool
output_is_ours(const char *path, const char *beginning, const char *what, struct error *err)
{
    struct buffer content = {0};
    bool there = file_read_beginning(path, strlen(beginning), &content) && content.size;
    bool ours = !there || text_same(content.bytes, beginning);
    buffer_close(&content);
    return ours ||
           error_end(err, STATUS_USAGE,
                     "%s is there and is no %s: name another file, or move it away", path, what);
}
