#include "codec/csv_form.h"

#include <ctype.h>
#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "codec/value.h"

enum { COLUMNS_SHOWN_MAX = 12, COLUMNS_SAID_MAX = 10 };

/* What is saved under the name of a CSV file, and is none. */
static const struct foreign {
    const char *begins;
    size_t size_bytes;
    const char *is;
} foreigners[] = {
    {"\xff\xfe", 2, "this is UTF-16 text"},
    {"\xfe\xff", 2, "this is UTF-16 text"},
    {"PK\x03\x04", 4, "this is a spreadsheet (.xlsx, .ods) or another archive"},
    {"\xd0\xcf\x11\xe0", 4, "this is a spreadsheet in the old format of Excel (.xls)"},
};

static const char *
foreign_is(const char *bytes, size_t size_bytes)
{
    for (size_t i = 0; i < sizeof foreigners / sizeof *foreigners; i++) {
        const struct foreign *one = &foreigners[i];
        if (size_bytes >= one->size_bytes && memcmp(bytes, one->begins, one->size_bytes) == 0)
            return one->is;
    }
    /* Every second byte of Latin text in UTF-16 is NUL, also where no mark says so. */
    bool halves = size_bytes >= 4 && ((!bytes[0] && !bytes[2] && bytes[1] && bytes[3]) ||
                                      (!bytes[1] && !bytes[3] && bytes[0] && bytes[2]));
    return halves ? "this is UTF-16 text" : NULL;
}

/* Separators that other settings of a spreadsheet write instead of the comma. A decimal comma goes
 * with the semicolon, so merely taking it would only move the trouble into the amounts. */
static const struct {
    char byte;
    const char *name;
} separators[] = {{';', "';'"}, {'\t', "tabs"}, {'|', "'|'"}};

enum { SEPARATORS = sizeof separators / sizeof *separators };

/* What separates the names of the header, or NULL when they are separated by commas or there is
 * only one. Separators in quotes are part of a name. */
static const char *
separator_find(const char *bytes, size_t size_bytes)
{
    bool quoted = false, found[SEPARATORS] = {false}, begun = false;
    for (size_t at = 0; at < size_bytes; at++) {
        char byte = bytes[at];
        quoted ^= byte == '"';
        bool ends = byte == '\r' || byte == '\n';
        begun |= !ends;
        if (!quoted && byte == ',')
            return NULL;
        if (!quoted && begun && ends)
            break;
        for (size_t i = 0; i < SEPARATORS && !quoted; i++)
            found[i] |= byte == separators[i].byte;
    }
    for (size_t i = 0; i < SEPARATORS; i++)
        if (found[i])
            return separators[i].name;
    return NULL;
}

bool
csv_form_check(const struct csv_input *input, struct problems *problems)
{
    struct where top = {input->path, 1, 0};
    const char *is = foreign_is(input->bytes, input->size_bytes);
    if (is) {
        problem_at(problems, top, "%s, not CSV: save it as 'CSV UTF-8 (comma delimited)'", is);
        return false;
    }
    const char *separator = separator_find(input->bytes, input->size_bytes);
    if (separator) {
        problem_at(problems, top,
                   "the columns are separated by %s; this takes files separated by ',': save it as "
                   "CSV with commas, and amounts with a decimal point, such as 0.75",
                   separator);
        return false;
    }
    return true;
}

bool
csv_header_check(const struct csv_row *header, struct problems *problems, struct arena *arena)
{
    struct index seen = {0};
    size_t bad = 0;
    for (size_t i = 0; i < header->count && bad < COLUMNS_SAID_MAX; i++) {
        const char *name = header->cells[i];
        /* R and pandas put the numbers of the rows in front, in a column without a name, and
         * spreadsheets leave empty columns behind: nothing can be looked up in them. */
        if (!name[0])
            continue;
        if (!index_add(&seen, name, i, arena)) {
            problem_at(problems, header->where,
                       "the column %s stands twice in the header, as number %u and %zu: rename "
                       "one, or take it out",
                       value_shown(name, arena), *index_find(&seen, name) + 1, i + 1);
            bad++;
        }
    }
    if (seen.count == 0)
        problem_at(problems, header->where,
                   "the header names no column: it is the first line, such as worker_id,bonus_usd");
    return bad == 0 && seen.count > 0;
}

bool
csv_column(const struct csv_row *header, const char *name, size_t *column)
{
    for (size_t i = 0; i < header->count; i++)
        if (text_same(header->cells[i], name)) {
            *column = i;
            return true;
        }
    return false;
}

/* True when two names differ in letter case and in what joins their words only, as WorkerId and
 * worker_id do. */
static bool
is_alike(const char *one, const char *other)
{
    for (;; one++, other++) {
        one += strspn(one, " _-.");
        other += strspn(other, " _-.");
        if (tolower((unsigned char)*one) != tolower((unsigned char)*other))
            return false;
        if (!*one)
            return true;
    }
}

size_t
csv_column_alike(const struct csv_row *header, const char *name, size_t *column)
{
    size_t alike = 0;
    for (size_t i = header->count; i-- > 0;)
        if (is_alike(header->cells[i], name)) {
            *column = i;
            alike++;
        }
    return csv_column(header, name, column) ? 1 : alike;
}

const char *
csv_column_hint(const struct csv_row *header, const char *name, struct arena *arena)
{
    const char *meant = NULL;
    for (size_t i = 0; i < header->count && !meant; i++)
        if (is_alike(header->cells[i], name))
            meant = header->cells[i];
    if (!meant)
        meant = text_nearest(name, header->cells, header->count);
    if (meant)
        return arena_print(arena, "did you mean %s?", value_shown(meant, arena));
    size_t first = header->cells[0][0] ? 0 : 1, count = header->count - first;
    const char *const *names = header->cells + first;
    if (count == 1)
        return arena_print(arena, "its only column is %s", value_shown(names[0], arena));
    const char *list = "its columns are";
    size_t shown = count > COLUMNS_SHOWN_MAX ? COLUMNS_SHOWN_MAX : count;
    for (size_t i = 0; i < shown; i++) {
        const char *joint = i == 0 ? "" : i + 1 == count ? " and" : ",";
        list = arena_print(arena, "%s%s %s", list, joint, value_shown(names[i], arena));
    }
    size_t more = count - shown;
    return more ? arena_print(arena, "%s and %zu more", list, more) : list;
}
