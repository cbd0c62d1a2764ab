/* The house's one seam: how a request leaves and its answer comes back. The engine knows this
 * struct and nothing of sockets; `http.h` fills it for the world, tests fill it with scripts.
 *
 * An exchange is begun once and is over once. What is known of it then is in `struct reply`:
 * above all whether a byte of the request can have left (`sent`) and whether the answer is known
 * to be complete (`whole`). Nothing below this seam ever sends a request twice. */
#ifndef IO_TRANSPORT_H
#define IO_TRANSPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/exchange.h"

struct transport {
    void *self;

    /* Begins an exchange, known by `ticket` from then on. The request's texts must live until its
     * reply was taken. False only when nothing could begin (err says why; nothing was sent). */
    bool (*start)(void *self, uint64_t ticket, const struct request *request, struct error *err);

    /* Waits until an exchange is over, at most timeout_us (0: just looks). True: *ticket and
     * *reply are filled, texts in arena. False: none finished (time over, or the wake descriptor
     * fired). */
    bool (*wait)(void *self, int64_t timeout_us, uint64_t *ticket, struct reply *reply,
                 struct arena *arena);

    /* Gives up on an exchange; its reply will not come. It does not prove that the other side did
     * nothing. */
    void (*cancel)(void *self, uint64_t ticket);
};

#endif
