#include "cmd/report_table.h"

#include "base/text.h"
#include "cmd/say.h"
#include "io/file.h"

/* Another file of that name is somebody's work. */
static bool
is_ours(const char *path, struct error *err)
{
    static const char beginning[] = REPORT_CSV_BEGINNING;
    struct buffer content = {0};
    bool there = file_read_beginning(path, sizeof beginning - 1, &content) && content.size;
    bool ours = !there || text_same(content.bytes, beginning);
    buffer_close(&content);
    return ours ||
           error_end(err, STATUS_USAGE,
                     "%s is there and is no report's table: name another file, or move it away",
                     path);
}

static bool
rows_put(struct report_table *table, struct error *err)
{
    if (!table->drafted)
        return say_out(&table->rows, err);
    draft_add(&table->draft, table->rows.bytes, table->rows.size);
    buffer_clear(&table->rows);
    return true;
}

bool
report_table_begin(struct report_table *table, const char *path, bool with_ids, struct error *err)
{
    *table = (struct report_table){.path = path};
    report_csv_head(with_ids, &table->rows);
    table->drafted = path && is_ours(path, err) && draft_open(&table->draft, path, 0600, err);
    return !path || table->drafted;
}

bool
report_table_add(struct report_table *table, const struct report_csv *csv, const struct span *span,
                 struct error *err)
{
    enum { PIECE_BYTES = 64 * 1024 };
    for (size_t i = 0; i < csv->ledger->deed_count; i++) {
        const struct deed *deed = csv->ledger->deeds[i];
        if (!span_holds(span, statement_moment(deed)))
            continue;
        report_csv_row(csv, deed, &table->rows);
        table->row_count++;
        if (table->rows.size > PIECE_BYTES && !rows_put(table, err))
            return false;
    }
    return true;
}

bool
report_table_end(struct report_table *table, bool whole, struct error *err)
{
    bool worked = !whole || rows_put(table, err);
    if (table->drafted && whole)
        worked = draft_close(&table->draft, err);
    else if (table->drafted)
        draft_drop(&table->draft);
    if (worked && table->drafted && whole)
        say_note("%s: %zu action%s", table->path, table->row_count, say_s(table->row_count));
    buffer_close(&table->rows);
    return worked;
}
