/* A YAML document as a tree of texts, bounded and strict.
 *
 * Types are the reader's business: every scalar is the text that was typed, so `1.10`, `no` and
 * leading zeros stay what they are. Refused, each with its place: more than one document, aliases,
 * anchors, tags, a key twice, keys that are not text, NUL, bytes that are not UTF-8, more than
 * 1 MiB, more than 32 levels (counted on events, because libyaml itself is quadratic there), more
 * than 200,000 nodes. */
#ifndef BASE_TREE_H
#define BASE_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum { TREE_SIZE_BYTES_MAX = 1024 * 1024, TREE_DEPTH_MAX = 32, TREE_NODES_MAX = 200000 };
enum { TREE_LONG_SIZE_BYTES_MAX = 64 * TREE_SIZE_BYTES_MAX };
enum { TREE_LONG_NODES_MAX = 64 * TREE_NODES_MAX };

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct where where;
    const char *text;   /* NODE_TEXT: never NULL */
    bool plain;         /* NODE_TEXT without quotes and not a block */
    bool flow;          /* written inside or as { } or [ ] */
    bool cut;           /* plain text followed by " #" on its line: the rest is a comment */
    struct pair *pairs; /* NODE_MAP: in the order of the file; NODE_LIST: key is NULL */
    size_t count;
};

struct pair {
    struct node *key;
    struct node *value;
};

/* Reads one document. What is wrong goes to `problems` (the rest is read on where YAML allows
 * it); NULL when there is no tree at all. `file` is named in every place and must live on. */
struct node *tree_read(const char *file, const char *bytes, size_t size_bytes,
                       struct problems *problems, struct arena *arena);

/* The same for a document that lists a great many things: 64 times as long, and as many nodes. */
struct node *tree_read_long(const char *file, const char *bytes, size_t size_bytes,
                            struct problems *problems, struct arena *arena);

/* The value under a key of a map, or NULL. */
struct node *node_find(const struct node *map, const char *key);

/* "text", "a list" or "a map", for messages. */
const char *node_kind_name(const struct node *node);

#endif
