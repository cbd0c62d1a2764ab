#include "cmd/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/paint.h"
#include "cmd/wrap.h"
#include "io/person.h"

/* Long lines tire the eye, and very short ones too. */
static size_t
columns(void)
{
    enum { COLUMNS_LEAST = 40, COLUMNS_MOST = 100 };
    size_t terminal = person_width();
    return terminal < COLUMNS_LEAST  ? COLUMNS_LEAST
           : terminal > COLUMNS_MOST ? COLUMNS_MOST
                                     : terminal;
}

static bool passing;

void
say_passing(const char *text)
{
    if (!paint_moves(STDERR_FILENO))
        return;
    if (passing || text)
        fprintf(stderr, "\r\033[K%s", text ? text : "");
    fflush(stderr);
    passing = text != NULL;
}

void
say_passed(void)
{
    if (passing)
        fputc('\n', stderr);
    passing = false;
}

static void
lines_add(struct buffer *out, const char *text)
{
    for (const char *at = text; *at;) {
        size_t size = strcspn(at, "\n");
        buffer_print(out, "%s%.*s\n", at == text ? "" : "    ", (int)size, at);
        at += size + (at[size] == '\n');
    }
}

/* The word that says what kind of note it is, the first that has a colon on both sides. */
static void
kind_paint(const char *text, size_t size, const char *kind, struct buffer *out)
{
    struct arena arena = {0};
    const char *at = kind ? strstr(text, arena_print(&arena, ": %s:", kind)) : NULL;
    enum paint paint = text_same(kind, "error") ? PAINT_TROUBLE : PAINT_DOUBT;
    if (at) {
        buffer_add(out, text, (size_t)(at + 2 - text));
        paint_add(out, paint, STDERR_FILENO, kind);
        size -= (size_t)(at + 2 - text) + strlen(kind);
        text = at + 2 + strlen(kind);
    }
    buffer_add(out, text, size);
    arena_close(&arena);
}

/* In a log a note stays one line, so that it can be searched for. Lines after the first are set in,
 * so that no line of a text that others wrote begins as ours. */
static void
note(const char *text, const char *kind)
{
    struct buffer line = {0}, broken = {0}, painted = {0};
    say_passing(NULL);
    text_escape(&line, text, true);
    const char *escaped = line.bytes ? line.bytes : "";
    if (person_is_terminal(STDERR_FILENO))
        wrap_add(&broken, escaped, "", "        ", columns());
    else
        lines_add(&broken, escaped);
    kind_paint(broken.bytes, broken.size, kind, &painted);
    fwrite(painted.bytes, 1, painted.size, stderr);
    buffer_close(&line);
    buffer_close(&broken);
    buffer_close(&painted);
}

void
say_command(const char *command)
{
    struct buffer line = {0};
    text_escape(&line, command, false);
    fprintf(stderr, "    %s%s%s\n", paint_on(PAINT_STRONG, STDERR_FILENO),
            line.bytes ? line.bytes : "", paint_off(STDERR_FILENO));
    buffer_close(&line);
}

void
say_paragraph(struct buffer *out, const char *rest, const char *format, ...)
{
    struct arena arena = {0};
    struct buffer escaped = {0};
    va_list values;
    va_start(values, format);
    text_escape(&escaped, arena_vprint(&arena, format, values), true);
    va_end(values);
    const char *words = escaped.bytes ? escaped.bytes : "";
    if (person_is_terminal(STDOUT_FILENO))
        wrap_add(out, words, "", rest, columns());
    else
        buffer_print(out, "%s\n", words);
    buffer_close(&escaped);
    arena_close(&arena);
}

const char *
say_moment(stamp_t at_ms, struct arena *arena)
{
    char text[STAMP_TEXT_SIZE]; /* 2026-11-24T14:02:11Z */
    stamp_print(text, at_ms);
    return arena_print(arena, "%.10s %.5s UTC", text, text + 11);
}

const char *
say_instant(stamp_t at_ms, struct arena *arena)
{
    char text[STAMP_TEXT_SIZE];
    stamp_print(text, at_ms);
    return arena_print(arena, "%.10s %.8s UTC", text, text + 11);
}

const char *
say_moment_here(stamp_t at_ms, struct arena *arena)
{
    time_t seconds = (time_t)(at_ms / STAMP_SECOND_MS);
    struct tm here;
    char text[64];
    const char *moment = say_moment(at_ms, arena);
    if (!localtime_r(&seconds, &here) || here.tm_gmtoff == 0)
        return moment;
    strftime(text, sizeof text, "%Y-%m-%d %H:%M", &here);
    bool same_day = strncmp(text, moment, strlen("2026-11-24")) == 0;
    return arena_print(arena, "%s (%s here)", moment, same_day ? text + 11 : text);
}

const char *
say_zone(stamp_t at_ms, struct arena *arena)
{
    time_t seconds = (time_t)(at_ms / STAMP_SECOND_MS);
    struct tm here;
    if (!localtime_r(&seconds, &here) || here.tm_gmtoff == 0)
        return "UTC";
    long minutes = here.tm_gmtoff / 60, size = minutes < 0 ? -minutes : minutes;
    return arena_print(arena, "%s, UTC%c%02ld:%02ld", here.tm_zone ? here.tm_zone : "?",
                       minutes < 0 ? '-' : '+', size / 60, size % 60);
}

const char *
say_s(size_t number)
{
    return number == 1 ? "" : "s";
}

void
say_note(const char *format, ...)
{
    struct arena arena = {0};
    va_list values;
    va_start(values, format);
    note(arena_print(&arena, "bursar: %s", arena_vprint(&arena, format, values)), NULL);
    va_end(values);
    arena_close(&arena);
}

static char *
place_print(struct arena *arena, struct where where)
{
    if (!where.file)
        return arena_copy(arena, "bursar");
    if (!where.line)
        return arena_copy(arena, where.file);
    if (!where.column)
        return arena_print(arena, "%s:%u", where.file, where.line);
    return arena_print(arena, "%s:%u:%u", where.file, where.line, where.column);
}

enum status
say_error(const struct error *err)
{
    struct arena arena = {0};
    note(arena_print(&arena, "%s: error: %s", place_print(&arena, err->where), err->text), "error");
    arena_close(&arena);
    return error_status(err);
}

void
say_problems(const struct problems *problems, const char *kind)
{
    struct arena arena = {0};
    for (size_t i = 0; i < problems->count; i++)
        note(arena_print(&arena, "%s: %s: %s", place_print(&arena, problems->items[i].where), kind,
                         problems->items[i].text),
             kind);
    if (problems->more)
        note(arena_print(&arena, "… and %zu more", problems->more), NULL);
    arena_close(&arena);
}

void
say_line(struct buffer *out, const char *format, ...)
{
    struct arena arena = {0};
    va_list values;
    va_start(values, format);
    text_escape(out, arena_vprint(&arena, format, values), false);
    buffer_text(out, "\n");
    va_end(values);
    arena_close(&arena);
}

bool
say_out(struct buffer *out, struct error *err)
{
    say_passing(NULL);
    errno = 0;
    bool worked = fwrite(out->bytes ? out->bytes : "", 1, out->size, stdout) == out->size &&
                  fflush(stdout) == 0;
    buffer_clear(out);
    if (!worked && errno == EPIPE)
        return true; /* who read it has seen enough */
    return worked || error_say(err, "standard output cannot be written: %s", strerror(errno));
}

void
say_words(const char *words, const char *indent, struct buffer *out)
{
    for (bool more = true; more;) {
        size_t size = strcspn(words, "\n");
        struct arena arena = {0};
        buffer_text(out, indent);
        text_escape(out, arena_text(&arena, words, size), false);
        buffer_text(out, "\n");
        arena_close(&arena);
        more = words[size] == '\n';
        words += size + more;
    }
}

const char *
say_waiting(const struct run_note *run, struct arena *arena)
{
    char money[MONEY_TEXT_SIZE];
    const char *sum = run->waiting_cents ? arena_print(arena, ", %s with fees",
                                                       money_print(money, run->waiting_cents))
                                         : "";
    return arena_print(arena, "%zu action%s%s", run->waiting, say_s(run->waiting), sum);
}
