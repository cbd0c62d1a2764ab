#include "base/decimal.h"

#include <stdio.h>
#include <string.h>

enum { DECIMALS = 6, WHOLE_DIGITS = 12 };

#define DIGITS "0123456789"

bool
decimal_read(const char *text, decimal_t *out)
{
    bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    size_t whole = strspn(text, DIGITS);
    size_t zeros = strspn(text, "0");
    const char *rest = text + whole;
    size_t decimals = *rest == '.' ? strspn(rest + 1, DIGITS) : 0;
    if ((whole == 0 && decimals == 0) || rest[*rest == '.' ? 1 + decimals : 0] != '\0')
        return false;
    if (whole - (zeros < whole ? zeros : whole) > WHOLE_DIGITS)
        return false;
    decimal_t value = 0;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (text[i] - '0');
    for (size_t i = 0; i < DECIMALS; i++)
        value = value * 10 + (i < decimals ? rest[1 + i] - '0' : 0);
    for (size_t i = DECIMALS; i < decimals; i++)
        if (rest[1 + i] != '0')
            return false;
    *out = negative ? -value : value;
    return true;
}

char *
decimal_print(char out[DECIMAL_TEXT_SIZE], decimal_t decimal)
{
    const uint64_t one = 1000000;
    uint64_t size = decimal < 0 ? -(uint64_t)decimal : (uint64_t)decimal;
    snprintf(out, DECIMAL_TEXT_SIZE, "%s%llu.%06llu", decimal < 0 ? "-" : "",
             (unsigned long long)(size / one), (unsigned long long)(size % one));
    return out;
}
