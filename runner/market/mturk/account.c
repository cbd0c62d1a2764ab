#include "market/mturk/account.h"

#include <string.h>

#include "base/text.h"
#include "market/mturk/xml.h"

const char mturk_account_body[] = "Action=GetCallerIdentity&Version=2011-06-15";
const char mturk_account_content_type[] = "application/x-www-form-urlencoded; charset=utf-8";

enum { ACCOUNT_DIGITS = 12, PATH_ELEMENTS_MAX = 3 };

/* "127.0.0.1:8080" and its like; not "127.0.0.1.example.com". */
static bool
is_loopback(const char *host)
{
    static const char *const names[] = {"localhost", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size = strlen(names[i]);
        if (text_starts(host, names[i]) && (host[size] == ':' || host[size] == '\0'))
            return true;
    }
    size_t size = strspn(host, "0123456789.");
    return text_starts(host, "127.") && (host[size] == ':' || host[size] == '\0');
}

/* STS answers for accounts of every region, and the marketplace exists in us-east-1 only. */
const char *
mturk_account_endpoint(const char *endpoint)
{
    const char *host = strstr(endpoint, "://");
    return host && is_loopback(host + strlen("://")) ? endpoint
                                                     : "https://sts.us-east-1.amazonaws.com";
}

/* One element that is looked for by the names on the way to it, and what stood in it first. */
struct wanted {
    const char *path[PATH_ELEMENTS_MAX];
    const char *text;
};

struct search {
    struct wanted *wanted;
    size_t wanted_count;
    const char *path[PATH_ELEMENTS_MAX]; /* where we are */
    struct arena *arena;
};

static const char *
enter(void *context, const char *name, unsigned depth)
{
    struct search *search = context;
    if (depth <= PATH_ELEMENTS_MAX)
        search->path[depth - 1] = arena_copy(search->arena, name);
    return NULL;
}

static bool
is_there(const struct search *search, const struct wanted *wanted)
{
    for (size_t i = 0; i < PATH_ELEMENTS_MAX; i++)
        if (!text_same(search->path[i], wanted->path[i]))
            return false;
    return true;
}

static const char *
leave(void *context, const char *name, unsigned depth, const char *text)
{
    struct search *search = context;
    (void)name;
    for (size_t i = 0; depth == PATH_ELEMENTS_MAX && text && i < search->wanted_count; i++)
        if (is_there(search, &search->wanted[i]) && !search->wanted[i].text)
            search->wanted[i].text = text_trim(search->arena, text, strlen(text));
    return NULL;
}

static const char *
elements_read(const struct reply *reply, struct wanted *wanted, size_t count, struct arena *arena)
{
    struct search search = {.wanted = wanted, .wanted_count = count, .arena = arena};
    struct xml_listener listener = {.context = &search, .enter = enter, .leave = leave};
    return mturk_xml_read(reply->body ? reply->body : "", reply->body_size, &listener, arena);
}

const char *
mturk_account_read(const struct reply *reply, struct answer *answer, struct arena *arena)
{
    struct wanted account = {
        .path = {"GetCallerIdentityResponse", "GetCallerIdentityResult", "Account"}};
    const char *trouble = elements_read(reply, &account, 1, arena);
    if (trouble)
        return trouble;
    if (!account.text)
        return "'Account' is missing";
    if (strlen(account.text) != ACCOUNT_DIGITS ||
        strspn(account.text, "0123456789") != ACCOUNT_DIGITS)
        return "'Account' is not a number of 12 digits";
    answer->account = account.text;
    return NULL;
}

struct complaint
mturk_account_complaint(const struct reply *reply, struct arena *arena)
{
    enum { CODE, MESSAGE, WANTED };
    struct wanted wanted[WANTED] = {
        [CODE] = {.path = {"ErrorResponse", "Error", "Code"}},
        [MESSAGE] = {.path = {"ErrorResponse", "Error", "Message"}},
    };
    struct complaint complaint = {.status = reply->status};
    const char *trouble = elements_read(reply, wanted, WANTED, arena);
    const char *code = wanted[CODE].text, *message = wanted[MESSAGE].text;
    if (trouble) /* half of an error is none */
        code = message = NULL;
    complaint.type = code && *code ? code : NULL;
    complaint.text =
        message && *message
            ? mturk_words(message, arena)
            : arena_print(arena, "the service answered HTTP %d%s", reply->status,
                          trouble ? " and nothing that can be read" : " and gave no reason");
    return complaint;
}
