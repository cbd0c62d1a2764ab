/* A whole run over the script: a campaign on the stage, its journal in a folder, a marketplace of
 * canned replies. Needs the cmocka headers before it. */
#ifndef SUPPORT_PLAY_H
#define SUPPORT_PLAY_H

#include "engine/run.h"
#include "market/mturk/mturk.h"
#include "support/book.h"
#include "support/script.h"
#include "support/stage.h"

struct play {
    struct stage stage;
    struct book *book;
    struct script script;
    struct line line;
    struct run run;
    struct plan *plan;
    const struct market *market;
    unsigned width;
    unsigned rate_max;     /* calls a second; 0: no ceiling */
    stamp_t looked_ago_ms; /* how old the plan's lists are */
    bool only_look;        /* as 'resolve' does */
    bool worked;
    struct error err;
    const char *notice; /* the last one */
    size_t notices;
    size_t unrecorded;
    const char *unrecorded_key, *unrecorded_what;
};

static inline int
play_open(void **state)
{
    struct play *play = calloc(1, sizeof *play);
    void *book;
    if (!play || book_open(&book) != 0)
        return -1;
    play->book = book;
    play->market = &mturk_market;
    play->width = 4;
    stage_open(&play->stage);
    play->stage.now_ms = STORY_MS;
    play->script.journal = play->book->path;
    *state = play;
    return 0;
}

static inline int
play_close(void **state)
{
    struct play *play = *state;
    void *book = play->book;
    arena_close(&play->script.arena);
    stage_close(&play->stage);
    free(play);
    return book_close(&book);
}

static inline void
play_noticed(void *self, const char *text)
{
    struct play *play = self;
    play->notices++;
    play->notice = arena_copy(&play->stage.arena, text);
}

static inline void
play_unrecorded(void *self, const char *key, const char *what)
{
    struct play *play = self;
    play->unrecorded++;
    play->unrecorded_key = key;
    play->unrecorded_what = what;
}

/* The marketplace's clock says `stage.now_ms` when the run begins. */
static inline void
play_line(struct play *play)
{
    play->line = (struct line){.market = play->market,
                               .endpoint = "http://localhost:1",
                               .credentials = {.key_id = "KEYEXAMPLE", .secret = "SECRETEXAMPLE"},
                               .transport = {.self = &play->script,
                                             .start = script_start,
                                             .wait = script_wait,
                                             .cancel = script_cancel}};
    line_init(&play->line, play->width, play->rate_max, &play->stage.arena);
    play->line.pace.room = play->width; /* as if it had been found that nothing is throttled */
    play->line.heard = true;
    play->line.offset_ms = play->stage.now_ms - clock_boot_ms();
}

/* One run, from its plan to the journal's last record, which then verifies. */
static inline void
play_run(struct play *play)
{
    struct stage *stage = &play->stage;
    book_write(play->book);
    stage->ledger = &play->book->journal.ledger;
    play->plan = stage_plan(stage);
    play_line(play);
    play->err = (struct error){0};
    play->run = (struct run){
        .line = &play->line,
        .journal = &play->book->journal,
        .campaign = &stage->campaign,
        .roster = &stage->roster,
        .plan = play->plan,
        .note = run_at(0),
        .genesis = {.kind = ENTRY_GENESIS,
                    .format = 1,
                    .journal = "00112233445566778899aabbccddeeff",
                    .campaign = "best-joke",
                    .marketplace = "mturk",
                    .environment = "sandbox",
                    .endpoint = "http://localhost:1"},
        .watcher = {.self = play, .notice = play_noticed, .unrecorded = play_unrecorded},
        .only_look = play->only_look,
        .looked_ms = play->looked_ago_ms ? STORY_MS - play->looked_ago_ms : 0,
        .arena = &stage->arena};
    play->worked = run_perform(&play->run, &play->err);
    line_close(&play->line);
    journal_close(&play->book->journal);
    struct error err = {0};
    if (!book_read(play->book, &err))
        fail_msg("the journal does not verify after the run: %s", err.text);
    book_keep(play->book);
}

/* A run of which nothing is left but its journal. */
static inline void
play_expect_worked(const struct play *play)
{
    if (!play->worked)
        fail_msg("the run stopped: %s", play->err.text);
}

static inline const struct deed *
play_deed(struct play *play, size_t step, const char *target)
{
    const struct deed *deed =
        ledger_find(&play->book->journal.ledger, stage_key(&play->stage, step, target));
    if (!deed)
        fail_msg("no deed of step %zu on %s", step, target);
    return deed;
}

static inline void
play_expect(struct play *play, size_t step, const char *target, enum standing standing)
{
    const struct deed *deed = play_deed(play, step, target);
    if (deed->standing != standing)
        fail_msg("step %zu on %s is %s, not %s", step, target, standing_name(deed->standing),
                 standing_name(standing));
}

/* Work by A1 to A<count>, on X1 to X<count>. */
static inline void
play_people(struct play *play, size_t count)
{
    for (size_t i = 1; i <= count; i++)
        stage_work(&play->stage, arena_print(&play->stage.arena, "X%zu", i),
                   arena_print(&play->stage.arena, "A%zu", i), WORK_SUBMITTED);
}

/* A run that died with a bonus under way: its intent is the journal's last record. Gives the
 * recorded body, whose words are unlike those that would be rendered now. */
static inline const char *
play_crash(struct play *play, size_t step, const char *assignment, stamp_t at_ms)
{
    struct entry intend = stage_entry(&play->stage, ENTRY_INTEND, step, assignment, at_ms);
    intend.body = arena_print(&play->stage.arena,
                              "{\"WorkerId\":\"%s\",\"AssignmentId\":\"%s\",\"Reason\":\"as "
                              "recorded\",\"UniqueRequestToken\":\"%s\"}",
                              intend.worker, assignment, intend.key);
    book_write(play->book);
    if (!play->book->journal.exists)
        book_add_genesis(play->book, at_ms);
    book_add(play->book, intend);
    book_commit(play->book);
    journal_close(&play->book->journal);
    return intend.body;
}

/* What the list of bonuses shows for an assignment. */
static inline struct scene
scene_listed(struct play *play, const char *assignment, const char *worker, const char *next_page)
{
    const char *row =
        arena_print(&play->stage.arena,
                    "{\"WorkerId\":\"%s\",\"BonusAmount\":\"1.00\",\"AssignmentId\":\"%s\","
                    "\"Reason\":\"Well done\",\"GrantTime\":1795442401.5}",
                    worker, assignment);
    const char *page =
        next_page ? arena_print(&play->stage.arena, ",\"NextToken\":\"%s\"", next_page) : "";
    return (struct scene){.operation = "ListBonusPayments",
                          .holds = arena_print(&play->stage.arena, "\"%s\"", assignment),
                          .reply = reply_whole(200, arena_print(&play->stage.arena,
                                                                "{\"NumResults\":1%s,"
                                                                "\"BonusPayments\":[%s]}",
                                                                page, row))};
}

static inline size_t
play_records(const struct play *play, const char *kind)
{
    char text[40];
    size_t count = 0;
    snprintf(text, sizeof text, "\"kind\":\"%s\"", kind);
    for (const char *at = play->book->bytes.bytes; (at = strstr(at, text)); at++)
        count++;
    return count;
}

#endif
