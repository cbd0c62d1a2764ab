/* The door: Signature Version 4, checked the way AWS checks it
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html). Nobody inside sees a call whose
 * signature does not hold. */
#ifndef SIM_GATE_H
#define SIM_GATE_H

#include "base/arena.h"
#include "base/sign.h"
#include "base/stamp.h"
#include "sim/call.h"
#include "sim/world.h"

enum gate {
    GATE_OPEN,
    GATE_UNSIGNED,  /* no Authorization header */
    GATE_MALFORMED, /* one that cannot be read, or that leaves out what must be signed */
    GATE_STRANGER,  /* a key id or a session token that is not known */
    GATE_FORGED,    /* the signature is not the one this call would have */
    GATE_LATE,      /* signed more than five minutes before the service's clock */
    GATE_EARLY,     /* … or after it */
};

struct gate_verdict {
    enum gate gate;
    const char *message; /* in AWS's words; NULL when open */
};

/* What a signature must fit. Deriving a key costs four HMACs and gives the same all day, so the
 * day's key is kept. */
struct gate_lock {
    const struct credentials *credentials;
    struct sign_scope scope;
    char day[9]; /* of the key, "20261123"; empty: none yet */
    unsigned char key[DIGEST_SIZE];
};

struct gate_verdict gate_check(const struct call *call, struct gate_lock *lock, stamp_t now_ms,
                               struct arena *arena);

/* The error type of a verdict, as services with JSON and as services with XML call it. */
const char *gate_json_type(enum gate gate);
const char *gate_xml_code(enum gate gate);

#endif
