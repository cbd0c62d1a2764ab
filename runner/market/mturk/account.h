/* Whose keys these are. The marketplace itself does not say; Amazon's STS does, for any keys and
 * without any permission (docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html).
 * It speaks the older query protocol: a form goes in,
 *
 *   <GetCallerIdentityResponse xmlns="…"><GetCallerIdentityResult>
 *     <Arn>…</Arn><UserId>…</UserId><Account>123456789012</Account>
 *   </GetCallerIdentityResult>…
 *
 * comes out, or <ErrorResponse><Error><Type>Sender</Type><Code>…</Code><Message>…. */
#ifndef MARKET_MTURK_ACCOUNT_H
#define MARKET_MTURK_ACCOUNT_H

#include "market/mturk/complaint.h"

/* The form, and what it calls itself. */
extern const char mturk_account_body[];
extern const char mturk_account_content_type[];

/* Where to ask: Amazon's STS; or the endpoint itself when it is on this machine, because whoever
 * plays the marketplace there knows its keys, and Amazon does not. */
const char *mturk_account_endpoint(const char *endpoint);

/* Reads a yes into `answer->account`; NULL, or what is wrong with it in words. */
const char *mturk_account_read(const struct reply *reply, struct answer *answer,
                               struct arena *arena);

/* Reads a whole reply whose status is not 200. As `mturk_complaint_read`, it cannot fail. */
struct complaint mturk_account_complaint(const struct reply *reply, struct arena *arena);

#endif
