#include "sim/fault.h"

#include "base/text.h"
#include "sim/chance.h"

static bool
names_operation(const struct fault *fault, const char *operation)
{
    const struct node *names = fault->operations;
    if (!names)
        return true;
    if (names->kind == NODE_TEXT)
        return text_same(names->text, operation);
    for (size_t i = 0; i < names->count; i++)
        if (text_same(names->pairs[i].value->text, operation))
            return true;
    return false;
}

static bool
names_worker(const struct fault *fault, const json_t *input)
{
    if (!fault->worker)
        return true;
    const json_t *many = json_object_get(input, "WorkerIds");
    for (size_t i = 0; i < json_array_size(many); i++)
        if (text_same(json_string_value(json_array_get(many, i)), fault->worker))
            return true;
    return text_same(json_string_value(json_object_get(input, "WorkerId")), fault->worker);
}

/* A bucket that holds `burst` calls and gains `per_second` of them, counted in thousandths so
 * that a millisecond earns a whole number. */
static bool
over_rate(struct fault *fault, stamp_t now_ms)
{
    int64_t room = fault->burst * 1000;
    if (fault->seen == 1)
        fault->tokens_ms = room;
    else
        fault->tokens_ms += (now_ms - fault->earned_ms) * fault->per_second;
    fault->earned_ms = now_ms;
    if (fault->tokens_ms > room)
        fault->tokens_ms = room;
    if (fault->tokens_ms < 1000)
        return true;
    fault->tokens_ms -= 1000;
    return false;
}

static bool
strikes(struct fault *fault, stamp_t now_ms)
{
    fault->seen++;
    if (fault->kind == FAULT_RATE)
        return over_rate(fault, now_ms);
    if (fault->seen <= fault->after || (fault->count && fault->struck >= fault->count))
        return false;
    if (fault->millionths < 1000000 &&
        (int64_t)(chance_next(&fault->stream) % 1000000) >= fault->millionths)
        return false;
    fault->struck++;
    return true;
}

static int64_t
latency_of(struct fault *fault)
{
    if (!fault->jitter_ms)
        return fault->ms;
    return fault->ms + (int64_t)(chance_next(&fault->stream) % (uint64_t)(fault->jitter_ms + 1));
}

struct fault *
faults_next(struct faults *faults, const char *operation, const json_t *input, stamp_t now_ms,
            int64_t *delay_ms)
{
    *delay_ms = 0;
    struct fault *first = NULL;
    for (size_t i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->rows[i];
        if (first && fault->kind != FAULT_LATENCY)
            continue;
        if (!names_operation(fault, operation) || !names_worker(fault, input) ||
            !strikes(fault, now_ms))
            continue;
        if (fault->kind == FAULT_LATENCY)
            *delay_ms += latency_of(fault);
        else
            first = fault;
    }
    return first;
}

void
faults_close(struct faults *faults)
{
    arena_close(&faults->arena);
    *faults = (struct faults){0};
}
