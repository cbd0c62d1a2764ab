#include "core/identity.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

static void
field_add(struct buffer *out, const char *text)
{
    uint32_t size = (uint32_t)strlen(text);
    unsigned char length[4] = {(unsigned char)(size >> 24), (unsigned char)(size >> 16),
                               (unsigned char)(size >> 8), (unsigned char)size};
    buffer_add(out, length, sizeof length);
    buffer_add(out, text, size);
}

/* The list ends with NULL. */
static void
digest_fields(const char *const *fields, char out[DIGEST_TEXT_SIZE])
{
    struct buffer bytes = {0};
    for (; *fields; fields++)
        field_add(&bytes, *fields);
    digest_hex(bytes.bytes, bytes.size, out);
    buffer_close(&bytes);
}

void
identity_key(const struct identity *identity, const char *step, enum verb verb, const char *target,
             char out[KEY_TEXT_SIZE])
{
    const char *fields[] = {"bursar/1",
                            identity->marketplace,
                            identity->environment,
                            identity->campaign,
                            step,
                            verb_row(verb)->name,
                            target,
                            NULL};
    digest_fields(fields, out);
}

void
identity_bonus_content(cents_t amount, const char *words, char out[DIGEST_TEXT_SIZE],
                       struct arena *arena)
{
    char money[MONEY_TEXT_SIZE];
    const char *fields[] = {"bonus", money_print(money, amount), text_collapse(arena, words), NULL};
    digest_fields(fields, out);
}

void
identity_content(const struct content *content, char out[DIGEST_TEXT_SIZE], struct arena *arena)
{
    const char *verb = verb_row(content->verb)->name;
    const char *words = content->message ? content->message : "";
    switch (content->verb) {
    case VERB_APPROVE:
    case VERB_REJECT:
    case VERB_BLOCK:
    case VERB_UNBLOCK:
        digest_fields((const char *[]){verb, words, NULL}, out);
        return;
    case VERB_QUALIFY:
        digest_fields((const char *[]){verb, content->qualification,
                                       arena_print(arena, "%d", content->value), NULL},
                      out);
        return;
    case VERB_CREATE:
    case VERB_UNQUALIFY:
        digest_fields((const char *[]){verb, content->qualification, words, NULL}, out);
        return;
    case VERB_BONUS:
        identity_bonus_content(content->amount, words, out, arena);
        return;
    case VERB_NOTIFY:
        digest_fields((const char *[]){verb, content->subject, words, NULL}, out);
        return;
    }
}
