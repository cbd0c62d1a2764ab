#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
is_inside(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* What is too long has its middle taken out: it begins with a path of any length, and ends with
 * what is wrong with it. */
static void
text_fit(struct error *err, const char *whole)
{
    static const char gap[] = "…";
    size_t size = strlen(whole), room = sizeof err->text - sizeof gap;
    size_t head = room / 2, tail = size - (room - head);
    while (head && is_inside(whole[head]))
        head--;
    while (is_inside(whole[tail]))
        tail++;
    snprintf(err->text, sizeof err->text, "%.*s%s%s", (int)head, whole, gap, whole + tail);
}

__attribute__((format(printf, 4, 0))) static bool
set(struct error *err, struct where where, enum status status, const char *format, va_list values)
{
    if (err->text[0])
        return false;
    err->where = where;
    err->status = status;
    struct arena arena = {0};
    const char *whole = arena_vprint(&arena, format, values);
    if (strlen(whole) < sizeof err->text)
        strcpy(err->text, whole);
    else
        text_fit(err, whole);
    arena_close(&arena);
    return false;
}

bool
error_at(struct error *err, struct where where, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    set(err, where, STATUS_INVALID, format, values);
    va_end(values);
    return false;
}

bool
error_say(struct error *err, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    set(err, (struct where){0}, STATUS_STOPPED, format, values);
    va_end(values);
    return false;
}

bool
error_end(struct error *err, enum status status, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    set(err, (struct where){0}, status, format, values);
    va_end(values);
    return false;
}

bool
error_within(struct error *err, const char *format, ...)
{
    char inner[sizeof err->text];
    memcpy(inner, err->text, sizeof inner);
    va_list values;
    va_start(values, format);
    int written = vsnprintf(err->text, sizeof err->text, format, values);
    va_end(values);
    size_t size = written < 0 ? 0 : (size_t)written;
    for (const char *parts[] = {": ", inner, NULL}, **part = parts; *part; part++)
        for (const char *at = *part; *at && size + 1 < sizeof err->text; at++)
            err->text[size++] = *at;
    err->text[size < sizeof err->text ? size : sizeof err->text - 1] = '\0';
    return false;
}

enum status
error_status(const struct error *err)
{
    return err->status == STATUS_DONE ? STATUS_STOPPED : err->status;
}

enum status
status_worse(enum status one, enum status other)
{
    static const enum status order[] = {
        STATUS_JOURNAL, STATUS_UNKNOWN, STATUS_INTERRUPTED, STATUS_CREDENTIALS,
        STATUS_GUARDED, STATUS_STOPPED, STATUS_REFUSED,
    };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (one == order[i] || other == order[i])
            return order[i];
    return one ? one : other;
}

enum { PROBLEMS_KEPT = 200 };

void
problem_at(struct problems *problems, struct where where, const char *format, ...)
{
    if (problems->count >= PROBLEMS_KEPT) {
        problems->more++;
        return;
    }
    problems->items = arena_push(problems->arena, problems->items, problems->count,
                                 &problems->capacity, sizeof *problems->items);
    va_list values;
    va_start(values, format);
    problems->items[problems->count++] =
        (struct problem){.where = where, .text = arena_vprint(problems->arena, format, values)};
    va_end(values);
}

static int
by_place(const void *left, const void *right)
{
    const struct problem *one = left, *other = right;
    int files =
        strcmp(one->where.file ? one->where.file : "", other->where.file ? other->where.file : "");
    if (files)
        return files;
    if (one->where.line != other->where.line)
        return one->where.line < other->where.line ? -1 : 1;
    if (one->where.column != other->where.column)
        return one->where.column < other->where.column ? -1 : 1;
    return strcmp(one->text, other->text);
}

void
problems_sort(struct problems *problems)
{
    if (problems->count)
        qsort(problems->items, problems->count, sizeof *problems->items, by_place);
}
