#define _GNU_SOURCE /* wcwidth, uselocale */

#include "base/columns.h"

#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

/* The locale of whoever calls does not matter: all texts are UTF-8. */
static locale_t
unicode(void)
{
    static locale_t locale;
    if (!locale)
        locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return locale;
}

/* The bytes of the next character, and its columns. */
static size_t
next(const char *text, size_t *columns)
{
    wchar_t letter;
    mbstate_t state = {0};
    size_t size = mbrtowc(&letter, text, strlen(text), &state);
    bool read = size > 0 && size < (size_t)-2;
    int width = read ? wcwidth(letter) : 1;
    *columns = width < 0 ? 1 : (size_t)width;
    if (read)
        return size;
    for (size = 1; ((unsigned char)text[size] & 0xc0) == 0x80;)
        size++;
    return size;
}

/* How many bytes fit, and what they take. */
static size_t
measure(const char *text, size_t most, size_t *columns)
{
    locale_t locale = unicode(), before = locale ? uselocale(locale) : (locale_t)0;
    size_t at = 0, width;
    *columns = 0;
    while (text[at]) {
        size_t size = next(text + at, &width);
        if (width > most - *columns)
            break;
        *columns += width;
        at += size;
    }
    if (locale)
        uselocale(before);
    return at;
}

size_t
columns_of(const char *text)
{
    size_t columns;
    measure(text, SIZE_MAX, &columns);
    return columns;
}

size_t
columns_fit(const char *text, size_t most)
{
    size_t columns;
    return measure(text, most, &columns);
}
