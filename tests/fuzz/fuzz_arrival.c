/* The bytes of an answer, cut into lines and pieces: it is whole only when its headers ended and
 * its body is as long as they say, however it came. */
#include "fuzz.h"

#include "io/arrival.h"

static size_t
line_length(const char *bytes, size_t size)
{
    const char *end = memchr(bytes, '\n', size);
    return end ? (size_t)(end - bytes) + 1 : size;
}

static void
take(struct arrival *arrival, const char *bytes, size_t size, size_t piece)
{
    bool goes_on = true;
    size_t at = 0;
    while (goes_on && at < size && !arrival->headers_ended) {
        size_t length = line_length(bytes + at, size - at);
        goes_on = arrival_header(arrival, bytes + at, length);
        at += length;
    }
    for (; goes_on && at < size; at += piece) {
        size_t length = piece < size - at ? piece : size - at;
        goes_on = arrival_body(arrival, bytes + at, length);
    }
    CLAIM(goes_on || arrival->excess);
}

static void
wholeness_claim(const struct arrival *arrival)
{
    CLAIM(!arrival_is_whole(arrival, false));
    if (!arrival_is_whole(arrival, true))
        return;
    CLAIM(arrival->headers_ended && !arrival->excess);
    CLAIM(arrival->status >= 200 && arrival->status <= 999);
    if (arrival->status == 204 || arrival->status == 304)
        CLAIM(arrival->body.size == 0);
    else
        CLAIM(arrival->ending == ENDING_CHUNKS ||
              (arrival->ending == ENDING_LENGTH && arrival->length == arrival->body.size));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arrival arrival = {0};
    struct arena arena = {0};
    struct feed feed = {bytes, size};
    size_t piece = (size_t)feed_byte(&feed) + 1;
    char *answer = feed_rest(&feed, &size);
    for (int i = 0; i < 2; i++) { /* again in the memory of the first */
        arrival_init(&arrival);
        take(&arrival, answer, size, piece);
        wholeness_claim(&arrival);
        CLAIM(arrival_lack(&arrival, &arena));
        for (size_t kept = 0; kept < KEPT_COUNT; kept++)
            if (arrival.kept[kept].size)
                CLAIM(!memchr(arrival.kept[kept].bytes, '\n', arrival.kept[kept].size));
    }
    free(answer);
    arrival_close(&arrival);
    arena_close(&arena);
    return 0;
}
