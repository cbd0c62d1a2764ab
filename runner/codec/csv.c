/* The file is handed to libcsv line by line, so that it is known at any time where one stands:
 * libcsv itself tells no places. A row ends with the line in which libcsv says so; any line before
 * it ended inside quotes. */
#include "codec/csv.h"

#include <csv.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "codec/bytes.h"
#include "codec/csv_form.h"

enum { PROBLEMS_SAID_MAX = 10, PARSER_BLOCK_BYTES = 4096 };

struct reader {
    struct csv_input input; /* behind the byte order mark */
    const struct csv_taker *taker;
    struct problems *problems;
    struct arena *arena;
    size_t problems_before;

    struct csv_parser parser;
    size_t at, newline; /* the next byte, and the first \n from there on */
    unsigned line;
    bool header_bad, stopped, ended; /* ended by the taker */

    /* The row being read. */
    struct csv_row header;
    size_t rows;
    unsigned row_line, cell_line;
    size_t row_size, cell_count;
    bool in_row, row_ended, row_bad;
    struct buffer text; /* its cells, a NUL behind each */
    size_t *offsets, offset_capacity;
    const char **cells;
    size_t cells_filled;
};

static size_t
problems_said(const struct reader *r)
{
    return r->problems->count + r->problems->more - r->problems_before;
}

static struct where
place_of(const struct reader *r, unsigned line)
{
    return (struct where){r->input.path, line, 0};
}

static bool
is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* libcsv: a cell ended. A row longer than the header is refused, so no more of it is kept. */
static void
cell_take(void *bytes, size_t size, void *self)
{
    struct reader *r = self;
    size_t most = r->rows ? r->header.count : CSV_COLUMNS_MAX;
    r->cell_line = r->line;
    if (r->cell_count++ >= most)
        return;
    const char *text = bytes;
    size_t before = text_blanks_before(text, size);
    text += before;
    size -= before;
    size -= text_blanks_behind(text, size);
    r->offsets = arena_push(r->arena, r->offsets, r->cell_count - 1, &r->offset_capacity,
                            sizeof *r->offsets);
    r->offsets[r->cell_count - 1] = r->text.size;
    r->cells_filled += size != 0;
    buffer_add(&r->text, text, size);
    buffer_add(&r->text, "", 1);
}

/* libcsv: a row ended, with the line end `byte`, or -1 at the end of the file. */
static void
row_end(int byte, void *self)
{
    (void)byte;
    ((struct reader *)self)->row_ended = true;
}

static void
row_begin(struct reader *r)
{
    r->in_row = true;
    r->row_ended = r->row_bad = false;
    r->row_line = r->cell_line = r->line;
    r->row_size = r->cell_count = r->cells_filled = 0;
    buffer_clear(&r->text);
}

static void
header_deliver(struct reader *r)
{
    if (r->cell_count > CSV_COLUMNS_MAX) {
        problem_at(r->problems, place_of(r, r->row_line),
                   "the header has %zu columns; at most %d are taken", r->cell_count,
                   CSV_COLUMNS_MAX);
        r->stopped = true;
        return;
    }
    const char **names = arena_alloc(r->arena, r->cell_count * sizeof *names);
    for (size_t i = 0; i < r->cell_count; i++)
        names[i] = arena_copy(r->arena, r->text.bytes + r->offsets[i]);
    r->header = (struct csv_row){place_of(r, r->row_line), 0, names, r->cell_count};
    r->cells = arena_alloc(r->arena, r->cell_count * sizeof *r->cells);
    r->header_bad = r->row_bad || !csv_header_check(&r->header, r->problems, r->arena);
    r->rows = 1;
    if (!r->header_bad)
        r->ended = !r->taker->header(r->taker->self, &r->header);
}

static void
row_deliver(struct reader *r)
{
    if (r->cell_count != r->header.count) {
        bool one = r->cell_count == 1, more = r->cell_count > r->header.count;
        problem_at(r->problems, place_of(r, r->row_line),
                   "this row has %zu cell%s, but the header has %zu%s", r->cell_count,
                   one ? "" : "s", r->header.count,
                   more ? ": a cell that holds a comma is written in quotes" : "");
        return;
    }
    if (!r->cells_filled || r->row_bad || r->header_bad)
        return;
    for (size_t i = 0; i < r->cell_count; i++)
        r->cells[i] = r->text.bytes + r->offsets[i];
    struct csv_row row = {place_of(r, r->row_line), r->rows++, r->cells, r->cell_count};
    r->ended = !r->taker->row(r->taker->self, &row);
}

static void
deliver(struct reader *r)
{
    r->in_row = false;
    if (r->rows)
        row_deliver(r);
    else
        header_deliver(r);
}

static void
parser_begin(struct reader *r)
{
    csv_free(&r->parser);
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_blk_size(&r->parser, PARSER_BLOCK_BYTES);
}

/* libcsv stopped in this line, at a quote that is none. The next line is read as a new row; where
 * the cell had begun further up, that may be the middle of one, and what is said about it then
 * goes away with this. */
static void
quote_refuse(struct reader *r)
{
    if (csv_error(&r->parser) != CSV_EPARSE)
        arena_out_of_memory();
    const char *from = "";
    if (r->cell_line != r->line)
        from = arena_print(r->arena, " (its opening quote stands in line %u)", r->cell_line);
    problem_at(r->problems, place_of(r, r->line),
               r->parser.quoted
                   ? "text stands behind the closing quote of a cell%s: a quote within a cell in "
                     "quotes is written twice, \"\""
                   : "a quote stands in a cell that does not begin with one%s: put the cell in "
                     "quotes, and write the quote in it twice, \"\"",
               from);
    /* A header that cannot be read leaves nothing to hold the rows against. */
    r->stopped = r->rows == 0;
    r->in_row = false;
    parser_begin(r);
}

/* Bytes that are no text. Reading goes on behind them, without this row. */
static void
bytes_check(struct reader *r, const char *line, size_t size)
{
    size_t bad = text_utf8_bad(line, size);
    const char *nul = memchr(line, '\0', bad);
    if (!nul && bad == size)
        return;
    unsigned char byte = nul ? 0 : (unsigned char)line[bad];
    problem_at(r->problems, place_of(r, r->line),
               "the byte 0x%02x is not part of a UTF-8 text; save the file as 'CSV UTF-8 (comma "
               "delimited)'",
               byte);
    r->row_bad = true;
}

static bool
is_blank_line(const char *line, size_t size)
{
    while (size && is_blank(*line))
        line++, size--;
    return size == 0;
}

static void
line_take(struct reader *r, const char *line, size_t size)
{
    if (!r->in_row) {
        if (is_blank_line(line, size))
            return;
        row_begin(r);
    }
    r->row_size += size;
    if (r->row_size > CSV_ROW_BYTES_MAX) {
        problem_at(r->problems, place_of(r, r->row_line),
                   "the row that begins here has more than %d MiB: is a closing quote missing in "
                   "line %u?",
                   CSV_ROW_BYTES_MAX / 1024 / 1024, r->cell_line);
        r->stopped = true;
        return;
    }
    bytes_check(r, line, size);
    if (csv_parse(&r->parser, line, size, cell_take, row_end, r) != size)
        quote_refuse(r);
    else if (r->row_ended)
        deliver(r);
}

/* The size of the line that begins at `at`, with its end: \n, \r or both. */
static size_t
line_measure(struct reader *r)
{
    const char *line = r->input.bytes + r->at;
    if (r->newline < r->at || r->at == 0) {
        const char *found = memchr(line, '\n', r->input.size_bytes - r->at);
        r->newline = found ? (size_t)(found - r->input.bytes) : r->input.size_bytes;
    }
    size_t size = r->newline - r->at;
    const char *cr = memchr(line, '\r', size);
    if (cr && cr + 1 < line + size)
        return (size_t)(cr - line) + 1;
    return r->newline < r->input.size_bytes ? size + 1 : size;
}

static void
lines_read(struct reader *r)
{
    while (r->at < r->input.size_bytes && !r->stopped && !r->ended) {
        size_t size = line_measure(r);
        line_take(r, r->input.bytes + r->at, size);
        r->at += size;
        r->line++;
        if (problems_said(r) >= PROBLEMS_SAID_MAX)
            r->stopped = true;
    }
    if (r->stopped || r->ended || !r->in_row)
        return;
    if (csv_fini(&r->parser, cell_take, row_end, r) == 0)
        deliver(r);
    else
        problem_at(r->problems, place_of(r, r->cell_line),
                   "a quote opens a cell here, and none closes it up to the end of the file");
}

/* What keeps a file from being read at all. */
static bool
whole_check(struct csv_input *input, struct problems *problems)
{
    struct where top = {input->path, 1, 0};
    if (input->size_bytes > CSV_SIZE_BYTES_MAX) {
        problem_at(problems, top, "the file has %zu bytes; at most 1 GiB is read",
                   input->size_bytes);
        return false;
    }
    if (input->size_bytes >= 3 && memcmp(input->bytes, "\xef\xbb\xbf", 3) == 0) {
        input->bytes += 3;
        input->size_bytes -= 3;
    }
    if (!csv_form_check(input, problems))
        return false;
    bytes_refuse_keys(input->path, input->bytes, input->size_bytes, problems);
    return true;
}

bool
csv_read(const struct csv_input *input, const struct csv_taker *taker, struct problems *problems,
         struct arena *arena)
{
    struct reader r = {.input = *input, .taker = taker, .problems = problems, .arena = arena};
    r.problems_before = problems->count + problems->more;
    r.line = 1;
    if (!whole_check(&r.input, problems))
        return false;
    parser_begin(&r);
    lines_read(&r);
    csv_free(&r.parser);
    buffer_close(&r.text);
    if (r.rows == 0 && problems_said(&r) == 0)
        problem_at(problems, place_of(&r, 1),
                   "the file is empty: its first line names the columns, such as "
                   "worker_id,bonus_usd");
    if (r.stopped && problems_said(&r) && r.at < r.input.size_bytes)
        problem_at(problems, place_of(&r, r.line), "the rest of this file was not read");
    return problems_said(&r) == 0 && !r.ended;
}

#define TEXT_OF(number) #number
#define VERSION_OF(major, minor, release) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(release)

const char *
csv_library(void)
{
    return VERSION_OF(CSV_MAJOR, CSV_MINOR, CSV_RELEASE) " (when built)";
}
