#include "base/buffer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static void
reserve(struct buffer *buffer, size_t more_bytes)
{
    if (more_bytes >= SIZE_MAX / 4 || buffer->size >= SIZE_MAX / 4)
        arena_out_of_memory();
    size_t needed = buffer->size + more_bytes + 1;
    if (needed <= buffer->capacity)
        return;
    size_t wider = buffer->capacity ? buffer->capacity : 256;
    while (wider < needed)
        wider *= 2;
    char *moved = realloc(buffer->bytes, wider);
    if (!moved)
        arena_out_of_memory();
    buffer->bytes = moved;
    buffer->capacity = wider;
}

void
buffer_add(struct buffer *buffer, const void *bytes, size_t size_bytes)
{
    reserve(buffer, size_bytes);
    if (size_bytes)
        memcpy(buffer->bytes + buffer->size, bytes, size_bytes);
    buffer->size += size_bytes;
    buffer->bytes[buffer->size] = '\0';
}

void
buffer_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void
buffer_print(struct buffer *buffer, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    va_list again;
    va_copy(again, values);
    reserve(buffer, 0);
    size_t left = buffer->capacity - buffer->size;
    int size = vsnprintf(buffer->bytes + buffer->size, left, format, again);
    va_end(again);
    assert(size >= 0);
    if ((size_t)size >= left) {
        reserve(buffer, (size_t)size);
        vsnprintf(buffer->bytes + buffer->size, (size_t)size + 1, format, values);
    }
    buffer->size += (size_t)size;
    va_end(values);
}

/* How many bytes from the beginning stand for themselves. */
static size_t
plain_size(const char *text, size_t size_bytes)
{
    size_t size = 0;
    for (; size < size_bytes; size++) {
        unsigned char byte = (unsigned char)text[size];
        if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f || byte == 0xc2)
            break;
    }
    return size;
}

static void
escaped_add(struct buffer *buffer, const char *text, size_t size_bytes)
{
    static const char short_forms[] = "\b\b\t\t\n\n\f\f\r\r";
    for (size_t i = 0; i < size_bytes; i++) {
        size_t plain = plain_size(text + i, size_bytes - i);
        buffer_add(buffer, text + i, plain);
        i += plain;
        if (i == size_bytes)
            return;
        unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\')
            buffer_print(buffer, "\\%c", byte);
        else if (byte == 0xc2 && i + 1 < size_bytes && (unsigned char)text[i + 1] < 0xa0)
            buffer_print(buffer, "\\u%04x", (unsigned char)text[++i]); /* C1: U+0080 to U+009F */
        else if (byte >= 0x20 && byte != 0x7f)
            buffer_add(buffer, &text[i], 1);
        else if (byte != 0 && strchr(short_forms, byte))
            buffer_print(buffer, "\\%c",
                         byte == '\b'   ? 'b'
                         : byte == '\t' ? 't'
                         : byte == '\n' ? 'n'
                         : byte == '\f' ? 'f'
                                        : 'r');
        else
            buffer_print(buffer, "\\u%04x", byte);
    }
}

/* Bytes that are not UTF-8, such as those of an old file name, become U+FFFD: what is written must
 * be readable again. */
void
buffer_json_bytes(struct buffer *buffer, const char *text, size_t size_bytes)
{
    buffer_add(buffer, "\"", 1);
    while (size_bytes) {
        size_t good = text_utf8_bad(text, size_bytes);
        escaped_add(buffer, text, good);
        if (good < size_bytes)
            buffer_text(buffer, "\xef\xbf\xbd");
        good += good < size_bytes;
        text += good;
        size_bytes -= good;
    }
    buffer_add(buffer, "\"", 1);
}

void
buffer_json(struct buffer *buffer, const char *text)
{
    buffer_json_bytes(buffer, text, strlen(text));
}

void
buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    if (buffer->bytes)
        buffer->bytes[0] = '\0';
}

void
buffer_close(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}
