/* A server that speaks TLS, for tests of the client: to each request it gives the first bytes of
 * one answer and ends the connection as it was told. One connection at a time, in a thread of its
 * own, with a certificate that it makes for itself. */
#ifndef TESTS_IO_TLS_SERVER_H
#define TESTS_IO_TLS_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* With TLS's own word for the end, without it, or torn down. */
enum tls_end { TLS_NOTIFY, TLS_CLOSE, TLS_RESET };

struct tls_server {
    SSL_CTX *context;
    int listener;
    char url[64];
    pthread_t thread;
    pthread_mutex_t guard; /* over what follows */
    const char *bytes;
    size_t size;
    enum tls_end end;
    unsigned requests;
};

/* Signs itself for 127.0.0.1, and writes the certificate where the client is told to look. */
static inline bool
tls_certify(struct tls_server *server, const char *path)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"test", -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_set_pubkey(certificate, key);
    X509_EXTENSION *host = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(certificate, host, -1);
    FILE *file = fopen(path, "w");
    bool good = X509_sign(certificate, key, EVP_sha256()) && file &&
                PEM_write_X509(file, certificate) &&
                SSL_CTX_use_certificate(server->context, certificate) == 1 &&
                SSL_CTX_use_PrivateKey(server->context, key) == 1;
    if (file)
        fclose(file);
    X509_EXTENSION_free(host);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return good;
}

/* Headers and a body of seven bytes, as client_request makes them. */
static inline bool
tls_take(SSL *tls)
{
    char request[4096] = "";
    size_t size = 0;
    const char *body = NULL;
    while (!body || size < (size_t)(body - request) + 4 + 7) {
        int got = SSL_read(tls, request + size, (int)(sizeof request - 1 - size));
        if (got <= 0)
            return false;
        size += (size_t)got;
        request[size] = '\0';
        body = strstr(request, "\r\n\r\n");
    }
    return true;
}

static inline void
tls_answer(struct tls_server *server, int descriptor)
{
    SSL *tls = SSL_new(server->context);
    SSL_set_fd(tls, descriptor);
    if (SSL_accept(tls) == 1 && tls_take(tls)) {
        pthread_mutex_lock(&server->guard);
        server->requests++;
        if (server->size)
            SSL_write(tls, server->bytes, (int)server->size);
        struct linger linger = {.l_onoff = 1, .l_linger = 0};
        if (server->end == TLS_NOTIFY)
            SSL_shutdown(tls);
        if (server->end == TLS_RESET)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
        pthread_mutex_unlock(&server->guard);
    }
    SSL_free(tls);
    close(descriptor);
}

static inline void *
tls_serve(void *context)
{
    struct tls_server *server = context;
    for (;;) {
        int descriptor = accept(server->listener, NULL, NULL);
        if (descriptor < 0)
            return NULL; /* shut down */
        tls_answer(server, descriptor);
    }
}

static inline bool
tls_open(struct tls_server *server, const char *certificate_path)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    *server = (struct tls_server){.context = SSL_CTX_new(TLS_server_method())};
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool good = server->context && tls_certify(server, certificate_path) &&
                bind(server->listener, (void *)&address, size) == 0 &&
                listen(server->listener, 16) == 0 &&
                getsockname(server->listener, (void *)&address, &size) == 0 &&
                pthread_mutex_init(&server->guard, NULL) == 0;
    snprintf(server->url, sizeof server->url, "https://127.0.0.1:%u/", ntohs(address.sin_port));
    return good && pthread_create(&server->thread, NULL, tls_serve, server) == 0;
}

static inline void
tls_set(struct tls_server *server, const char *bytes, size_t size, enum tls_end end)
{
    pthread_mutex_lock(&server->guard);
    server->bytes = bytes;
    server->size = size;
    server->end = end;
    server->requests = 0;
    pthread_mutex_unlock(&server->guard);
}

static inline unsigned
tls_requests(struct tls_server *server)
{
    pthread_mutex_lock(&server->guard);
    unsigned requests = server->requests;
    pthread_mutex_unlock(&server->guard);
    return requests;
}

static inline void
tls_close(struct tls_server *server)
{
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
    SSL_CTX_free(server->context);
    pthread_mutex_destroy(&server->guard);
}

#endif
