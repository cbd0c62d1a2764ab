/* The world file, read by tables of fields. schema/world.md is the same for people. Reading goes
 * on after a problem, so that a file is mended once; a world with problems is never used. */
#include "sim/world_read.h"

#include "base/text.h"
#include "sim/chance.h"
#include "sim/form.h"

static const char *const qualification_statuses[] = {"Active", "Inactive", NULL};

/* ---- workers ---- */

static const struct field worker_fields[] = {{"worker", FIELD_WORKER, .required = true}};

/* What a list of workers' ids says about each of them. */
enum listed { LISTED_WORKERS, LISTED_KNOWN, LISTED_NEVER, LISTED_LATER, LISTED_BLOCKED };

static void
listed_apply(struct worker *worker, enum listed listed)
{
    switch (listed) {
    case LISTED_WORKERS:
        break;
    case LISTED_KNOWN:
        worker->known = true;
        break;
    case LISTED_NEVER:
        worker->reach = REACH_NEVER;
        break;
    case LISTED_LATER:
        worker->reach = REACH_LATER;
        break;
    case LISTED_BLOCKED:
        worker->blocked = true;
        worker->block_reason = "blocked before";
        break;
    }
}

static void
workers_read(struct reading *r, const char *name, const struct node *list, enum listed listed)
{
    struct form form = FORM(r->problems, "a list of workers", worker_fields);
    size_t count = form_items(&form, name, list);
    for (size_t i = 0; i < count; i++) {
        const char *id;
        if (!form_value(&form, worker_fields, list->pairs[i].value, &id))
            continue;
        size_t at = world_add_worker(r->world, id);
        listed_apply(&r->world->workers[at], listed);
    }
}

/* ---- qualifications ---- */

struct qualification_draft {
    struct qualification made;
    int status;
    const struct node *holders;
};

static const struct field qualification_fields[] = {
    {"id", FIELD_ID, true, AT(struct qualification_draft, made.id)},
    {"name", FIELD_TEXT, true, AT(struct qualification_draft, made.name)},
    {"description", FIELD_TEXT, AT(struct qualification_draft, made.description)},
    {"keywords", FIELD_TEXT, AT(struct qualification_draft, made.keywords)},
    {"created", FIELD_STAMP, AT(struct qualification_draft, made.created_ms)},
    {"status", FIELD_CHOICE, AT(struct qualification_draft, status),
     .choices = qualification_statuses},
    {"holders", FIELD_NODE, AT(struct qualification_draft, holders)},
};

static const struct field score_field = {"holders", FIELD_NUMBER, .least = -2147483647,
                                         .most = 2147483647};

static void
holders_read(struct reading *r, const struct node *map, struct qualification *qualification)
{
    struct form form = FORM(r->problems, "holders", worker_fields);
    if (!map)
        return;
    if (map->kind != NODE_MAP) {
        problem_at(r->problems, map->where,
                   "'holders' takes a map of workers and scores; it has %s", node_kind_name(map));
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        const char *id;
        int64_t score;
        if (form_value(&form, worker_fields, map->pairs[i].key, &id) &&
            form_value(&form, &score_field, map->pairs[i].value, &score))
            world_set_grant(r->world, qualification, world_add_worker(r->world, id), score,
                            qualification->created_ms);
    }
}

static void
qualification_read(struct reading *r, const struct node *map)
{
    struct form form = FORM(r->problems, "a qualification", qualification_fields);
    struct qualification_draft draft = {
        .made = {.description = "", .created_ms = r->world->start_ms - 30 * STAMP_DAY_MS}};
    if (!form_read(&form, map, &draft))
        return;
    draft.made.inactive = draft.status != 0;
    holders_read(r, draft.holders, &draft.made);
    if (!world_add_qualification(r->world, &draft.made))
        problem_at(r->problems, map->where,
                   "the id '%s' or the name '%s' stands at two qualifications", draft.made.id,
                   draft.made.name);
}

/* ---- bonuses paid before ---- */

struct bonus_draft {
    struct bonus made;
    const char *assignment;
    const char *worker;
};

static const struct field bonus_fields[] = {
    {"assignment", FIELD_ID, true, AT(struct bonus_draft, assignment)},
    {"worker", FIELD_WORKER, AT(struct bonus_draft, worker)},
    {"amount", FIELD_MONEY, true, AT(struct bonus_draft, made.cents)},
    {"reason", FIELD_TEXT, AT(struct bonus_draft, made.reason)},
    {"at", FIELD_STAMP, AT(struct bonus_draft, made.at_ms)},
};

static void
bonus_read(struct reading *r, const struct node *map)
{
    struct world *world = r->world;
    struct form form = FORM(r->problems, "a bonus", bonus_fields);
    struct bonus_draft draft = {
        .made = {.reason = "Thank you.", .at_ms = world->start_ms - STAMP_DAY_MS}};
    if (!form_read(&form, map, &draft))
        return;
    const struct assignment *assignment = world_assignment(world, draft.assignment);
    if (!assignment) {
        problem_at(r->problems, map->where, "no HIT has the assignment '%s'", draft.assignment);
        return;
    }
    const char *worker = world->workers[assignment->worker].id;
    if (draft.worker && !text_same(draft.worker, worker)) {
        problem_at(r->problems, map->where, "assignment %s is the work of %s, not of %s",
                   draft.assignment, worker, draft.worker);
        return;
    }
    draft.made.assignment = (size_t)(assignment - world->assignments);
    world_add_bonus(world, &draft.made);
}

/* ---- the file ---- */

struct draft {
    cents_t balance;
    stamp_t now_ms;
    const char *account;
    int64_t bonus_lag_s;
    const struct node *credentials, *qualifications, *hits, *bonuses;
    const struct node *workers, *known_workers, *unreachable, *unreachable_now, *blocked;
};

static const struct field world_fields[] = {
    {"balance", FIELD_MONEY, AT(struct draft, balance)},
    {"account", FIELD_TEXT, AT(struct draft, account)},
    {"credentials", FIELD_NODE, AT(struct draft, credentials)},
    {"now", FIELD_STAMP, AT(struct draft, now_ms)},
    {"bonus_lag_s", FIELD_NUMBER, AT(struct draft, bonus_lag_s), .most = 86400},
    {"qualifications", FIELD_NODE, AT(struct draft, qualifications)},
    {"hits", FIELD_NODE, AT(struct draft, hits)},
    {"bonuses", FIELD_NODE, AT(struct draft, bonuses)},
    {"workers", FIELD_NODE, AT(struct draft, workers)},
    {"known_workers", FIELD_NODE, AT(struct draft, known_workers)},
    {"unreachable", FIELD_NODE, AT(struct draft, unreachable)},
    {"unreachable_now", FIELD_NODE, AT(struct draft, unreachable_now)},
    {"blocked", FIELD_NODE, AT(struct draft, blocked)},
};

static const struct field credentials_fields[] = {
    {"key_id", FIELD_TEXT, true, AT(struct credentials, key_id)},
    {"secret", FIELD_TEXT, true, AT(struct credentials, secret)},
    {"session_token", FIELD_TEXT, AT(struct credentials, session_token)},
};

static void
each_read(struct reading *r, const char *name, const struct node *list,
          void (*read)(struct reading *, const struct node *))
{
    struct form form = {.problems = r->problems};
    size_t count = form_items(&form, name, list);
    for (size_t i = 0; i < count; i++)
        read(r, list->pairs[i].value);
}

static void
lists_read(struct reading *r, const struct draft *draft)
{
    workers_read(r, "workers", draft->workers, LISTED_WORKERS);
    workers_read(r, "known_workers", draft->known_workers, LISTED_KNOWN);
    workers_read(r, "unreachable", draft->unreachable, LISTED_NEVER);
    workers_read(r, "unreachable_now", draft->unreachable_now, LISTED_LATER);
    workers_read(r, "blocked", draft->blocked, LISTED_BLOCKED);
    each_read(r, "qualifications", draft->qualifications, qualification_read);
    each_read(r, "hits", draft->hits, world_read_hit);
    each_read(r, "bonuses", draft->bonuses, bonus_read);
}

/* The play credentials are not shaped like Amazon's, so that no scanner takes them for real. */
static void
root_read(struct reading *r, const struct node *root, cents_t *balance)
{
    struct world *world = r->world;
    struct draft draft = {.balance = 1000000, .now_ms = world->start_ms, .account = "123456789012"};
    struct form form = FORM(r->problems, "a world", world_fields);
    form_read(&form, root, &draft);
    world->account = draft.account;
    world->start_ms = draft.now_ms;
    world->bonus_lag_s = draft.bonus_lag_s;
    world->credentials = (struct credentials){.key_id = "AKIDSIMULATOR0000001",
                                              .secret = "simulator-secret-for-play-money-only"};
    struct form keys = FORM(r->problems, "credentials", credentials_fields);
    if (draft.credentials)
        form_read(&keys, draft.credentials, &world->credentials);
    if (root->kind == NODE_MAP)
        lists_read(r, &draft);
    *balance = draft.balance;
}

bool
world_read(struct world *world, const struct world_options *options, struct problems *problems,
           struct error *err)
{
    *world = (struct world){.start_ms = options->now_ms, .seed = options->seed};
    world->stream = chance_make(options->seed, 0);
    size_t before = problems->count;
    struct node *root =
        tree_read_long(options->name, options->bytes, options->size_bytes, problems, &world->arena);
    struct reading r = {world, problems};
    cents_t balance = 0;
    if (root)
        root_read(&r, root, &balance);
    if (!root || problems->count > before || !book_open(&world->book, options->book_path, err)) {
        world_close(world);
        return false;
    }
    struct posting opening = {.deed = DEED_OPENING, .at_ms = world->start_ms, .pay = balance};
    if (book_post(&world->book, &opening))
        return true;
    error_say(err, "cannot write the simulator's book %s", options->book_path);
    world_close(world);
    return false;
}
