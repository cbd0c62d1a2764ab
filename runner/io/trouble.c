#include "io/trouble.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

/* Whom we spoke to. While nothing was sent, a proxy may be what did not answer; whether one was
 * used for this host libcurl does not say, so the words do not either. */
static const char *
other_end(const struct transfer *transfer, struct arena *arena)
{
    const char *text = transfer->options->proxy;
    struct peer proxy = {0};
    struct error unused = {0};
    if (!text || transfer->peer.loopback || transfer->sends ||
        !peer_read_proxy(&proxy, text, &unused))
        return transfer->peer.name;
    return arena_print(arena, "%s (a proxy is set: %s)", transfer->peer.name, proxy.name);
}

static char *
not_connected(const struct transfer *transfer, const char *who, struct arena *arena)
{
    long number = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &number);
    if (number == ECONNREFUSED)
        return arena_print(arena, "the connection to %s was refused", who);
    return arena_print(arena, "no connection to %s%s%s", who, number ? ": " : "",
                       number ? strerror((int)number) : "");
}

static char *
too_late(const struct transfer *transfer, const char *who, struct arena *arena)
{
    const struct http_options *options = transfer->options;
    long limit_ms = options->timeout_ms;
    if (transfer->sends)
        return arena_print(arena, "%s gave no %sanswer within %g s", who,
                           transfer->arrival.header_bytes ? "complete " : "",
                           (double)limit_ms / 1000);
    if (options->connect_timeout_ms < limit_ms)
        limit_ms = options->connect_timeout_ms;
    return arena_print(arena, "no connection to %s within %g s", who, (double)limit_ms / 1000);
}

/* Of libcurl's own words only those on TLS are shown: they speak of certificates and protocols. */
static char *
not_trusted(const struct transfer *transfer, CURLcode result, const char *who, struct arena *arena)
{
    static const char prefix[] = "SSL certificate problem: ";
    const char *detail = transfer->detail;
    if (text_starts(detail, prefix))
        detail += sizeof prefix - 1;
    if (!detail[0])
        detail = curl_easy_strerror(result);
    if (result == CURLE_PEER_FAILED_VERIFICATION)
        return arena_print(arena, "the certificate of %s is not trusted: %s", who, detail);
    if (result == CURLE_SSL_CACERT_BADFILE)
        return arena_print(arena, "the trusted certificates%s%s cannot be read",
                           transfer->options->ca_bundle ? " in " : "",
                           transfer->options->ca_bundle ? transfer->options->ca_bundle : "");
    return arena_print(arena, "no encrypted connection to %s: %s", who, detail);
}

static char *
lost(const struct transfer *transfer, const char *who, struct arena *arena)
{
    if (transfer->sends == 0)
        return arena_print(arena, "the connection to %s broke before anything was sent", who);
    if (transfer->arrival.header_bytes)
        return arena_print(arena, "the connection to %s broke within the answer", who);
    return arena_print(arena, "the connection to %s was lost before an answer came", who);
}

char *
trouble_words(const struct transfer *transfer, CURLcode result, struct arena *arena)
{
    const char *who = other_end(transfer, arena);
    long code = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &code);
    if (transfer->arrival.excess)
        return arena_copy(arena, transfer->arrival.excess);
    if (transfer->sends == 0 && code >= 300)
        return arena_print(arena, "the proxy did not connect to %s: it answered %ld", who, code);
    switch ((int)result) {
    case CURLE_OK:
    case CURLE_PARTIAL_FILE:
        return arrival_lack(&transfer->arrival, arena);
    case CURLE_COULDNT_RESOLVE_HOST:
        return arena_print(arena, "the name %s cannot be found; is this machine online?", who);
    case CURLE_COULDNT_RESOLVE_PROXY:
        return arena_print(arena, "no connection to %s: the proxy's name cannot be found", who);
    case CURLE_COULDNT_CONNECT:
        return not_connected(transfer, who, arena);
    case CURLE_OPERATION_TIMEDOUT:
        return too_late(transfer, who, arena);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
        return not_trusted(transfer, result, who, arena);
    case CURLE_FILESIZE_EXCEEDED:
        return arena_copy(arena, "the answer is larger than 8 MiB");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return arena_print(arena, "what %s answered is not HTTP", who);
    case CURLE_ABORTED_BY_CALLBACK: /* the fuse: libcurl was about to send once more */
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return lost(transfer, who, arena);
    default:
        return arena_print(arena, "the exchange with %s failed: %s", who,
                           curl_easy_strerror(result));
    }
}
