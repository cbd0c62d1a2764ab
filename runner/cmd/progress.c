#include "cmd/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/columns.h"
#include "base/text.h"
#include "cmd/hide.h"
#include "cmd/paint.h"
#include "cmd/say.h"
#include "cmd/tally.h"
#include "io/clock.h"
#include "io/person.h"

enum { BAR_EVERY_MS = 100, IDLE_MS = 3000, LINE_EVERY_MS = 5000, BAR_CELLS = 20, NAME_CELLS = 12 };

/* Calls a second: whole ones, and tenths of a few. */
static const char *
speed_print(double speed, struct arena *arena)
{
    return speed < 9.95 ? arena_print(arena, "%.1f", speed) : arena_print(arena, "%.0f", speed);
}

static const char *
span_print(stamp_t span_ms, struct arena *arena)
{
    long long seconds = (span_ms + STAMP_SECOND_MS / 2) / STAMP_SECOND_MS;
    if (seconds < 100)
        return arena_print(arena, "%lld s", seconds);
    if (seconds < 100 * 60)
        return arena_print(arena, "%lld min", (seconds + 30) / 60);
    return arena_print(arena, "%lld h", (seconds + 1800) / 3600);
}

/* How fast it goes and when the step will be over; or for how long nothing has gone. */
static const char *
speed_tell(const struct progress *progress, stamp_t now_ms, struct arena *arena)
{
    const stamp_t early_ms = 2 * STAMP_SECOND_MS;
    stamp_t took_ms = now_ms - progress->began_ms;
    if (now_ms - progress->moved_ms >= IDLE_MS)
        return arena_print(arena, "  waiting %s", span_print(now_ms - progress->moved_ms, arena));
    if (progress->counts.speed <= 0)
        return "";
    const char *speed = speed_print(progress->counts.speed, arena);
    if (took_ms < early_ms || !progress->over)
        return arena_print(arena, "  %s/s", speed);
    stamp_t left_ms =
        took_ms * (stamp_t)(progress->actions - progress->over) / (stamp_t)progress->over;
    return arena_print(arena, "  %s/s  %s left", speed, span_print(left_ms, arena));
}

/* What stands behind the bar. */
static const char *
figures_print(const struct progress *progress, bool ended, stamp_t now_ms, struct arena *arena)
{
    const struct run_counts *counts = &progress->counts, *before = &progress->before;
    char money[MONEY_TEXT_SIZE];
    cents_t sent = counts->amount + counts->fee - before->amount - before->fee;
    size_t refused = counts->refused - before->refused, unknown = counts->unknown - before->unknown;
    const char *text = arena_print(arena, "%zu/%zu", progress->over, progress->actions);
    if (sent)
        text = arena_print(arena, "%s  %s sent", text, money_print(money, sent));
    if (refused)
        text = arena_print(arena, "%s  %zu refused", text, refused);
    if (unknown)
        text = arena_print(arena, "%s  %zu unknown", text, unknown);
    if (counts->throttled > before->throttled)
        text = arena_print(arena, "%s  %zu throttled", text, counts->throttled - before->throttled);
    const char *time =
        ended ? arena_print(arena, "  in %s", span_print(now_ms - progress->began_ms, arena))
              : speed_tell(progress, now_ms, arena);
    return arena_print(arena, "%s%s", text, time);
}

/* One line, whatever the width: the bar gives way to the figures, and both to the edge. */
static void
bar_show(struct progress *progress, bool ended, stamp_t now_ms)
{
    enum { AROUND = 4 }; /* blanks and brackets */
    struct arena arena = {0};
    const char *figures = figures_print(progress, ended, now_ms, &arena);
    size_t room = person_width(), others = NAME_CELLS + AROUND + columns_of(figures);
    size_t cells = room > others + 1 ? room - others - 1 : 0; /* the last column wraps */
    cells = cells > BAR_CELLS ? BAR_CELLS : cells;
    size_t filled = progress->over * cells / progress->actions;
    struct buffer line = {0};
    if (cells) {
        bool cut = strlen(progress->step) > NAME_CELLS; /* a step's id is ASCII */
        buffer_print(&line, "%-*.*s%s [%s", NAME_CELLS - cut, NAME_CELLS - cut, progress->step,
                     cut ? "…" : "", paint_on(PAINT_GOOD, STDERR_FILENO));
        for (size_t i = 0; i < cells; i++)
            buffer_text(&line, i < filled ? "█" : "░");
        buffer_print(&line, "%s] ", paint_off(STDERR_FILENO));
    }
    buffer_print(&line, "%.*s", (int)(room ? room - 1 : 0), figures);
    say_passing(line.bytes);
    if (ended)
        say_passed();
    buffer_close(&line);
    arena_close(&arena);
}

static void
line_show(const struct run_counts *counts)
{
    struct arena arena = {0};
    struct tally tally = {0};
    tally_add(&tally, counts->done, "done", "done");
    tally_add(&tally, counts->refused, "refused", "refused");
    tally_add(&tally, counts->unknown, "unknown", "unknown");
    tally_add(&tally, counts->throttled, "call throttled", "calls throttled");
    say_note("%zu of %zu over: %s; %s calls a second", counts->total - counts->pending,
             counts->total, tally_end(&tally, "nothing yet", &arena),
             speed_print(counts->speed, &arena));
    arena_close(&arena);
}

/* Said again whenever the wait has doubled. */
static void
idle_show(struct progress *progress, stamp_t idle_ms)
{
    struct arena arena = {0};
    const char *trouble = progress->counts.trouble;
    if (idle_ms >= 2 * progress->idle_told_ms) {
        say_note("nothing has got through for %s%s%s", span_print(idle_ms, &arena),
                 trouble ? ": " : "", trouble ? trouble : "");
        progress->idle_told_ms = idle_ms;
    }
    arena_close(&arena);
}

static void
progress_show(void *self, const struct run_counts *counts)
{
    struct progress *progress = self;
    stamp_t now_ms = clock_boot_ms();
    size_t over_now = progress->before.pending - counts->pending;
    bool moved = over_now != progress->over;
    progress->counts = *counts;
    progress->over = over_now;
    if (moved) {
        progress->moved_ms = now_ms;
        progress->idle_told_ms = 0;
    }
    stamp_t every_ms = !progress->bar ? LINE_EVERY_MS : moved ? BAR_EVERY_MS : STAMP_SECOND_MS;
    if (progress->quiet || !progress->step || now_ms - progress->shown_ms < every_ms)
        return;
    progress->shown_ms = now_ms;
    if (progress->bar)
        bar_show(progress, false, now_ms);
    else if (now_ms - progress->moved_ms < LINE_EVERY_MS)
        line_show(counts);
    else
        idle_show(progress, now_ms - progress->moved_ms);
}

void
progress_end(struct progress *progress)
{
    if (progress->bar && progress->step && !progress->quiet)
        bar_show(progress, true, clock_boot_ms());
    progress->step = NULL;
}

static void
step_show(void *self, const struct step_note *note, const struct run_counts *counts)
{
    struct progress *progress = self;
    stamp_t now_ms = clock_boot_ms();
    progress_end(progress);
    progress->step = note->step->id;
    progress->actions = note->actions;
    progress->over = 0;
    progress->before = progress->counts = *counts;
    progress->began_ms = progress->moved_ms = now_ms;
    if (progress->quiet || progress->bar)
        return;
    if (note->verb == VERB_CREATE)
        say_note("making the qualification '%s' of step '%s'", note->step->qualification_name,
                 note->step->id);
    else
        say_note("beginning step '%s': %zu %s", note->step->id, note->calls,
                 note->calls == 1 ? "call" : "calls");
}

static void
notice_show(void *self, const char *text)
{
    struct progress *progress = self;
    struct arena arena = {0};
    /* The service's words may name a worker. */
    say_note("%s", hide_people(progress->session, STDERR_FILENO, text, &arena));
    arena_close(&arena);
}

static void
unrecorded_show(void *self, const char *key, const char *what)
{
    (void)self;
    say_passing(NULL);
    fprintf(stderr, "UNRECORDED {\"key\":\"%s\",\"answer\":\"%s\"}\n", key, what);
}

struct watcher
progress_watcher(struct progress *progress, struct session *session)
{
    *progress = (struct progress){.session = session,
                                  .quiet = option_is_set(session->arguments, OPTION_QUIET),
                                  .bar = paint_moves(STDERR_FILENO),
                                  .shown_ms = clock_boot_ms()};
    return (struct watcher){.self = progress,
                            .step = step_show,
                            .progress = progress_show,
                            .notice = notice_show,
                            .unrecorded = unrecorded_show};
}
