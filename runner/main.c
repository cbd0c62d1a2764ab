/* The front door. `cmd/commands.c` is the table of what can be asked; `engine/run.c` is what it
 * is all for, and the best place to begin reading. */
#include "cmd/commands.h"

int
main(int argc, char **argv)
{
    return (int)cmd_perform(argc, argv);
}
