/* The disk of the simulated machine: what programs see (the page cache) and what would be left if
 * the power went now, for every file by 512-byte sectors, and for every name.
 *
 *     write, truncate         change the cache; the sectors, and the size, are dirty then
 *     sync of a file          makes its dirty sectors and its size durable, not its name
 *     sync of a folder        makes the names in it durable
 *     sync that failed        as on Linux: the sectors are clean, and NOT on the disk; the next
 *                             sync succeeds and says nothing of them
 *     power loss              each dirty sector, the size, and how far the changes of names came
 *                             are drawn; a size that came without its sectors shows zeros
 *
 * A process that is killed leaves the cache as it is. */
#ifndef SIMULATION_VOLUME_H
#define SIMULATION_VOLUME_H

#include <stdbool.h>
#include <stddef.h>

#define VOLUME_ROOT "/simulated"

enum { SECTOR_BYTES = 512, VOLUME_PATH_SIZE = 200 };

struct stored {
    char *bytes;
    size_t size, capacity;
};

struct volume_file {
    bool folder;
    struct stored cached, durable;
    bool *dirty; /* sectors of the cache that the disk does not have */
    size_t dirty_capacity;
    bool size_dirty;
    size_t reserved; /* up to here there is room on the disk */
    int holder;      /* the descriptor that has the flock, or -1 */
};

void volume_begin(void);
void volume_end(void);

/* By the names as programs see them, or as they would be after a power loss; NULL: no such name. */
struct volume_file *volume_find(const char *path);
struct volume_file *volume_find_durable(const char *path);

/* Where a file's folder is, with its names; false when there is none. */
bool volume_folder_is(const char *path);

struct volume_file *volume_make(const char *path, bool folder);
void volume_rename(const char *from, const char *to);
void volume_link(const char *from, const char *to);
void volume_unlink(const char *path);

void volume_write(struct volume_file *file, const void *bytes, size_t size, size_t offset);
void volume_cut(struct volume_file *file, size_t size);
void volume_sync(struct volume_file *file);
void volume_sync_fails(struct volume_file *file);
void volume_sync_folder(const struct volume_file *folder);

/* What of a file is left after a power loss. */
void sectors_survive(struct volume_file *file);

void volume_power_loss(void);

/* An operator's deeds, durable at once. */
void volume_put(const char *path, const char *bytes, size_t size);
void volume_remove_under(const char *prefix);

/* What the machine did to the process that runs, or that ran last. */
struct disturbance {
    bool any;     /* some call failed */
    bool journal; /* a call that should have made the journal grow, or durable, failed */
};

extern struct disturbance disturbance;

/* Closes what the process had open, and lets its locks go. */
void calls_end_process(void);

#endif
