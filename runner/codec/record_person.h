/* Whom a journal's lines name, and the same lines without: bytes in, bytes out. Nothing is
 * verified, because a file that was cut or damaged names people too. */
#ifndef CODEC_RECORD_PERSON_H
#define CODEC_RECORD_PERSON_H

#include "base/buffer.h"
#include "base/digest.h"
#include "base/index.h"
#include "base/stamp.h"

/* What stands as its key, its time. False when it states none. */
bool record_states_key(const char *line, size_t size, char key[DIGEST_TEXT_SIZE]);
bool record_states_at(const char *line, size_t size, stamp_t *at_ms);

/* True for a line with a member `person`, also when it is cut within it. */
bool record_has_person(const char *line, size_t size);

/* What stands in it as the worker. False when none does. */
bool record_states_worker(const char *line, size_t size, char worker[DIGEST_TEXT_SIZE]);

/* Adds the line, or what there is of it, without the member. Its sums stay what they are. */
void record_leave_person(const char *line, size_t size, struct buffer *out);

/* True when an id stands anywhere in these bytes, and not as a part of another one. */
bool bytes_name(const char *bytes, size_t size, const char *id);

/* The same for any of several. */
bool bytes_name_any(const char *bytes, size_t size, const struct index *ids);

/* How far two journals consist of the same records, whether or not these name a person: the size of
 * those whole lines in each. */
struct alike {
    size_t here, there;
    bool names_less; /* some line here has no person, and the same one there has */
};

struct alike records_alike(const char *here, size_t here_size, const char *there,
                           size_t there_size);

#endif
