/* Bytes that grow: for texts whose length is not known beforehand. `{0}` is an empty buffer.
 * `bytes` is always followed by a NUL once anything was added. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stddef.h>

struct buffer {
    char *bytes;
    size_t size;
    size_t capacity;
};

void buffer_add(struct buffer *buffer, const void *bytes, size_t size_bytes);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_print(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A text as a JSON string with its quotes: control characters escaped, UTF-8 left as it is. */
void buffer_json(struct buffer *buffer, const char *text);
void buffer_json_bytes(struct buffer *buffer, const char *text, size_t size_bytes);

/* Empty, but keeps its memory for the next use. */
void buffer_clear(struct buffer *buffer);
void buffer_close(struct buffer *buffer);

#endif
