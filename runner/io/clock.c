#include "io/clock.h"

#include <assert.h>
#include <poll.h>
#include <time.h>

static int64_t
read_us(clockid_t clock)
{
    struct timespec now;
    int failed = clock_gettime(clock, &now);
    assert(!failed);
    (void)failed;
    return (int64_t)now.tv_sec * 1000000 + (int64_t)now.tv_nsec / 1000;
}

stamp_t
clock_wall_ms(void)
{
    return read_us(CLOCK_REALTIME) / 1000;
}

stamp_t
clock_boot_ms(void)
{
    return read_us(CLOCK_BOOTTIME) / 1000;
}

int64_t
clock_boot_us(void)
{
    return read_us(CLOCK_BOOTTIME);
}

void
clock_pause_ms(int pause_ms)
{
    poll(NULL, 0, pause_ms);
}
