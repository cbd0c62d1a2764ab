#include "codec/record_line.h"

#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "codec/record_stated.h"
#include "codec/record_value.h"

enum { WORD_SIZE = 40, DIGITS_MAX = 19 /* no such number is too great for 64 bits */ };

struct reader {
    const char *line, *at, *end;
    char word[WORD_SIZE]; /* a text of which only the meaning is kept */
    struct arena *arena;
};

static bool
take(struct reader *reader, const char *literal)
{
    const char *at = reader->at;
    for (; *literal; literal++, at++)
        if (at == reader->end || *at != *literal)
            return false;
    reader->at = at;
    return true;
}

static bool
is_plain(char byte)
{
    return byte >= 0x20 && (unsigned char)byte < 0x80 && byte != '"' && byte != '\\';
}

/* How many bytes stand before one that ends a text or wants a look: a quote, a backslash, a control
 * character, a byte beyond ASCII. Eight are seen at once: (x - 0x01…) & ~x has the top bit set in
 * the first byte of x that is zero, and so with 0x20 in the first that is below a blank. */
static size_t
plain_span(const char *bytes, size_t size)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
    size_t at = 0;
    for (uint64_t eight; size - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, bytes + at, sizeof eight);
        uint64_t quote = eight ^ ones * '"', slash = eight ^ ones * '\\';
        uint64_t stops = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
                         ((eight - ones * 0x20) & ~eight) | eight;
        if (stops & tops)
            break;
    }
    while (at < size && is_plain(bytes[at]))
        at++;
    return at;
}

static int
hex_value(char digit)
{
    const char *digits = "0123456789abcdef", *at = digit ? strchr(digits, digit) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* What `\u00…` stands for, as UTF-8: no NUL, and nothing beyond U+00FF, which is never escaped. */
static bool
code_take(const char *digits, char **to)
{
    int high = hex_value(digits[0]), low = hex_value(digits[1]), code = high * 16 + low;
    if (high < 0 || low < 0 || code == 0)
        return false;
    if (code >= 0x80)
        *(*to)++ = (char)(0xc0 | code >> 6);
    *(*to)++ = (char)(code < 0x80 ? code : 0x80 | (code & 0x3f));
    return true;
}

/* Takes the escapes out of a text, which only grows shorter by it. */
static bool
unescape(char *text)
{
    static const char marks[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    char *to = text;
    for (const char *from = text; *from;) {
        if (*from != '\\') {
            *to++ = *from++;
            continue;
        }
        const char *mark = from[1] ? strchr(marks, from[1]) : NULL;
        if (mark) {
            *to++ = meanings[mark - marks];
            from += 2;
        } else if (strncmp(from, "\\u00", 4) == 0 && from[4] && code_take(from + 4, &to)) {
            from += 6;
        } else {
            return false;
        }
    }
    *to = '\0';
    return true;
}

static bool
text_take(struct reader *reader, const char **text)
{
    bool escaped = false, wide = false;
    if (!take(reader, "\""))
        return false;
    const char *begin = reader->at, *at = begin;
    while (at += plain_span(at, (size_t)(reader->end - at)), at < reader->end && *at != '"') {
        if ((unsigned char)*at < 0x20)
            return false;
        bool escape = *at == '\\';
        if (escape && reader->end - at < 2)
            return false;
        escaped |= escape;
        wide |= !escape;
        at += escape ? 2 : 1;
    }
    size_t size = (size_t)(at - begin);
    if (at == reader->end || (wide && text_utf8_bad(begin, size) != size))
        return false;
    reader->at = at + 1;
    char *copy = arena_text(reader->arena, begin, size);
    *text = copy;
    return !escaped || unescape(copy);
}

static bool
word_take(struct reader *reader, const char **text)
{
    if (!take(reader, "\""))
        return false;
    size_t size = plain_span(reader->at, (size_t)(reader->end - reader->at));
    if (size >= sizeof reader->word)
        return false;
    memcpy(reader->word, reader->at, size);
    reader->word[size] = '\0';
    reader->at += size;
    *text = reader->word;
    return take(reader, "\"");
}

static bool
number_take(struct reader *reader, int64_t *number)
{
    bool negative = take(reader, "-");
    const char *begin = reader->at;
    uint64_t value = 0, value_max = (uint64_t)INT64_MAX + negative;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9' &&
           reader->at - begin < DIGITS_MAX)
        value = value * 10 + (uint64_t)(*reader->at++ - '0');
    if (reader->at == begin || (*begin == '0' && (negative || reader->at - begin > 1)) ||
        value > value_max)
        return false;
    *number = (int64_t)(negative ? 0 - value : value);
    return true;
}

/* Behind its [ a list of texts, to its end. */
static bool
texts_take(struct reader *reader, struct record_value *value)
{
    size_t capacity = 0;
    while (!take(reader, "]")) {
        value->texts =
            arena_push(reader->arena, value->texts, value->count, &capacity, sizeof *value->texts);
        if ((value->count && !take(reader, ",")) ||
            !text_take(reader, &value->texts[value->count++]))
            return false;
    }
    return true;
}

/* Behind its { an object of texts, to its end. A name stands in it once. */
static bool
pairs_take(struct reader *reader, struct record_value *value)
{
    size_t capacity = 0;
    struct index names = {0};
    while (!take(reader, "}")) {
        value->pairs =
            arena_push(reader->arena, value->pairs, value->count, &capacity, sizeof *value->pairs);
        struct label *pair = &value->pairs[value->count];
        if ((value->count && !take(reader, ",")) || !text_take(reader, &pair->name) ||
            !take(reader, ":") || !text_take(reader, &pair->value) ||
            !index_add(&names, pair->name, value->count++, reader->arena))
            return false;
    }
    return true;
}

static bool
value_take(struct reader *reader, bool is_word, struct record_value *value)
{
    if (reader->at == reader->end)
        return false;
    switch (*reader->at) {
    case '"':
        value->type = VALUE_TEXT;
        return is_word ? word_take(reader, &value->text) : text_take(reader, &value->text);
    case '[':
        value->type = VALUE_TEXTS;
        return take(reader, "[") && texts_take(reader, value);
    case '{':
        value->type = VALUE_PAIRS;
        return take(reader, "{") && pairs_take(reader, value);
    case 't':
        value->type = VALUE_TRUE;
        return take(reader, "true");
    default:
        value->type = VALUE_NUMBER;
        return number_take(reader, &value->number);
    }
}

/* The beginning of a member, `,"name":`, or without the comma where it is an object's first. */
static bool
name_take(struct reader *reader, const char *name)
{
    const char *begin = reader->at;
    if ((begin[-1] == '{' || take(reader, ",")) && take(reader, "\"") && take(reader, name) &&
        take(reader, "\":"))
        return true;
    reader->at = begin;
    return false;
}

/* What of a table's members comes next, in its order. */
static bool
members_take(struct reader *reader, const struct record_field *rows, struct entry *entry)
{
    for (const struct record_field *field = rows; field->name; field++) {
        struct record_value value = {0};
        if (!(field->kinds & 1u << entry->kind) || !name_take(reader, field->name))
            continue;
        if (!value_take(reader, record_value_is_word(field), &value) ||
            !record_value_take(&value, field, entry))
            return false;
    }
    return true;
}

static bool
head_take(struct reader *reader, struct entry *entry)
{
    int64_t seq, group;
    const char *word;
    if (!take(reader, "{\"seq\":") || !number_take(reader, &seq) || seq < 0 ||
        !take(reader, ",\"at\":") || !word_take(reader, &word) ||
        !stamp_read(word, &entry->at_ms) || !take(reader, ",\"kind\":") ||
        !word_take(reader, &word) || !entry_kind_find(word, &entry->kind) ||
        !take(reader, ",\"group\":") || !number_take(reader, &group) || group < seq)
        return false;
    entry->seq = (uint64_t)seq;
    entry->group = (uint64_t)group;
    return true;
}

/* 64 bytes, which the sums are compared with later, in quotes. */
static bool
sum_take(struct reader *reader)
{
    enum { SUM_SIZE = DIGEST_TEXT_SIZE - 1 };
    if (reader->end - reader->at < SUM_SIZE || plain_span(reader->at, SUM_SIZE) < SUM_SIZE)
        return false;
    reader->at += SUM_SIZE;
    return take(reader, "\"");
}

/* The person, and its sum, which also stands alone. */
static bool
person_take(struct reader *reader, struct entry *entry, struct person_span *person)
{
    size_t begin = (size_t)(reader->at - reader->line) + 1;
    bool there = take(reader, ",\"person\":{");
    if (there) {
        if (!members_take(reader, record_person_fields, entry) || !take(reader, "}"))
            return false;
        *person = (struct person_span){begin, (size_t)(reader->at - reader->line) + 1};
    }
    return take(reader, ",\"person_sum\":\"") ? sum_take(reader) : !there;
}

bool
record_line_read(const char *line, size_t size, struct entry *entry, struct person_span *person,
                 struct arena *arena)
{
    struct reader reader = {.line = line, .at = line, .end = line + size, .arena = arena};
    *person = (struct person_span){0};
    return head_take(&reader, entry) && members_take(&reader, record_fields, entry) &&
           person_take(&reader, entry, person) && take(&reader, ",\"sum\":\"") &&
           sum_take(&reader) && take(&reader, "}") && reader.at == reader.end;
}
