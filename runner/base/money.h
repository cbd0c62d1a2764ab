/* Money is whole cents in a 64-bit integer; no float ever touches it. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t cents_t;

enum { MONEY_TEXT_SIZE = 32 };

/* Reads ^[0-9]{1,6}(\.[0-9]{1,2})?$, dollars with at most two decimals. */
bool money_read(const char *text, cents_t *cents);

/* The same with up to 15 digits before the point: what an account may hold, which is more than
 * anyone may write into a file. */
bool money_read_balance(const char *text, cents_t *cents);

/* Writes "-12.05"; gives `out` back. */
char *money_print(char out[MONEY_TEXT_SIZE], cents_t cents);

/* `percent` of an amount, half a cent rounded up. */
cents_t money_percent(cents_t cents, unsigned percent);

#endif
