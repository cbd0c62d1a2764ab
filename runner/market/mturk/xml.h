/* The little XML that this service speaks: elements with elements or text in them. What has no
 * place there and has done harm elsewhere is refused: document types, and with them entities and
 * external files. Attributes are passed over, and so are prefixes of names. */
#ifndef MARKET_MTURK_XML_H
#define MARKET_MTURK_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { XML_SIZE_BYTES_MAX = 1024 * 1024, XML_DEPTH_MAX = 64 };

/* Who is told. Both say what is wrong with an element, which ends the reading, or NULL. */
struct xml_listener {
    void *context;

    /* An element begins; the root's depth is 1. */
    const char *(*enter)(void *context, const char *name, unsigned depth);

    /* It ends. `text` is what stands in it, NULL when that is elements; it does not live on. */
    const char *(*leave)(void *context, const char *name, unsigned depth, const char *text);
};

/* Reads one document, always as UTF-8: the service's own header says ASCII, which is the same, and
 * it has been through JSON since, which is UTF-8 whatever the header says. NULL when all is well;
 * else what is wrong, in the arena. */
const char *mturk_xml_read(const char *bytes, size_t size_bytes,
                           const struct xml_listener *listener, struct arena *arena);

#endif
