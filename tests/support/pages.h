/* Files of the tree that tests hold the code against. */
#ifndef SUPPORT_PAGES_H
#define SUPPORT_PAGES_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/buffer.h"

/* Adds all of a file, whose path is below the folder of the tests. */
static void
page_load(const char *path, struct buffer *out)
{
    char whole[4096], bytes[4096];
    snprintf(whole, sizeof whole, "%s/%s", TESTS_FOLDER, path);
    FILE *file = fopen(whole, "rb");
    assert_non_null(file);
    for (size_t size; (size = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buffer_add(out, bytes, size);
    fclose(file);
}

#endif
