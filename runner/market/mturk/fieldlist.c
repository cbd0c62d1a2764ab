#include "market/mturk/fieldlist.h"

bool
fieldlist_add(struct fieldlist *list, const char *name, const char *value)
{
    if (!index_add(&list->names, name, list->count, list->arena))
        return false;
    list->items =
        arena_push(list->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = (struct reply_field){.name = name, .value = value};
    return true;
}
