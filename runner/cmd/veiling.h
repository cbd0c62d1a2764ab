/* How a report names people: by other names under this machine's key, or, when that was asked for,
 * by their IDs. */
#ifndef CMD_VEILING_H
#define CMD_VEILING_H

#include "cmd/session.h"
#include "core/veil.h"
#include "engine/name_key.h"

struct veiling {
    const struct name_key *key;
    struct session *session; /* whose journal knows the people of the texts that are cleared now */
    bool names_shown;
};

/* `veiling` must live as long. */
struct veil veiling_veil(struct veiling *veiling);

#endif
