/* What the marketplace of canned replies says of blocks, scores and qualifications.
 * Needs the cmocka headers before it. */
#ifndef SUPPORT_PLAY_VERBS_H
#define SUPPORT_PLAY_VERBS_H

#include "support/play.h"

/* An empty stage, and a journal that does not exist yet. */
static inline struct play *
play_again(void **state)
{
    play_close(state);
    assert_int_equal(play_open(state), 0);
    return *state;
}

/* The outcome of the next so many calls is not known; 0: of all of them. */
static inline void
play_lose(struct play *play, const char *operation, unsigned times)
{
    script_add(&play->script,
               (struct scene){.operation = operation, .reply = reply_lost(), .times = times});
}

/* The next call so many times (0: always), or that which holds something, is answered so. */
static inline void
play_reply(struct play *play, const char *operation, const char *holds, const char *body,
           unsigned times)
{
    bool complains = strstr(body, "\"__type\"") != NULL;
    script_add(&play->script, (struct scene){.operation = operation,
                                             .holds = holds,
                                             .reply = reply_whole(complains ? 400 : 200, body),
                                             .times = times});
}

/* States which calls went out, in their order; the last one is NULL. */
static inline void
play_sent(const struct play *play, const char *const *operations)
{
    size_t count = 0;
    for (; operations[count]; count++)
        if (count >= play->script.sent_count ||
            !text_same(play->script.sent[count].operation, operations[count]))
            fail_msg("call %zu is %s, not %s", count,
                     count < play->script.sent_count ? play->script.sent[count].operation : "none",
                     operations[count]);
    if (play->script.sent_count > count)
        fail_msg("call %zu is %s, and none was expected", count,
                 play->script.sent[count].operation);
}

/* Complaints of the service, as it words them. */
static inline const char *
play_complaint(struct play *play, const char *code, const char *words)
{
    return arena_print(&play->stage.arena,
                       "{\"__type\":\"RequestError\",\"Message\":\"%s (1626172412406)\","
                       "\"TurkErrorCode\":\"AWS.MechanicalTurk.%s\"}",
                       words, code);
}

/* A page of the list of blocks with one worker on it; `next` may be NULL. */
static inline const char *
play_blocks(struct play *play, const char *worker, const char *next)
{
    const char *page = next ? arena_print(&play->stage.arena, "\"NextToken\":\"%s\",", next) : "";
    return arena_print(&play->stage.arena,
                       "{%s\"NumResults\":1,\"WorkerBlocks\":[{\"WorkerId\":\"%s\",\"Reason\":"
                       "\"spam\"}]}",
                       page, worker);
}

/* What a search for a qualification shows: one of that name. */
static inline const char *
play_types(struct play *play, const char *name, const char *id)
{
    return arena_print(&play->stage.arena,
                       "{\"NumResults\":1,\"QualificationTypes\":[{\"QualificationTypeId\":\"%s\","
                       "\"Name\":\"%s\",\"QualificationTypeStatus\":\"Active\"}]}",
                       id, name);
}

static inline const char *
play_score(struct play *play, int value)
{
    return arena_print(&play->stage.arena,
                       "{\"Qualification\":{\"QualificationTypeId\":\"Q1\",\"WorkerId\":\"A1\","
                       "\"IntegerValue\":%d,\"Status\":\"Granted\"}}",
                       value);
}

#endif
