#include "sim/caller.h"

#include <string.h>

#include "base/text.h"
#include "sim/misbehave.h"
#include "sim/xml.h"

bool
caller_is_asked(const struct call *call)
{
    const char *type = call_header(call, "content-type");
    return type && text_starts(type, "application/x-www-form-urlencoded");
}

/* Whether the form has this pair; neither name nor value needs escapes here. */
static bool
form_has(const struct call *call, const char *pair, struct arena *arena)
{
    const char *form = arena_text(arena, call->body, call->body_size);
    size_t size = strlen(pair);
    for (const char *at = form; at; at = strchr(at, '&')) {
        at += *at == '&';
        if (strncmp(at, pair, size) == 0 && (at[size] == '&' || at[size] == '\0'))
            return true;
    }
    return false;
}

static void
answer(const struct clerk *clerk, const struct call *call, struct arena *arena,
       struct response *response)
{
    if (!form_has(call, "Action=GetCallerIdentity", arena) ||
        !form_has(call, "Version=2011-06-15", arena)) {
        response_error(response, 400, "InvalidAction",
                       "The action or version requested is not known to this endpoint.", NULL,
                       arena);
        return;
    }
    const char *account = clerk->world->account;
    response->body =
        arena_print(arena,
                    "<GetCallerIdentityResponse xmlns=\"" XML_STS_NAMESPACE "\">"
                    "<GetCallerIdentityResult><Arn>arn:aws:iam::%s:user/requester</Arn>"
                    "<UserId>AIDASIMULATOR</UserId><Account>%s</Account>"
                    "</GetCallerIdentityResult><ResponseMetadata><RequestId>%s</RequestId>"
                    "</ResponseMetadata></GetCallerIdentityResponse>\n",
                    account, account, response->headers[0].value);
    response->body_size = strlen(response->body);
}

void
caller_answer(struct clerk *clerk, const struct call *call, stamp_t now_ms, struct arena *arena,
              struct response *response)
{
    struct gate_verdict verdict = gate_check(call, &clerk->caller_lock, now_ms, arena);
    if (verdict.gate != GATE_OPEN) {
        response_error(response, 403, gate_xml_code(verdict.gate), verdict.message, NULL, arena);
        return;
    }
    const struct fault *fault = clerk->faults ? faults_next(clerk->faults, "GetCallerIdentity",
                                                            NULL, now_ms, &response->delay_ms)
                                              : NULL;
    if (!fault || fault_lets_it_happen(fault))
        answer(clerk, call, arena, response);
    if (fault)
        misbehave(fault, now_ms, arena, response);
}
