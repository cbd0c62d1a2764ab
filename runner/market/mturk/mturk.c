#include "market/mturk/mturk.h"

#include "market/mturk/wire.h"

/* Hosts from botocore's endpoint rules; the second and third are in the rules whether or not they
 * ever answered. */
static const struct market_environment environments[] = {
    {
        .name = "production",
        .endpoint = "https://mturk-requester.us-east-1.amazonaws.com",
        .hosts = {"mturk-requester.us-east-1.amazonaws.com",
                  "mturk-requester-fips.us-east-1.amazonaws.com",
                  "mturk-requester.us-east-1.api.aws"},
    },
    {
        .name = "sandbox",
        .endpoint = "https://mturk-requester-sandbox.us-east-1.amazonaws.com",
        .hosts = {"mturk-requester-sandbox.us-east-1.amazonaws.com"},
    },
};

const struct market mturk_market = {
    .name = "mturk",
    .title = "Amazon Mechanical Turk",
    .currency = "USD",
    .endpoint_variable = "AWS_ENDPOINT_URL_MTURK",
    /* Prices of 2026-09-30, mturk.com/pricing: 20 % of rewards and bonuses; 20 % more on the
     * reward of a HIT with ten or more assignments, 5 % with Masters; a cent at least. */
    .tariff = {.bonus_percent = 20,
               .reward_percent = 20,
               .many_percent = 20,
               .many_places = 10,
               .masters_percent = 5,
               .least_fee = 1},
    .environments = environments,
    .environment_count = sizeof environments / sizeof *environments,
    .closed_words =
        "Amazon closed Mechanical Turk on 2026-09-30; bonuses and approvals ended on 2026-10-30. "
        "Amazon said that history may be read until 2027-01-28, so read and keep what you need "
        "before then. `bursar rehearse FILE` works without Amazon: it carries out the whole "
        "campaign against the built-in simulator.",
    .body = mturk_body,
    .request = mturk_request,
    .answer = mturk_answer,
};
