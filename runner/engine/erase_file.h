/* One file without the people whom an erasure means. Used by `engine/erase`. */
#ifndef ENGINE_ERASE_FILE_H
#define ENGINE_ERASE_FILE_H

#include "engine/erase.h"

/* Adds the bytes of a journal, or of what is left of one, without those people. `same` when they
 * are the journal's own records, whose numbers count. The number of records that change. */
size_t erase_bytes(const struct journal *journal, const struct erasure *erasure, bool same,
                   const struct buffer *bytes, struct buffer *out);

/* Finds the second copies that may name them, and what lies beside the journal. */
bool erase_files_find(struct journal *journal, struct erasure *erasure, struct error *err);

/* Reads such a file, and what is to stand in its place. False with err when it cannot be read. */
bool erase_file_read(const struct journal *journal, const struct erasure *erasure,
                     struct erase_file *file, struct buffer *out, struct error *err);

/* Writes it anew, or removes it. */
bool erase_file_write(struct journal *journal, const struct erasure *erasure,
                      struct erase_file *file, struct error *err);

#endif
