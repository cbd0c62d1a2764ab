/* One line of a journal: as it comes, or sealed here with the sums it should have, so that what is
 * behind the sums is reached too. A record that was read can be written and read again, and is the
 * same bytes from then on. */
#include "fuzz.h"

#include "base/buffer.h"
#include "codec/record.h"
#include "codec/record_sum.h"

/* `{"seq":0,…` NUL `{"worker":…}`, or nothing behind the NUL for a record without a person. */
static void
seal(struct feed *feed, struct buffer *line, struct arena *arena)
{
    size_t size;
    char sum[DIGEST_TEXT_SIZE];
    buffer_text(line, feed_text(feed, &size, arena));
    const char *person = feed_text(feed, &size, arena);
    if (size) {
        digest_hex(person, size, sum);
        buffer_print(line, ",\"person\":%s,\"person_sum\":\"%s\"", person, sum);
    }
    const char *bytes = line->bytes ? line->bytes : "";
    record_sum_make(bytes, line->size, record_person_span(bytes, line->size), "", sum);
    buffer_print(line, ",\"sum\":\"%s\"}", sum);
}

/* Writes a record and reads it again. */
static void
again(struct entry *entry, struct buffer *line, struct arena *arena)
{
    char written[DIGEST_TEXT_SIZE] = "", read[DIGEST_TEXT_SIZE] = "";
    struct error err = {0};
    buffer_clear(line);
    record_encode(entry, written, line);
    bool works = record_decode(line->bytes, line->size - 1, read, entry, arena, &err);
    if (!works)
        fprintf(stderr, "%s%s\n", line->bytes, err.text);
    CLAIM(works);
    CLAIM(strcmp(read, written) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct buffer line = {0}, first = {0}, second = {0};
    struct feed feed = {bytes, size};
    struct entry entry;
    struct error err = {0};
    char sum[DIGEST_TEXT_SIZE] = "";
    if (feed_byte(&feed) == 'r')
        buffer_add(&line, feed.bytes, feed.left);
    else
        seal(&feed, &line, &arena);
    if (line.size && record_decode(line.bytes, line.size, sum, &entry, &arena, &err)) {
        again(&entry, &first, &arena);
        again(&entry, &second, &arena);
        CLAIM(first.size == second.size && memcmp(first.bytes, second.bytes, first.size) == 0);
    }
    buffer_close(&line);
    buffer_close(&first);
    buffer_close(&second);
    arena_close(&arena);
    return 0;
}
