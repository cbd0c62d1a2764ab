/* How wide a text is on a terminal: Chinese, Japanese and Korean letters and pictures take two
 * columns, what is put over a letter none. As the C library's tables of Unicode have it. */
#ifndef BASE_COLUMNS_H
#define BASE_COLUMNS_H

#include <stddef.h>

/* The columns that a UTF-8 text takes. Where the C library has no C.UTF-8, its characters. */
size_t columns_of(const char *text);

/* The bytes of its beginning that take at most so many columns. */
size_t columns_fit(const char *text, size_t columns);

#endif
