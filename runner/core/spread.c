#include "core/spread.h"

#include <assert.h>
#include <stdlib.h>

static int
cents_order(const void *one, const void *other)
{
    cents_t a = *(const cents_t *)one, b = *(const cents_t *)other;
    return (a > b) - (a < b);
}

static size_t
distinct(const cents_t *amounts, size_t count)
{
    size_t different = 0;
    for (size_t i = 0; i < count; i++)
        different += i == 0 || amounts[i] != amounts[i - 1];
    return different;
}

/* 1, 2 or 5 and zeros: so wide that all amounts fit into a few ranges. */
static cents_t
range_width(cents_t least, cents_t most, size_t bars_most)
{
    static const cents_t steps[] = {1, 2, 5};
    for (cents_t ten = 1;; ten *= 10)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            cents_t width = steps[i] * ten;
            if (most / width - least / width < (cents_t)bars_most)
                return width;
        }
}

static void
bars_make(struct spread *spread, const cents_t *amounts, size_t bars_most)
{
    size_t count = spread->count;
    cents_t width = distinct(amounts, count) <= bars_most
                        ? 1
                        : range_width(amounts[0], amounts[count - 1], bars_most);
    for (size_t i = 0; i < count; i++) {
        cents_t from = amounts[i] / width * width;
        if (spread->bar_count == 0 || spread->bars[spread->bar_count - 1].from != from)
            spread->bars[spread->bar_count++] =
                (struct spread_bar){.from = from, .to = from + width - 1};
        spread->bars[spread->bar_count - 1].count++;
    }
}

void
spread_make(struct spread *spread, cents_t *amounts, size_t count, size_t bars_most)
{
    assert(bars_most && bars_most <= SPREAD_BARS_MOST);
    *spread = (struct spread){.count = count};
    if (!count)
        return;
    qsort(amounts, count, sizeof *amounts, cents_order);
    for (size_t i = 0; i < count; i++)
        spread->sum += amounts[i];
    cents_t middle = amounts[(count - 1) / 2] + amounts[count / 2];
    spread->least = amounts[0];
    spread->most = amounts[count - 1];
    spread->median = (middle + 1) / 2;
    spread->mean = (spread->sum + (cents_t)count / 2) / (cents_t)count;
    bars_make(spread, amounts, bars_most);
}
