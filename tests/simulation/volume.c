/* The names of the simulated disk; `sectors.c` has the bytes. */
#include "volume.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "scene.h"

struct volume_name {
    char path[VOLUME_PATH_SIZE];
    struct volume_file *cached, *durable;
};

/* A change of one or two names that is not durable yet. */
struct change {
    struct volume_name *names[2];
    struct volume_file *files[2];
    size_t count;
};

enum { NAMES_MAX = 256, FILES_MAX = 256, CHANGES_MAX = 256 };

static struct {
    struct volume_name names[NAMES_MAX];
    size_t name_count;
    struct volume_file files[FILES_MAX];
    size_t file_count;
    struct change changes[CHANGES_MAX];
    size_t change_count;
} volume;

static struct volume_name *
name_find(const char *path)
{
    for (size_t i = 0; i < volume.name_count; i++)
        if (strcmp(volume.names[i].path, path) == 0)
            return &volume.names[i];
    return NULL;
}

static struct volume_name *
name_have(const char *path)
{
    struct volume_name *name = name_find(path);
    if (name)
        return name;
    if (volume.name_count == NAMES_MAX)
        wrong("the simulated disk has no more names");
    name = &volume.names[volume.name_count++];
    *name = (struct volume_name){0};
    snprintf(name->path, sizeof name->path, "%s", path);
    return name;
}

static struct change *
change_add(void)
{
    if (volume.change_count == CHANGES_MAX)
        wrong("the simulated disk has too many changes under way");
    struct change *change = &volume.changes[volume.change_count++];
    *change = (struct change){0};
    return change;
}

static void
change_name(struct change *change, struct volume_name *name, struct volume_file *file)
{
    name->cached = file;
    change->names[change->count] = name;
    change->files[change->count++] = file;
}

static void
change_settle(const struct change *change)
{
    for (size_t i = 0; i < change->count; i++)
        change->names[i]->durable = change->files[i];
}

static bool
is_in_folder(const char *path, const char *folder)
{
    size_t size = strlen(folder);
    return strncmp(path, folder, size) == 0 && path[size] == '/' && !strchr(path + size + 1, '/');
}

static struct volume_file *
file_new(bool folder)
{
    if (volume.file_count == FILES_MAX)
        wrong("the simulated disk has no more files");
    struct volume_file *file = &volume.files[volume.file_count++];
    *file = (struct volume_file){.folder = folder, .holder = -1};
    return file;
}

void
volume_begin(void)
{
    static const char *const folders[] = {"", "/lab", "/state"};
    volume_end();
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[VOLUME_PATH_SIZE];
        snprintf(path, sizeof path, "%s%s", VOLUME_ROOT, folders[i]);
        struct volume_name *name = name_have(path);
        name->cached = name->durable = file_new(true);
    }
}

void
volume_end(void)
{
    for (size_t i = 0; i < volume.file_count; i++) {
        world_free(volume.files[i].cached.bytes);
        world_free(volume.files[i].durable.bytes);
        world_free(volume.files[i].dirty);
    }
    volume.name_count = volume.file_count = volume.change_count = 0;
}

struct volume_file *
volume_find(const char *path)
{
    struct volume_name *name = name_find(path);
    return name ? name->cached : NULL;
}

struct volume_file *
volume_find_durable(const char *path)
{
    struct volume_name *name = name_find(path);
    return name ? name->durable : NULL;
}

bool
volume_folder_is(const char *path)
{
    char folder[VOLUME_PATH_SIZE];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (!slash)
        return false;
    *slash = '\0';
    struct volume_file *file = volume_find(folder);
    return file && file->folder;
}

struct volume_file *
volume_make(const char *path, bool folder)
{
    struct volume_file *file = file_new(folder);
    change_name(change_add(), name_have(path), file);
    return file;
}

void
volume_rename(const char *from, const char *to)
{
    struct change *change = change_add();
    struct volume_file *file = volume_find(from);
    change_name(change, name_have(to), file);
    change_name(change, name_have(from), NULL);
}

void
volume_link(const char *from, const char *to)
{
    change_name(change_add(), name_have(to), volume_find(from));
}

void
volume_unlink(const char *path)
{
    change_name(change_add(), name_have(path), NULL);
}

void
volume_sync_folder(const struct volume_file *folder)
{
    const char *path = NULL;
    for (size_t i = 0; i < volume.name_count; i++)
        if (volume.names[i].cached == folder)
            path = volume.names[i].path;
    size_t kept = 0;
    for (size_t i = 0; path && i < volume.change_count; i++) {
        if (is_in_folder(volume.changes[i].names[0]->path, path))
            change_settle(&volume.changes[i]);
        else
            volume.changes[kept++] = volume.changes[i];
    }
    volume.change_count = path ? kept : volume.change_count;
}

void
volume_power_loss(void)
{
    size_t reached = dice_below(volume.change_count + 1);
    for (size_t i = 0; i < reached; i++)
        change_settle(&volume.changes[i]);
    volume.change_count = 0;
    for (size_t i = 0; i < volume.name_count; i++)
        volume.names[i].cached = volume.names[i].durable;
    for (size_t i = 0; i < volume.file_count; i++) {
        struct volume_file *file = &volume.files[i];
        sectors_survive(file);
    }
}

void
volume_put(const char *path, const char *bytes, size_t size)
{
    struct volume_name *name = name_have(path);
    struct volume_file *file = file_new(false);
    volume_write(file, bytes, size, 0);
    volume_sync(file);
    change_name(change_add(), name, file);
    for (size_t i = 0; i < volume.change_count; i++)
        change_settle(&volume.changes[i]);
    volume.change_count = 0;
}

void
volume_remove_under(const char *prefix)
{
    for (size_t i = 0; i < volume.change_count; i++)
        change_settle(&volume.changes[i]);
    volume.change_count = 0;
    for (size_t i = 0; i < volume.name_count; i++)
        if (strncmp(volume.names[i].path, prefix, strlen(prefix)) == 0)
            volume.names[i].cached = volume.names[i].durable = NULL;
}
