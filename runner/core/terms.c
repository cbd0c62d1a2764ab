#include "core/terms.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"

enum { SUMS_NAME_SIZE = 80 };

static const char *
sums_name(char out[SUMS_NAME_SIZE], const struct terms *terms)
{
    snprintf(out, SUMS_NAME_SIZE, "%" PRId64 " %" PRId64 " %d", terms->amount, terms->reward,
             terms->value);
    return out;
}

static bool
is_same(const struct terms *one, const struct terms *other)
{
    return one->amount == other->amount && one->fee == other->fee && one->reward == other->reward &&
           one->reward_fee == other->reward_fee && one->value == other->value &&
           text_same(one->message, other->message) && text_same(one->subject, other->subject) &&
           text_same(one->qualification, other->qualification);
}

const struct terms *
terms_find(struct terms_list *list, const struct terms *terms)
{
    char name[SUMS_NAME_SIZE];
    if (list->last && is_same(list->last, terms))
        return list->last;
    const uint32_t *at = list->worded ? NULL : index_find(&list->by_sums, sums_name(name, terms));
    if (!at || !is_same(list->items[*at], terms))
        return NULL;
    list->last = list->items[*at];
    return list->last;
}

void
terms_add(struct terms_list *list, const struct terms *terms, struct arena *arena)
{
    char name[SUMS_NAME_SIZE];
    size_t at = list->by_sums.count;
    list->last = terms;
    if (list->worded || index_find(&list->by_sums, sums_name(name, terms)))
        return;
    index_add(&list->by_sums, arena_copy(arena, name), at, arena);
    list->items = arena_push(arena, list->items, at, &list->item_capacity, sizeof *list->items);
    list->items[at] = terms;
}
