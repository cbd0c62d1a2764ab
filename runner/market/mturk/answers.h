/* What a worker filled in. Amazon sends it as XML inside of a JSON text, QuestionFormAnswers of
 * 2005-10-01 (AWSMturkAPI, "QuestionFormAnswers Data Structure"):
 *
 *   <QuestionFormAnswers xmlns="…">
 *     <Answer><QuestionIdentifier>code</QuestionIdentifier><FreeText>24bf55fc</FreeText></Answer>
 *   </QuestionFormAnswers>
 *
 * One Answer is one field of the form: its name and either a FreeText, or SelectionIdentifiers and
 * an OtherSelectionText, or the key of an uploaded file. */
#ifndef MARKET_MTURK_ANSWERS_H
#define MARKET_MTURK_ANSWERS_H

#include "core/roster.h"

struct answers {
    const struct reply_field *fields; /* in the order of the form; no name stands twice */
    size_t count;
    const char *trouble; /* NULL, or why they cannot be read: then there are no fields */
};

/* Reads them, into the arena. An empty text is a form without fields. Several values of one field
 * are joined by "|", as in Amazon's own results file. A field `taskAnswers` that holds JSON, the
 * work of a crowd-form, is followed by what is in it: `taskAnswers.country`. */
struct answers mturk_answers_read(const char *xml, size_t size_bytes, struct arena *arena);

#endif
