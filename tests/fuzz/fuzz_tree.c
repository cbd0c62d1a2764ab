/* YAML of any kind becomes a tree within its bounds, or problems with their places. */
#include "fuzz.h"

#include "base/text.h"
#include "base/tree.h"

static size_t
walk(const struct node *node, unsigned depth)
{
    size_t nodes = 1;
    CLAIM(depth <= TREE_DEPTH_MAX);
    if (node->kind == NODE_TEXT) {
        CLAIM(node->text && text_utf8_bad(node->text, strlen(node->text)) == strlen(node->text));
        return nodes;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct pair *pair = &node->pairs[i];
        CLAIM((pair->key != NULL) == (node->kind == NODE_MAP));
        if (pair->key) {
            CLAIM(pair->key->kind == NODE_TEXT);
            CLAIM(node_find(node, pair->key->text) != NULL);
        }
        nodes += walk(pair->value, depth + 1);
    }
    return nodes;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct feed feed = {bytes, size};
    char *text = feed_rest(&feed, &size);
    const struct node *root = tree_read("a.yaml", text, size, &problems, &arena);
    CLAIM(root || problems.count);
    if (root && !problems.count)
        CLAIM(walk(root, 0) <= TREE_NODES_MAX);
    for (size_t i = 0; i < problems.count; i++)
        CLAIM(problems.items[i].text && problems.items[i].where.file);
    problems_sort(&problems);
    free(text);
    arena_close(&arena);
    return 0;
}
