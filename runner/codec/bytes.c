#include "codec/bytes.h"

#include <string.h>

#include "base/text.h"

enum { KEYS_SAID_MAX = 10, KEY_ID_SIZE = 20 };

struct where
bytes_place(const char *path, const char *bytes, size_t offset)
{
    struct where where = {path, 1, 1};
    for (size_t i = 0; i < offset; i++) {
        where.column += ((unsigned char)bytes[i] & 0xc0) != 0x80;
        if (bytes[i] == '\n' || (bytes[i] == '\r' && !(i + 1 < offset && bytes[i + 1] == '\n'))) {
            where.line++;
            where.column = 1;
        }
    }
    return where;
}

void
bytes_refuse_keys(const char *path, const char *bytes, size_t size_bytes, struct problems *problems)
{
    size_t said = 0;
    for (size_t at = 0; at + KEY_ID_SIZE <= size_bytes && said < KEYS_SAID_MAX; at++) {
        if (memcmp(bytes + at, "AKIA", 4) != 0 && memcmp(bytes + at, "ASIA", 4) != 0)
            continue;
        /* With the characters before and behind, which must not belong to the same word. */
        char window[KEY_ID_SIZE + 3] = {0};
        window[0] = at ? bytes[at - 1] : ' ';
        memcpy(window + 1, bytes + at, KEY_ID_SIZE);
        window[KEY_ID_SIZE + 1] = at + KEY_ID_SIZE < size_bytes ? bytes[at + KEY_ID_SIZE] : ' ';
        if (!text_has_key(window))
            continue;
        said++;
        problem_at(problems, bytes_place(path, bytes, at),
                   "this looks like an AWS access key. No file of a campaign holds a "
                   "credential: take it out, and if others have seen the file, deactivate the "
                   "key");
    }
}
