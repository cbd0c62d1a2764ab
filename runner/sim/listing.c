#include "sim/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"

enum { PAGE_SIZE_DEFAULT = 10, POSITION_SIZE = 16, SEAL_SIZE = 32 };

/* A token is the position, and a seal over the position, the operation and its filters. */
static const char *
token_make(const struct desk *desk, size_t position)
{
    json_t *filters = json_deep_copy(desk->input);
    json_object_del(filters, "NextToken");
    json_object_del(filters, "MaxResults");
    char *text = json_dumps(filters, JSON_SORT_KEYS | JSON_COMPACT);
    json_decref(filters);
    const char *sealed = arena_print(desk->arena, "%s\n%s\n%zu", desk->operation, text, position);
    free(text);
    unsigned char seal[DIGEST_SIZE];
    digest_hmac(&desk->world->seed, sizeof desk->world->seed, sealed, strlen(sealed), seal);
    char hex[SEAL_SIZE + 1];
    digest_print(seal, SEAL_SIZE / 2, hex);
    return arena_print(desk->arena, "%0*zx%s", POSITION_SIZE, position, hex);
}

static bool
token_read(struct desk *desk, size_t *position)
{
    const char *token = desk_text(desk, "NextToken");
    *position = 0;
    if (!token)
        return true;
    char digits[POSITION_SIZE + 1] = {0};
    strncpy(digits, token, POSITION_SIZE);
    *position = (size_t)strtoull(digits, NULL, 16);
    if (text_same(token, token_make(desk, *position)))
        return true;
    desk_invalid(desk, "NextToken", token);
    return false;
}

json_t *
listing_answer(struct desk *desk, const struct listing *listing)
{
    size_t at;
    if (!token_read(desk, &at))
        return NULL;
    size_t size = (size_t)desk_number(desk, "MaxResults", PAGE_SIZE_DEFAULT);
    json_t *items = json_array(), *output = json_object();
    for (; at < listing->count; at++) {
        if (listing->shows && !listing->shows(desk, listing->of, at))
            continue;
        if (json_array_size(items) == size)
            break;
        json_array_append_new(items, listing->item(desk, listing->of, at));
    }
    if (at < listing->count)
        json_object_set_new(output, "NextToken", json_string(token_make(desk, at)));
    json_object_set_new(output, "NumResults", json_integer((json_int_t)json_array_size(items)));
    json_object_set_new(output, listing->member, items);
    return output;
}
