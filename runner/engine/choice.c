#include "engine/choice.h"

#include "io/clock.h"

enum { AHEAD_US = 20000 }; /* so long before its time a parcel is chosen: a slow disk's sync */

void
choice_begin(struct run *run)
{
    struct choice *choice = &run->choice;
    *choice = (struct choice){
        .chosen = arena_alloc(run->arena, run->line->width * sizeof *choice->chosen),
        .back = arena_alloc(run->arena, (run->parcel_count + 1) * sizeof *choice->back)};
}

bool
choice_is_over(struct run *run)
{
    struct choice *choice = &run->choice;
    while (choice->first < run->parcel_count && run->parcels[choice->first].state == PARCEL_OVER)
        choice->first++;
    return choice->first == run->parcel_count;
}

bool
choice_may_start(const struct run *run)
{
    const struct verb_row *row = verb_row(run->campaign->steps[run->step].verb);
    bool money = row->pays_bonus || row->pays_reward;
    return run->stop == STATUS_DONE && !run->step_stopped && !(money && run->funds_gone);
}

/* How many calls of this step may be without an outcome at once. What nobody can look up
 * afterwards goes out one call at a time, so that a crash leaves at most one in doubt; so do
 * payments where the marketplace wants them so. */
static unsigned
window(const struct run *run)
{
    const struct verb_row *row = verb_row(run->campaign->steps[run->step].verb);
    bool money = row->pays_bonus || row->pays_reward;
    bool serial = row->settle == SETTLE_BY_PERSON || (money && run->line->market->serial_money);
    return serial ? 1 : run->line->width;
}

/* How many more may be chosen now. */
static unsigned
room(const struct run *run)
{
    unsigned taken = run->line->busy + (unsigned)run->choice.chosen_count;
    unsigned free = window(run) > taken ? window(run) - taken : 0;
    unsigned chosen = (unsigned)run->choice.chosen_count;
    unsigned soon = line_soon(run->line, AHEAD_US, free + chosen);
    return soon > chosen ? soon - chosen : 0;
}

void
choice_return(struct run *run, size_t number)
{
    const struct parcel *parcel = &run->parcels[number];
    if (parcel->state == PARCEL_WAITING || parcel->state == PARCEL_LOOK_WAITING)
        run->choice.back[run->choice.back_count++] = number;
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

enum turn_of_parcel { STAYS, GOES, ENDS };

/* What becomes of one waiting parcel now. */
static bool
consider(struct run *run, size_t number, bool full, enum turn_of_parcel *becomes, size_t *intended,
         struct error *err)
{
    struct parcel *parcel = &run->parcels[number];
    bool send = parcel->state == PARCEL_WAITING;
    bool left = run->stop != STATUS_DONE && run->stop != STATUS_INTERRUPTED;
    *becomes = STAYS;
    if (send ? !choice_may_start(run) : left) {
        *becomes = ENDS;
        return parcel_give_up(run, parcel, "stopped", err);
    }
    if (full || parcel->due_ms > clock_boot_ms())
        return true;
    if (send && parcel_must_look(run, parcel)) {
        parcel_look_later(run, parcel, parcel->intended ? LOOK_AFTER_SILENCE : LOOK_BEFORE_SENDING);
        return true;
    }
    if (send && !parcel_intend(run, parcel, err))
        return false;
    *intended += send ? parcel->count : 1;
    *becomes = GOES;
    return true;
}

static void
chosen_add(struct run *run, size_t number)
{
    struct choice *choice = &run->choice;
    choice->chosen_ms = clock_boot_ms();
    choice->chosen[(choice->chosen_first + choice->chosen_count++) % run->line->width] = number;
}

bool
choice_make(struct run *run, size_t *intended, struct error *err)
{
    struct choice *choice = &run->choice;
    bool stopped = !choice_may_start(run);
    *intended = 0;
    if (stopped || is_stale(choice))
        chosen_drop(run);
    unsigned left = room(run);
    if (left == 0 && !stopped)
        return true;
    size_t kept = 0, back_count = choice->back_count;
    enum turn_of_parcel becomes;
    for (size_t i = 0; i < back_count; i++) {
        size_t number = choice->back[i];
        if (!consider(run, number, left == 0, &becomes, intended, err))
            return false;
        if (becomes == STAYS)
            choice->back[kept++] = number;
        if (becomes == GOES) {
            chosen_add(run, number);
            left--;
        }
    }
    choice->back_count = kept;
    while (choice->next < run->parcel_count && (left || stopped)) {
        size_t number = choice->next++;
        if (!consider(run, number, left == 0, &becomes, intended, err))
            return false;
        if (becomes == STAYS)
            choice->back[choice->back_count++] = number;
        if (becomes == GOES) {
            chosen_add(run, number);
            left--;
        }
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
    if (choice->next < run->parcel_count)
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
    int64_t line_us = line_due_us(run->line);
    bool full = run->line->busy + run->choice.chosen_count >= window(run);
    int64_t pause_us = longest_us;
    if (run->choice.chosen_count)
        pause_us = line_us;
    else if (!full && line_us != INT64_MAX) {
        int64_t choosing_us = line_us > AHEAD_US ? line_us - AHEAD_US : 0;
        int64_t due_us = waiting_us(run, longest_us);
        pause_us = due_us > choosing_us ? due_us : choosing_us;
    }
    return pause_us < longest_us ? pause_us : longest_us;
}
