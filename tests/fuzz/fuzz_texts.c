/* Addresses, times and amounts: what can be read is written and read again as the same. */
#include "fuzz.h"

#include "base/money.h"
#include "base/stamp.h"
#include "io/peer.h"

static void
peer_claim(const char *text, struct arena *arena)
{
    struct peer peer = {0}, other = {0};
    struct error err = {0};
    if (!peer_read(&peer, text, &err)) {
        CLAIM(err.text[0]);
        return;
    }
    CLAIM(peer.encrypted || peer.loopback);
    CLAIM(peer.name[0] && !strchr(peer.name, '@'));
    const char *url = arena_print(arena, "%s://%s/", peer.encrypted ? "https" : "http", peer.name);
    CLAIM(peer_read(&other, url, &err));
    CLAIM(strcmp(peer.name, other.name) == 0);
    CLAIM(peer.loopback == other.loopback && peer.encrypted == other.encrypted);
}

static void
proxy_claim(const char *text)
{
    struct peer peer = {0};
    struct error err = {0};
    if (!peer_read_proxy(&peer, text, &err))
        CLAIM(!strstr(err.text, "SECRET@"));
    else
        CLAIM(peer.name[0] && !strchr(peer.name, '@'));
}

static void
stamp_claim(const char *text)
{
    stamp_t at_ms, again_ms;
    char out[STAMP_TEXT_SIZE];
    if (stamp_read(text, &at_ms)) {
        CLAIM(stamp_read(stamp_print_ms(out, at_ms), &again_ms));
        CLAIM(again_ms == at_ms);
        CLAIM(stamp_read(stamp_print(out, at_ms), &again_ms));
        CLAIM(again_ms <= at_ms && at_ms - again_ms < STAMP_SECOND_MS);
    }
    if (stamp_read_amz(text, &at_ms)) {
        CLAIM(stamp_read_amz(stamp_print_amz(out, at_ms), &again_ms));
        CLAIM(again_ms == at_ms);
    }
    if (stamp_read_http(text, &at_ms)) {
        CLAIM(stamp_read_http(stamp_print_http(out, at_ms), &again_ms));
        CLAIM(again_ms == at_ms);
    }
}

static void
money_claim(const char *text)
{
    cents_t cents, again;
    char out[MONEY_TEXT_SIZE];
    if (money_read(text, &cents)) {
        CLAIM(cents >= 0 && cents < 100000000);
        CLAIM(money_read(money_print(out, cents), &again) && again == cents);
        cents_t fee = money_percent(cents, 20);
        CLAIM(fee * 5 >= cents - 2 && fee * 5 <= cents + 2);
    }
    if (money_read_balance(text, &cents))
        CLAIM(money_read_balance(money_print(out, cents), &again) && again == cents);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct feed feed = {bytes, size};
    const char *text = feed_text(&feed, &size, &arena);
    peer_claim(text, &arena);
    proxy_claim(text);
    stamp_claim(text);
    money_claim(text);
    arena_close(&arena);
    return 0;
}
