#include "core/yearly.h"

#include <stdlib.h>
#include <string.h>

cents_t
yearly_sum(const struct yearly_row *row)
{
    return row->bonus + row->reward + row->found;
}

static struct yearly_row *
row_of(struct yearly *yearly, const struct entry *genesis, const struct deed *deed)
{
    char when[STAMP_TEXT_SIZE];
    struct buffer *name = &yearly->name;
    stamp_print(when, statement_moment(deed));
    buffer_clear(name);
    buffer_print(name, "%s %s %.4s %s", genesis->marketplace, genesis->environment, when,
                 deed->worker ? deed->worker : "");
    const uint32_t *at = index_find(&yearly->by_name, name->bytes);
    if (at)
        return &yearly->rows[*at];
    index_add(&yearly->by_name, arena_text(yearly->arena, name->bytes, name->size), yearly->count,
              yearly->arena);
    yearly->rows = arena_push(yearly->arena, yearly->rows, yearly->count, &yearly->capacity,
                              sizeof *yearly->rows);
    struct yearly_row *row = &yearly->rows[yearly->count++];
    *row = (struct yearly_row){
        .marketplace = index_once(&yearly->texts, genesis->marketplace, yearly->arena),
        .environment = index_once(&yearly->texts, genesis->environment, yearly->arena),
        .year = atoi(when),
        .worker = index_once(&yearly->texts, deed->worker, yearly->arena)};
    return row;
}

void
yearly_add(struct yearly *yearly, const struct ledger *ledger, const struct span *span,
           const bool *again)
{
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        const struct verb_row *verb = verb_row(deed->verb);
        bool done = deed->standing == STANDING_DONE;
        if (!verb_moves_money(deed->verb) || !deed_is_counted(deed) ||
            !span_holds(span, statement_moment(deed)) || (again && again[i]))
            continue;
        struct yearly_row *row = row_of(yearly, &ledger->genesis, deed);
        row->payments += done;
        row->perhaps += done ? 0 : deed->amount;
        row->reward += done && verb->pays_reward ? deed->amount : 0;
        row->bonus += done && verb->pays_bonus && !deed_is_found(deed) ? deed->amount : 0;
        row->found += done && verb->pays_bonus && deed_is_found(deed) ? deed->amount : 0;
    }
}

static int
row_order(const void *one, const void *other)
{
    const struct yearly_row *a = one, *b = other;
    int order = strcmp(a->marketplace, b->marketplace);
    order = order ? order : strcmp(a->environment, b->environment);
    order = order ? order : (a->year > b->year) - (a->year < b->year);
    cents_t here = yearly_sum(a), there = yearly_sum(b);
    order = order ? order : (there > here) - (there < here);
    return order ? order : strcmp(a->worker ? a->worker : "", b->worker ? b->worker : "");
}

void
yearly_sort(struct yearly *yearly)
{
    if (yearly->count)
        qsort(yearly->rows, yearly->count, sizeof *yearly->rows, row_order);
    yearly->by_name = (struct index){0};
}

void
yearly_close(struct yearly *yearly)
{
    buffer_close(&yearly->name);
}
