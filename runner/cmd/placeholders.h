/* The names that stand for something in `help`: FILE, FOLDER, [KEY], and what they can be. */
#ifndef CMD_PLACEHOLDERS_H
#define CMD_PLACEHOLDERS_H

#include "cmd/options.h"

/* Collects words; `before` stands before each of them on the line. */
struct offer {
    const char *typed;    /* only words that go on from it */
    const char *before;   /* "--environment=", or "" */
    const char *campaign; /* the campaign file on the line, or NULL */
    struct arena *arena;
    struct buffer *out;
};

/* What one of them can be: paths, or words of ours. */
struct placeholder {
    const char *name;           /* "PLAN.json", as the tables write it */
    const char *const *endings; /* of files' names, ends with NULL; NULL: no files */
    bool folders;
    void (*words)(struct offer *offer);
};

/* Each word once, whoever offers it again. */
void offer_word(struct offer *offer, const char *word, const char *means);

/* NULL when the name says nothing that could be proposed, such as N and URL. */
const struct placeholder *placeholder_find(const char *name);

/* What an option takes: by the name in its row, where one name does not mean many. */
const struct placeholder *placeholder_of_option(enum option option);

void placeholder_offer(const struct placeholder *placeholder, struct offer *offer);

#endif
