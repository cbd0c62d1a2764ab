#include "cmd/saved.h"

#include <string.h>

#include "base/text.h"
#include "base/tree.h"
#include "cmd/say.h"
#include "io/file.h"

bool
saved_is(const char *path)
{
    enum { BEGINNING_BYTES = 64 };
    struct buffer beginning = {0};
    bool begins = file_read_beginning(path, BEGINNING_BYTES, &beginning) && beginning.bytes &&
                  planfile_begins(beginning.bytes, beginning.size);
    buffer_close(&beginning);
    return begins || text_ends(path, ".json");
}

static const char *
file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *
digest_of(const struct entry_input *inputs, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++)
        if (text_same(inputs[i].path, path))
            return inputs[i].digest;
    return NULL;
}

/* Whether a campaign file is as it was when the plan was made. */
static bool
is_unchanged(const struct saved *saved, const char *path)
{
    char sum[DIGEST_TEXT_SIZE];
    struct buffer content = {0};
    struct error ignored = {0};
    const char *digest =
        digest_of(saved->plan.inputs, saved->plan.input_count, file_name(saved->plan.file));
    bool read = digest && file_read(path, TREE_SIZE_BYTES_MAX, &content, NULL, &ignored);
    digest_hex(content.bytes ? content.bytes : "", content.size, sum);
    buffer_close(&content);
    return read && text_ends(digest, sum);
}

/* The campaign's file: where the plan says it is, seen from here; or beside the plan, when both
 * were taken elsewhere, or are looked at from another folder. NULL when it is at neither place. */
static const char *
campaign_find(const struct saved *saved, struct arena *arena)
{
    const char *named = saved->plan.file;
    const char *beside = file_beside(arena, saved->path, file_name(named));
    if (file_exists(named) && (is_unchanged(saved, named) || !is_unchanged(saved, beside)))
        return named;
    return file_exists(beside) ? beside : NULL;
}

static bool
plan_read(struct saved *saved, struct arena *arena, struct error *err)
{
    struct buffer content = {0};
    char *digest = arena_alloc(arena, DIGEST_TEXT_SIZE);
    bool worked = file_read(saved->path, PLANFILE_SIZE_BYTES_MAX, &content, NULL, err);
    if (!worked)
        error_within(err, "%s", saved->path);
    const char *bytes = content.bytes ? content.bytes : "";
    digest_hex(bytes, content.size, digest);
    saved->digest = digest;
    worked = worked && planfile_decode(saved->path, bytes, content.size, &saved->plan, arena, err);
    buffer_close(&content);
    return worked;
}

bool
saved_decline(const char *path, const char *command, struct arena *arena, struct error *err)
{
    struct saved saved = {.path = path};
    if (!plan_read(&saved, arena, err))
        return error_within(err, "'%s' takes a campaign file", command);
    const char *file = campaign_find(&saved, arena);
    return error_end(err, STATUS_INVALID,
                     "%s is a saved plan, which only 'run' takes; '%s' takes the campaign that it "
                     "was made of: %s",
                     path, command, file ? file : saved.plan.file);
}

bool
saved_stale(struct saved *saved, struct error *err, const char *text)
{
    saved->stale = true;
    return error_end(err, STATUS_GUARDED, "%s: nothing was sent", text);
}

/* Each file of the plan that is there now must be as it was, and no other may have come. One that
 * is not there is a problem of the campaign's. */
static bool
inputs_agree(struct session *session, struct saved *saved, struct error *err)
{
    const struct load *load = &session->load;
    for (size_t i = 0; i < load->input_count; i++) {
        const char *path = load->inputs[i].path;
        const char *then = digest_of(saved->plan.inputs, saved->plan.input_count, path);
        if (!text_same(then, load->inputs[i].digest))
            return saved_stale(saved, err,
                               arena_print(&session->arena,
                                           then ? "%s was changed since %s was made"
                                                : "%s is no file that %s was made of",
                                           path, saved->path));
    }
    for (size_t i = 0; i < saved->plan.input_count && session->problems.count == 0; i++)
        if (!digest_of(load->inputs, load->input_count, saved->plan.inputs[i].path))
            return saved_stale(saved, err,
                               arena_print(&session->arena,
                                           "%s was made of a file %s, too, of which the "
                                           "campaign knows nothing",
                                           saved->path, saved->plan.inputs[i].path));
    return true;
}

/* The plan itself says what is done; whoever wants something else makes another plan. */
static bool
options_fit(const struct arguments *arguments, struct error *err)
{
    static const enum option others[] = {OPTION_RETRY_REFUSED, OPTION_STEP, OPTION_WORKER,
                                         OPTION_FIRST};
    const char *path = arguments->words[0];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const char *name = option_row(others[i])->name;
        if (option_is_set(arguments, others[i]))
            return error_end(err, STATUS_USAGE,
                             "%s does what it says, and %s would change that: give %s to 'bursar "
                             "plan', and run the plan that comes of it",
                             path, name, name);
    }
    return !option_is_set(arguments, OPTION_REJECT_AND_BLOCK) ||
           error_end(err, STATUS_USAGE,
                     "%s says how many are rejected and blocked: leave --reject-and-block out",
                     path);
}

bool
saved_load(struct session *session, struct saved *saved, const char *path, struct error *err)
{
    *saved = (struct saved){.path = path};
    session->saved = saved;
    if (!options_fit(session->arguments, err) || !plan_read(saved, &session->arena, err))
        return false;
    since_init(&saved->since, saved->plan.journal_head, saved->digest);
    session->journal.since = &saved->since;
    const char *file = campaign_find(saved, &session->arena);
    if (!file)
        return error_end(err, STATUS_INVALID,
                         "%s was made of the campaign file %s, which is neither there nor beside "
                         "the plan: nothing was sent",
                         path, saved->plan.file);
    bool fine = load_campaign(file, &session->load, &session->problems, &session->arena);
    if (!inputs_agree(session, saved, err))
        return false;
    say_problems(&session->problems, "error");
    session->problems.count = 0;
    return fine || error_end(err, STATUS_INVALID,
                             "the campaign of %s cannot be read any more: nothing was sent", path);
}

bool
saved_place_check(const struct session *session, struct error *err)
{
    struct saved *saved = session->saved;
    const struct saved_plan *plan = &saved->plan;
    const struct {
        const char *what, *planned, *now, *remedy;
    } members[] = {
        {"campaign", plan->campaign, session->load.campaign->name, ""},
        {"marketplace", plan->marketplace, session->market->name, ""},
        {"environment", plan->environment, session->environment, ""},
        {"endpoint", plan->endpoint, session->endpoint, ""},
        {"journal", file_name(plan->journal), file_name(session->journal_path),
         " (--journal PATH names another)"},
    };
    struct arena arena = {0};
    bool fits = true;
    for (size_t i = 0; i < sizeof members / sizeof *members && fits; i++)
        if (!text_same(members[i].planned, members[i].now))
            fits =
                saved_stale(saved, err,
                            arena_print(&arena, "%s is for the %s %s, and this would be for %s%s",
                                        saved->path, members[i].what, members[i].planned,
                                        members[i].now, members[i].remedy));
    arena_close(&arena);
    return fits;
}
