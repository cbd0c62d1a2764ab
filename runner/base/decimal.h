/* Numbers with a point, compared exactly: scores, answers and bounds of a campaign. Six decimals
 * and twelve digits before the point; no exponent, no float anywhere. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t decimal_t; /* millionths */

/* "-3", "0.5", "12.": an optional sign, digits, optionally a point and more digits; zeros beyond
 * the sixth decimal do not count. False for anything else. */
bool decimal_read(const char *text, decimal_t *out);

enum { DECIMAL_TEXT_SIZE = 32 };

/* Writes "-0.500000", which `decimal_read` takes; gives `out` back. */
char *decimal_print(char out[DECIMAL_TEXT_SIZE], decimal_t decimal);

#endif
