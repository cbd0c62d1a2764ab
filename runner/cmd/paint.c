#include "cmd/paint.h"

#include <stdlib.h>

#include "base/text.h"
#include "io/person.h"

static bool refused;

void
paint_refuse(void)
{
    refused = true;
}

bool
paint_moves(int descriptor)
{
    const char *kind = getenv("TERM");
    return person_is_terminal(descriptor) && kind && *kind && !text_same(kind, "dumb");
}

bool
paint_shows(int descriptor)
{
    const char *none = getenv("NO_COLOR");
    return !refused && paint_moves(descriptor) && !(none && *none);
}

const char *
paint_on(enum paint paint, int descriptor)
{
    static const char *const codes[] = {
        [PAINT_NONE] = "",         [PAINT_STRONG] = "\033[1m", [PAINT_FAINT] = "\033[2m",
        [PAINT_GOOD] = "\033[32m", [PAINT_DOUBT] = "\033[33m", [PAINT_TROUBLE] = "\033[31m",
    };
    return paint_shows(descriptor) ? codes[paint] : "";
}

const char *
paint_off(int descriptor)
{
    return paint_shows(descriptor) ? "\033[0m" : "";
}

void
paint_add(struct buffer *out, enum paint paint, int descriptor, const char *text)
{
    buffer_text(out, paint_on(paint, descriptor));
    buffer_text(out, text);
    if (paint != PAINT_NONE)
        buffer_text(out, paint_off(descriptor));
}
