#include "market/market.h"

#include <expat.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "market/mturk/mturk.h"

const struct market *
market_find(const char *name)
{
    return text_same(name, mturk_market.name) ? &mturk_market : NULL;
}

const struct market_environment *
market_environment_find(const struct market *market, const char *name)
{
    for (size_t i = 0; i < market->environment_count; i++)
        if (text_same(market->environments[i].name, name))
            return &market->environments[i];
    return NULL;
}

/* Names of hosts have no case, may end with the root's dot, and a port may follow: no spelling of
 * production may pass for an unknown host. */
static bool
same_host(const char *known, const char *host)
{
    size_t size = strlen(known);
    if (strncasecmp(known, host, size) != 0)
        return false;
    const char *rest = host + size + (host[size] == '.');
    return *rest == '\0' || *rest == ':';
}

const struct market_environment *
market_host_find(const struct market *market, const char *host)
{
    for (size_t i = 0; i < market->environment_count; i++)
        for (const char *const *known = market->environments[i].hosts; *known; known++)
            if (same_host(*known, host))
                return &market->environments[i];
    return NULL;
}

bool
ask_is_question(enum ask_kind kind)
{
    return kind < TELL_APPROVE;
}

const char *
market_library(void)
{
    const char *version = XML_ExpatVersion(); /* "expat_2.5.0" */
    return version + strcspn(version, "0123456789");
}
