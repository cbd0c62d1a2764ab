#include "codec/cell.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define DIGITS "0123456789"

enum { SCORE_DIGITS_MAX = 10 };

bool
cell_wrong(struct decoding *d, const struct cell *cell, const char *takes, const char *hint)
{
    const char *has = cell->text[0] ? value_shown(cell->text, d->arena) : NULL;
    const char *column = cell->column ? value_shown(cell->column, d->arena) : "a line";
    problem_at(d->problems, cell->where, "%s takes %s; it %s%s%s%s", column, takes,
               has ? "has " : "is empty", has ? has : "", hint ? ": " : "", hint ? hint : "");
    return false;
}

/* What spreadsheets, R and Python write where there is no value, and where a formula failed. */
static const char *
nothing_hint(const char *text, const char *instead, struct arena *arena)
{
    static const char *const words[] = {"",     "NA",   "N/A",  "n/a",  "na", "NaN", "nan",
                                        "NULL", "null", "None", "none", "-",  "–",   "."};
    if (text[0] == '#')
        return "a formula failed in the spreadsheet; mend it there";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same(text, words[i]))
            return i ? arena_print(arena, "that stands for no value; %s", instead) : instead;
    return NULL;
}

bool
cell_money(struct decoding *d, const struct cell *cell)
{
    cents_t cents;
    if (money_read(cell->text, &cents))
        return true;
    const char *hint = nothing_hint(cell->text, "write 0 where nothing is owed", d->arena);
    return cell_wrong(d, cell, "dollars with at most two decimals, such as 0.75",
                      hint ? hint : value_money_hint(cell->text, d->arena));
}

static const char *
score_hint(const char *text, struct arena *arena)
{
    size_t whole = strspn(text, DIGITS);
    const char *rest = text + whole;
    if (whole && *rest == '.' && rest[1 + strspn(rest + 1, "0")] == '\0')
        return arena_print(arena, "write %.*s, without a point", (int)whole, text);
    if (text[0] == '-')
        return "it is never below zero";
    return *rest ? "write digits and nothing else" : NULL;
}

bool
cell_score(struct decoding *d, const struct cell *cell)
{
    size_t digits = strspn(cell->text, DIGITS);
    if (digits && digits <= SCORE_DIGITS_MAX && !cell->text[digits] &&
        atoll(cell->text) <= SCORE_MOST)
        return true;
    const char *hint = nothing_hint(cell->text, "write the score, or take the row out", d->arena);
    return cell_wrong(d, cell, "a whole number from 0 to 2147483647, such as 12",
                      hint ? hint : score_hint(cell->text, d->arena));
}

static const char *
id_hint(const char *text, enum cell_id kind)
{
    const char *slip = text[0] ? value_id_slip(text) : NULL;
    if (slip || kind != CELL_WORKER || !text_is_id(text))
        return slip;
    return text[0] == 'A' ? "more than the A belongs to it"
                          : "workers' IDs begin with A; is this an assignment's or a HIT's?";
}

bool
cell_id(struct decoding *d, const struct cell *cell, enum cell_id kind)
{
    static const char *const takes[] = {
        [CELL_WORKER] = "a worker ID, such as A1EXAMPLE2WORKER",
        [CELL_ASSIGNMENT] = "an assignment ID, such as 3EXAMPLE4ASSIGNMENT5",
        [CELL_TASK] = "a HIT ID, such as 3PR3LXCWSF67WOX6Y5S8EXAMPLE1",
    };
    bool fits = kind == CELL_WORKER ? text_is_worker(cell->text) : text_is_id(cell->text);
    return fits || cell_wrong(d, cell, takes[kind], id_hint(cell->text, kind));
}
