/* Civil dates from days and back follow the proleptic Gregorian calendar; the arithmetic is the
 * usual one with years that begin in March, so that the leap day comes last. */
#include "base/stamp.h"

#include <stdio.h>
#include <string.h>

struct civil {
    int year, month, day, hour, minute, second, ms;
};

static int64_t
days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static struct civil
civil_from_stamp(stamp_t at_ms)
{
    int64_t days = (at_ms >= 0 ? at_ms : at_ms - (STAMP_DAY_MS - 1)) / STAMP_DAY_MS;
    int64_t rest = at_ms - days * STAMP_DAY_MS;
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct civil civil = {
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .hour = (int)(rest / STAMP_HOUR_MS),
        .minute = (int)(rest / STAMP_MINUTE_MS % 60),
        .second = (int)(rest / STAMP_SECOND_MS % 60),
        .ms = (int)(rest % 1000),
    };
    civil.year = (int)(year_of_era + era * 400 + (civil.month <= 2));
    return civil;
}

/* Four digits of a year: a leap second or an offset may lead out of them. */
static bool
has_its_year(stamp_t at_ms)
{
    return at_ms >= days_from_civil(0, 1, 1) * STAMP_DAY_MS &&
           at_ms < days_from_civil(10000, 1, 1) * STAMP_DAY_MS;
}

static bool
civil_to_stamp(const struct civil *civil, stamp_t *at_ms)
{
    static const int days_in[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = civil->year % 4 == 0 && (civil->year % 100 != 0 || civil->year % 400 == 0);
    if (civil->month < 1 || civil->month > 12 || civil->day < 1 ||
        civil->day > days_in[civil->month - 1] ||
        (civil->month == 2 && civil->day == 29 && !leap) || civil->hour > 23 ||
        civil->minute > 59 || civil->second > 60)
        return false;
    *at_ms = days_from_civil(civil->year, civil->month, civil->day) * STAMP_DAY_MS +
             civil->hour * STAMP_HOUR_MS + civil->minute * STAMP_MINUTE_MS +
             civil->second * STAMP_SECOND_MS + civil->ms;
    return has_its_year(*at_ms);
}

char *
stamp_print_ms(char out[STAMP_TEXT_SIZE], stamp_t at_ms)
{
    struct civil c = civil_from_stamp(at_ms);
    snprintf(out, STAMP_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day,
             c.hour, c.minute, c.second, c.ms);
    return out;
}

char *
stamp_print(char out[STAMP_TEXT_SIZE], stamp_t at_ms)
{
    struct civil c = civil_from_stamp(at_ms);
    snprintf(out, STAMP_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour,
             c.minute, c.second);
    return out;
}

char *
stamp_print_amz(char out[STAMP_TEXT_SIZE], stamp_t at_ms)
{
    struct civil c = civil_from_stamp(at_ms);
    snprintf(out, STAMP_TEXT_SIZE, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour,
             c.minute, c.second);
    return out;
}

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

char *
stamp_print_http(char out[STAMP_TEXT_SIZE], stamp_t at_ms)
{
    static const char weekdays[] = "ThuFriSatSunMonTueWed"; /* 1970-01-01 was a Thursday */
    struct civil c = civil_from_stamp(at_ms);
    int64_t days = days_from_civil(c.year, c.month, c.day);
    int weekday = (int)((days % 7 + 7) % 7);
    snprintf(out, STAMP_TEXT_SIZE, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
             weekdays + 3 * weekday, c.day, months + 3 * (c.month - 1), c.year, c.hour, c.minute,
             c.second);
    return out;
}

/* Takes exactly `digits` digits. */
static bool
number_take(const char **text, int digits, int *value)
{
    *value = 0;
    for (int i = 0; i < digits; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *value = *value * 10 + (**text - '0');
    }
    return true;
}

static bool
mark_take(const char **text, char mark)
{
    if (**text != mark)
        return false;
    (*text)++;
    return true;
}

static bool
fraction_take(const char **text, int *ms)
{
    *ms = 0;
    if (!mark_take(text, '.'))
        return true;
    int scale = 100;
    const char *begin = *text;
    for (; **text >= '0' && **text <= '9'; (*text)++, scale /= 10)
        *ms += (**text - '0') * scale;
    return *text > begin;
}

static bool
date_take(const char **text, struct civil *c)
{
    return number_take(text, 4, &c->year) && mark_take(text, '-') &&
           number_take(text, 2, &c->month) && mark_take(text, '-') && number_take(text, 2, &c->day);
}

/* "14:00:00" */
static bool
clock_take(const char **text, struct civil *c)
{
    return number_take(text, 2, &c->hour) && mark_take(text, ':') &&
           number_take(text, 2, &c->minute) && mark_take(text, ':') &&
           number_take(text, 2, &c->second);
}

bool
stamp_read(const char *text, stamp_t *at_ms)
{
    struct civil c = {0};
    if (!date_take(&text, &c))
        return false;
    if (*text == '\0')
        return civil_to_stamp(&c, at_ms);
    return mark_take(&text, 'T') && clock_take(&text, &c) && fraction_take(&text, &c.ms) &&
           mark_take(&text, 'Z') && *text == '\0' && civil_to_stamp(&c, at_ms);
}

bool
stamp_read_amz(const char *text, stamp_t *at_ms)
{
    struct civil c = {0};
    return number_take(&text, 4, &c.year) && number_take(&text, 2, &c.month) &&
           number_take(&text, 2, &c.day) && mark_take(&text, 'T') &&
           number_take(&text, 2, &c.hour) && number_take(&text, 2, &c.minute) &&
           number_take(&text, 2, &c.second) && mark_take(&text, 'Z') && *text == '\0' &&
           civil_to_stamp(&c, at_ms);
}

static bool
month_take(const char **text, struct civil *c)
{
    for (int month = 0; month < 12; month++)
        if (strncmp(*text, months + (size_t)month * 3, 3) == 0) {
            c->month = month + 1;
            *text += 3;
            return true;
        }
    return false;
}

bool
stamp_read_http(const char *text, stamp_t *at_ms)
{
    const char *comma = strchr(text, ',');
    if (!comma || comma[1] != ' ')
        return false;
    text = comma + 2;
    struct civil c = {0};
    return number_take(&text, 2, &c.day) && mark_take(&text, ' ') && month_take(&text, &c) &&
           mark_take(&text, ' ') && number_take(&text, 4, &c.year) && mark_take(&text, ' ') &&
           clock_take(&text, &c) && strcmp(text, " GMT") == 0 && civil_to_stamp(&c, at_ms);
}

/* "Z", "-08:00" or "-0800": what local time is ahead of UTC. */
static bool
offset_take(const char **text, stamp_t *ahead_ms)
{
    *ahead_ms = 0;
    if (mark_take(text, 'Z'))
        return true;
    int hours, minutes;
    bool behind = **text == '-';
    if (!mark_take(text, behind ? '-' : '+') || !number_take(text, 2, &hours))
        return false;
    mark_take(text, ':');
    if (!number_take(text, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ahead_ms = (hours * STAMP_HOUR_MS + minutes * STAMP_MINUTE_MS) * (behind ? -1 : 1);
    return true;
}

static bool
zone_take(const char **text, stamp_t *ahead_ms)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"PST", -8}, {"PDT", -7}, {"UTC", 0}, {"GMT", 0}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (strncmp(*text, zones[i].name, 3) == 0) {
            *ahead_ms = zones[i].hours * STAMP_HOUR_MS;
            *text += 3;
            return true;
        }
    return false;
}

/* "Wed Nov 20 21:03:26 PST 2019" */
static bool
results_take(const char **text, struct civil *c, stamp_t *ahead_ms)
{
    *text += strcspn(*text, " ");
    if (!mark_take(text, ' ') || !month_take(text, c) || !mark_take(text, ' '))
        return false;
    bool one = mark_take(text, ' ') || (**text && (*text)[1] == ' ');
    return number_take(text, one ? 1 : 2, &c->day) && mark_take(text, ' ') && clock_take(text, c) &&
           mark_take(text, ' ') && zone_take(text, ahead_ms) && mark_take(text, ' ') &&
           number_take(text, 4, &c->year);
}

static bool
iso_take(const char **text, struct civil *c, stamp_t *ahead_ms)
{
    return date_take(text, c) && (mark_take(text, 'T') || mark_take(text, ' ')) &&
           clock_take(text, c) && fraction_take(text, &c->ms) && offset_take(text, ahead_ms);
}

bool
stamp_read_table(const char *text, stamp_t *at_ms)
{
    struct civil c = {0};
    stamp_t ahead_ms;
    bool dated = *text >= '0' && *text <= '9' ? iso_take(&text, &c, &ahead_ms)
                                              : results_take(&text, &c, &ahead_ms);
    if (!dated || *text || !civil_to_stamp(&c, at_ms))
        return false;
    *at_ms -= ahead_ms;
    return has_its_year(*at_ms);
}
