/* What a worker filled in, as the XML that Amazon sends: QuestionFormAnswers of 2005-10-01. The
 * header says ASCII, so everything else is a character reference. */
#ifndef SIM_HANDWORK_H
#define SIM_HANDWORK_H

#include "base/buffer.h"
#include "base/tree.h"

/* `answers` is a map of field names to texts (FreeText) or lists of texts (SelectionIdentifier);
 * NULL is a sheet without answers. */
void handwork_print(const struct node *answers, struct buffer *out);

#endif
