#include "cmd/whom.h"

#include <string.h>

#include "base/text.h"
#include "io/file.h"

enum { FILE_BYTES_MAX = 16 * 1024 * 1024 };

static bool
step_is_known(const struct campaign *campaign, const struct ledger *ledger, const char *step)
{
    if (campaign_step_find(campaign, step))
        return true;
    for (size_t i = 0; i < ledger->deed_count; i++)
        if (text_same(ledger->deeds[i]->step, step))
            return true;
    return false;
}

static bool
name_add(struct whom *whom, const char *name, struct arena *arena, struct error *err)
{
    if (!text_is_id(name))
        return error_end(err, STATUS_USAGE,
                         "'%s' is neither a worker's nor an assignment's ID (capital letters and "
                         "digits)",
                         name);
    index_add(&whom->named, name, whom->named.count, arena);
    return true;
}

/* One worker or assignment a line; blank lines are skipped. */
static bool
names_load(struct whom *whom, const char *path, struct arena *arena, struct error *err)
{
    struct buffer content = {0};
    bool worked = file_read(path, FILE_BYTES_MAX, &content, NULL, err);
    const char *at = content.bytes ? content.bytes : "";
    while (worked && *at) {
        size_t size = strcspn(at, "\n");
        const char *name = text_trim_wide(arena, at, size);
        worked = !*name || name_add(whom, name, arena, err);
        at += size + (at[size] == '\n');
    }
    buffer_close(&content);
    return worked || error_within(err, "%s", path);
}

/* The call in which a worker's message went out, whose answer did not come. */
static bool
call_find(struct whom *whom, const char *worker, const struct ledger *ledger, struct error *err)
{
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (deed_is_open(deed) && deed->call && text_same(deed->worker, worker) &&
            whom_meets(whom, deed->step, 0, worker, NULL))
            whom->call = deed->call;
    }
    return whom->call ||
           error_end(err, STATUS_USAGE,
                     "no message of step '%s' to '%s' is without an outcome, so there "
                     "is no call to decide",
                     whom->step, worker);
}

bool
whom_read(struct whom *whom, const char *text, const struct campaign *campaign,
          const struct ledger *ledger, struct arena *arena, struct error *err)
{
    const char *colon = strchr(text, ':');
    *whom = (struct whom){.everyone = !colon, .campaign = campaign};
    whom->step = colon ? arena_text(arena, text, (size_t)(colon - text)) : text;
    if (!step_is_known(campaign, ledger, whom->step))
        return error_end(err, STATUS_USAGE, "neither the file nor the journal has a step '%s'",
                         whom->step);
    if (!colon)
        return true;
    size_t size = strlen(colon + 1);
    if (size && colon[size] == '+') {
        const char *worker = arena_text(arena, colon + 1, size - 1);
        return name_add(whom, worker, arena, err) && call_find(whom, worker, ledger, err);
    }
    return colon[1] == '@' ? names_load(whom, colon + 2, arena, err)
                           : name_add(whom, colon + 1, arena, err);
}

bool
whom_meets(const struct whom *whom, const char *step, uint64_t call, const char *worker,
           const char *assignment)
{
    const struct step *ours = campaign_step_find(whom->campaign, whom->step);
    if (!text_same(whom->step, step) && !(ours && ours == campaign_step_find(whom->campaign, step)))
        return false;
    if (whom->call)
        return call == whom->call;
    return whom->everyone || (worker && index_find(&whom->named, worker)) ||
           (assignment && index_find(&whom->named, assignment));
}
