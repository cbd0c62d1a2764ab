#include "cmd/tally.h"

void
tally_add(struct tally *tally, size_t number, const char *one, const char *many)
{
    if (!number)
        return;
    buffer_print(&tally->text, "%s%zu %s", tally->text.size ? ", " : "", number,
                 number == 1 ? one : many);
}

const char *
tally_end(struct tally *tally, const char *nothing, struct arena *arena)
{
    const char *text =
        tally->text.size ? arena_text(arena, tally->text.bytes, tally->text.size) : nothing;
    buffer_close(&tally->text);
    return text;
}
