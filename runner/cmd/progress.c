#include "cmd/progress.h"

#include <stdio.h>
#include <unistd.h>

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

static void
bar_show(struct progress *progress, const struct run_counts *counts)
{
    size_t filled = counts->total ? over(counts) * BAR_CELLS / counts->total : BAR_CELLS;
    char money[MONEY_TEXT_SIZE];
    fprintf(stderr, "\r\033[K%-12.12s [", progress->step ? progress->step : "");
    for (size_t i = 0; i < BAR_CELLS; i++)
        fputs(i < filled ? "█" : "░", stderr);
    fprintf(stderr, "] %zu/%zu  %s sent", over(counts), counts->total,
            money_print(money, counts->amount + counts->fee));
    if (counts->refused)
        fprintf(stderr, "  %zu refused", counts->refused);
    if (counts->unknown)
        fprintf(stderr, "  %zu unknown", counts->unknown);
    fflush(stderr);
    progress->shown = true;
}

static void
line_show(const struct run_counts *counts)
{
    struct arena arena = {0};
    struct tally tally = {0};
    tally_add(&tally, counts->done, "done", "done");
    tally_add(&tally, counts->refused, "refused", "refused");
    tally_add(&tally, counts->unknown, "unknown", "unknown");
    say_note("%zu of %zu over: %s", over(counts), counts->total, tally_end(&tally, "", &arena));
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
step_show(void *self, const struct step *step, size_t calls)
{
    struct progress *progress = self;
    progress->step = step->id;
    if (!progress->quiet && !progress->bar)
        say_note("beginning step '%s': %zu %s", step->id, calls, calls == 1 ? "call" : "calls");
}

static void
notice_show(void *self, const char *text)
{
    progress_end(self);
    say_note("%s", text);
}

static void
unrecorded_show(void *self, const char *key, const char *what)
{
    progress_end(self);
    fprintf(stderr, "UNRECORDED {\"key\":\"%s\",\"answer\":\"%s\"}\n", key, what);
}

struct watcher
progress_watcher(struct progress *progress, bool quiet)
{
    *progress = (struct progress){
        .quiet = quiet, .bar = person_is_terminal(STDERR_FILENO), .last_ms = clock_boot_ms()};
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
