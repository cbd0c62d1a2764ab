#include "base/digest.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/arena.h"

/* OpenSSL fails here only when memory is out or the library is broken: neither can be mended. */
static void
require(bool worked, const char *what)
{
    if (!worked)
        arena_give_up(what);
}

void
digest_print(const unsigned char *bytes, size_t size_bytes, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size_bytes; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

void
digest_hex(const void *bytes, size_t size_bytes, char out[DIGEST_TEXT_SIZE])
{
    unsigned char sum[DIGEST_SIZE];
    require(EVP_Digest(bytes, size_bytes, sum, NULL, EVP_sha256(), NULL) == 1,
            "OpenSSL cannot do SHA-256");
    digest_print(sum, sizeof sum, out);
}

void
digest_hmac(const void *key, size_t key_size, const void *bytes, size_t size_bytes,
            unsigned char out[DIGEST_SIZE])
{
    require(key_size <= INT_MAX, "OpenSSL cannot do HMAC with so long a key");
    require(HMAC(EVP_sha256(), key, (int)key_size, bytes, size_bytes, out, NULL) != NULL,
            "OpenSSL cannot do HMAC");
}

bool
digest_is(const char *text)
{
    return strspn(text, "0123456789abcdef") == 64 && text[64] == '\0';
}

void
digest_random(unsigned char *out, size_t size_bytes)
{
    require(size_bytes <= INT_MAX && RAND_bytes(out, (int)size_bytes) == 1,
            "OpenSSL cannot do random bytes");
}

void
digest_wipe(void *bytes, size_t size_bytes)
{
    OPENSSL_cleanse(bytes, size_bytes);
}
