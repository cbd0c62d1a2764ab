/* HITs and the work on them: listed one by one, or made up from the seed. */
#include "sim/world_read.h"

#include "base/text.h"
#include "sim/chance.h"
#include "sim/form.h"

static const char *const assignment_statuses[] = {"Submitted", "Approved", "Rejected", "Accepted",
                                                  NULL};
static const char *const hit_statuses[] = {"Assignable", "Unassignable", "Reviewable", "Reviewing",
                                           NULL};

/* ---- assignments ---- */

struct assignment_draft {
    struct assignment made;
    const char *worker;
    int status;
    const struct node *answers;
};

static const struct field assignment_fields[] = {
    {"id", FIELD_ID, true, AT(struct assignment_draft, made.id)},
    {"worker", FIELD_WORKER, true, AT(struct assignment_draft, worker)},
    {"status", FIELD_CHOICE, AT(struct assignment_draft, status), .choices = assignment_statuses},
    {"submitted", FIELD_STAMP, AT(struct assignment_draft, made.submitted_ms)},
    {"decided", FIELD_STAMP, AT(struct assignment_draft, made.decided_ms)},
    {"feedback", FIELD_TEXT, AT(struct assignment_draft, made.feedback)},
    {"answers", FIELD_NODE, AT(struct assignment_draft, answers)},
};

/* Answers are a map whose values are texts, or lists of texts for boxes that were ticked. */
static bool
answers_fit(struct reading *r, const struct node *map)
{
    if (!map)
        return true;
    if (map->kind != NODE_MAP) {
        problem_at(r->problems, map->where, "'answers' takes a map of fields and texts; it has %s",
                   node_kind_name(map));
        return false;
    }
    bool fit = true;
    for (size_t i = 0; i < map->count; i++) {
        const struct node *value = map->pairs[i].value;
        bool texts = value->kind != NODE_MAP;
        for (size_t j = 0; value->kind == NODE_LIST && j < value->count; j++)
            texts &= value->pairs[j].value->kind == NODE_TEXT;
        if (!texts)
            problem_at(r->problems, value->where, "an answer is text, or a list of texts");
        fit &= texts;
    }
    return fit;
}

/* Unless the file says otherwise, work is handed in a minute apart within a day, and decided an
 * hour later; never in the future. */
static void
times_fill(const struct world *world, struct assignment *assignment, const struct hit *hit)
{
    stamp_t submitted_ms =
        hit->created_ms + STAMP_HOUR_MS + (stamp_t)(hit->count % 1440) * STAMP_MINUTE_MS;
    if (assignment->submitted_ms == 0)
        assignment->submitted_ms = submitted_ms < world->start_ms ? submitted_ms : world->start_ms;
    stamp_t decided_ms = assignment->submitted_ms + STAMP_HOUR_MS;
    if (assignment->decided_ms == 0)
        assignment->decided_ms = decided_ms < world->start_ms ? decided_ms : world->start_ms;
}

static void
assignment_read(struct reading *r, const struct node *map, struct hit *hit, struct index *workers)
{
    struct form form = FORM(r->problems, "an assignment", assignment_fields);
    struct assignment_draft draft = {.made.hit = r->world->hit_count};
    if (!form_read(&form, map, &draft) || !answers_fit(r, draft.answers))
        return;
    draft.made.status = (enum assignment_status)draft.status;
    draft.made.answers = draft.answers;
    draft.made.worker = world_add_worker(r->world, draft.worker);
    times_fill(r->world, &draft.made, hit);
    if (!index_add(workers, draft.worker, 0, &r->world->arena))
        problem_at(r->problems, map->where, "worker %s has two assignments of one HIT",
                   draft.worker);
    else if (!world_add_assignment(r->world, &draft.made))
        problem_at(r->problems, map->where, "the id '%s' stands at two assignments", draft.made.id);
    else
        hit->count++;
}

struct made_up {
    int64_t count;
    int status;
    const struct node *answers;
};

static const struct field made_up_fields[] = {
    {"count", FIELD_NUMBER, true, AT(struct made_up, count), .least = 0, .most = 1000000},
    {"status", FIELD_CHOICE, AT(struct made_up, status), .choices = assignment_statuses},
    {"answers", FIELD_NODE, AT(struct made_up, answers)},
};

/* `made_up: 250`, or a map that also says the status and the answers of each. */
static bool
made_up_read(struct reading *r, const struct node *node, struct made_up *made_up)
{
    struct form form = FORM(r->problems, "made_up", made_up_fields);
    if (node->kind == NODE_MAP)
        return form_read(&form, node, made_up) && answers_fit(r, made_up->answers);
    struct field count = made_up_fields[0];
    count.name = "made_up";
    return form_value(&form, &count, node, &made_up->count);
}

static void
assignments_make_up(struct reading *r, const struct made_up *made_up, struct hit *hit)
{
    struct world *world = r->world;
    uint64_t stream = chance_make(world->seed, world->hit_count + 1);
    for (int64_t i = 0; i < made_up->count;) {
        char *worker = chance_id(&stream, 'A', 14, &world->arena);
        if (index_find(&world->workers_by_id, worker))
            continue;
        struct assignment made = {.id = chance_id(&stream, '3', 30, &world->arena),
                                  .worker = world_add_worker(world, worker),
                                  .hit = world->hit_count,
                                  .status = (enum assignment_status)made_up->status,
                                  .answers = made_up->answers};
        times_fill(world, &made, hit);
        if (!world_add_assignment(world, &made))
            continue;
        hit->count++;
        i++;
    }
}

/* ---- HITs ---- */

struct hit_draft {
    struct hit made;
    const struct node *assignments;
    const struct node *made_up;
};

static const struct field hit_fields[] = {
    {"id", FIELD_ID, true, AT(struct hit_draft, made.id)},
    {"type", FIELD_ID, AT(struct hit_draft, made.type)},
    {"title", FIELD_TEXT, AT(struct hit_draft, made.title)},
    {"description", FIELD_TEXT, AT(struct hit_draft, made.description)},
    {"keywords", FIELD_TEXT, AT(struct hit_draft, made.keywords)},
    {"annotation", FIELD_TEXT, AT(struct hit_draft, made.annotation)},
    {"reward", FIELD_MONEY, AT(struct hit_draft, made.reward)},
    {"max_assignments", FIELD_NUMBER, AT(struct hit_draft, made.max_assignments), .least = 1,
     .most = 1000000000},
    {"status", FIELD_CHOICE, AT(struct hit_draft, made.status), .choices = hit_statuses},
    {"masters", FIELD_FLAG, AT(struct hit_draft, made.masters)},
    {"created", FIELD_STAMP, AT(struct hit_draft, made.created_ms)},
    {"expires", FIELD_STAMP, AT(struct hit_draft, made.expires_ms)},
    {"assignments", FIELD_NODE, AT(struct hit_draft, assignments)},
    {"made_up", FIELD_NODE, AT(struct hit_draft, made_up)},
};

void
world_read_hit(struct reading *r, const struct node *map)
{
    struct world *world = r->world;
    struct form form = FORM(r->problems, "a HIT", hit_fields);
    struct hit_draft draft = {.made = {.title = "A task",
                                       .description = "",
                                       .status = HIT_REVIEWABLE,
                                       .created_ms = world->start_ms - 3 * STAMP_DAY_MS,
                                       .first = world->assignment_count}};
    if (!form_read(&form, map, &draft))
        return;
    struct hit *hit = &draft.made;
    uint64_t stream = chance_make(world->seed, ~(uint64_t)world->hit_count);
    if (!hit->type)
        hit->type = chance_id(&stream, '3', 30, &world->arena);
    bool over = hit->status == HIT_REVIEWABLE || hit->status == HIT_REVIEWING;
    if (!hit->expires_ms)
        hit->expires_ms =
            over ? hit->created_ms + 2 * STAMP_DAY_MS : world->start_ms + 7 * STAMP_DAY_MS;
    struct index workers = {0};
    size_t count = form_items(&form, "assignments", draft.assignments);
    for (size_t i = 0; i < count; i++)
        assignment_read(r, draft.assignments->pairs[i].value, hit, &workers);
    struct made_up made_up = {0};
    if (draft.made_up && made_up_read(r, draft.made_up, &made_up))
        assignments_make_up(r, &made_up, hit);
    if (!hit->max_assignments)
        hit->max_assignments = hit->count ? (int64_t)hit->count : 1;
    if ((int64_t)hit->count > hit->max_assignments)
        problem_at(r->problems, map->where, "the HIT has %zu assignments and max_assignments %lld",
                   hit->count, (long long)hit->max_assignments);
    if (!world_add_hit(world, hit))
        problem_at(r->problems, map->where, "the id '%s' stands at two HITs", hit->id);
}
