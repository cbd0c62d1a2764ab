/* Points in time: milliseconds since 1970-01-01 UTC in a 64-bit integer. Nothing here asks a
 * clock; time is an argument everywhere but in `io`. */
#ifndef BASE_STAMP_H
#define BASE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t stamp_t;

enum { STAMP_TEXT_SIZE = 32 };

#define STAMP_SECOND_MS ((stamp_t)1000)
#define STAMP_MINUTE_MS (60 * STAMP_SECOND_MS)
#define STAMP_HOUR_MS (60 * STAMP_MINUTE_MS)
#define STAMP_DAY_MS (24 * STAMP_HOUR_MS)

/* "2026-11-23T14:00:00.123Z"; `out` is given back by each of these. */
char *stamp_print_ms(char out[STAMP_TEXT_SIZE], stamp_t at_ms);
/* "2026-11-23T14:00:00Z" */
char *stamp_print(char out[STAMP_TEXT_SIZE], stamp_t at_ms);
/* "20261123T140000Z", as SigV4's x-amz-date wants it */
char *stamp_print_amz(char out[STAMP_TEXT_SIZE], stamp_t at_ms);
/* "Mon, 23 Nov 2026 14:00:00 GMT", RFC 9110 5.6.7 */
char *stamp_print_http(char out[STAMP_TEXT_SIZE], stamp_t at_ms);

/* Reads ISO 8601 in UTC ("2026-11-23", "2026-11-23T14:00:00Z", with or without a fraction). */
bool stamp_read(const char *text, stamp_t *at_ms);
bool stamp_read_amz(const char *text, stamp_t *at_ms);
bool stamp_read_http(const char *text, stamp_t *at_ms);

/* Reads what stands in tables: ISO 8601 with a zone, and a blank for the T where that is missing
 * ("2019-11-20 13:03:26-08:00"), or as Amazon's results files have it, "Wed Nov 20 21:03:26 PST
 * 2019", in PST, PDT, UTC or GMT. */
bool stamp_read_table(const char *text, stamp_t *at_ms);

#endif
