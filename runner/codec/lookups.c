/* Templates: literal text, and lookups between their marks. */
#include "codec/lookups.h"

#include <string.h>

#include "base/text.h"

static const char opens[] = "${{", closes[] = "}}";

/* The end of a lookup that begins at `open`: behind its marks, or NULL when it is not closed. */
static const char *
lookup_end(const char *open)
{
    const char *from = open + strlen(opens), *end = strstr(from, closes);
    const char *brace = strpbrk(from, "{}");
    return end && brace == end ? end + strlen(closes) : NULL;
}

size_t
lookups_literal_length(const char *text)
{
    size_t length = text_length(text);
    for (const char *open = text; (open = strstr(open, opens));) {
        const char *end = lookup_end(open);
        if (!end)
            break;
        for (; open < end; open++)
            length -= ((unsigned char)*open & 0xc0) != 0x80;
    }
    return length;
}

struct source
node_source(const struct decoding *d, const struct node *node)
{
    return (struct source){node->where, d->bytes, d->size};
}

/* The opening marks of a text, one after the other: they stand in its file in the same order. */
struct marks {
    const struct source *source;
    size_t at;          /* so far, in the file's bytes */
    struct where where; /* the same as a place */
};

static void
marks_step(struct marks *marks)
{
    const char *at = marks->source->bytes + marks->at++;
    marks->where.column += ((unsigned char)*at & 0xc0) != 0x80;
    if (*at == '\n')
        marks->where = (struct where){marks->where.file, marks->where.line + 1, 1};
}

static struct marks
marks_begin(const struct source *source)
{
    struct marks marks = {source, 0, {source->where.file, 1, 1}};
    for (; marks.where.line < source->where.line; marks.where.line++) {
        const char *begin = source->bytes + marks.at;
        const char *end = memchr(begin, '\n', source->size - marks.at);
        if (!end)
            break;
        marks.at += (size_t)(end - begin) + 1;
    }
    while (marks.at < source->size && marks.where.line == source->where.line &&
           marks.where.column < source->where.column)
        marks_step(&marks);
    return marks;
}

/* Where the next ones stand; the text's own place when they are written in some other way. */
static struct where
marks_next(struct marks *marks)
{
    const struct source *source = marks->source;
    for (; marks->at + strlen(opens) <= source->size; marks_step(marks)) {
        if (memcmp(source->bytes + marks->at, opens, strlen(opens)) != 0)
            continue;
        struct where where = marks->where;
        marks_step(marks);
        return where;
    }
    return source->where;
}

/* The known name that stands between braces at `open`, behind `width` bytes of them; or NULL. */
static const char *
braced_name(struct decoding *d, const char *open, size_t width)
{
    size_t size = strcspn(open + width, "{}\n");
    if (open[width + size] != '}')
        return NULL;
    const char *name = text_trim(d->arena, open + width, size);
    return lookup_is_known(d, name) ? name : NULL;
}

/* Lookups as other tools write them: {{ worker }}, ${worker}, $ {{ worker }}. */
static bool
slip_refuse(struct decoding *d, const struct field *field, const struct source *source,
            const char *text)
{
    for (const char *at = text; (at = strchr(at, '{')); at++) {
        bool twice = at[1] == '{', dollar = at > text && at[-1] == '$';
        if (dollar && twice) {
            at += strcspn(at, "}");
            at -= !*at;
            continue;
        }
        const char *name = twice ? braced_name(d, at, 2) : dollar ? braced_name(d, at, 1) : NULL;
        if (!name)
            continue;
        const char *from = dollar ? at - 1 : at;
        size_t size = strcspn(from, "}") + (twice ? 2 : 1);
        problem_at(d->problems, source->where,
                   "'%s' has %s, which would be sent as it stands; a lookup is written ${{ %s }}",
                   field->name, value_shown(arena_text(d->arena, from, size), d->arena), name);
        return true;
    }
    return false;
}

static void
piece_add(struct template *template, size_t *capacity, struct piece piece, struct arena *arena)
{
    template->pieces =
        arena_push(arena, template->pieces, template->count, capacity, sizeof *template->pieces);
    template->pieces[template->count++] = piece;
}

struct template *
lookups_read(struct decoding *d, const struct field *field, const struct source *source,
             const char *text)
{
    struct template *template = arena_alloc(d->arena, sizeof *template);
    bool good = !slip_refuse(d, field, source, text);
    struct marks marks = marks_begin(source);
    size_t capacity = 0;
    template->where = source->where;
    text = text_trim(d->arena, text, strlen(text));
    for (const char *open; (open = strstr(text, opens));) {
        const char *end = lookup_end(open);
        struct piece literal = {.where = source->where}, piece = {.where = marks_next(&marks)};
        if (!end) {
            problem_at(d->problems, piece.where,
                       "a lookup begins with ${{ and ends with }}; behind this one the }} is "
                       "missing, or another brace comes first");
            return NULL;
        }
        literal.text = arena_text(d->arena, text, (size_t)(open - text));
        if (*literal.text)
            piece_add(template, &capacity, literal, d->arena);
        const char *begin = open + strlen(opens);
        const char *name = text_trim(d->arena, begin, (size_t)(end - begin) - strlen(closes));
        good &= lookup_read(d, name, &piece);
        piece_add(template, &capacity, piece, d->arena);
        text = end;
    }
    if (*text && template->count)
        piece_add(template, &capacity,
                  (struct piece){.where = source->where, .text = arena_copy(d->arena, text)},
                  d->arena);
    return good && template->count ? template : NULL;
}

struct template *
lookups_read_value(struct decoding *d, const struct field *field, const struct source *source,
                   const char *text, enum column_takes takes)
{
    struct template *template = lookups_read(d, field, source, text);
    if (!template)
        return NULL;
    const struct piece *piece = &template->pieces[0];
    bool fits =
        template->count == 1 && (piece->lookup == LOOKUP_CELL || piece->lookup == LOOKUP_ANSWER);
    if (!fits) {
        problem_at(d->problems, source->where,
                   "'%s' takes %s, or one lookup of a column or an answer and nothing beside it, "
                   "such as ${{ scores.%s }}; it has %s",
                   field->name, field->takes, takes == COLUMN_MONEY ? "bonus_usd" : "score",
                   value_shown(text, d->arena));
        return NULL;
    }
    if (piece->lookup == LOOKUP_CELL) {
        struct dataset_column *column =
            &d->campaign->datasets[piece->dataset].columns[piece->column];
        column->takes = takes > column->takes ? takes : column->takes;
    }
    return template;
}
