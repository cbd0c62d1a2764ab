#include "core/verdict.h"

bool
verdict_is_nothing(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_REFUSED:
    case VERDICT_FUNDS:
    case VERDICT_THROTTLED:
    case VERDICT_UNSENT:
    case VERDICT_CLOCK:
    case VERDICT_CREDENTIALS:
        return true;
    case VERDICT_DONE:
    case VERDICT_STATE:
    case VERDICT_DUPLICATE:
    case VERDICT_UNKNOWN:
        return false;
    }
    return false;
}

bool
verdict_read_again(enum verdict verdict)
{
    return verdict == VERDICT_THROTTLED || verdict == VERDICT_UNSENT ||
           verdict == VERDICT_UNKNOWN || verdict == VERDICT_CLOCK;
}

const char *
verdict_name(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_DONE:
        return "done";
    case VERDICT_REFUSED:
        return "refused";
    case VERDICT_STATE:
        return "state";
    case VERDICT_DUPLICATE:
        return "duplicate";
    case VERDICT_FUNDS:
        return "funds";
    case VERDICT_THROTTLED:
        return "throttled";
    case VERDICT_UNSENT:
        return "not-sent";
    case VERDICT_CLOCK:
        return "clock";
    case VERDICT_CREDENTIALS:
        return "credentials";
    case VERDICT_UNKNOWN:
        return "unknown";
    }
    return "";
}
