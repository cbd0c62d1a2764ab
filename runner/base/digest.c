#include "base/digest.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/arena.h"

static const char no_sha[] = "OpenSSL cannot do SHA-256";

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

/* One for the whole process: finding the algorithm takes OpenSSL as long as summing a record. */
static EVP_MD_CTX *
context_begin(void)
{
    static EVP_MD_CTX *context;
    static EVP_MD *algorithm;
    if (!context) {
        context = EVP_MD_CTX_new();
        algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    }
    require(context && algorithm && EVP_DigestInit_ex2(context, algorithm, NULL) == 1, no_sha);
    return context;
}

void
digest_pieces(const struct digest_piece *pieces, size_t count, char out[DIGEST_TEXT_SIZE])
{
    unsigned char sum[DIGEST_SIZE];
    EVP_MD_CTX *context = context_begin();
    for (size_t i = 0; i < count; i++)
        require(EVP_DigestUpdate(context, pieces[i].bytes, pieces[i].size_bytes) == 1, no_sha);
    require(EVP_DigestFinal_ex(context, sum, NULL) == 1, no_sha);
    digest_print(sum, sizeof sum, out);
}

void
digest_hex(const void *bytes, size_t size_bytes, char out[DIGEST_TEXT_SIZE])
{
    digest_pieces(&(struct digest_piece){bytes, size_bytes}, 1, out);
}

void
digest_base64(const void *bytes, size_t size_bytes, char out[DIGEST_BASE64_SIZE])
{
    unsigned char sum[DIGEST_SIZE];
    EVP_MD_CTX *context = context_begin();
    require(EVP_DigestUpdate(context, bytes, size_bytes) == 1, no_sha);
    require(EVP_DigestFinal_ex(context, sum, NULL) == 1, no_sha);
    unsigned char text[DIGEST_BASE64_SIZE];
    EVP_EncodeBlock(text, sum, sizeof sum);
    memcpy(out, text, sizeof text);
}

void
digest_hmac(const void *key, size_t key_size, const void *bytes, size_t size_bytes,
            unsigned char out[DIGEST_SIZE])
{
    require(key_size <= INT_MAX, "OpenSSL cannot do HMAC with so long a key");
    require(HMAC(EVP_sha256(), key, (int)key_size, bytes, size_bytes, out, NULL) != NULL,
            "OpenSSL cannot do HMAC");
}

/* Digits and letters come in no order that a processor could guess, so none is branched on. */
bool
digest_is(const char *text)
{
    if (strlen(text) != DIGEST_TEXT_SIZE - 1)
        return false;
    bool hex = true;
    for (size_t i = 0; i < DIGEST_TEXT_SIZE - 1; i++)
        hex &= ((text[i] >= '0') & (text[i] <= '9')) | ((text[i] >= 'a') & (text[i] <= 'f'));
    return hex;
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
