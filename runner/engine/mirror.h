/* A second copy of every journal, out of the way, so that a deleted, restored or cut journal is
 * noticed instead of believed.
 *
 *     $XDG_STATE_HOME/bursar/journals/ID.jsonl        the same lines, added after they are durable
 *     $XDG_STATE_HOME/bursar/journals/ID.lock         held by who adds to the journal, in any folder
 *     $XDG_STATE_HOME/bursar/journals/paths/DIGEST    which journals a path has had: one ID a line
 *
 * (~/.local/state without XDG_STATE_HOME.) Nothing depends on the mirror being there: when it
 * cannot be written, that is said once, and the run goes on. */
#ifndef ENGINE_MIRROR_H
#define ENGINE_MIRROR_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "io/trail.h"

struct mirror {
    const char *folder; /* NULL: there is no place for one */
    const char *path;   /* of this journal's mirror */
    size_t whole_size;  /* of what it holds in whole lines, as mirror_look found it */
    struct trail trail;
    bool open;
    bool failed; /* said already */
    bool unread; /* something that is kept could not be read */
    bool names_more; /* people who are not in the journal any more */
};

/* How a journal compares with what was mirrored. */
enum mirror_sight {
    MIRROR_AGREES,  /* as far as the mirror goes */
    MIRROR_AHEAD,   /* the mirror holds records that the journal has lost */
    MIRROR_DIFFERS, /* two histories of one journal */
    MIRROR_OTHER,   /* the path had another journal before */
    MIRROR_UNREAD,  /* something is kept, and cannot be read now */
};

void mirror_init(struct mirror *mirror, struct arena *arena);

/* The file to be locked by who adds to the journal with that ID. NULL when there is no place for
 * it. */
const char *mirror_lock_path(const char *id, struct arena *arena);

/* Compares a journal's bytes, as far as they verify, with its mirror. `id` is NULL when there is no
 * journal at `journal_path`. `*missing` is how many bytes at the end the mirror lacks. */
enum mirror_sight mirror_look(struct mirror *mirror, const char *journal_path, const char *id,
                              const struct buffer *content, size_t verified, size_t *missing,
                              struct arena *arena);

/* The second copy of the journal with that ID, as far as it holds whole lines. False when there is
 * none. */
bool mirror_read(struct mirror *mirror, const char *id, struct buffer *content,
                 struct arena *arena);

/* The IDs of the journals that a path has had, oldest first. */
size_t mirror_ids(struct mirror *mirror, const char *journal_path, const char ***ids,
                  struct arena *arena);

/* Begins to mirror: notes the path, and adds what the mirror lacks. Failures become a warning. */
void mirror_begin(struct mirror *mirror, const char *journal_path, const char *id,
                  const void *lacking, size_t lacking_size, struct problems *warnings,
                  struct arena *arena);

/* Adds lines that are durable in the journal. */
void mirror_add(struct mirror *mirror, const void *bytes, size_t size, struct problems *warnings);

/* The mirror of the journal that was last at a path: its bytes. False with err when there is none.
 */
bool mirror_recall(struct mirror *mirror, const char *journal_path, struct buffer *content,
                   struct arena *arena, struct error *err);

void mirror_close(struct mirror *mirror);

#endif
