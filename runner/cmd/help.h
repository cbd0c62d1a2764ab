/* How commands and options are written, for `help` and the reference page. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "base/buffer.h"
#include "cmd/options.h"

/* "-o, --output FILE" */
const char *help_option(const struct option_row *row, struct arena *arena);

/* Commands, options and subjects on one page, as Markdown. `docs/commands.md` is its committed
 * output, and bursar(1) is made from that. */
void help_page(struct buffer *out);

#endif
