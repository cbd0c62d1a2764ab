#include "codec/html.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

void
html_text(struct buffer *out, const char *text)
{
    struct buffer shown = {0};
    text_escape(&shown, text, false);
    for (const char *at = shown.bytes ? shown.bytes : ""; *at;) {
        size_t size = strcspn(at, "&<>\"'");
        buffer_add(out, at, size);
        at += size;
        switch (*at) {
        case '&':
            buffer_text(out, "&amp;");
            break;
        case '<':
            buffer_text(out, "&lt;");
            break;
        case '>':
            buffer_text(out, "&gt;");
            break;
        case '"':
            buffer_text(out, "&quot;");
            break;
        case '\'':
            buffer_text(out, "&#39;");
            break;
        default:
            break;
        }
        at += *at != '\0';
    }
    buffer_close(&shown);
}

__attribute__((format(printf, 2, 0))) static void
text_add(struct buffer *out, const char *format, va_list values)
{
    struct arena arena = {0};
    html_text(out, arena_vprint(&arena, format, values));
    arena_close(&arena);
}

void
html_print(struct buffer *out, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    text_add(out, format, values);
    va_end(values);
}

void
html_element(struct buffer *out, const char *tag, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    buffer_print(out, "<%s>", tag);
    text_add(out, format, values);
    buffer_print(out, "</%.*s>\n", (int)strcspn(tag, " "), tag);
    va_end(values);
}

void
html_table(struct buffer *out, const char *caption, const struct html_head *heads)
{
    buffer_text(out, "<div class=table><table>\n<caption>");
    html_text(out, caption);
    buffer_text(out, "</caption>\n");
    buffer_text(out, heads ? "<thead><tr>" : "");
    for (const struct html_head *head = heads; head && head->name; head++) {
        buffer_text(out, head->number ? "<th scope=col class=n>" : "<th scope=col>");
        html_text(out, head->name);
        buffer_text(out, "</th>");
    }
    buffer_text(out, heads ? "</tr></thead>\n<tbody>\n" : "<tbody>\n");
}

void
html_table_end(struct buffer *out)
{
    buffer_text(out, "</tbody></table></div>\n");
}

void
html_row(struct buffer *out)
{
    buffer_text(out, "<tr>");
}

void
html_row_end(struct buffer *out)
{
    buffer_text(out, "</tr>\n");
}

void
html_row_head(struct buffer *out, const char *text)
{
    buffer_text(out, "<th scope=row>");
    html_text(out, text);
    buffer_text(out, "</th>");
}

void
html_row_name(struct buffer *out, const char *text)
{
    buffer_text(out, "<th scope=row class=any>");
    html_text(out, text);
    buffer_text(out, "</th>");
}

void
html_cell(struct buffer *out, const char *text)
{
    buffer_text(out, "<td>");
    html_text(out, text);
    buffer_text(out, "</td>");
}

void
html_cell_number(struct buffer *out, size_t number)
{
    if (number)
        buffer_print(out, "<td class=n>%zu</td>", number);
    else
        buffer_text(out, "<td class=n>–</td>");
}

void
html_cell_money(struct buffer *out, cents_t cents)
{
    char money[MONEY_TEXT_SIZE];
    buffer_print(out, "<td class=n>%s</td>", cents ? money_print(money, cents) : "–");
}

void
html_cell_moment(struct buffer *out, const char *text)
{
    enum { DATE = 10, SHORT = 16 };
    const char *more = strstr(text, " (");
    size_t size = more ? (size_t)(more - text) : strlen(text);
    bool dated = size > DATE && text[4] == '-' && text[DATE] == ' ';
    buffer_text(out, dated ? "<td><span class=w>" : "<td><span>");
    html_print(out, "%.*s", dated ? DATE : (int)size, text);
    if (dated) {
        buffer_text(out, "<br>");
        html_print(out, "%.*s", (int)(size - DATE - 1), text + DATE + 1);
    }
    buffer_text(out, "</span>");
    if (more) {
        buffer_text(out, strlen(more) > SHORT ? "<br><span>" : "<br><span class=w>");
        html_text(out, more + 1);
        buffer_text(out, "</span>");
    }
    buffer_text(out, "</td>");
}

void
html_cell_any(struct buffer *out, const char *text)
{
    buffer_text(out, "<td class=any>");
    html_text(out, text);
    buffer_text(out, "</td>");
}

void
html_cell_whole(struct buffer *out, const char *text)
{
    buffer_text(out, "<td class=w>");
    html_text(out, text);
    buffer_text(out, "</td>");
}

void
html_more(struct buffer *out, size_t shown, size_t count, const char *what)
{
    if (count > shown)
        html_element(out, "p class=more", "… and %zu more %s, see --csv", count - shown, what);
}
