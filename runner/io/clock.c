#include "io/clock.h"

#include <assert.h>
#include <poll.h>
#include <time.h>

static stamp_t
read_ms(clockid_t clock)
{
    struct timespec now;
    int failed = clock_gettime(clock, &now);
    assert(!failed);
    (void)failed;
    return (stamp_t)now.tv_sec * STAMP_SECOND_MS + (stamp_t)now.tv_nsec / 1000000;
}

stamp_t
clock_wall_ms(void)
{
    return read_ms(CLOCK_REALTIME);
}

stamp_t
clock_boot_ms(void)
{
    return read_ms(CLOCK_BOOTTIME);
}

void
clock_pause_ms(int pause_ms)
{
    poll(NULL, 0, pause_ms);
}
