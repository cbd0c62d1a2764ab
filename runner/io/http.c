/* The loop around libcurl: which transfers are in flight, which are idle and can be used again. */
#include "io/http.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/text.h"
#include "io/clock.h"
#include "io/peer.h"
#include "io/transfer.h"

extern char **environ;

struct http {
    CURLM *multi;
    struct http_options options;
    struct transfer *active;
    struct transfer *idle;
    int timer; /* ends a wait to the microsecond; libcurl knows milliseconds only */
};

static void
unset_starting_with(const char *start)
{
    for (size_t i = 0; environ && environ[i];) {
        size_t size = strcspn(environ[i], "=");
        char *name = strndup(environ[i], size);
        if (name && text_starts(name, start) && unsetenv(name) == 0)
            i = 0; /* what follows has moved */
        else
            i++;
        free(name);
    }
}

void
http_prepare(void)
{
    static const char *const hostile[] = {"SSLKEYLOGFILE", "OPENSSL_", "SSL_CERT_", "CURL_"};
    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        unset_starting_with(hostile[i]);
    /* Before libcurl, whose own start would load openssl.cnf and whatever it names. What a process
     * held goes with it: tidying up at the end only takes time and pages. */
    const uint64_t settings = OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT;
    if (OPENSSL_init_crypto(settings, NULL) != 1)
        arena_give_up("OpenSSL cannot be started");
}

/* Only where something is asked: it takes a third of the memory of a command that asks nothing. */
static bool
curl_begin(struct error *err)
{
    static bool begun;
    if (!begun && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return error_say(err, "libcurl cannot be started");
    begun = true;
    return true;
}

const char *
http_versions(void)
{
    static char text[128];
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
    snprintf(text, sizeof text, "%s with %s", info->version,
             info->ssl_version ? info->ssl_version : "no TLS");
    return text;
}

static bool
check_options(const struct http_options *options, struct error *err)
{
    struct peer proxy;
    if (options->ca_bundle && access(options->ca_bundle, R_OK) != 0)
        return error_say(err, "the trusted certificates (AWS_CA_BUNDLE) cannot be read at '%s'",
                         options->ca_bundle);
    return !options->proxy || peer_read_proxy(&proxy, options->proxy, err);
}

struct http *
http_open(const struct http_options *options, struct error *err)
{
    if (!check_options(options, err) || !curl_begin(err))
        return NULL;
    struct http *http = calloc(1, sizeof *http);
    CURLM *multi = http ? curl_multi_init() : NULL;
    if (!multi) {
        error_say(err, "no memory for connections");
        free(http);
        return NULL;
    }
    *http = (struct http){.multi = multi,
                          .options = *options,
                          .timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)};
    http->options.connections = options->connections ? options->connections : 8;
    http->options.connect_timeout_ms =
        options->connect_timeout_ms ? options->connect_timeout_ms : 10000;
    http->options.timeout_ms = options->timeout_ms ? options->timeout_ms : 60000;
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)http->options.connections);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    /* One is opened at once, so that an unfit libcurl shows before anything is planned. */
    http->idle = transfer_open(&http->options, err);
    if (http->timer < 0)
        error_say(err, "no descriptor is left for a timer");
    if (!http->idle || http->timer < 0) {
        http_close(http);
        return NULL;
    }
    return http;
}

static bool
start(void *self, uint64_t ticket, const struct request *request, struct error *err)
{
    struct http *http = self;
    struct transfer *transfer = http->idle;
    if (transfer)
        http->idle = transfer->next;
    else if (!(transfer = transfer_open(&http->options, err)))
        return false;
    bool ready = transfer_start(transfer, request, err);
    if (ready && curl_multi_add_handle(http->multi, transfer->easy) != CURLM_OK)
        ready = error_say(err, "no memory for another exchange");
    struct transfer **list = ready ? &http->active : &http->idle;
    transfer->ticket = ticket;
    transfer->next = *list;
    *list = transfer;
    return ready;
}

/* From the active transfers to the idle ones; libcurl lets go of it. */
static void
retire(struct http *http, struct transfer *transfer)
{
    struct transfer **link = &http->active;
    while (*link != transfer)
        link = &(*link)->next;
    *link = transfer->next;
    curl_multi_remove_handle(http->multi, transfer->easy);
    transfer->next = http->idle;
    http->idle = transfer;
}

static bool
take_finished(struct http *http, uint64_t *ticket, struct reply *reply, struct arena *arena)
{
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(http->multi, &left));) {
        if (message->msg != CURLMSG_DONE)
            continue;
        char *private = NULL;
        CURLcode result = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
        struct transfer *transfer = (struct transfer *)(void *)private;
        *ticket = transfer->ticket;
        transfer_finish(transfer, result, reply, arena);
        retire(http, transfer);
        return true;
    }
    return false;
}

/* Without memory libcurl loses track of what it has sent. The journal has not, so the process ends
 * and the next run looks. */
static void
go_on(CURLMcode result)
{
    assert(result == CURLM_OK || result == CURLM_OUT_OF_MEMORY);
    if (result != CURLM_OK)
        arena_out_of_memory();
}

/* How long libcurl may sleep; where its whole milliseconds are too coarse, the timer ends it. */
static int
sleep_ms(struct http *http, int64_t left_us)
{
    const int64_t coarse_us = 50000, longest_ms = 1000 * 1000;
    bool fine = left_us < coarse_us;
    struct itimerspec at = {.it_value = {.tv_nsec = fine ? (long)left_us * 1000 : 0}};
    int failed = timerfd_settime(http->timer, 0, &at, NULL); /* 0 stops it */
    assert(!failed);
    (void)failed;
    left_us = fine ? left_us + 1000 : left_us;
    return (int)(left_us / 1000 < longest_ms ? left_us / 1000 : longest_ms);
}

/* Sleeps until a socket, the companion or the wake descriptor stirs, at most left_us. True when
 * it was the wake descriptor. */
static bool
sleep_and_see(struct http *http, int64_t left_us)
{
    const struct http_options *options = &http->options;
    struct curl_waitfd extra[3] = {{.fd = http->timer, .events = CURL_WAIT_POLLIN}};
    unsigned count = 1;
    int left_ms = sleep_ms(http, left_us);
    if (options->companion_descriptor >= 0) {
        extra[count++] =
            (struct curl_waitfd){.fd = options->companion_descriptor, .events = CURL_WAIT_POLLIN};
        int soon_ms = options->companion_timeout_ms(options->companion);
        if (soon_ms >= 0 && soon_ms < left_ms)
            left_ms = soon_ms;
    }
    if (options->wake_descriptor >= 0)
        extra[count++] =
            (struct curl_waitfd){.fd = options->wake_descriptor, .events = CURL_WAIT_POLLIN};
    go_on(curl_multi_poll(http->multi, extra, count, left_ms, NULL));
    if (options->wake_descriptor < 0 || !(extra[count - 1].revents & CURL_WAIT_POLLIN))
        return false;
    /* Taken out, so that the next wait waits. Why it fired is kept by whoever wrote it. */
    char taken[64];
    return read(options->wake_descriptor, taken, sizeof taken) > 0;
}

static bool
wait_for(void *self, int64_t timeout_us, uint64_t *ticket, struct reply *reply, struct arena *arena)
{
    struct http *http = self;
    int64_t end_us = clock_boot_us() + timeout_us;
    for (;;) {
        if (http->options.companion_descriptor >= 0)
            http->options.companion_step(http->options.companion);
        int running;
        go_on(curl_multi_perform(http->multi, &running));
        if (take_finished(http, ticket, reply, arena))
            return true;
        int64_t left_us = end_us - clock_boot_us();
        if (left_us <= 0 || sleep_and_see(http, left_us))
            return false;
    }
}

static void
cancel(void *self, uint64_t ticket)
{
    struct http *http = self;
    for (struct transfer *transfer = http->active; transfer; transfer = transfer->next)
        if (transfer->ticket == ticket) {
            retire(http, transfer);
            return;
        }
}

struct transport
http_transport(struct http *http)
{
    return (struct transport){.self = http, .start = start, .wait = wait_for, .cancel = cancel};
}

void
http_close(struct http *http)
{
    if (!http)
        return;
    while (http->active)
        retire(http, http->active);
    while (http->idle) {
        struct transfer *next = http->idle->next;
        transfer_close(http->idle);
        http->idle = next;
    }
    curl_multi_cleanup(http->multi);
    if (http->timer >= 0)
        close(http->timer);
    free(http);
}
