#define _GNU_SOURCE /* memmem */

#include "engine/mirror.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "codec/record_person.h"
#include "codec/record_stated.h"
#include "engine/state.h"
#include "io/file.h"
#include "io/store.h"

enum { PATHS_BYTES_MAX = 1024 * 1024 };

void
mirror_init(struct mirror *mirror, struct arena *arena)
{
    const char *state = state_folder(arena);
    *mirror = (struct mirror){.trail = {.descriptor = -1}};
    mirror->folder = state ? arena_print(arena, "%s/journals", state) : NULL;
}

const char *
mirror_lock_path(const char *id, struct arena *arena)
{
    struct mirror mirror;
    struct error ignored = {0};
    mirror_init(&mirror, arena);
    bool there = mirror.folder && file_folder_make(mirror.folder, &ignored);
    return there ? arena_print(arena, "%s/%s.lock", mirror.folder, id) : NULL;
}

/* The file that lists which journals a path has had. */
static const char *
paths_file(const struct mirror *mirror, const char *journal_path, struct arena *arena)
{
    const char *real = file_real(journal_path, arena);
    char digest[DIGEST_TEXT_SIZE];
    digest_hex(real, strlen(real), digest);
    return arena_print(arena, "%s/paths/%s", mirror->folder, digest);
}

static const char *
mirror_file(const struct mirror *mirror, const char *id, struct arena *arena)
{
    return arena_print(arena, "%s/%s.jsonl", mirror->folder, id);
}

/* That nothing can be read is not taken for nothing being there: else a copy would be begun anew
 * over what it kept. Not where there can be none. */
static void
unread_note(struct mirror *mirror, const char *path)
{
    mirror->unread |= file_exists(path);
}

static bool
content_read(struct mirror *mirror, const char *path, size_t bytes_max, struct buffer *content)
{
    struct error ignored = {0};
    bool exists = false;
    if (file_read(path, bytes_max, content, &exists, &ignored))
        return exists;
    buffer_close(content); /* what was read of it before it failed */
    unread_note(mirror, path);
    return false;
}

/* The IDs that a path has had, oldest first, as one text with an end of line behind each. */
static const char *
ids_read(struct mirror *mirror, const char *journal_path, struct arena *arena)
{
    struct buffer content = {0};
    const char *path = paths_file(mirror, journal_path, arena), *text = "";
    if (content_read(mirror, path, PATHS_BYTES_MAX, &content) && content.size)
        text = arena_text(arena, content.bytes, content.size);
    buffer_close(&content);
    return text;
}

static bool
ids_have(const char *ids, const char *id, struct arena *arena)
{
    return strstr(ids, arena_print(arena, "%s\n", id)) != NULL;
}

/* The copy is not synced, so a power loss may leave half a line, or zeros, at its end. */
static size_t
whole_lines(const struct buffer *mirrored)
{
    size_t size = mirrored->size;
    while (size && mirrored->bytes[size - 1] != '\n')
        size--;
    return size;
}

/* True when the rest of a copy has the journal's own bytes but for zeros, which no record has:
 * blocks that a power loss kept from the disk. */
static bool
rest_has_holes(const char *here, size_t here_size, const char *there, size_t there_size)
{
    if (there_size > here_size)
        return false;
    for (size_t i = 0; i < there_size; i++)
        if (there[i] != here[i] && there[i] != '\0')
            return false;
    return true;
}

/* True when a hole is where the copy stops being like the journal, each line behind it that can be
 * read is one of the journal's, in their order, and the last one can be: what cannot be read stands
 * between records that the journal has, and is no other history. */
static bool
rest_is_known(const struct buffer *content, size_t verified, const struct buffer *mirrored,
              struct alike alike, size_t whole)
{
    char mark[DIGEST_TEXT_SIZE + 16], sum[DIGEST_TEXT_SIZE];
    size_t here = alike.here, size;
    bool read = false;
    for (size_t there = alike.there; there < whole; there += size) {
        const char *line = mirrored->bytes + there;
        size = (size_t)((const char *)memchr(line, '\n', whole - there) - line) + 1;
        read = !memchr(line, '\0', size);
        if (read && there == alike.there)
            return false;
        if (!read)
            continue;
        if (!record_states_sum(line, size - 1, sum))
            return false;
        int length = snprintf(mark, sizeof mark, "\"sum\":\"%s\"", sum);
        const char *found = memmem(content->bytes + here, verified - here, mark, (size_t)length);
        if (!found)
            return false;
        here = (size_t)(found - content->bytes) + (size_t)length;
    }
    return read;
}

/* Record by record, where the bytes differ: people may have been erased from one of the two. */
static enum mirror_sight
records_compare(struct mirror *mirror, const struct buffer *content, size_t verified,
                size_t *missing)
{
    struct buffer mirrored = {0};
    if (!content_read(mirror, mirror->path, STORE_BYTES_MAX, &mirrored))
        return MIRROR_AGREES; /* unread now */
    size_t whole = whole_lines(&mirrored);
    struct alike alike = records_alike(content->bytes, verified, mirrored.bytes, whole);
    bool known = rest_has_holes(content->bytes + alike.here, verified - alike.here,
                                mirrored.bytes + alike.there, mirrored.size - alike.there) ||
                 rest_is_known(content, verified, &mirrored, alike, whole);
    buffer_close(&mirrored);
    mirror->whole_size = known ? alike.there : whole;
    mirror->names_more = alike.names_less;
    *missing = verified - alike.here;
    if (known)
        return MIRROR_AGREES;
    if (alike.here < verified && alike.there < whole)
        return MIRROR_DIFFERS;
    return alike.there < whole ? MIRROR_AHEAD : MIRROR_AGREES;
}

/* The journal against its own mirror, byte by byte as long as nothing was erased. */
static enum mirror_sight
bytes_compare(struct mirror *mirror, const struct buffer *content, size_t verified, size_t *missing)
{
    struct file_match match;
    struct error ignored = {0};
    bool exists = false;
    if (!file_compare(mirror->path, STORE_BYTES_MAX, content->bytes, verified, &match, &exists,
                      &ignored)) {
        unread_note(mirror, mirror->path);
        return MIRROR_AGREES;
    }
    size_t common = verified < match.whole_size ? verified : match.whole_size;
    mirror->whole_size = match.whole_size;
    if (match.alike < common)
        return records_compare(mirror, content, verified, missing);
    *missing = verified - common;
    return match.whole_size > verified ? MIRROR_AHEAD : MIRROR_AGREES;
}

enum mirror_sight
mirror_look(struct mirror *mirror, const char *journal_path, const char *id,
            const struct buffer *content, size_t verified, size_t *missing, struct arena *arena)
{
    *missing = verified;
    if (!mirror->folder)
        return MIRROR_AGREES;
    enum mirror_sight sight = MIRROR_AGREES;
    mirror->whole_size = 0;
    mirror->path = id ? mirror_file(mirror, id, arena) : NULL;
    if (id)
        sight = bytes_compare(mirror, content, verified, missing);
    const char *ids = ids_read(mirror, journal_path, arena);
    bool other = id ? *ids && !text_same(ids, arena_print(arena, "%s\n", id)) : *ids != '\0';
    if (mirror->unread)
        return MIRROR_UNREAD;
    return sight == MIRROR_AGREES && other ? MIRROR_OTHER : sight;
}

bool
mirror_read(struct mirror *mirror, const char *id, struct buffer *content, struct arena *arena)
{
    if (!mirror->folder ||
        !content_read(mirror, mirror_file(mirror, id, arena), STORE_BYTES_MAX, content))
        return false;
    content->size = whole_lines(content);
    return true;
}

size_t
mirror_ids(struct mirror *mirror, const char *journal_path, const char ***ids, struct arena *arena)
{
    size_t count = 0, capacity = 0;
    const char *at = mirror->folder ? ids_read(mirror, journal_path, arena) : "";
    *ids = NULL;
    for (size_t size; (size = strcspn(at, "\n")); at += size + (at[size] == '\n')) {
        *ids = arena_push(arena, *ids, count, &capacity, sizeof **ids);
        (*ids)[count++] = arena_text(arena, at, size);
    }
    return count;
}

static void
give_up(struct mirror *mirror, const struct error *trouble, struct problems *warnings)
{
    if (!mirror->failed)
        problem_at(warnings, (struct where){mirror->path, 0, 0},
                   "no second copy of the journal is kept: %s", trouble->text);
    mirror->failed = true;
    mirror_close(mirror);
}

/* Adds the journal to those that its path has had. */
static bool
path_note(struct mirror *mirror, const char *journal_path, const char *id, struct arena *arena,
          struct error *err)
{
    const char *ids = ids_read(mirror, journal_path, arena);
    if (mirror->unread)
        return error_say(err, "what is kept there cannot be read");
    if (ids_have(ids, id, arena))
        return true;
    const char *more = arena_print(arena, "%s%s\n", ids, id);
    return file_folder_make(arena_print(arena, "%s/paths", mirror->folder), err) &&
           file_write(paths_file(mirror, journal_path, arena), more, strlen(more), 0600, err);
}

void
mirror_begin(struct mirror *mirror, const char *journal_path, const char *id, const void *lacking,
             size_t lacking_size, struct problems *warnings, struct arena *arena)
{
    struct error trouble = {0};
    if (mirror->open || mirror->failed)
        return;
    if (!mirror->folder) {
        mirror->path = journal_path;
        error_say(&trouble, "neither XDG_STATE_HOME nor HOME names a folder for it");
        give_up(mirror, &trouble, warnings);
        return;
    }
    mirror->path = mirror_file(mirror, id, arena);
    mirror->open = path_note(mirror, journal_path, id, arena, &trouble) &&
                   trail_open(&mirror->trail, mirror->path, mirror->whole_size, &trouble);
    if (!mirror->open)
        give_up(mirror, &trouble, warnings);
    else if (lacking_size)
        mirror_add(mirror, lacking, lacking_size, warnings);
}

void
mirror_add(struct mirror *mirror, const void *bytes, size_t size, struct problems *warnings)
{
    struct error trouble = {0};
    if (mirror->open && !trail_add(&mirror->trail, bytes, size, &trouble))
        give_up(mirror, &trouble, warnings);
}

bool
mirror_recall(struct mirror *mirror, const char *journal_path, struct buffer *content,
              struct arena *arena, struct error *err)
{
    const char *ids = mirror->folder ? ids_read(mirror, journal_path, arena) : "";
    size_t size = strlen(ids);
    if (size == 0)
        return error_end(err, STATUS_JOURNAL,
                         "this machine has kept no second copy of a journal at %s", journal_path);
    size_t begin = size - 1;
    while (begin > 0 && ids[begin - 1] != '\n')
        begin--;
    const char *id = arena_text(arena, ids + begin, size - 1 - begin);
    const char *path = mirror_file(mirror, id, arena);
    return content_read(mirror, path, STORE_BYTES_MAX, content) ||
           error_end(err, STATUS_JOURNAL, "the second copy %s cannot be read", path);
}

void
mirror_close(struct mirror *mirror)
{
    if (mirror->open)
        trail_close(&mirror->trail);
    mirror->open = false;
}
