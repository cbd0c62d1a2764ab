#include "market/mturk/reading.h"

#include <limits.h>
#include <string.h>

#include "base/text.h"

json_t *
mturk_json_load(const char *bytes, size_t size_bytes)
{
    return json_loadb(bytes ? bytes : "", size_bytes, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
                      NULL);
}

void
reading_complain(struct reading *reading, const char *name, const char *what)
{
    if (reading->trouble)
        return;
    reading->trouble = reading->list ? arena_print(reading->arena, "row %zu of '%s': '%s' %s",
                                                   reading->row + 1, reading->list, name, what)
                                     : arena_print(reading->arena, "'%s' %s", name, what);
}

const json_t *
reading_member(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_null(value) ? NULL : value;
}

const char *
reading_text(struct reading *reading, const json_t *object, const char *name, const char *otherwise)
{
    const json_t *value = reading_member(object, name);
    if (!value)
        return otherwise;
    if (!json_is_string(value)) {
        reading_complain(reading, name, "is not a text");
        return otherwise;
    }
    return arena_copy(reading->arena, json_string_value(value));
}

const char *
reading_needed(struct reading *reading, const json_t *object, const char *name)
{
    if (!reading_member(object, name))
        reading_complain(reading, name, "is missing");
    return reading_text(reading, object, name, "");
}

const char *
reading_id(struct reading *reading, const json_t *object, const char *name)
{
    const char *id = reading_needed(reading, object, name);
    if (!text_is_id(id))
        reading_complain(reading, name, "is not an id");
    return id;
}

const char *
reading_worker(struct reading *reading, const json_t *object, const char *name)
{
    const char *worker = reading_needed(reading, object, name);
    if (!text_is_worker(worker))
        reading_complain(reading, name, "is not a worker id");
    return worker;
}

/* A JSON number would be a float, and no float touches money. */
static cents_t
money_take(struct reading *reading, const json_t *object, const char *name,
           bool (*read)(const char *text, cents_t *cents))
{
    cents_t cents = 0;
    if (!read(reading_needed(reading, object, name), &cents))
        reading_complain(reading, name, "is not an amount of dollars such as 0.75");
    return cents;
}

cents_t
reading_amount(struct reading *reading, const json_t *object, const char *name)
{
    return money_take(reading, object, name, money_read_balance);
}

/* Sums of these cannot overflow, however many there are. */
cents_t
reading_price(struct reading *reading, const json_t *object, const char *name)
{
    return money_take(reading, object, name, money_read);
}

int
reading_integer(struct reading *reading, const json_t *object, const char *name, int least)
{
    const json_t *value = reading_member(object, name);
    if (!value)
        reading_complain(reading, name, "is missing");
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < least || number > INT_MAX) {
        reading_complain(reading, name, "is not a whole number that fits");
        return least;
    }
    return (int)number;
}

bool
mturk_time_read(const char *text, stamp_t *at_ms)
{
    enum { LONGEST = 40 };
    size_t size = strlen(text);
    const char *clock = strchr(text, 'T');
    const char *sign = clock ? strpbrk(clock, "+-") : NULL;
    if (!sign)
        return stamp_read(text, at_ms);
    int digits[4] = {0}, count = 0;
    for (const char *at = sign + 1; *at; at++) {
        if (*at == ':' && at == sign + 3)
            continue;
        if (*at < '0' || *at > '9' || count == 4)
            return false;
        digits[count++] = *at - '0';
    }
    stamp_t offset_ms = (digits[0] * 10 + digits[1]) * STAMP_HOUR_MS +
                        (digits[2] * 10 + digits[3]) * STAMP_MINUTE_MS;
    char utc[LONGEST];
    size_t local = (size_t)(sign - text);
    if (count != 4 || size >= LONGEST || offset_ms >= STAMP_DAY_MS || digits[2] > 5)
        return false;
    memcpy(utc, text, local);
    memcpy(utc + local, "Z", 2);
    if (!stamp_read(utc, at_ms))
        return false;
    *at_ms += *sign == '+' ? -offset_ms : offset_ms;
    return true;
}

/* Seconds since 1970 as digits with an optional fraction, read without a float. */
static bool
seconds_read(const char *text, stamp_t *at_ms)
{
    size_t whole = strspn(text, "0123456789");
    if (whole < 1 || whole > 12)
        return false;
    stamp_t ms = 0;
    for (size_t i = 0; i < whole; i++)
        ms = ms * 10 + (text[i] - '0');
    ms *= STAMP_SECOND_MS;
    const char *rest = text + whole;
    if (*rest == '.') {
        size_t decimals = strspn(++rest, "0123456789");
        stamp_t scale = 100;
        for (size_t i = 0; i < decimals; i++, scale /= 10)
            ms += (rest[i] - '0') * scale;
        rest += decimals;
    }
    *at_ms = ms;
    return *rest == '\0';
}

/* Times are seconds since 1970 as JSON numbers, with or without a fraction (botocore's
 * `unixtimestamp`). Texts with the same digits, and ISO 8601 as the reference's samples print it,
 * are read too, as botocore does. */
static bool
time_read(const json_t *value, stamp_t *at_ms)
{
    static const stamp_t end_s = 253402300800; /* the year 10000 */
    if (json_is_integer(value)) {
        json_int_t seconds = json_integer_value(value);
        *at_ms = seconds >= 0 && seconds < end_s ? seconds * STAMP_SECOND_MS : -1;
    } else if (json_is_real(value)) {
        double seconds = json_real_value(value);
        *at_ms = seconds >= 0 && seconds < (double)end_s ? (stamp_t)(seconds * 1000 + 0.5) : -1;
    } else if (json_is_string(value)) {
        const char *text = json_string_value(value);
        if (!seconds_read(text, at_ms) && !mturk_time_read(text, at_ms))
            *at_ms = -1;
    } else {
        *at_ms = -1;
    }
    return *at_ms >= 0 && *at_ms < end_s * STAMP_SECOND_MS;
}

stamp_t
reading_time(struct reading *reading, const json_t *object, const char *name)
{
    const json_t *value = reading_member(object, name);
    stamp_t at_ms = 0;
    if (!value)
        reading_complain(reading, name, "is missing");
    else if (!time_read(value, &at_ms))
        reading_complain(reading, name, "is not a time");
    return at_ms;
}
