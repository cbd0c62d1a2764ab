#include "cmd/table.h"

#include "base/text.h"

void
table_cell(struct table *table, const char *text)
{
    struct buffer escaped = {0};
    text_escape(&escaped, text ? text : "", false);
    table->cells = arena_push(table->arena, table->cells, table->count, &table->capacity,
                              sizeof *table->cells);
    table->cells[table->count++] = arena_text(table->arena, escaped.bytes, escaped.size);
    buffer_close(&escaped);
}

void
table_heads(struct table *table, const char *const *heads)
{
    table->columns = 0;
    for (; *heads; heads++, table->columns++)
        table_cell(table, *heads);
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

/* The bytes of the first `characters` characters. */
static size_t
prefix(const char *text, size_t characters)
{
    size_t at = 0;
    while (text[at] && characters) {
        at++;
        while (((unsigned char)text[at] & 0xc0) == 0x80)
            at++;
        characters--;
    }
    return at;
}

static size_t
width_of(const struct table *table, size_t column)
{
    size_t width = 0;
    for (size_t i = column; i < table->count; i += table->columns)
        if (text_length(table->cells[i]) > width)
            width = text_length(table->cells[i]);
    return table->widest[column] && width > table->widest[column] ? table->widest[column] : width;
}

void
table_fit(struct table *table, size_t column, size_t columns)
{
    enum { LEAST = 4, BETWEEN = 2 };
    size_t others = (table->columns - 1) * BETWEEN;
    for (size_t i = 0; i < table->columns; i++)
        others += i == column ? 0 : width_of(table, i);
    table->widest[column] = columns > others + LEAST ? columns - others : LEAST;
}

void
table_print(const struct table *table, const char *indent, struct buffer *out)
{
    size_t widths[TABLE_COLUMNS_MAX];
    for (size_t column = 0; column < table->columns; column++)
        widths[column] = width_of(table, column);
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % table->columns, length = text_length(table->cells[i]);
        bool cut = length > widths[column];
        bool last = column + 1 == table->columns;
        size_t pad = cut ? 0 : widths[column] - length;
        buffer_text(out, column ? "  " : indent);
        if (table->right[column])
            buffer_print(out, "%*s", (int)pad, "");
        if (cut) {
            buffer_add(out, table->cells[i], prefix(table->cells[i], widths[column] - 1));
            buffer_text(out, "…");
        } else {
            buffer_text(out, table->cells[i]);
        }
        if (!table->right[column] && !last)
            buffer_print(out, "%*s", (int)pad, "");
        if (last)
            buffer_text(out, "\n");
    }
}
