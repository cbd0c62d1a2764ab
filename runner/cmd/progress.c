#include "cmd/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/hide.h"
#include "cmd/say.h"
#include "cmd/tally.h"
#include "io/clock.h"
#include "io/person.h"

enum { BAR_EVERY_MS = 100, LINE_EVERY_MS = 5000, BAR_CELLS = 20 };

static size_t
over(const struct run_counts *counts)
{
    return counts->done + counts->refused + counts->unknown;
}

/* Calls a second: whole ones, and tenths of a few. */
static const char *
speed_print(double speed, struct arena *arena)
{
    return speed < 9.95 ? arena_print(arena, "%.1f", speed) : arena_print(arena, "%.0f", speed);
}

/* What stands behind the bar. */
static const char *
figures_print(const struct run_counts *counts, struct arena *arena)
{
    char money[MONEY_TEXT_SIZE];
    cents_t sent = counts->amount + counts->fee;
    const char *text = arena_print(arena, "%zu/%zu", over(counts), counts->total);
    if (sent)
        text = arena_print(arena, "%s  %s sent", text, money_print(money, sent));
    if (counts->refused)
        text = arena_print(arena, "%s  %zu refused", text, counts->refused);
    if (counts->unknown)
        text = arena_print(arena, "%s  %zu unknown", text, counts->unknown);
    if (counts->speed > 0)
        text = arena_print(arena, "%s  %s/s", text, speed_print(counts->speed, arena));
    return text;
}

/* One line, whatever the width: the bar gives way to the figures, and both to the edge. */
static void
bar_show(struct progress *progress, const struct run_counts *counts)
{
    enum { NAME = 12, AROUND = 4 }; /* the step's name; blanks and brackets */
    struct arena arena = {0};
    const char *figures = figures_print(counts, &arena);
    size_t room = person_width(), others = NAME + AROUND + text_length(figures);
    size_t cells = room > others + 1 ? room - others - 1 : 0; /* the last column wraps */
    cells = cells > BAR_CELLS ? BAR_CELLS : cells;
    fputs("\r\033[K", stderr);
    if (cells) {
        size_t filled = counts->total ? over(counts) * cells / counts->total : cells;
        fprintf(stderr, "%-*.*s [", NAME, NAME, progress->step ? progress->step : "");
        for (size_t i = 0; i < cells; i++)
            fputs(i < filled ? "█" : "░", stderr);
        fputs("] ", stderr);
    }
    fprintf(stderr, "%.*s", (int)(room ? room - 1 : 0), figures);
    fflush(stderr);
    progress->shown = true;
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
    say_note("%zu of %zu over: %s; %s calls a second", over(counts), counts->total,
             tally_end(&tally, "", &arena), speed_print(counts->speed, &arena));
    arena_close(&arena);
}

static void
progress_show(void *self, const struct run_counts *counts)
{
    struct progress *progress = self;
    stamp_t now_ms = clock_boot_ms();
    stamp_t every_ms = progress->bar ? BAR_EVERY_MS : LINE_EVERY_MS;
    if (progress->quiet || now_ms - progress->last_ms < every_ms ||
        over(counts) == progress->last_over)
        return;
    progress->last_ms = now_ms;
    progress->last_over = over(counts);
    if (progress->bar)
        bar_show(progress, counts);
    else
        line_show(counts);
}

static void
step_show(void *self, const struct step *step, enum verb verb, size_t calls)
{
    struct progress *progress = self;
    progress->step = step->id;
    if (progress->quiet || progress->bar)
        return;
    if (verb == VERB_CREATE)
        say_note("making the qualification '%s' of step '%s'", step->qualification_name, step->id);
    else
        say_note("beginning step '%s': %zu %s", step->id, calls, calls == 1 ? "call" : "calls");
}

static void
notice_show(void *self, const char *text)
{
    struct progress *progress = self;
    struct arena arena = {0};
    progress_end(progress);
    /* The service's words may name a worker. */
    say_note("%s", hide_people(progress->session, STDERR_FILENO, text, &arena));
    arena_close(&arena);
}

static void
unrecorded_show(void *self, const char *key, const char *what)
{
    progress_end(self);
    fprintf(stderr, "UNRECORDED {\"key\":\"%s\",\"answer\":\"%s\"}\n", key, what);
}

struct watcher
progress_watcher(struct progress *progress, struct session *session)
{
    *progress = (struct progress){.session = session,
                                  .quiet = option_is_set(session->arguments, OPTION_QUIET),
                                  .bar = person_is_terminal(STDERR_FILENO),
                                  .last_ms = clock_boot_ms()};
    return (struct watcher){.self = progress,
                            .step = step_show,
                            .progress = progress_show,
                            .notice = notice_show,
                            .unrecorded = unrecorded_show};
}

void
progress_end(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
