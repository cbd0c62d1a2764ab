#include "cmd/report_table.h"

#include "cmd/output.h"
#include "cmd/say.h"
#include "io/file.h"

bool
report_table_add(struct report_table *table, const struct report_csv *csv, const struct span *span,
                 struct error *err)
{
    enum { PIECE_BYTES = 64 * 1024 };
    for (size_t i = 0; i < csv->ledger->deed_count; i++) {
        if (!span_holds(span, statement_moment(csv->ledger->deeds[i])))
            continue;
        report_csv_row(csv, i, &table->rows);
        table->row_count++;
        if (!table->path && table->rows.size > PIECE_BYTES && !say_out(&table->rows, err))
            return false;
    }
    return true;
}

bool
report_table_finish(struct report_table *table, struct error *err)
{
    if (!table->path)
        return say_out(&table->rows, err);
    if (!output_is_ours(table->path, REPORT_CSV_BEGINNING, "report's table", err) ||
        !file_write(table->path, table->rows.bytes, table->rows.size, 0600, err))
        return false;
    say_note("%s: %zu action%s", table->path, table->row_count, say_s(table->row_count));
    return true;
}

void
report_table_close(struct report_table *table)
{
    buffer_close(&table->rows);
}
