/* The bytes of one file of the simulated disk: what the cache shows, what the disk has. */
#include <string.h>

#include "scene.h"
#include "volume.h"

static void
content_resize(struct stored *content, size_t size)
{
    if (size > content->capacity) {
        content->capacity = size * 2 < 4096 ? 4096 : size * 2;
        content->bytes = world_alloc(content->bytes, content->capacity);
    }
    if (size > content->size)
        memset(content->bytes + content->size, 0, size - content->size);
    content->size = size;
}

static void
content_copy(struct stored *to, const struct stored *from)
{
    content_resize(to, from->size);
    if (from->size)
        memcpy(to->bytes, from->bytes, from->size);
}

static void
dirty_have(struct volume_file *file, size_t sectors)
{
    if (sectors <= file->dirty_capacity)
        return;
    size_t wider = sectors * 2 < 64 ? 64 : sectors * 2;
    file->dirty = world_alloc(file->dirty, wider);
    memset(file->dirty + file->dirty_capacity, 0, wider - file->dirty_capacity);
    file->dirty_capacity = wider;
}

void
volume_write(struct volume_file *file, const void *bytes, size_t size, size_t offset)
{
    if (size == 0)
        return;
    file->size_dirty |= offset + size > file->cached.size;
    if (offset + size > file->cached.size)
        content_resize(&file->cached, offset + size);
    memcpy(file->cached.bytes + offset, bytes, size);
    size_t last = (offset + size - 1) / SECTOR_BYTES;
    dirty_have(file, last + 1);
    for (size_t sector = offset / SECTOR_BYTES; sector <= last; sector++)
        file->dirty[sector] = true;
}

void
volume_cut(struct volume_file *file, size_t size)
{
    file->size_dirty |= size != file->cached.size;
    content_resize(&file->cached, size);
    file->reserved = 0;
    for (size_t sector = (size + SECTOR_BYTES - 1) / SECTOR_BYTES; sector < file->dirty_capacity;
         sector++)
        file->dirty[sector] = false;
}

/* Brings one sector of the cache to the disk, as far as the disk's size goes. */
static void
sector_settle(struct volume_file *file, size_t sector)
{
    size_t begin = sector * SECTOR_BYTES, end = begin + SECTOR_BYTES;
    end = end < file->cached.size ? end : file->cached.size;
    end = end < file->durable.size ? end : file->durable.size;
    if (begin < end)
        memcpy(file->durable.bytes + begin, file->cached.bytes + begin, end - begin);
}

static void
dirty_clear(struct volume_file *file)
{
    if (file->dirty_capacity)
        memset(file->dirty, 0, file->dirty_capacity);
    file->size_dirty = false;
}

void
volume_sync(struct volume_file *file)
{
    content_resize(&file->durable, file->cached.size);
    for (size_t sector = 0; sector < file->dirty_capacity; sector++)
        if (file->dirty[sector])
            sector_settle(file, sector);
    dirty_clear(file);
}

void
volume_sync_fails(struct volume_file *file)
{
    if (dice_hit(500))
        content_resize(&file->durable, file->cached.size);
    bool size_dirty = file->cached.size != file->durable.size;
    dirty_clear(file);
    file->size_dirty = size_dirty;
}

/* What of a file the disk has after all. */
static void
survive(struct volume_file *file)
{
    bool torn = dice_hit(scene.odds.torn), whole = dice_hit(500);
    size_t old_size = file->durable.size, new_size = file->cached.size;
    if (!torn && !whole)
        return;
    if (torn && file->size_dirty) {
        size_t low = old_size < new_size ? old_size : new_size;
        size_t high = old_size < new_size ? new_size : old_size;
        size_t between =
            (low / SECTOR_BYTES + dice_below(high / SECTOR_BYTES - low / SECTOR_BYTES + 1)) *
            SECTOR_BYTES;
        size_t choices[] = {old_size, new_size, between < low ? low : between};
        new_size = choices[dice_below(old_size < new_size ? 3 : 2)];
    }
    content_resize(&file->durable, new_size);
    for (size_t sector = 0; sector < file->dirty_capacity; sector++)
        if (file->dirty[sector] && (!torn || dice_hit(500)))
            sector_settle(file, sector);
}

void
sectors_survive(struct volume_file *file)
{
    bool dirty = file->size_dirty;
    for (size_t sector = 0; !dirty && sector < file->dirty_capacity; sector++)
        dirty = file->dirty[sector];
    if (dirty)
        survive(file);
    content_copy(&file->cached, &file->durable);
    dirty_clear(file);
    file->reserved = 0;
    file->holder = -1;
}
