#include "base/text.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

bool
text_same(const char *one, const char *other)
{
    return one == other || (one && other && strcmp(one, other) == 0);
}

bool
text_starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

bool
text_ends(const char *text, const char *with)
{
    size_t size = strlen(text), tail = strlen(with);
    return size >= tail && strcmp(text + size - tail, with) == 0;
}

/* Decodes one code point; returns its size in bytes, 0 when the bytes are not UTF-8. */
static size_t
utf8_take(const unsigned char *bytes, size_t size_bytes, uint32_t *code)
{
    if (bytes[0] < 0x80) {
        *code = bytes[0];
        return 1;
    }
    size_t size = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    static const unsigned char lead_mask[] = {0, 0, 0x1f, 0x0f, 0x07};
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || size > size_bytes)
        return 0;
    uint32_t value = bytes[0] & lead_mask[size];
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (bytes[i] & 0x3f);
    }
    if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *code = value;
    return size;
}

size_t
text_utf8_bad(const char *bytes, size_t size_bytes)
{
    size_t at = 0;
    while (at < size_bytes) {
        /* Most text is ASCII, of which eight bytes are seen at once. */
        uint64_t eight;
        if (size_bytes - at >= sizeof eight) {
            memcpy(&eight, bytes + at, sizeof eight);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                at += sizeof eight;
                continue;
            }
        }
        uint32_t code;
        size_t size = utf8_take((const unsigned char *)bytes + at, size_bytes - at, &code);
        if (size == 0)
            return at;
        at += size;
    }
    return size_bytes;
}

size_t
text_length(const char *text)
{
    size_t length = 0;
    for (; *text; text++)
        length += ((unsigned char)*text & 0xc0) != 0x80;
    return length;
}

static bool
is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

char *
text_trim(struct arena *arena, const char *bytes, size_t size_bytes)
{
    while (size_bytes && is_space(*bytes))
        bytes++, size_bytes--;
    while (size_bytes && is_space(bytes[size_bytes - 1]))
        size_bytes--;
    return arena_text(arena, bytes, size_bytes);
}

/* UTF-8 of white space and of characters without width beyond ASCII. */
static const char *const blanks[] = {
    "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82",
    "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87",
    "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\x8b", "\xe2\x80\x8c",
    "\xe2\x80\x8d", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xa8", "\xe2\x80\xa9",
    "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe2\x81\xa0", "\xe3\x80\x80", "\xef\xbb\xbf",
};

/* Bytes of the blank at the beginning, or at the end; 0 when there is none. */
static size_t
blank_size(const char *bytes, size_t size_bytes, bool behind)
{
    if (size_bytes == 0)
        return 0;
    char byte = behind ? bytes[size_bytes - 1] : *bytes;
    if ((unsigned char)byte < 0x80)
        return is_space(byte);
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        size_t size = strlen(blanks[i]);
        if (size > size_bytes)
            continue;
        const char *at = behind ? bytes + size_bytes - size : bytes;
        if (memcmp(at, blanks[i], size) == 0)
            return size;
    }
    return 0;
}

size_t
text_blanks_before(const char *bytes, size_t size_bytes)
{
    size_t all = 0;
    for (size_t one; (one = blank_size(bytes + all, size_bytes - all, false)) > 0;)
        all += one;
    return all;
}

size_t
text_blanks_behind(const char *bytes, size_t size_bytes)
{
    size_t all = 0;
    for (size_t one; (one = blank_size(bytes, size_bytes - all, true)) > 0;)
        all += one;
    return all;
}

char *
text_trim_wide(struct arena *arena, const char *bytes, size_t size_bytes)
{
    size_t before = text_blanks_before(bytes, size_bytes);
    size_t behind = text_blanks_behind(bytes + before, size_bytes - before);
    return arena_text(arena, bytes + before, size_bytes - before - behind);
}

char *
text_collapse(struct arena *arena, const char *text)
{
    char *out = text_trim(arena, text, strlen(text));
    char *write = out;
    for (const char *read = out; *read; read++) {
        if (!is_space(*read))
            *write++ = *read;
        else if (!is_space(read[1]))
            *write++ = ' ';
    }
    *write = '\0';
    return out;
}

char *
text_sentence(struct arena *arena, const char *text)
{
    char *out = text_trim(arena, text, strlen(text));
    size_t size = strlen(out);
    bool ended = size && strchr(".!?", out[size - 1]);
    return ended ? out : arena_print(arena, "%s.", out);
}

/* Edits (insert, delete, replace, swap of neighbours) between two words of at most 40 bytes. */
static size_t
distance(const char *one, const char *other)
{
    enum { LONGEST = 40 };
    size_t rows = strlen(one), columns = strlen(other);
    if (rows > LONGEST || columns > LONGEST)
        return LONGEST;
    size_t table[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= rows; i++)
        table[i][0] = i;
    for (size_t j = 0; j <= columns; j++)
        table[0][j] = j;
    for (size_t i = 1; i <= rows; i++)
        for (size_t j = 1; j <= columns; j++) {
            size_t best = table[i - 1][j - 1] + (one[i - 1] != other[j - 1]);
            if (table[i - 1][j] + 1 < best)
                best = table[i - 1][j] + 1;
            if (table[i][j - 1] + 1 < best)
                best = table[i][j - 1] + 1;
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] &&
                table[i - 2][j - 2] + 1 < best)
                best = table[i - 2][j - 2] + 1;
            table[i][j] = best;
        }
    return table[rows][columns];
}

const char *
text_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *nearest = NULL;
    size_t least = strlen(word) < 5 ? 2 : 3; /* this many edits are too many */
    for (size_t i = 0; i < count; i++) {
        size_t edits = distance(word, candidates[i]);
        if (edits < least && edits < strlen(candidates[i])) {
            least = edits;
            nearest = candidates[i];
        }
    }
    return nearest;
}

bool
text_is_id(const char *text)
{
    size_t size = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    return size >= 1 && size <= ID_BYTES_MAX && text[size] == '\0';
}

bool
text_is_worker(const char *text)
{
    return text[0] == 'A' && text[1] != '\0' && text_is_id(text);
}

bool
text_is_name(const char *text)
{
    size_t size = strlen(text);
    if (size < 1 || size > 64 || !isalnum((unsigned char)text[0]) || text[0] < 0)
        return false;
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
           size;
}

bool
text_has_key(const char *text)
{
    for (const char *at = text; *at; at++) {
        if (!text_starts(at, "AKIA") && !text_starts(at, "ASIA"))
            continue;
        bool begins = at == text || !isalnum((unsigned char)at[-1]);
        size_t size = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
        if (begins && size == 20 && !isalnum((unsigned char)at[size]))
            return true;
    }
    return false;
}

/* What steers a terminal, turns the direction of a text, or is not seen at all: control
 * characters, the bidirectional marks, spaces without width, invisible operators, fillers and
 * tags. */
static bool
is_unseen(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x1f},       {0x7f, 0x9f},     {0xad, 0xad},     {0x34f, 0x34f},
        {0x61c, 0x61c},     {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
        {0x200b, 0x200f},   {0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164},
        {0xfeff, 0xfeff},   {0xffa0, 0xffa0}, {0xfff9, 0xfffb}, {0x1d173, 0x1d17a},
        {0xe0000, 0xe007f},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

void
text_escape(struct buffer *out, const char *text, bool lines)
{
    size_t left = strlen(text);
    while (left) {
        uint32_t code;
        size_t size = utf8_take((const unsigned char *)text, left, &code);
        if (size == 0)
            buffer_print(out, "\\x{%02x}", (unsigned char)*text);
        else if (is_unseen(code) && !(lines && code == '\n'))
            buffer_print(out, "\\u{%x}", (unsigned)code);
        else
            buffer_add(out, text, size);
        size += size == 0;
        text += size;
        left -= size;
    }
}
