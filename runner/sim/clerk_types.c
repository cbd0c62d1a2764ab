/* Qualification types: read, listed, created. Tests and their keys are taken and not kept,
 * because nobody sits a test here. */
#include "sim/listing.h"
#include "sim/operation.h"

#include <string.h>
#include <strings.h>

#include "sim/chance.h"

enum { TEST_BYTES_MAX = 65535 };

static json_t *
type_json(const struct qualification *type)
{
    json_t *object = json_object();
    json_object_set_new(object, "QualificationTypeId", json_string(type->id));
    json_object_set_new(object, "CreationTime", desk_time(type->created_ms));
    json_object_set_new(object, "Name", json_string(type->name));
    json_object_set_new(object, "Description", json_string(type->description));
    if (type->keywords)
        json_object_set_new(object, "Keywords", json_string(type->keywords));
    json_object_set_new(object, "QualificationTypeStatus",
                        json_string(type->inactive ? "Inactive" : "Active"));
    json_object_set_new(object, "IsRequestable", json_boolean(!type->inactive));
    json_object_set_new(object, "AutoGranted", json_boolean(type->auto_granted));
    if (type->auto_granted)
        json_object_set_new(object, "AutoGrantedValue", json_integer(type->auto_value));
    return object;
}

static json_t *
type_output(const struct qualification *type)
{
    json_t *output = json_object();
    json_object_set_new(output, "QualificationType", type_json(type));
    return output;
}

json_t *
clerk_type(struct desk *desk)
{
    const struct qualification *type = desk_qualification(desk, "QualificationTypeId");
    return type ? type_output(type) : NULL;
}

static bool
holds_word(const char *text, const char *word)
{
    size_t size = strlen(word);
    for (; *text; text++)
        if (strncasecmp(text, word, size) == 0)
            return true;
    return size == 0;
}

/* The query is a search in the words, not a name. A world has one requester, so all its types are
 * the caller's own and MustBeOwnedByCaller leaves none out. */
static bool
type_shows(const struct desk *desk, const void *of, size_t at)
{
    const struct qualification *type = &((const struct qualification *)of)[at];
    const char *query = desk_text(desk, "Query");
    if (type->inactive && desk_flag(desk, "MustBeRequestable", false))
        return false;
    return !query || holds_word(type->name, query) || holds_word(type->description, query) ||
           (type->keywords && holds_word(type->keywords, query));
}

static json_t *
type_item(const struct desk *desk, const void *of, size_t at)
{
    (void)desk;
    return type_json(&((const struct qualification *)of)[at]);
}

json_t *
clerk_list_types(struct desk *desk)
{
    return listing_answer(desk, &(struct listing){.member = "QualificationTypes",
                                                  .of = desk->world->qualifications,
                                                  .count = desk->world->qualification_count,
                                                  .shows = type_shows,
                                                  .item = type_item});
}

static bool
test_fits(struct desk *desk, const char *member)
{
    const char *text = desk_text(desk, member);
    if (!text || strlen(text) <= TEST_BYTES_MAX)
        return true;
    desk_refuse(desk, "InvalidParameterValue",
                "The value for the parameter %s is longer than %d bytes.", member, TEST_BYTES_MAX);
    return false;
}

json_t *
clerk_create_type(struct desk *desk)
{
    struct world *world = desk->world;
    struct arena *arena = &world->arena;
    const char *name = desk_text(desk, "Name");
    if (!test_fits(desk, "Test") || !test_fits(desk, "AnswerKey"))
        return NULL;
    if (index_find(&world->qualifications_by_name, name))
        return desk_refuse(desk, "QualificationTypeAlreadyExists",
                           "You have already created a QualificationType with this name.");
    struct qualification type = {
        .id = chance_id(&world->stream, '3', 30, arena),
        .name = arena_copy(arena, name),
        .description = arena_copy(arena, desk_text(desk, "Description")),
        .keywords = arena_copy(arena, desk_text(desk, "Keywords")),
        .inactive = strcmp(desk_text(desk, "QualificationTypeStatus"), "Inactive") == 0,
        .auto_granted = desk_flag(desk, "AutoGranted", false),
        .auto_value = desk_number(desk, "AutoGrantedValue", 1),
        .created_ms = desk->now_ms,
    };
    if (!desk_post(desk, (struct posting){
                             .deed = DEED_CREATE, .qualification = type.id, .words = type.name}))
        return NULL;
    world_add_qualification(world, &type);
    return type_output(&type);
}
