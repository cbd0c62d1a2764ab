/* One line of a journal: as it comes, or sealed here with the sums it should have, so that what is
 * behind the sums is reached too. A record that was read can be written and read again, and is the
 * same bytes from then on. The reader of canonical lines is held against jansson: what it reads,
 * jansson reads alike, and it reads whatever was written. */
#include "fuzz.h"

#include "base/buffer.h"
#include "codec/record.h"
#include "codec/record_json.h"
#include "codec/record_line.h"
#include "codec/record_stated.h"

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

/* Two readings of one line are one record when they are written alike. */
static void
same_claim(const struct entry *one, const struct entry *other)
{
    struct buffer first = {0}, second = {0};
    char sum[DIGEST_TEXT_SIZE] = "", other_sum[DIGEST_TEXT_SIZE] = "";
    record_encode(one, sum, &first);
    record_encode(other, other_sum, &second);
    if (strcmp(first.bytes, second.bytes) != 0)
        fprintf(stderr, "%s%s", first.bytes, second.bytes);
    CLAIM(strcmp(first.bytes, second.bytes) == 0);
    buffer_close(&first);
    buffer_close(&second);
}

/* True when the line is canonical; then jansson reads the same, and the person stands where a
 * search finds it. The line is a copy of exactly its size. */
static bool
is_canonical(const char *bytes, size_t size, struct arena *arena)
{
    struct entry own = {0}, jansson = {0};
    struct error err = {0};
    struct person_span person;
    struct feed feed = {(const uint8_t *)bytes, size};
    char *line = feed_rest(&feed, &size);
    bool canonical = record_line_read(line, size, &own, &person, arena);
    if (canonical) {
        struct person_span found = record_person_span(line, size - RECORD_TAIL_SIZE);
        if (!record_json_read(line, size, &jansson, arena, &err))
            fprintf(stderr, "%.*s\n%s\n", (int)size, line, err.text);
        CLAIM(!err.text[0]);
        same_claim(&own, &jansson);
        CLAIM(person.begin == found.begin && person.end == found.end);
    }
    free(line);
    return canonical;
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
    CLAIM(is_canonical(line->bytes, line->size - 1, arena));
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
    is_canonical(line.bytes, line.size, &arena);
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
