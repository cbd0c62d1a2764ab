/* The faults file: a list of rows, read by one table of fields; which keys a kind of fault takes
 * stands in a second table. */
#include "sim/fault.h"

#include "base/text.h"
#include "sim/chance.h"
#include "sim/form.h"
#include "sim/operation.h"

/* In the order of enum fault_kind. */
static const char *const kinds[] = {
    "throttle",           "rate",    "latency",        "server-error",
    "server-error-after", "refuse",  "hang-up-before", "hang-up-after",
    "half-answer",        "garbage", "hang",           NULL,
};

/* In the order of enum cut_end. */
static const char *const ends[] = {"close", "reset", "hang", NULL};

static const struct field fields[] = {
    {"fault", FIELD_CHOICE, true, AT(struct fault, kind), .choices = kinds},
    {"operation", FIELD_NODE, AT(struct fault, operations)},
    {"worker", FIELD_WORKER, AT(struct fault, worker)},
    {"probability", FIELD_MILLIONTH, AT(struct fault, millionths)},
    {"after", FIELD_NUMBER, AT(struct fault, after), .most = 1000000000},
    {"count", FIELD_NUMBER, AT(struct fault, count), .least = 1, .most = 1000000000},
    {"ms", FIELD_NUMBER, AT(struct fault, ms), .most = 3600000},
    {"jitter_ms", FIELD_NUMBER, AT(struct fault, jitter_ms), .most = 3600000},
    {"per_second", FIELD_NUMBER, AT(struct fault, per_second), .least = 1, .most = 1000000},
    {"burst", FIELD_NUMBER, AT(struct fault, burst), .least = 1, .most = 1000000},
    {"status", FIELD_NUMBER, AT(struct fault, status), .least = 400, .most = 599},
    {"at_byte", FIELD_NUMBER, AT(struct fault, at_byte), .least = 1, .most = 1000000000},
    {"end", FIELD_CHOICE, AT(struct fault, end), .choices = ends},
    {"applied", FIELD_FLAG, AT(struct fault, applied)},
    {"code", FIELD_TEXT, AT(struct fault, code)},
    {"turk_code", FIELD_TEXT, AT(struct fault, turk_code)},
    {"message", FIELD_TEXT, AT(struct fault, message)},
};

/* Keys that some kinds take and others have no use for. */
static const struct {
    const char *key;
    unsigned kinds; /* one bit for each */
} special[] = {
    {"ms", 1u << FAULT_LATENCY},
    {"jitter_ms", 1u << FAULT_LATENCY},
    {"per_second", 1u << FAULT_RATE},
    {"burst", 1u << FAULT_RATE},
    {"status", 1u << FAULT_SERVER_ERROR | 1u << FAULT_SERVER_ERROR_AFTER | 1u << FAULT_REFUSE},
    {"at_byte", 1u << FAULT_HALF_ANSWER},
    {"end", 1u << FAULT_HALF_ANSWER},
    {"applied", 1u << FAULT_GARBAGE | 1u << FAULT_HANG},
    {"code", 1u << FAULT_REFUSE},
    {"turk_code", 1u << FAULT_REFUSE},
    {"message", 1u << FAULT_REFUSE},
    {"probability", ~(1u << FAULT_RATE)},
    {"after", ~(1u << FAULT_RATE)},
    {"count", ~(1u << FAULT_RATE)},
};

/* What a kind cannot do without. */
static const struct {
    enum fault_kind kind;
    const char *key;
} needed[] = {
    {FAULT_LATENCY, "ms"},
    {FAULT_RATE, "per_second"},
    {FAULT_REFUSE, "message"},
};

static bool
keys_fit(const struct fault *fault, const struct node *map, struct problems *problems)
{
    size_t before = problems->count;
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (!(special[i].kinds & 1u << fault->kind) && node_find(map, special[i].key))
            problem_at(problems, map->where, "the fault '%s' does not take '%s'",
                       kinds[fault->kind], special[i].key);
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if ((int)needed[i].kind == fault->kind && !node_find(map, needed[i].key))
            problem_at(problems, map->where, "the fault '%s' needs '%s'", kinds[fault->kind],
                       needed[i].key);
    return problems->count == before;
}

static void
operation_check(const struct node *name, struct problems *problems)
{
    enum { OPERATIONS_MAX = 64 };
    const char *names[OPERATIONS_MAX];
    size_t count = 0;
    while (count < OPERATIONS_MAX && (names[count] = operation_name(count)))
        count++;
    if (name->kind == NODE_TEXT &&
        (operation_find(name->text) || text_same(name->text, "GetCallerIdentity")))
        return;
    const char *nearest = name->kind == NODE_TEXT ? text_nearest(name->text, names, count) : NULL;
    if (nearest)
        problem_at(problems, name->where, "unknown operation '%s', did you mean '%s'?", name->text,
                   nearest);
    else
        problem_at(problems, name->where,
                   "'operation' takes the name of an operation, such as "
                   "SendBonus, or a list of names");
}

static void
row_read(struct faults *faults, size_t at, const struct node *map, uint64_t seed,
         struct problems *problems)
{
    struct form form = FORM(problems, "a fault", fields);
    struct fault fault = {.millionths = 1000000, .stream = chance_make(seed, 1000 + at)};
    if (!form_read(&form, map, &fault) || !keys_fit(&fault, map, problems))
        return;
    const struct node *names = fault.operations;
    if (names && names->kind == NODE_LIST)
        for (size_t i = 0; i < names->count; i++)
            operation_check(names->pairs[i].value, problems);
    else if (names)
        operation_check(names, problems);
    bool refuses = fault.kind == FAULT_REFUSE;
    if (!fault.status)
        fault.status = refuses ? 400 : 500;
    if (refuses && !fault.code)
        fault.code = "RequestError";
    if (fault.kind == FAULT_RATE && !fault.burst)
        fault.burst = fault.per_second;
    if (!node_find(map, "applied"))
        fault.applied = true;
    faults->rows[faults->count++] = fault;
}

bool
faults_open(struct faults *faults, const char *name, const char *bytes, size_t size_bytes,
            uint64_t seed, struct problems *problems)
{
    *faults = (struct faults){0};
    size_t before = problems->count;
    struct node *root = tree_read(name, bytes, size_bytes, problems, &faults->arena);
    struct form form = {.problems = problems};
    size_t count = root ? form_items(&form, "a faults file", root) : 0;
    faults->rows = arena_alloc(&faults->arena, (count + 1) * sizeof *faults->rows);
    for (size_t i = 0; i < count; i++)
        row_read(faults, i, root->pairs[i].value, seed, problems);
    if (root && problems->count == before)
        return true;
    faults_close(faults);
    return false;
}
