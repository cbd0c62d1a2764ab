#include "cmd/setback.h"

#include "cmd/next.h"
#include "cmd/say.h"

enum status
setback_say(const struct session *session, const struct error *err)
{
    enum status status = say_error(err);
    const char *command = session->arguments->command->name;
    if (session->sim)
        return status;
    switch (status) {
    case STATUS_STOPPED:
        say_note("when that is mended:");
        next_say(session, command, "");
        break;
    case STATUS_CREDENTIALS:
        say_note("nothing was sent. With keys that are accepted (--profile NAME takes another "
                 "profile's):");
        next_say(session, command, "");
        break;
    case STATUS_HELD:
        say_note("to see how far it is:");
        next_say(session, "status", "");
        break;
    case STATUS_JOURNAL:
        if (!session->second_copy)
            break;
        say_note(
            "this machine keeps a second copy of it, without what others have added. This puts the "
            "copy in its place, and keeps what is there now beside it:");
        next_say(session, "journal restore", "");
        break;
    case STATUS_DONE:
    case STATUS_TO_DO:
    case STATUS_REFUSED:
    case STATUS_UNKNOWN:
    case STATUS_GUARDED:
    case STATUS_USAGE:
    case STATUS_INVALID:
    case STATUS_INTERRUPTED:
        break;
    }
    return status;
}
