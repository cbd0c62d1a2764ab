#include "engine/choice.h"

#include "io/clock.h"

enum { AHEAD_US = 20000 }; /* so long before its time a parcel is chosen: a slow disk's sync */

void
choice_begin(struct run *run)
{
    struct choice *choice = &run->choice;
    unsigned width = run->line->width;
    *choice = (struct choice){.chosen = arena_alloc(run->arena, width * sizeof *choice->chosen),
                              .back = arena_alloc(run->arena, width * sizeof *choice->back)};
}

bool
choice_is_over(const struct run *run)
{
    return run->choice.next == run->parcel_count && run->choice.held == 0;
}

bool
choice_may_start(const struct run *run)
{
    bool money = verb_moves_money(run->campaign->steps[run->step].verb);
    return run->stop == STATUS_DONE && !run->step_stopped && !(money && run->funds_gone);
}

/* How many parcels of this step may be begun and not over. What nobody can look up afterwards goes
 * out one call at a time, so that a crash leaves at most one in doubt; so do payments where the
 * marketplace wants them so. */
static unsigned
window(const struct run *run)
{
    enum verb verb = run->campaign->steps[run->step].verb;
    bool serial = verb_row(verb)->settle == SETTLE_BY_PERSON ||
                  (verb_moves_money(verb) && run->line->market->serial_money);
    return serial ? 1 : run->line->width;
}

/* How many more may be chosen now. */
static unsigned
room(const struct run *run)
{
    unsigned chosen = (unsigned)run->choice.chosen_count;
    unsigned soon = line_soon(run->line, AHEAD_US, run->line->width - run->line->busy);
    return soon > chosen ? soon - chosen : 0;
}

void
choice_return(struct run *run, size_t number)
{
    struct choice *choice = &run->choice;
    enum parcel_state state = run->parcels[number].state;
    if (state == PARCEL_WAITING || state == PARCEL_LOOK_WAITING)
        choice->back[choice->back_count++] = number;
    choice->held -= state == PARCEL_OVER;
}

/* The service asked for a rest, or the machine slept: what was chosen before is considered anew,
 * because what was known of it then may be too old to send it by. */
static bool
is_stale(const struct choice *choice)
{
    return choice->chosen_count && clock_boot_ms() - choice->chosen_ms > STAMP_SECOND_MS;
}

/* Chosen parcels wait again like all others. */
static void
chosen_drop(struct run *run)
{
    struct choice *choice = &run->choice;
    for (size_t i = 0; i < choice->chosen_count; i++)
        choice->back[choice->back_count++] =
            choice->chosen[(choice->chosen_first + i) % run->line->width];
    choice->chosen_count = 0;
}

static void
chosen_add(struct run *run, size_t number)
{
    struct choice *choice = &run->choice;
    choice->chosen_ms = clock_boot_ms();
    choice->chosen[(choice->chosen_first + choice->chosen_count++) % run->line->width] = number;
    choice->room--;
}

/* What becomes of one waiting parcel now: it is given up, waits on, or is chosen. A look that is
 * due before it can be sent takes its place. */
static bool
consider(struct run *run, size_t number, struct error *err)
{
    struct choice *choice = &run->choice;
    struct parcel *parcel = &run->parcels[number];
    bool send = parcel->state == PARCEL_WAITING;
    bool leaving = run->stop != STATUS_DONE && run->stop != STATUS_INTERRUPTED;
    if (send ? !choice_may_start(run) : leaving) {
        choice->held--;
        return parcel_give_up(run, parcel, "stopped", err);
    }
    if (choice->room == 0 || parcel->due_ms > clock_boot_ms()) {
        choice->back[choice->back_count++] = number;
        return true;
    }
    if (send && parcel_must_look(run, parcel)) {
        parcel_look_later(run, parcel, parcel->intended ? LOOK_AFTER_SILENCE : LOOK_BEFORE_SENDING);
        send = false;
    }
    if (send && !parcel_intend(run, parcel, err))
        return false;
    choice->intended += send ? parcel->count : 1;
    chosen_add(run, number);
    return true;
}

/* Those of `back` that wait in this state. */
static bool
back_consider(struct run *run, enum parcel_state state, struct error *err)
{
    struct choice *choice = &run->choice;
    size_t count = choice->back_count;
    choice->back_count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t number = choice->back[i];
        if (run->parcels[number].state != state)
            choice->back[choice->back_count++] = number;
        else if (!consider(run, number, err))
            return false;
    }
    return true;
}

/* What was looked up goes before what is to be: what a look showed does not stay true. */
bool
choice_make(struct run *run, struct error *err)
{
    struct choice *choice = &run->choice;
    bool stopped = !choice_may_start(run);
    choice->intended = 0;
    if (stopped || is_stale(choice))
        chosen_drop(run);
    choice->room = room(run);
    if (choice->room == 0 && !stopped)
        return true;
    if (!back_consider(run, PARCEL_WAITING, err) || !back_consider(run, PARCEL_LOOK_WAITING, err))
        return false;
    while (choice->next < run->parcel_count &&
           (stopped || (choice->room && choice->held < window(run)))) {
        choice->held++;
        if (!consider(run, choice->next++, err))
            return false;
    }
    return true;
}

bool
choice_next(struct run *run, size_t *number)
{
    struct choice *choice = &run->choice;
    if (choice->chosen_count == 0 || line_due_us(run->line) > 0)
        return false;
    *number = choice->chosen[choice->chosen_first];
    choice->chosen_first = (choice->chosen_first + 1) % run->line->width;
    choice->chosen_count--;
    return true;
}

/* When the first parcel that was not chosen may be. */
static int64_t
waiting_us(const struct run *run, int64_t longest_us)
{
    const struct choice *choice = &run->choice;
    if (choice->next < run->parcel_count && choice->held < window(run))
        return 0;
    stamp_t now_ms = clock_boot_ms();
    int64_t pause_us = longest_us;
    for (size_t i = 0; i < choice->back_count && pause_us > 0; i++) {
        int64_t due_us = (run->parcels[choice->back[i]].due_ms - now_ms) * 1000;
        pause_us = due_us < pause_us ? due_us : pause_us;
    }
    return pause_us < 0 ? 0 : pause_us;
}

int64_t
choice_pause_us(const struct run *run)
{
    const int64_t longest_us = 1000 * 1000;
    int64_t pause_us = longest_us, line_us = line_due_us(run->line);
    if (run->choice.chosen_count)
        pause_us = line_us;
    else if (line_us != INT64_MAX) {
        int64_t choosing_us = line_us > AHEAD_US ? line_us - AHEAD_US : 0;
        int64_t due_us = waiting_us(run, longest_us);
        pause_us = due_us > choosing_us ? due_us : choosing_us;
    }
    return pause_us < longest_us ? pause_us : longest_us;
}
