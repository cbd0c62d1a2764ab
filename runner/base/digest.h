/* SHA-256 and HMAC-SHA-256 (OpenSSL), as hex where people and files see them. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { DIGEST_SIZE = 32, DIGEST_TEXT_SIZE = 65 };

void digest_hex(const void *bytes, size_t size_bytes, char out[DIGEST_TEXT_SIZE]);

/* The same of pieces as if they stood one behind the other. `out` may be one of them. */
struct digest_piece {
    const void *bytes;
    size_t size_bytes;
};
void digest_pieces(const struct digest_piece *pieces, size_t count, char out[DIGEST_TEXT_SIZE]);

void digest_hmac(const void *key, size_t key_size, const void *bytes, size_t size_bytes,
                 unsigned char out[DIGEST_SIZE]);

/* Bytes as lower-case hex, two characters a byte and a NUL. */
void digest_print(const unsigned char *bytes, size_t size_bytes, char *out);

/* SHA-256 in base64 (RFC 4648, 4), as content policies name it. */
enum { DIGEST_BASE64_SIZE = 45 };
void digest_base64(const void *bytes, size_t size_bytes, char out[DIGEST_BASE64_SIZE]);

/* 64 lower-case hex digits and nothing else. */
bool digest_is(const char *text);

/* `size_bytes` of randomness from the operating system: for identities and salts, never for
 * anything that a rerun must find again. */
void digest_random(unsigned char *out, size_t size_bytes);

/* Wipes a secret so that no optimizer leaves it behind. */
void digest_wipe(void *bytes, size_t size_bytes);

#endif
