#include "base/money.h"

#include <stdio.h>
#include <string.h>

static bool
read_up_to(const char *text, size_t digits_max, cents_t *cents)
{
    size_t whole = strspn(text, "0123456789");
    if (whole < 1 || whole > digits_max)
        return false;
    cents_t value = 0;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (text[i] - '0');
    value *= 100;
    const char *rest = text + whole;
    if (*rest == '.') {
        size_t decimals = strspn(rest + 1, "0123456789");
        if (decimals < 1 || decimals > 2)
            return false;
        value += (rest[1] - '0') * 10;
        if (decimals == 2)
            value += rest[2] - '0';
        rest += 1 + decimals;
    }
    if (*rest)
        return false;
    *cents = value;
    return true;
}

bool
money_read(const char *text, cents_t *cents)
{
    return read_up_to(text, 6, cents);
}

bool
money_read_balance(const char *text, cents_t *cents)
{
    return read_up_to(text, 15, cents);
}

char *
money_print(char out[MONEY_TEXT_SIZE], cents_t cents)
{
    uint64_t size = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;
    snprintf(out, MONEY_TEXT_SIZE, "%s%llu.%02llu", cents < 0 ? "-" : "",
             (unsigned long long)(size / 100), (unsigned long long)(size % 100));
    return out;
}

cents_t
money_percent(cents_t cents, unsigned percent)
{
    return (cents * (cents_t)percent + 50) / 100;
}
