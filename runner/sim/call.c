#include "sim/call.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "sim/xml.h"

const char *
call_header(const struct call *call, const char *name)
{
    for (size_t i = 0; i < call->header_count; i++)
        if (strcasecmp(call->headers[i].name, name) == 0)
            return call->headers[i].value;
    return NULL;
}

void
response_header(struct response *response, const char *name, const char *value)
{
    assert(response->header_count < RESPONSE_HEADERS_MAX);
    response->headers[response->header_count++] = (struct header){name, value};
}

/* Codes of the older protocol have no "Exception" behind them. */
static void
error_print_xml(const struct response *response, const char *type, const char *message,
                struct buffer *body)
{
    static const char tail[] = "Exception";
    size_t size = strlen(type), tail_size = strlen(tail);
    if (size > tail_size && strcmp(type + size - tail_size, tail) == 0)
        size -= tail_size;
    buffer_print(body,
                 "<ErrorResponse xmlns=\"" XML_STS_NAMESPACE "\"><Error>"
                 "<Type>%s</Type><Code>%.*s</Code><Message>",
                 response->status < 500 ? "Sender" : "Receiver", (int)size, type);
    xml_escape(body, message);
    buffer_print(body, "</Message></Error><RequestId>%s</RequestId></ErrorResponse>\n",
                 response->headers[0].value);
}

/* What the service itself refuses says "Message" and carries a TurkErrorCode; what the layer
 * before it refuses says "message". Clients take both, so both occur here. */
static void
error_print_json(const char *type, const char *message, const char *turk_code, struct buffer *body)
{
    bool own = strcmp(type, "RequestError") == 0 || strcmp(type, "ServiceFault") == 0;
    buffer_text(body, "{\"__type\":");
    buffer_json(body, type);
    buffer_text(body, own ? ",\"Message\":" : ",\"message\":");
    buffer_json(body, message);
    if (turk_code) {
        buffer_text(body, ",\"TurkErrorCode\":");
        buffer_json(body, turk_code);
    }
    buffer_text(body, "}");
}

void
response_error(struct response *response, int status, const char *type, const char *message,
               const char *turk_code, struct arena *arena)
{
    struct buffer body = {0};
    response->status = status;
    if (response->speaks_xml)
        error_print_xml(response, type, message, &body);
    else
        error_print_json(type, message, turk_code, &body);
    response->body = arena_text(arena, body.bytes, body.size);
    response->body_size = body.size;
    buffer_close(&body);
}

static const char *
reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {
        {200, "OK"},        {400, "Bad Request"},           {403, "Forbidden"},
        {404, "Not Found"}, {500, "Internal Server Error"}, {503, "Service Unavailable"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "Unknown";
}

void
response_print(const struct response *response, struct buffer *out)
{
    buffer_print(out, "HTTP/1.1 %d %s\r\n", response->status, reason_of(response->status));
    for (size_t i = 0; i < response->header_count; i++)
        buffer_print(out, "%s: %s\r\n", response->headers[i].name, response->headers[i].value);
    buffer_print(out, "Content-Length: %zu\r\n\r\n", response->body_size);
    buffer_add(out, response->body, response->body_size);
}
