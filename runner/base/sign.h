/* AWS Signature Version 4 for one POST to "/" without a query
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 * The time is an argument, so that a signature can be checked against a vector, corrected for a
 * wrong clock, and verified by the other side. */
#ifndef BASE_SIGN_H
#define BASE_SIGN_H

#include <stddef.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/exchange.h"
#include "base/stamp.h"

/* Where a signature is valid. */
struct sign_scope {
    const char *region;
    const char *service;
};

/* What is signed. Header names are lower-case and sorted by name, values as they travel; `host`
 * and `x-amz-date` are among them. */
struct sign_input {
    const char *method;
    const char *path;
    const char *query;
    const struct header *headers;
    size_t header_count;
    const void *body;
    size_t body_size;
    const char *amz_date; /* the value of x-amz-date */
};

/* What may be kept between two requests with one secret: the key of a day, which is most of the
 * work. `{0}`: nothing yet. To be wiped like the secret. */
struct sign_memory {
    char day[9];
    const struct sign_scope *scope;
    unsigned char key[DIGEST_SIZE];
};

/* The signature, hex. `secret` is the account's secret key; `memory` may be NULL. */
void sign_make(const struct sign_input *input, const struct sign_scope *scope, const char *secret,
               struct sign_memory *memory, char out[DIGEST_TEXT_SIZE], struct arena *arena);

/* The value of the Authorization header for that signature. */
char *sign_authorization(const struct sign_input *input, const struct sign_scope *scope,
                         const char *key_id, const char *signature, struct arena *arena);

/* Exposed for the test vectors: the hash of the canonical request and the derived key. */
void sign_canonical_hash(const struct sign_input *input, char out[DIGEST_TEXT_SIZE],
                         struct arena *arena);
void sign_key_derive(const char *secret, const char *amz_date, const struct sign_scope *scope,
                     unsigned char out[DIGEST_SIZE]);

#endif
