/* The rows are read one after the other, and each is over before the next: as one tree a plan takes
 * ten times its size. Where the parts cannot be read, the whole is: then it is no JSON, and only
 * the whole can tell the place. */
#include "codec/planfile_read.h"

#include <ctype.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "codec/planfile.h"
#include "codec/planfile_cut.h"
#include "codec/planfile_members.h"

static bool
inputs_take(struct planfile_reading *reading, json_t *inputs, struct saved_plan *plan)
{
    static const char wanted[] = "an object of files and their digests, \"sha256:…\"";
    const char *path;
    json_t *value;
    if (!json_is_object(inputs))
        return planfile_member_wrong(reading, "inputs", wanted, inputs);
    plan->inputs =
        arena_alloc(reading->arena, (json_object_size(inputs) + 1) * sizeof *plan->inputs);
    json_object_foreach (inputs, path, value) {
        const char *digest = json_string_value(value);
        if (!digest || !text_starts(digest, "sha256:") || !digest_is(digest + strlen("sha256:")))
            return planfile_member_wrong(reading, "inputs", wanted, inputs);
        struct entry_input *input = &plan->inputs[plan->input_count++];
        input->path = arena_copy(reading->arena, path);
        planfile_text_take(reading, value, false, &input->digest);
    }
    return true;
}

static bool
row_take(struct planfile_reading *reading, const json_t *value, struct saved_plan *plan)
{
    plan->rows = arena_push(reading->arena, plan->rows, plan->row_count, &reading->row_capacity,
                            sizeof *plan->rows);
    struct planned *row = &plan->rows[plan->row_count++];
    *row = (struct planned){0};
    reading->row = plan->row_count;
    if (!json_is_object(value))
        return planfile_wrong(reading, "an action is an object of members");
    if (!planfile_row_take(reading, value, row))
        return false;
    return index_add(&reading->keys, row->key, plan->row_count, reading->arena) ||
           planfile_wrong(reading, arena_print(reading->arena, "'key' is that of action %u, too",
                                               *index_find(&reading->keys, row->key)));
}

static bool
rows_take(struct planfile_reading *reading, const json_t *actions, struct saved_plan *plan)
{
    if (!json_is_array(actions))
        return planfile_member_wrong(reading, "actions", "a list of actions", actions);
    for (size_t i = 0; i < json_array_size(actions); i++)
        if (!row_take(reading, json_array_get(actions, i), plan))
            return false;
    return true;
}

static bool
format_check(const struct planfile_reading *reading, const json_t *root)
{
    const json_t *format = json_object_get(root, "bursar_plan");
    if (!format)
        return planfile_wrong(reading,
                              "this is no saved plan; 'bursar plan FILE -o PLAN.json' makes one");
    if (!json_is_integer(format) || json_integer_value(format) < 1)
        return planfile_member_wrong(reading, "bursar_plan", "the number of the plan's format",
                                     format);
    if (json_integer_value(format) != PLANFILE_FORMAT)
        return planfile_wrong(
            reading, arena_print(reading->arena,
                                 "the plan has format %lld, and this version reads %d: a newer "
                                 "bursar made it",
                                 (long long)json_integer_value(format), PLANFILE_FORMAT));
    return true;
}

bool
planfile_begins(const char *bytes, size_t size_bytes)
{
    static const char name[] = "\"bursar_plan\"";
    const char *at = bytes, *end = bytes + size_bytes;
    for (bool open = false; at < end && (isspace((unsigned char)*at) || (!open && *at == '{'));)
        open |= *at++ == '{';
    return (size_t)(end - at) >= strlen(name) && memcmp(at, name, strlen(name)) == 0;
}

static bool
head_take(struct planfile_reading *reading, const json_t *root, struct saved_plan *plan)
{
    return format_check(reading, root) && planfile_head_take(reading, root, plan) &&
           inputs_take(reading, json_object_get(root, "inputs"), plan);
}

static bool
whole_decode(struct planfile_reading *reading, const char *bytes, size_t size_bytes,
             struct saved_plan *plan)
{
    json_error_t trouble;
    json_t *root = json_loadb(bytes, size_bytes, JSON_REJECT_DUPLICATES, &trouble);
    if (!root) {
        struct where where = {reading->path, (unsigned)trouble.line, (unsigned)trouble.column};
        error_at(reading->err, where, "a saved plan is JSON, and this is none: %s", trouble.text);
        reading->err->status = STATUS_INVALID;
        return false;
    }
    bool worked = head_take(reading, root, plan) &&
                  rows_take(reading, json_object_get(root, "actions"), plan);
    json_decref(root);
    return worked;
}

/* The plan without its actions, as one tree; NULL when that is no JSON. */
static json_t *
head_load(const char *bytes, size_t size_bytes, const struct planfile_cut *cut)
{
    struct buffer head = {0};
    buffer_add(&head, bytes, (size_t)(cut->begin - bytes));
    buffer_text(&head, "[]");
    buffer_add(&head, cut->end, size_bytes - (size_t)(cut->end - bytes));
    json_t *root = json_loadb(head.bytes, head.size, JSON_REJECT_DUPLICATES, NULL);
    buffer_close(&head);
    return root;
}

/* Reads the actions one by one. False where they are no JSON. What is wrong with the first that is
 * wrong stands in the reading's err; those behind it have to be JSON all the same. */
static bool
rows_decode(struct planfile_reading *reading, const struct planfile_cut *cut,
            struct saved_plan *plan)
{
    const char *end = cut->end - 1, *at = planfile_cut_blanks(cut->begin + 1, end);
    json_error_t trouble;
    bool good = true;
    while (at < end) {
        json_t *row = json_loadb(at, (size_t)(end - at),
                                 JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &trouble);
        if (!row)
            return false;
        good = good && row_take(reading, row, plan);
        json_decref(row);
        at = planfile_cut_blanks(at + trouble.position, end);
        if (at == end)
            return true;
        if (*at != ',' || planfile_cut_blanks(at + 1, end) == end)
            return false;
        at = planfile_cut_blanks(at + 1, end);
    }
    return true;
}

bool
planfile_decode(const char *path, const char *bytes, size_t size_bytes, struct saved_plan *plan,
                struct arena *arena, struct error *err)
{
    struct error of_rows = {0};
    struct planfile_cut cut;
    struct planfile_reading head = {.path = path, .arena = arena, .err = err}, rows = head,
                            whole = head;
    rows.err = &of_rows;
    *plan = (struct saved_plan){0};
    json_t *root =
        planfile_cut_find(bytes, size_bytes, &cut) ? head_load(bytes, size_bytes, &cut) : NULL;
    if (!root || !rows_decode(&rows, &cut, plan)) {
        json_decref(root);
        *plan = (struct saved_plan){0};
        return whole_decode(&whole, bytes, size_bytes, plan);
    }
    bool worked = head_take(&head, root, plan);
    json_decref(root);
    if (worked && of_rows.text[0])
        *err = of_rows;
    return worked && !of_rows.text[0];
}
