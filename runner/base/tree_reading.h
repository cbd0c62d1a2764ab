/* A document while it is read: libyaml's parser with the bytes it reads. For the files that make up
 * `tree`, and no others. */
#ifndef BASE_TREE_READING_H
#define BASE_TREE_READING_H

#include <yaml.h>

#include "base/tree.h"

struct reading {
    yaml_parser_t parser;
    const char *file;
    const char *bytes;
    size_t size;
    size_t nodes;
    size_t nodes_max;
    size_t cursor_characters; /* the place up to which characters were counted … */
    size_t cursor_bytes;      /* … and its offset in bytes */
    bool stopped;             /* a problem after which going on makes no sense */
    struct problems *problems;
    struct arena *arena;
};

/* What libyaml would accept or misread is refused before it sees the bytes. */
bool reading_bytes_fit(const char *file, const char *bytes, size_t size, size_t size_max,
                       struct problems *problems);

/* libyaml counts lines and columns from 0; places count from 1. */
struct where reading_place(const struct reading *r, yaml_mark_t mark);

/* The offset in bytes of a mark; libyaml counts characters. Marks are asked for in rising order, so
 * the counting goes over the file once. */
size_t reading_offset(struct reading *r, yaml_mark_t mark);

/* Notes what the parser could not read, and stops. */
void reading_refuse(struct reading *r);

#endif
