/* libyaml's events, folded into nodes. libyaml counts lines and columns from 0; places here count
 * from 1. Memory of libyaml's is released before tree_read returns. */
#include "base/tree.h"

#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "base/tree_reading.h"

const char *
node_kind_name(const struct node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
        return node->text[0] ? "text" : "nothing";
    case NODE_LIST:
        return "a list";
    case NODE_MAP:
        return "a map";
    }
    return "";
}

struct node *
node_find(const struct node *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++)
        if (map->pairs[i].key && text_same(map->pairs[i].key->text, key))
            return map->pairs[i].value;
    return NULL;
}

static bool
event_take(struct reading *r, yaml_event_t *event)
{
    if (r->stopped)
        return false;
    if (yaml_parser_parse(&r->parser, event))
        return true;
    reading_refuse(r);
    return false;
}

static struct node *
node_make(struct reading *r, enum node_kind kind, yaml_mark_t mark)
{
    struct node *node = arena_alloc(r->arena, sizeof *node);
    node->kind = kind;
    node->where = reading_place(r, mark);
    if (++r->nodes > r->nodes_max && !r->stopped) {
        problem_at(r->problems, node->where, "more than %zu values in one file", r->nodes_max);
        r->stopped = true;
    }
    return node;
}

static void
refuse_decoration(struct reading *r, struct node *node, const yaml_char_t *anchor,
                  const yaml_char_t *tag)
{
    static const char yaml_org[] = "tag:yaml.org,2002:";
    bool core = tag && text_starts((const char *)tag, yaml_org);
    if (anchor)
        problem_at(
            r->problems, node->where,
            "anchors (&%s) are not read here: write the value out where it is used, and put quotes "
            "around a text that begins with &",
            (const char *)anchor);
    if (tag)
        problem_at(r->problems, node->where,
                   "tags (%s%s) are not read here: every value is the text that stands there; put "
                   "quotes around a text that begins with !",
                   core ? "!!" : "", (const char *)tag + (core ? strlen(yaml_org) : 0));
}

static bool
comment_follows(struct reading *r, yaml_mark_t end_mark)
{
    size_t end = reading_offset(r, end_mark), at = end;
    while (at < r->size && (r->bytes[at] == ' ' || r->bytes[at] == '\t'))
        at++;
    return at > end && at < r->size && r->bytes[at] == '#';
}

static struct node *
text_read(struct reading *r, yaml_event_t *event, bool in_flow)
{
    struct node *node = node_make(r, NODE_TEXT, event->start_mark);
    const char *value = (const char *)event->data.scalar.value;
    size_t size = event->data.scalar.length;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->flow = in_flow;
    node->text = arena_text(r->arena, value, size);
    /* libyaml's end mark of a plain scalar stands behind its last character. */
    node->cut = node->plain && size && comment_follows(r, event->end_mark);
    if (memchr(value, '\0', size))
        problem_at(r->problems, node->where, "a NUL character stands in this text");
    refuse_decoration(r, node, event->data.scalar.anchor, event->data.scalar.tag);
    return node;
}

static struct node *node_read(struct reading *r, yaml_event_t *event, unsigned depth, bool in_flow);

static void
pair_add(struct reading *r, struct node *node, size_t *capacity, struct node *key,
         struct node *value)
{
    node->pairs = arena_push(r->arena, node->pairs, node->count, capacity, sizeof *node->pairs);
    node->pairs[node->count++] = (struct pair){key, value};
}

static struct node *
list_read(struct reading *r, yaml_event_t *start, unsigned depth, bool in_flow)
{
    struct node *list = node_make(r, NODE_LIST, start->start_mark);
    list->flow = in_flow || start->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    refuse_decoration(r, list, start->data.sequence_start.anchor, start->data.sequence_start.tag);
    size_t capacity = 0;
    yaml_event_t event;
    while (event_take(r, &event)) {
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            return list;
        }
        struct node *item = node_read(r, &event, depth + 1, list->flow);
        yaml_event_delete(&event);
        if (item)
            pair_add(r, list, &capacity, NULL, item);
    }
    return list;
}

static struct node *
map_read(struct reading *r, yaml_event_t *start, unsigned depth, bool in_flow)
{
    struct node *map = node_make(r, NODE_MAP, start->start_mark);
    map->flow = in_flow || start->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    refuse_decoration(r, map, start->data.mapping_start.anchor, start->data.mapping_start.tag);
    struct index keys = {0};
    const char *meant = NULL; /* the name of a lookup that is written {{ }} */
    size_t capacity = 0;
    yaml_event_t event;
    while (event_take(r, &event)) {
        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            /* Read on as what was meant, so that nothing is said of an empty map. */
            if (meant)
                *map = (struct node){.kind = NODE_TEXT,
                                     .where = map->where,
                                     .text = arena_print(r->arena, "${{ %s }}", meant)};
            return map;
        }
        struct node *key = node_read(r, &event, depth + 1, map->flow);
        yaml_event_delete(&event);
        if (!event_take(r, &event))
            return map;
        struct node *value = node_read(r, &event, depth + 1, map->flow);
        yaml_event_delete(&event);
        if (!key || !value)
            continue;
        if (key->kind == NODE_MAP && map->flow) {
            problem_at(r->problems, map->where,
                       "{{ begins a map inside a map here; a lookup is written with a $ and in "
                       "quotes: \"${{ … }}\"");
            meant = key->count ? key->pairs[0].key->text : meant;
            continue;
        }
        if (key->kind != NODE_TEXT) {
            problem_at(r->problems, key->where, "a key is text; this one is %s",
                       node_kind_name(key));
            continue;
        }
        if (!index_add(&keys, key->text, map->count, r->arena))
            problem_at(r->problems, key->where, "'%s' stands twice here; the first is in line %u",
                       key->text, map->pairs[*index_find(&keys, key->text)].key->where.line);
        else
            pair_add(r, map, &capacity, key, value);
    }
    return map;
}

static struct node *
node_read(struct reading *r, yaml_event_t *event, unsigned depth, bool in_flow)
{
    if (depth > TREE_DEPTH_MAX) {
        problem_at(r->problems, reading_place(r, event->start_mark), "nested deeper than %d levels",
                   TREE_DEPTH_MAX);
        r->stopped = true;
        return NULL;
    }
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return text_read(r, event, in_flow);
    case YAML_SEQUENCE_START_EVENT:
        return list_read(r, event, depth, in_flow);
    case YAML_MAPPING_START_EVENT:
        return map_read(r, event, depth, in_flow);
    case YAML_ALIAS_EVENT:
        problem_at(
            r->problems, reading_place(r, event->start_mark),
            "aliases (*%s) are not read here: write the value out, and put quotes around a text "
            "that begins with *",
            (const char *)event->data.alias.anchor);
        return NULL;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        break;
    }
    return NULL;
}

static struct node *
stream_read(struct reading *r)
{
    struct node *root = NULL;
    unsigned documents = 0;
    yaml_event_t event;
    while (event_take(r, &event)) {
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT && ++documents == 2) {
            problem_at(r->problems, reading_place(r, event.start_mark),
                       "a second document begins here; a file holds one");
            r->stopped = true;
        } else if (type == YAML_SCALAR_EVENT || type == YAML_SEQUENCE_START_EVENT ||
                   type == YAML_MAPPING_START_EVENT || type == YAML_ALIAS_EVENT) {
            root = node_read(r, &event, 1, false);
        }
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT)
            break;
    }
    return root;
}

static struct node *
read_bounded(const char *file, const char *bytes, size_t size_bytes, bool is_long,
             struct problems *problems, struct arena *arena)
{
    if (size_bytes >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3; /* a byte order mark, which Windows editors write before UTF-8 */
        size_bytes -= 3;
    }
    size_t size_max = is_long ? TREE_LONG_SIZE_BYTES_MAX : TREE_SIZE_BYTES_MAX;
    if (!reading_bytes_fit(file, bytes, size_bytes, size_max, problems))
        return NULL;
    struct reading r = {.file = file,
                        .bytes = bytes,
                        .size = size_bytes,
                        .nodes_max = is_long ? TREE_LONG_NODES_MAX : TREE_NODES_MAX,
                        .problems = problems,
                        .arena = arena};
    if (!yaml_parser_initialize(&r.parser)) {
        problem_at(problems, (struct where){file, 0, 0}, "libyaml is out of memory");
        return NULL;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes, size_bytes);
    size_t before = problems->count;
    struct node *root = stream_read(&r);
    yaml_parser_delete(&r.parser);
    if (!root && problems->count == before)
        problem_at(problems, (struct where){file, 1, 1}, "the file is empty");
    return r.stopped ? NULL : root;
}

struct node *
tree_read(const char *file, const char *bytes, size_t size_bytes, struct problems *problems,
          struct arena *arena)
{
    return read_bounded(file, bytes, size_bytes, false, problems, arena);
}

struct node *
tree_read_long(const char *file, const char *bytes, size_t size_bytes, struct problems *problems,
               struct arena *arena)
{
    return read_bounded(file, bytes, size_bytes, true, problems, arena);
}
