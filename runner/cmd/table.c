#include "cmd/table.h"

#include <string.h>
#include <unistd.h>

#include "base/columns.h"
#include "base/text.h"
#include "io/person.h"

void
table_cell(struct table *table, const char *text)
{
    struct buffer escaped = {0};
    text_escape(&escaped, text ? text : "", false);
    table->cells = arena_push(table->arena, table->cells, table->count, &table->capacity,
                              sizeof *table->cells);
    table->cells[table->count++] =
        (struct table_cell){.text = arena_text(table->arena, escaped.bytes, escaped.size)};
    buffer_close(&escaped);
}

void
table_heads(struct table *table, const char *const *heads)
{
    table->columns = 0;
    for (; *heads; heads++, table->columns++) {
        table_cell(table, *heads);
        table_paint(table, PAINT_STRONG);
    }
}

void
table_paint(struct table *table, enum paint paint)
{
    struct table_cell *cell = &table->cells[table->count - 1];
    cell->paint = text_same(cell->text, "–") ? PAINT_NONE : paint;
}

void
table_number(struct table *table, size_t number)
{
    table_cell(table, number ? arena_print(table->arena, "%zu", number) : "–");
}

void
table_money(struct table *table, cents_t cents)
{
    char money[MONEY_TEXT_SIZE];
    table_cell(table, cents ? arena_copy(table->arena, money_print(money, cents)) : "–");
}

static size_t
width_of(const struct table *table, size_t column)
{
    size_t width = 0;
    for (size_t i = column; i < table->count; i += table->columns)
        if (columns_of(table->cells[i].text) > width)
            width = columns_of(table->cells[i].text);
    return table->widest[column] && width > table->widest[column] ? table->widest[column] : width;
}

void
table_fit(struct table *table, size_t column)
{
    enum { LEAST = 4, BETWEEN = 2 };
    if (!person_is_terminal(STDOUT_FILENO))
        return;
    size_t columns = person_width();
    size_t others = (table->columns - 1) * BETWEEN;
    for (size_t i = 0; i < table->columns; i++)
        others += i == column ? 0 : width_of(table, i);
    table->widest[column] = columns > others + LEAST ? columns - others : LEAST;
}

/* A cell as it is shown: cut with a mark where it is too wide. */
static const char *
cell_text(const struct table *table, const char *text, size_t width)
{
    if (columns_of(text) <= width)
        return text;
    return arena_print(table->arena, "%.*s…", (int)columns_fit(text, width - 1), text);
}

static void
cell_print(const struct table *table, size_t at, size_t width, struct buffer *out)
{
    const struct table_cell *cell = &table->cells[at];
    size_t column = at % table->columns;
    const char *text = cell_text(table, cell->text, width);
    int pad = (int)(width - columns_of(text));
    bool painted = cell->paint != PAINT_NONE, last = column + 1 == table->columns;
    if (table->right[column])
        buffer_print(out, "%*s", pad, "");
    buffer_text(out, painted ? paint_on(cell->paint, STDOUT_FILENO) : "");
    buffer_text(out, text);
    buffer_text(out, painted ? paint_off(STDOUT_FILENO) : "");
    if (!table->right[column] && !last)
        buffer_print(out, "%*s", pad, "");
}

void
table_print(const struct table *table, const char *indent, struct buffer *out)
{
    size_t widths[TABLE_COLUMNS_MAX];
    for (size_t column = 0; column < table->columns; column++)
        widths[column] = width_of(table, column);
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % table->columns;
        buffer_text(out, column ? "  " : indent);
        cell_print(table, i, widths[column], out);
        buffer_text(out, column + 1 == table->columns ? "\n" : "");
    }
}
