/* Runs one command and tells what it cost: stopwatch REPORT COMMAND…
 *
 * REPORT gets one line: seconds of the wall clock, of the processor as user and as system, and the
 * greatest resident size in kB. The exit status is the command's, 128 and more for a signal.
 *
 * Python could ask for the same numbers, but a child's greatest size includes what its parent held
 * when it was split off, and that is more than the whole of a small command. This parent holds
 * next to nothing. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double
span_s(struct timeval span)
{
    return (double)span.tv_sec + (double)span.tv_usec / 1e6;
}

static void
become(char **command)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execvp(command[0], command);
    fprintf(stderr, "stopwatch: %s: %s\n", command[0], strerror(errno));
    _exit(127);
}

int
main(int count, char **arguments)
{
    if (count < 3) {
        fprintf(stderr, "usage: stopwatch REPORT COMMAND…\n");
        return 64;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* nothing goes on after what started it */
    double begin = now_s();
    pid_t child = fork();
    if (child == 0)
        become(arguments + 2);
    int status = 0;
    struct rusage usage = {0};
    while (child > 0 && wait4(child, &status, 0, &usage) < 0 && errno == EINTR)
        ;
    double wall = now_s() - begin;
    FILE *report = fopen(arguments[1], "w");
    if (child < 0 || !report) {
        perror("stopwatch");
        return 71;
    }
    fprintf(report, "%.6f %.6f %.6f %ld\n", wall, span_s(usage.ru_utime), span_s(usage.ru_stime),
        usage.ru_maxrss);
    if (fclose(report) != 0)
        return 74;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
