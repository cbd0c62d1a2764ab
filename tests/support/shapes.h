/* A yes of the service, and rows of its lists as they come. Needs the cmocka headers before it. */
#ifndef SUPPORT_SHAPES_H
#define SUPPORT_SHAPES_H

#include <string.h>

#include "market/mturk/mturk.h"

#define HIT_HEAD "{\"HIT\":{\"HITId\":\"3HIT\",\"Reward\":\"0.20\",\"CreationTime\":1790000000.5,"

#define WORK(id, worker, status) \
    "{\"AssignmentId\":\"" id "\",\"WorkerId\":\"" worker "\",\"HITId\":\"3HIT\"," \
    "\"AssignmentStatus\":\"" status "\",\"SubmitTime\":1790000000}"

#define PAID(amount, time) \
    "{\"AssignmentId\":\"3A\",\"WorkerId\":\"A1\",\"Reason\":\"Thanks \\u00e4\"," \
    "\"BonusAmount\":" amount ",\"GrantTime\":" time "}"

#define TYPE(id, name) "{\"QualificationTypeId\":\"" id "\",\"Name\":\"" name "\"}"

#define HOLDS(worker, value) \
    "{\"QualificationTypeId\":\"3Q\",\"WorkerId\":\"" worker "\",\"GrantTime\":1790000000," \
    "\"IntegerValue\":" value ",\"Status\":\"Granted\"}"

static inline struct reply
yes(const char *body)
{
    return (struct reply){
        .sent = true, .whole = true, .status = 200, .body = body, .body_size = strlen(body)};
}

static inline struct answer
answer_to(enum ask_kind kind, struct reply reply, struct arena *arena)
{
    return mturk_market.answer(kind, &reply, NULL, arena);
}

#endif
