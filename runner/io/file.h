/* Whole files and folders, by path. */
#ifndef IO_FILE_H
#define IO_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/stamp.h"

/* Adds a file's bytes to `content`. Only a regular file (a link to one is followed), of at most
 * `limit_bytes`. When there is none: *exists becomes false and that is no error; with `exists`
 * NULL it is one. Errors carry STATUS_INVALID: it was the person's file. */
bool file_read(const char *path, size_t limit_bytes, struct buffer *content, bool *exists,
               struct error *err);

/* How a file compares with other bytes. */
struct file_match {
    size_t alike;      /* bytes in which both begin alike */
    size_t whole_size; /* of the file, in whole lines */
};

/* Compares a file with `size` bytes, without holding it in memory. As file_read otherwise. */
bool file_compare(const char *path, size_t limit_bytes, const char *bytes, size_t size,
                  struct file_match *match, bool *exists, struct error *err);

/* Adds the beginning of a file, `most_bytes` or fewer. False when it is no regular file or cannot
 * be read. */
bool file_read_beginning(const char *path, size_t most_bytes, struct buffer *content);

/* Puts a file in place whole or not at all, durably: written beside under another name, synced,
 * renamed. `mode` is taken as it is, whatever the umask. A link is followed; anything there that
 * is not a regular file is refused. */
bool file_write(const char *path, const void *bytes, size_t size, unsigned mode, struct error *err);

/* True when something of that name is there, whatever it is. */
bool file_exists(const char *path);

/* "PATH.WHAT-TIME", or "PATH.WHAT-TIME-2" and so on: a name beside a file that nothing has yet. */
char *file_name_beside(const char *path, const char *what, stamp_t now_ms, struct arena *arena);

/* A path relative to the folder of `base_file`; an absolute one stays as it is. */
char *file_beside(struct arena *arena, const char *base_file, const char *relative);

/* The path with links followed as far as it exists; one that is not there yet is found through its
 * folder. */
char *file_real(const char *path, struct arena *arena);

/* Who besides its owner (and root) can get at what a file holds, in words that follow its name;
 * NULL when nobody can. */
const char *file_exposure(const char *path);

/* Gives a file another name in its file system, durably; nothing may have that name yet. */
bool file_move(const char *path, const char *to, struct error *err);

/* Makes a folder and those above it, mode 0700. One that is there already is fine. */
bool file_folder_make(const char *path, struct error *err);

/* A new empty folder, mode 0700, under $TMPDIR or /tmp. NULL when it cannot be made. */
char *file_temporary_folder(struct arena *arena, struct error *err);

/* Removes a folder that file_temporary_folder made, with the files directly in it. Anything that
 * does not look like one is left alone. */
void file_folder_remove(const char *path);

#endif
