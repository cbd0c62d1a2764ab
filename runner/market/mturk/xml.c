#include "market/mturk/xml.h"

#include <expat.h>
#include <string.h>

#include "base/buffer.h"

struct xml {
    XML_Parser parser;
    const struct xml_listener *listener;
    unsigned depth;
    struct buffer text; /* since the last tag */
    bool leaf;          /* the last tag was a beginning */
    const char *trouble;
    struct arena *arena;
};

/* Nothing is told any more once something is wrong: expat may still report what it has at hand. */
static void
stop(struct xml *xml, const char *trouble)
{
    if (!trouble || xml->trouble)
        return;
    xml->trouble = arena_print(xml->arena, "line %lu: %s",
                               (unsigned long)XML_GetCurrentLineNumber(xml->parser), trouble);
    XML_StopParser(xml->parser, XML_FALSE);
}

static const char *
local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void XMLCALL
element_begin(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *xml = context;
    (void)attributes;
    if (xml->trouble)
        return;
    buffer_clear(&xml->text);
    xml->leaf = true;
    if (++xml->depth > XML_DEPTH_MAX)
        stop(xml, "elements stand more than 64 levels deep");
    else
        stop(xml, xml->listener->enter(xml->listener->context, local_name(name), xml->depth));
}

static void XMLCALL
element_end(void *context, const XML_Char *name)
{
    struct xml *xml = context;
    if (xml->trouble)
        return;
    buffer_text(&xml->text, ""); /* its end, also where nothing stands */
    stop(xml, xml->listener->leave(xml->listener->context, local_name(name), xml->depth,
                                   xml->leaf ? xml->text.bytes : NULL));
    xml->leaf = false;
    xml->depth--;
}

static void XMLCALL
text_take(void *context, const XML_Char *text, int size)
{
    struct xml *xml = context;
    if (!xml->trouble)
        buffer_add(&xml->text, text, (size_t)size);
}

static void XMLCALL
document_type_refuse(void *context, const XML_Char *name, const XML_Char *system,
                     const XML_Char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    stop(context, "it has a document type, which is refused");
}

/* Without a document type there is none; kept shut all the same. */
static void XMLCALL
entity_refuse(void *context, const XML_Char *name, int parameter, const XML_Char *value, int size,
              const XML_Char *base, const XML_Char *system, const XML_Char *public,
              const XML_Char *notation)
{
    (void)name, (void)parameter, (void)value, (void)size;
    (void)base, (void)system, (void)public, (void)notation;
    stop(context, "it declares an entity, which is refused");
}

const char *
mturk_xml_read(const char *bytes, size_t size_bytes, const struct xml_listener *listener,
               struct arena *arena)
{
    if (size_bytes > XML_SIZE_BYTES_MAX)
        return "it is larger than 1 MiB";
    struct xml xml = {.parser = XML_ParserCreate("UTF-8"), .listener = listener, .arena = arena};
    if (!xml.parser)
        arena_out_of_memory();
    XML_SetUserData(xml.parser, &xml);
    XML_SetElementHandler(xml.parser, element_begin, element_end);
    XML_SetCharacterDataHandler(xml.parser, text_take);
    XML_SetStartDoctypeDeclHandler(xml.parser, document_type_refuse);
    XML_SetEntityDeclHandler(xml.parser, entity_refuse);
    if (XML_Parse(xml.parser, bytes, (int)size_bytes, XML_TRUE) != XML_STATUS_OK) {
        if (XML_GetErrorCode(xml.parser) == XML_ERROR_NO_MEMORY)
            arena_out_of_memory();
        stop(&xml, XML_ErrorString(XML_GetErrorCode(xml.parser)));
    }
    XML_ParserFree(xml.parser);
    buffer_close(&xml.text);
    return xml.trouble;
}
