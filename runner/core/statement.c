#include "core/statement.h"

#include <string.h>

#include "base/buffer.h"

enum { BARS_ALL = 16, BARS_STEP = 8 };

bool
span_holds(const struct span *span, stamp_t at_ms)
{
    bool all = !span->from_ms && !span->before_ms;
    return all || (at_ms >= span->from_ms && at_ms < span->before_ms);
}

cents_t
outlay_sum(const struct outlay *outlay)
{
    return outlay->bonus + outlay->bonus_fee + outlay->reward + outlay->reward_fee;
}

void
outlay_add(struct outlay *outlay, const struct deed *deed)
{
    const struct verb_row *verb = verb_row(deed->verb);
    outlay->bonus += verb->pays_bonus ? deed->amount : 0;
    outlay->bonus_fee += verb->pays_bonus ? deed->fee : 0;
    outlay->reward += verb->pays_reward ? deed->amount : 0;
    outlay->reward_fee += verb->pays_reward ? deed->fee : 0;
}

stamp_t
statement_moment(const struct deed *deed)
{
    return deed->standing == STANDING_DONE ? deed_paid_ms(deed) : deed_moment(deed);
}

/* What is needed only while the deeds are gone through. */
struct making {
    struct statement *statement;
    const struct veil *veil;
    struct arena *arena;
    struct index by_step, by_group, people;
    struct buffer name;
    cents_t *amounts; /* of bonuses that are done … */
    size_t *steps;    /* … and of which step each is */
    size_t amount_count;
};

/* Gives what the index has under the name that was put together, or adds `fresh` there. */
static size_t
place_of(struct making *making, struct index *index, size_t fresh)
{
    const uint32_t *at = index_find(index, making->name.bytes);
    if (at)
        return *at;
    index_add(index, arena_text(making->arena, making->name.bytes, making->name.size), fresh,
              making->arena);
    return fresh;
}

static size_t
step_of(struct making *making, const struct deed *deed)
{
    struct statement *statement = making->statement;
    buffer_clear(&making->name);
    buffer_print(&making->name, "%s %s", verb_row(deed->verb)->name, deed->step);
    size_t at = place_of(making, &making->by_step, statement->step_count);
    if (at == statement->step_count) {
        statement->steps = arena_push(making->arena, statement->steps, statement->step_count,
                                      &statement->step_capacity, sizeof *statement->steps);
        statement->steps[statement->step_count++] =
            (struct statement_step){.step = deed->step, .verb = deed->verb};
    }
    return at;
}

/* Deeds come nearly in the order of time, so a new day nearly always is the last. */
static struct statement_day *
day_of(struct making *making, stamp_t at_ms)
{
    struct statement *statement = making->statement;
    int64_t day = (at_ms >= 0 ? at_ms : at_ms - (STAMP_DAY_MS - 1)) / STAMP_DAY_MS;
    size_t low = 0, high = statement->day_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (statement->days[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < statement->day_count && statement->days[low].day == day)
        return &statement->days[low];
    statement->days = arena_push(making->arena, statement->days, statement->day_count,
                                 &statement->day_capacity, sizeof *statement->days);
    memmove(&statement->days[low + 1], &statement->days[low],
            (statement->day_count++ - low) * sizeof *statement->days);
    statement->days[low] = (struct statement_day){.day = day};
    return &statement->days[low];
}

static void
money_add(struct making *making, const struct deed *deed, size_t step)
{
    struct statement *statement = making->statement;
    struct statement_day *day = day_of(making, deed_paid_ms(deed));
    day->count++;
    outlay_add(&day->outlay, deed);
    outlay_add(&statement->done, deed);
    if (deed_is_found(deed)) {
        outlay_add(&statement->found, deed);
        statement->found_count++;
    }
    if (statement->payment_count++ < STATEMENT_PAYMENTS_MOST)
        statement->payments[statement->payment_count - 1] = deed;
    statement->erased += !deed->worker;
    if (deed->worker)
        index_add(&making->people, deed->worker, 0, making->arena);
    if (verb_row(deed->verb)->pays_bonus) {
        making->steps[making->amount_count] = step;
        making->amounts[making->amount_count++] = deed->amount;
    }
}

static const char *
reason_of(const struct making *making, const struct deed *deed, struct arena *arena)
{
    bool refused = deed->standing == STANDING_REFUSED;
    const char *words = refused ? deed->text : deed->why;
    const char *code = refused ? deed->code : NULL;
    const char *whole = arena_print(arena, "%s%s%s", code ? code : "", code && words ? ": " : "",
                                    words ? words : "");
    return making->veil->words(making->veil->self, whole, arena);
}

static void
group_count(struct statement_group *group, const struct deed *deed)
{
    stamp_t at_ms = deed_moment(deed);
    if (!group->count || at_ms < group->first_ms)
        group->first_ms = at_ms;
    if (at_ms > group->last_ms)
        group->last_ms = at_ms;
    group->count++;
    group->cents += deed->amount + deed->fee;
    if (group->some_count < GROUP_PEOPLE_MOST)
        group->some[group->some_count++] = deed;
}

static void
group_add(struct making *making, const struct deed *deed)
{
    struct statement *statement = making->statement;
    struct arena turn = {0};
    const char *reason = reason_of(making, deed, &turn);
    enum standing standing = deed_is_open(deed) ? STANDING_UNKNOWN : deed->standing;
    uint64_t call = deed_is_open(deed) ? deed->call : 0;
    buffer_clear(&making->name);
    buffer_print(&making->name, "%s %d %d %d %llu %s", deed->step, (int)deed->verb, (int)standing,
                 (int)deed->waived, (unsigned long long)call, reason);
    const uint32_t *at = index_find(&making->by_group, making->name.bytes);
    if (!at && statement->group_count == STATEMENT_GROUPS_MOST) {
        statement->ungrouped++;
    } else if (at) {
        group_count(&statement->groups[*at], deed);
    } else {
        statement->groups = arena_push(making->arena, statement->groups, statement->group_count,
                                       &statement->group_capacity, sizeof *statement->groups);
        size_t fresh = place_of(making, &making->by_group, statement->group_count++);
        statement->groups[fresh] =
            (struct statement_group){.step = deed->step,
                                     .verb = deed->verb,
                                     .standing = standing,
                                     .waived = deed->waived,
                                     .call = call,
                                     .reason = arena_copy(making->arena, reason)};
        group_count(&statement->groups[fresh], deed);
    }
    arena_close(&turn);
}

static void
deed_add(struct making *making, const struct deed *deed)
{
    struct statement *statement = making->statement;
    size_t at = step_of(making, deed);
    struct statement_step *step = &statement->steps[at];
    step->by_standing[deed->standing]++;
    statement->by_standing[deed->standing]++;
    statement->refused_open += deed->standing == STANDING_REFUSED && !deed->waived;
    if (deed->standing == STANDING_DONE) {
        step->amount += deed->amount;
        step->fee += deed->fee;
        if (verb_moves_money(deed->verb))
            money_add(making, deed, at);
        return;
    }
    if (deed_is_open(deed)) {
        step->perhaps += deed->amount + deed->fee;
        outlay_add(&statement->open, deed);
    }
    group_add(making, deed);
}

/* Each step's amounts side by side; their order within a step does not matter. */
static void
spreads_make(struct making *making)
{
    struct statement *statement = making->statement;
    size_t *ends = arena_alloc(making->arena, (statement->step_count + 1) * sizeof *ends);
    cents_t *sorted = arena_alloc(making->arena, (making->amount_count + 1) * sizeof *sorted);
    for (size_t i = 0; i < making->amount_count; i++)
        ends[making->steps[i]]++;
    for (size_t i = 1; i < statement->step_count; i++)
        ends[i] += ends[i - 1];
    for (size_t i = making->amount_count; i > 0; i--)
        sorted[--ends[making->steps[i - 1]]] = making->amounts[i - 1];
    for (size_t i = 0; i < statement->step_count; i++) {
        size_t end = i + 1 < statement->step_count ? ends[i + 1] : making->amount_count;
        spread_make(&statement->steps[i].bonuses, sorted + ends[i], end - ends[i], BARS_STEP);
    }
    spread_make(&statement->bonuses, making->amounts, making->amount_count, BARS_ALL);
}

/* What a run spent belongs to it as a whole: its balance knows of no days. */
static void
run_add(struct statement *statement, const struct deed *deed)
{
    bool sent =
        deed->standing == STANDING_DONE && verb_moves_money(deed->verb) && !deed_is_found(deed);
    if (sent && deed->tried_run < statement->ledger->run_count)
        outlay_add(&statement->by_run[deed->tried_run], deed);
}

void
statement_make(struct statement *statement, const struct ledger *ledger, struct span span,
               const struct veil *veil, struct arena *arena)
{
    *statement = (struct statement){.ledger = ledger, .span = span};
    struct making making = {.statement = statement, .veil = veil, .arena = arena};
    statement->by_run = arena_alloc(arena, (ledger->run_count + 1) * sizeof *statement->by_run);
    making.amounts = arena_alloc(arena, (ledger->deed_count + 1) * sizeof *making.amounts);
    making.steps = arena_alloc(arena, (ledger->deed_count + 1) * sizeof *making.steps);
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        run_add(statement, deed);
        if (span_holds(&span, statement_moment(deed))) {
            deed_add(&making, deed);
            continue;
        }
        statement->outside++;
        statement->outside_open += deed_is_open(deed);
    }
    spreads_make(&making);
    statement->people = making.people.count;
    buffer_close(&making.name);
}
