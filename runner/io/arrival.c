#include "io/arrival.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

enum { BODY_KEPT_BYTES = 256 * 1024 };

static const struct {
    const char *name;
    size_t kept;
} kept_headers[] = {
    {"date", KEPT_DATE},
    {"x-amzn-requestid", KEPT_REQUEST_ID},
    {"x-request-id", KEPT_REQUEST_ID},
    {"retry-after", KEPT_RETRY_AFTER},
};

void
arrival_init(struct arrival *arrival)
{
    struct arrival fresh = {.body = arrival->body};
    memcpy(fresh.kept, arrival->kept, sizeof fresh.kept);
    for (size_t i = 0; i < KEPT_COUNT; i++)
        buffer_clear(&fresh.kept[i]);
    /* One large answer must not hold its memory for the rest of a run. */
    if (fresh.body.capacity > BODY_KEPT_BYTES)
        buffer_close(&fresh.body);
    buffer_clear(&fresh.body);
    *arrival = fresh;
}

/* "HTTP/1.1 200 OK": the number, or 0. */
static int
status_of(const char *line, size_t size)
{
    if (size < 12 || memcmp(line, "HTTP/1.", 7) != 0 || line[8] != ' ')
        return 0;
    int status = 0;
    for (size_t i = 9; i < 12; i++) {
        if (line[i] < '0' || line[i] > '9')
            return 0;
        status = status * 10 + (line[i] - '0');
    }
    return status;
}

static bool
read_length(const char *value, size_t size, uint64_t *length)
{
    if (size == 0 || size > 15)
        return false;
    *length = 0;
    for (size_t i = 0; i < size; i++) {
        if (value[i] < '0' || value[i] > '9')
            return false;
        *length = *length * 10 + (uint64_t)(value[i] - '0');
    }
    return true;
}

static bool
is_word(const char *bytes, size_t size, const char *word)
{
    return size == strlen(word) && strncasecmp(bytes, word, size) == 0;
}

/* Takes in one statement about the end of the body. Saying the same length twice is allowed
 * (RFC 9112 6.3); anything else said twice would let two readers see two different bodies. */
static void
note_ending(struct arrival *arrival, enum ending ending, uint64_t length)
{
    bool repeated =
        arrival->ending == ENDING_LENGTH && ending == ENDING_LENGTH && arrival->length == length;
    if (arrival->ending != ENDING_NONE && !repeated)
        ending = ENDING_CONTRADICTORY;
    arrival->ending = ending;
    arrival->length = length;
}

static void
note_header(struct arrival *arrival, const char *line, size_t size)
{
    const char *colon = memchr(line, ':', size);
    if (!colon)
        return;
    size_t name_size = (size_t)(colon - line);
    const char *value = colon + 1, *end = line + size;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    while (value < end && memchr(" \t\r\n", end[-1], 4))
        end--;
    size_t value_size = (size_t)(end - value);
    uint64_t length = 0;
    if (is_word(line, name_size, "content-length")) {
        bool good = read_length(value, value_size, &length);
        note_ending(arrival, good ? ENDING_LENGTH : ENDING_CONTRADICTORY, length);
    }
    if (is_word(line, name_size, "transfer-encoding"))
        note_ending(arrival,
                    is_word(value, value_size, "chunked") ? ENDING_CHUNKS : ENDING_CONTRADICTORY,
                    0);
    for (size_t i = 0; i < sizeof kept_headers / sizeof *kept_headers; i++) {
        struct buffer *kept = &arrival->kept[kept_headers[i].kept];
        if (kept->size == 0 && is_word(line, name_size, kept_headers[i].name))
            buffer_add(kept, value, value_size);
    }
}

bool
arrival_header(struct arrival *arrival, const char *line, size_t size)
{
    arrival->header_bytes += size;
    if (arrival->header_bytes > ARRIVAL_HEADERS_MAX) {
        arrival->excess = "the answer has more than 100 KiB of headers";
        return false;
    }
    if (arrival->headers_ended)
        return true; /* a trailer: nothing in it may change what the headers said */
    bool blank = (size == 2 && memcmp(line, "\r\n", 2) == 0) || (size == 1 && *line == '\n');
    if (blank) {
        /* 1xx answers are forerunners; the final one has headers of its own. */
        arrival->headers_ended = arrival->status >= 200;
    } else if (size >= 5 && memcmp(line, "HTTP/", 5) == 0) {
        arrival->status = status_of(line, size);
        arrival->ending = ENDING_NONE;
        for (size_t i = 0; i < KEPT_COUNT; i++)
            buffer_clear(&arrival->kept[i]);
    } else {
        note_header(arrival, line, size);
    }
    return true;
}

bool
arrival_body(struct arrival *arrival, const void *bytes, size_t size)
{
    if (size > ARRIVAL_BODY_MAX - arrival->body.size) {
        arrival->excess = "the answer is larger than 8 MiB";
        return false;
    }
    buffer_add(&arrival->body, bytes, size);
    return true;
}

/* RFC 9110 6.4.1: these end with their headers whatever they announce. */
static bool
has_no_body(int status)
{
    return status == 204 || status == 304;
}

bool
arrival_is_whole(const struct arrival *arrival, bool ended)
{
    if (!ended || !arrival->headers_ended || arrival->excess)
        return false;
    if (has_no_body(arrival->status))
        return arrival->body.size == 0;
    return arrival->ending == ENDING_CHUNKS ||
           (arrival->ending == ENDING_LENGTH && arrival->length == arrival->body.size);
}

char *
arrival_lack(const struct arrival *arrival, struct arena *arena)
{
    if (!arrival->headers_ended)
        return arena_copy(arena, arrival->status ? "the answer was cut off within its headers"
                                                 : "the connection ended before an answer began");
    if (arrival->ending == ENDING_LENGTH)
        return arena_print(arena, "the answer was cut off: %zu of %" PRIu64 " bytes came",
                           arrival->body.size, arrival->length);
    if (arrival->ending == ENDING_CHUNKS)
        return arena_copy(arena, "the answer was cut off: its last chunk did not come");
    if (arrival->ending == ENDING_CONTRADICTORY)
        return arena_copy(arena, "the answer contradicts itself about where it ends");
    return arena_copy(arena, "the answer does not say where it ends, so it may be cut off");
}

void
arrival_close(struct arrival *arrival)
{
    for (size_t i = 0; i < KEPT_COUNT; i++)
        buffer_close(&arrival->kept[i]);
    buffer_close(&arrival->body);
}
