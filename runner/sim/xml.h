/* Texts in XML as Amazon sends it: its header says ASCII, so everything else is a character
 * reference. */
#ifndef SIM_XML_H
#define SIM_XML_H

#include "base/buffer.h"

/* Of what STS answers. */
#define XML_STS_NAMESPACE "https://sts.amazonaws.com/doc/2011-06-15/"

/* Adds a text. Control characters other than tab and the ends of lines have no place in XML 1.0 and
 * are left out. */
void xml_escape(struct buffer *out, const char *text);

#endif
