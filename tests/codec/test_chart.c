/* Pictures: axes that people read well, labels that do not touch, bars within their frame. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "codec/chart.h"

static size_t
count_of(const struct buffer *out, const char *what)
{
    size_t count = 0;
    for (const char *at = out->bytes; (at = strstr(at, what)); at++)
        count++;
    return count;
}

/* Each rectangle's lowest edge, in pixels, against what the picture holds. */
static void
assert_bars_within(const struct buffer *out)
{
    const char *size = strstr(out->bytes, "viewBox=\"0 0 ");
    assert_non_null(size);
    double width, height;
    char *end;
    width = strtod(size + strlen("viewBox=\"0 0 "), &end);
    height = strtod(end, NULL);
    for (const char *at = out->bytes; (at = strstr(at, "<rect x=\"")); at++) {
        double x = strtod(at + strlen("<rect x=\""), NULL);
        double y = strtod(strstr(at, " y=\"") + 4, NULL);
        double wide = strtod(strstr(at, " width=\"") + 8, NULL);
        double high = strtod(strstr(at, " height=\"") + 9, NULL);
        assert_true(x >= 0 && y >= 0 && wide > 0 && high > 0);
        assert_true(x + wide <= width && y + high <= height);
    }
}

static void
lines_are_one_two_or_five(void **state)
{
    (void)state;
    static const int64_t cases[][2] = {{1, 1},    {5, 1},      {6, 2},        {11, 5},
                                       {100, 20}, {101, 50},   {14992, 5000}, {1000000, 200000},
                                       {26, 10},  {9999, 2000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(chart_step(cases[i][0]), cases[i][1]);
}

static void
a_duration_has_two_units_at_most(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        const char *text;
    } cases[] = {{0, "0 s"},           {250, "250 ms"},        {1500, "1 s 500 ms"},
                 {64000, "1 min 4 s"}, {7680000, "2 h 8 min"}, {90000000, "1 d 1 h"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        chart_duration(cases[i].ms, &out);
        assert_string_equal(out.bytes, cases[i].text);
        buffer_close(&out);
    }
}

static void
columns_stay_within_their_frame_however_many(void **state)
{
    (void)state;
    static const char *const series[] = {"Bonuses", "Rewards", "Fees"};
    static const size_t counts[] = {1, 2, 14, 62};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct arena arena = {0};
        struct buffer out = {0};
        int64_t *values = arena_alloc(&arena, counts[i] * 3 * sizeof *values);
        const char **labels = arena_alloc(&arena, counts[i] * sizeof *labels);
        for (size_t j = 0; j < counts[i]; j++) {
            labels[j] = "2026-11-23";
            values[3 * j] = 100000000000000 / (int64_t)(j + 1);
            values[3 * j + 2] = 1;
        }
        struct chart_columns chart = {.title = "t",
                                      .unit = "USD",
                                      .below = "day",
                                      .series = series,
                                      .series_count = 3,
                                      .labels = labels,
                                      .count = counts[i],
                                      .values = values,
                                      .money = true};
        chart_columns(&chart, &out);
        assert_bars_within(&out);
        assert_null(strstr(out.bytes, "Rewards")); /* there are none */
        assert_true(count_of(&out, "2026-11-23") <= 10);
        buffer_close(&out);
        arena_close(&arena);
    }
}

static void
what_is_zero_is_drawn_as_nothing(void **state)
{
    (void)state;
    static const char *const series[] = {"Bonuses"};
    static const char *const labels[] = {"a"};
    static const int64_t values[] = {0};
    struct buffer out = {0};
    struct chart_columns chart = {.title = "t",
                                  .unit = "USD",
                                  .below = "day",
                                  .series = series,
                                  .series_count = 1,
                                  .labels = labels,
                                  .count = 1,
                                  .values = values};
    chart_columns(&chart, &out);
    assert_int_equal(count_of(&out, "<rect"), 0);
    buffer_close(&out);
}

static void
names_are_cut_between_letters_and_escaped(void **state)
{
    (void)state;
    static const char *const series[] = {"Bonuses"};
    static const char *const labels[] = {
        "<b>\"'&",
        "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
        "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
        "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"};
    static const int64_t values[] = {100, 50};
    struct buffer out = {0};
    struct chart_bars chart = {.title = "<t>",
                               .unit = "USD",
                               .series = series,
                               .series_count = 1,
                               .labels = labels,
                               .count = 2,
                               .values = values,
                               .money = true};
    chart_bars(&chart, &out);
    assert_non_null(strstr(out.bytes, "&lt;b&gt;&quot;&#39;&amp;"));
    assert_non_null(strstr(out.bytes, "\xc3\xa4…</text>"));
    assert_null(strstr(out.bytes, "\\x{"));
    assert_null(strstr(out.bytes, "<b>"));
    assert_null(strstr(out.bytes, "<t>"));
    assert_bars_within(&out);
    buffer_close(&out);
}

static void
lanes_keep_what_is_rare_visible(void **state)
{
    (void)state;
    static const char *const lanes[] = {"done", "unknown"};
    static const int64_t counts[] = {100000, 0, 100000, 1};
    struct buffer out = {0};
    struct chart_lanes chart = {.title = "t",
                                .lanes = lanes,
                                .lane_count = 2,
                                .bin_count = 2,
                                .counts = counts,
                                .width_ms = 250};
    chart_lanes(&chart, &out);
    assert_int_equal(count_of(&out, "<rect"), 3);
    assert_non_null(strstr(out.bytes, ">unknown 1<"));
    assert_non_null(strstr(out.bytes, ">at most 100000<"));
    assert_bars_within(&out);
    buffer_close(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_one_two_or_five),
        cmocka_unit_test(a_duration_has_two_units_at_most),
        cmocka_unit_test(columns_stay_within_their_frame_however_many),
        cmocka_unit_test(what_is_zero_is_drawn_as_nothing),
        cmocka_unit_test(names_are_cut_between_letters_and_escaped),
        cmocka_unit_test(lanes_keep_what_is_rare_visible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
