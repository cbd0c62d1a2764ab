/* bursar --version: its own, and those of the libraries it found when it started. */
#include "base/library.h"
#include "cmd/commands.h"
#include "cmd/say.h"
#include "cmd/table.h"
#include "codec/csv.h"
#include "io/http.h"
#include "market/market.h"
#include "sim/sim.h"

enum status
version_say(void)
{
    const char *const libraries[][2] = {
        {"libyaml", library_yaml()},      {"libcurl", http_versions()},
        {"libcrypto", library_openssl()}, {"jansson", library_jansson()},
        {"libcsv", csv_library()},        {"expat", market_library()},
        {"libmicrohttpd", sim_library()},
    };
    struct arena arena = {0};
    struct buffer out = {0};
    struct error err = {0};
    struct table table = {.arena = &arena, .columns = 2};
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        table_cell(&table, libraries[i][0]);
        table_cell(&table, libraries[i][1]);
    }
    buffer_print(&out, "bursar %s\n", BURSAR_VERSION);
    table_print(&table, "  ", &out);
    enum status status = say_out(&out, &err) ? STATUS_DONE : say_error(&err);
    buffer_close(&out);
    arena_close(&arena);
    return status;
}
