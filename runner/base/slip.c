#include "base/slip.h"

#include <stddef.h>
#include <string.h>

static const struct slip slips[] = {
    {"mapping values are not allowed", false,
     "a colon with a blank behind it begins a value here; put quotes around a text that holds one"},
    {"unexpected end of stream", true, "a quotation mark opens here and is never closed"},
    {"unexpected document indicator", true, "a quotation mark opens here and is never closed"},
    {"expected ',' or '}'", false,
     "a comma or } is missing before this; a text with quotes, commas, brackets or \" #\" (which "
     "begins a comment) in it needs quotes around it"},
    {"expected ',' or ']'", false,
     "a comma or ] is missing before this; a text with quotes, commas, brackets or \" #\" (which "
     "begins a comment) in it needs quotes around it"},
    {"expected alphabetic or numeric character", false,
     "a text that begins with * or & needs quotes around it"},
    {"did not find expected '-' indicator", false,
     "a list goes on here without \"- \": begin this line with \"- \", or indent it deeper when it "
     "belongs to the entry above"},
    {"could not find expected ':'", true,
     "a key needs a colon and a blank behind it; a text of several lines needs | or quotes"},
    {"block sequence entries are not allowed", false,
     "a list begins in a line of its own; a text that begins with \"- \" needs quotes around it"},
    {"expected comment or line break", false,
     "behind | or > the line ends, and the text begins in the next one"},
    {"tab character", false, "YAML indents with blanks; a tab stands here"},
    {"unknown escape character", false,
     "\\ begins an escape inside \" \"; write \\\\ for one that is meant, or use ' '"},
};

const struct slip *
slip_find(const char *problem)
{
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        if (strstr(problem, slips[i].problem))
            return &slips[i];
    return NULL;
}
