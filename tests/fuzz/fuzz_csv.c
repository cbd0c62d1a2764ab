/* A CSV file of any content: it is read whole, or what is wrong with it is said. What is read is
 * text in the shape of the header; written out again and read once more, it is the same. */
#include "fuzz.h"

#include "base/buffer.h"
#include "base/text.h"
#include "codec/csv.h"

struct copy {
    struct buffer text; /* the rows as another CSV file, each cell in quotes */
    size_t rows, columns;
    unsigned line;
};

static void
cell_copy(struct copy *copy, const char *cell)
{
    size_t size = strlen(cell);
    CLAIM(text_utf8_bad(cell, size) == size);
    CLAIM(!size || (!strchr(" \t\r\n", cell[0]) && !strchr(" \t\r\n", cell[size - 1])));
    buffer_text(&copy->text, "\"");
    for (; *cell; cell++)
        buffer_add(&copy->text, "\"\"", *cell == '"'), buffer_add(&copy->text, cell, 1);
    buffer_text(&copy->text, "\"");
}

static bool
row_copy(void *self, const struct csv_row *row)
{
    struct copy *copy = self;
    if (copy->rows == 0)
        copy->columns = row->count;
    CLAIM(row->count == copy->columns && row->count > 0);
    CLAIM(row->where.line > copy->line || copy->rows == 0);
    copy->line = row->where.line;
    copy->rows++;
    for (size_t i = 0; i < row->count; i++) {
        buffer_text(&copy->text, i ? "," : "");
        cell_copy(copy, row->cells[i]);
    }
    buffer_text(&copy->text, "\r\n");
    return true;
}

static bool
copy_read(struct copy *copy, const char *bytes, size_t size, struct arena *arena)
{
    struct problems problems = {.arena = arena};
    struct csv_input input = {"t.csv", bytes, size};
    struct csv_taker taker = {copy, row_copy, row_copy};
    bool whole = csv_read(&input, &taker, &problems, arena);
    CLAIM(whole == (problems.count == 0));
    CLAIM(whole ? copy->rows > 0 : problems.count <= 22);
    for (size_t i = 0; i < problems.count; i++)
        CLAIM(problems.items[i].where.line > 0 && problems.items[i].text[0]);
    return whole;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct copy first = {0}, second = {0};
    struct feed feed = {bytes, size};
    char *text = feed_rest(&feed, &size);
    if (copy_read(&first, text, size, &arena)) {
        CLAIM(copy_read(&second, first.text.bytes, first.text.size, &arena));
        CLAIM(second.rows == first.rows && second.text.size == first.text.size);
        CLAIM(memcmp(second.text.bytes, first.text.bytes, first.text.size) == 0);
    }
    buffer_close(&first.text);
    buffer_close(&second.text);
    arena_close(&arena);
    free(text);
    return 0;
}
