/* Points in time, there and back, in each of the ways they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/stamp.h"

static void
known_moments_are_written_and_read(void **state)
{
    (void)state;
    /* By Python's datetime. */
    static const struct {
        stamp_t at_ms;
        const char *iso, *amz, *http;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z", "19700101T000000Z", "Thu, 01 Jan 1970 00:00:00 GMT"},
        {1795442400000, "2026-11-23T14:00:00Z", "20261123T140000Z",
         "Mon, 23 Nov 2026 14:00:00 GMT"},
        {1709164799000, "2024-02-28T23:59:59Z", "20240228T235959Z",
         "Wed, 28 Feb 2024 23:59:59 GMT"},
        {1709164800000, "2024-02-29T00:00:00Z", "20240229T000000Z",
         "Thu, 29 Feb 2024 00:00:00 GMT"},
        {1709251200000, "2024-03-01T00:00:00Z", "20240301T000000Z",
         "Fri, 01 Mar 2024 00:00:00 GMT"},
        {951782400000, "2000-02-29T00:00:00Z", "20000229T000000Z", "Tue, 29 Feb 2000 00:00:00 GMT"},
        {4107542400000, "2100-03-01T00:00:00Z", "21000301T000000Z",
         "Mon, 01 Mar 2100 00:00:00 GMT"},
        {-1000, "1969-12-31T23:59:59Z", "19691231T235959Z", "Wed, 31 Dec 1969 23:59:59 GMT"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[STAMP_TEXT_SIZE];
        stamp_t at_ms;
        assert_string_equal(stamp_print(text, rows[i].at_ms), rows[i].iso);
        assert_string_equal(stamp_print_amz(text, rows[i].at_ms), rows[i].amz);
        assert_string_equal(stamp_print_http(text, rows[i].at_ms), rows[i].http);
        assert_true(stamp_read(rows[i].iso, &at_ms));
        assert_int_equal(at_ms, rows[i].at_ms);
        assert_true(stamp_read_amz(rows[i].amz, &at_ms));
        assert_int_equal(at_ms, rows[i].at_ms);
        assert_true(stamp_read_http(rows[i].http, &at_ms));
        assert_int_equal(at_ms, rows[i].at_ms);
    }
}

static void
every_day_of_two_centuries_comes_back(void **state)
{
    (void)state;
    for (stamp_t at_ms = -50 * 365 * STAMP_DAY_MS; at_ms < 150 * 365 * STAMP_DAY_MS;
         at_ms += STAMP_DAY_MS + 3723004) {
        char text[STAMP_TEXT_SIZE];
        stamp_t again_ms;
        assert_true(stamp_read(stamp_print_ms(text, at_ms), &again_ms));
        assert_int_equal(again_ms, at_ms);
    }
}

static void
days_and_fractions_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        stamp_t at_ms;
    } rows[] = {
        {"2026-11-23", 1795392000000},
        {"2026-11-23T14:00:00.1Z", 1795442400100},
        {"2026-11-23T14:00:00.123Z", 1795442400123},
        {"2026-11-23T14:00:00.123999999Z", 1795442400123},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stamp_t at_ms;
        assert_true(stamp_read(rows[i].text, &at_ms));
        assert_int_equal(at_ms, rows[i].at_ms);
    }
}

static void
what_is_no_time_is_not_read(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "2026",
        "2026-11",
        "2026-11-2",
        "2026-00-10",
        "2026-13-01",
        "2026-01-00",
        "2026-01-32",
        "2026-04-31",
        "2026-02-29",
        "2100-02-29",
        "2026-02-30",
        "2026-11-23T",
        "2026-11-23T14:00Z",
        "2026-11-23T14:00:00",
        "2026-11-23T14:00:00.Z",
        "2026-11-23T14:00:00+01:00",
        "2026-11-23T24:00:00Z",
        "2026-11-23T14:60:00Z",
        "2026-11-23T14:00:61Z",
        "9999-12-31T23:59:60Z",
        "2026-11-23T14:00:00Z ",
        " 2026-11-23",
        "2026-11-23 14:00:00Z",
        "-026-11-23",
        "23.11.2026",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        stamp_t at_ms;
        if (stamp_read(texts[i], &at_ms))
            fail_msg("'%s' was read", texts[i]);
    }
}

static void
what_is_no_date_of_a_protocol_is_not_read(void **state)
{
    (void)state;
    static const char *const http[] = {"",
                                       "Mon",
                                       "Mon, ",
                                       "Mon,23 Nov 2026 14:00:00 GMT",
                                       "Mon, 23 Nov 2026 14:00:00",
                                       "Mon, 23 Nov 2026 14:00:00 UTC",
                                       "Mon, 23 Nov 2026 14:00:00 GMT ",
                                       "Mon, 3 Nov 2026 14:00:00 GMT",
                                       "Mon, 23 Foo 2026 14:00:00 GMT",
                                       "Mon, 23 nov 2026 14:00:00 GMT",
                                       "Mon, 31 Nov 2026 14:00:00 GMT",
                                       "Mon, 29 Feb 2027 14:00:00 GMT",
                                       "Monday, 23-Nov-26 14:00:00 GMT",
                                       "Mon Nov 23 14:00:00 2026"};
    static const char *const amz[] = {"",
                                      "20261123",
                                      "20261123T140000",
                                      "20261123T140000Zx",
                                      "20261123t140000Z",
                                      "20261323T140000Z",
                                      "20270229T140000Z",
                                      "2026-11-23T14:00:00Z"};
    stamp_t at_ms;
    for (size_t i = 0; i < sizeof http / sizeof *http; i++)
        if (stamp_read_http(http[i], &at_ms))
            fail_msg("'%s' was read", http[i]);
    for (size_t i = 0; i < sizeof amz / sizeof *amz; i++)
        if (stamp_read_amz(amz[i], &at_ms))
            fail_msg("'%s' was read", amz[i]);
}

static void
the_times_of_tables_are_read(void **state)
{
    (void)state;
    /* By date -u -d. */
    static const struct {
        const char *text;
        stamp_t at_ms;
    } rows[] = {
        {"Wed Nov 20 21:03:26 PST 2019", 1574312606000},
        {"Thu Jul 04 09:00:00 PDT 2019", 1562256000000},
        {"Sun Nov  3 01:30:00 PDT 2019", 1572769800000},
        {"Sun Nov 3 01:30:00 PST 2019", 1572773400000},
        {"Sat Feb 29 12:00:00 UTC 2020", 1582977600000},
        {"Sat Feb 29 12:00:00 GMT 2020", 1582977600000},
        {"2019-11-21T05:03:26Z", 1574312606000},
        {"2019-11-21T05:03:26.250Z", 1574312606250},
        {"2019-11-20 21:03:26-08:00", 1574312606000},
        {"2019-11-20T21:03:26-0800", 1574312606000},
        {"2019-11-21 10:33:26.5+05:30", 1574312606500},
        {"2019-11-21 05:03:26+00:00", 1574312606000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stamp_t at_ms;
        if (!stamp_read_table(rows[i].text, &at_ms))
            fail_msg("'%s' was not read", rows[i].text);
        assert_int_equal(at_ms, rows[i].at_ms);
    }
}

static void
a_time_of_a_table_without_a_known_zone_is_not_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "Wed",
                                        "Wed Nov",
                                        "Wed Nov ",
                                        "Wed Nov 20 21:03:26 2019",
                                        "Wed Nov 20 21:03:26 EST 2019",
                                        "Wed Nov 20 21:03:26 PST 2019 ",
                                        "Wed Nov 31 21:03:26 PST 2019",
                                        "Wed Nov 20 21:03 PST 2019",
                                        "Wed Nov 20 24:03:26 PST 2019",
                                        "20.11.2019 21:03",
                                        "11/20/2019 21:03",
                                        "2019-11-20",
                                        "2019-11-20 21:03:26",
                                        "2019-11-20T21:03:26",
                                        "2019-11-20T21:03:26+24:00",
                                        "2019-11-20T21:03:26+1",
                                        "2019-11-20T21:03:26Zulu",
                                        "1574312606"};
    stamp_t at_ms;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (stamp_read_table(texts[i], &at_ms))
            fail_msg("'%s' was read", texts[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_moments_are_written_and_read),
        cmocka_unit_test(every_day_of_two_centuries_comes_back),
        cmocka_unit_test(days_and_fractions_are_read),
        cmocka_unit_test(what_is_no_time_is_not_read),
        cmocka_unit_test(what_is_no_date_of_a_protocol_is_not_read),
        cmocka_unit_test(the_times_of_tables_are_read),
        cmocka_unit_test(a_time_of_a_table_without_a_known_zone_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
