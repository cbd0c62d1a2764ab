/* Whom a request goes to, read from its address by libcurl's own URL reader, so that what is
 * checked here is what libcurl will connect to. */
#ifndef IO_PEER_H
#define IO_PEER_H

#include <stdbool.h>

#include "base/error.h"

enum { PEER_NAME_SIZE = 300 };

struct peer {
    char name[PEER_NAME_SIZE]; /* "host", or "host:port" when the port is not the usual one */
    bool encrypted;            /* https */
    bool loopback;             /* 127.0.0.0/8, localhost or [::1]: this machine */
};

/* Reads where a request goes. Refused: anything but https, or http to this machine; a user name
 * or password in the address; a path, query or fragment behind the host. */
bool peer_read(struct peer *peer, const char *url, struct error *err);

/* Reads a proxy's address ("http://user:password@host:3128", "host:3128"). Only http and https
 * proxies; messages never show the user and the password. */
bool peer_read_proxy(struct peer *peer, const char *proxy, struct error *err);

#endif
