/* The program's clocks, wound by the test: time goes on only while somebody waits for it. Stands in
 * for io/clock. */
#ifndef SUPPORT_CLOCKWORK_H
#define SUPPORT_CLOCKWORK_H

#include "io/clock.h"
#include "support/history.h"

static int64_t clockwork_us = 1000 * 1000;

static inline void
clockwork_wait_us(int64_t pause_us)
{
    clockwork_us += pause_us > 0 ? pause_us : 1;
}

static inline void
clockwork_wait_ms(stamp_t pause_ms)
{
    clockwork_wait_us(pause_ms * 1000);
}

int64_t
clock_boot_us(void)
{
    return clockwork_us;
}

stamp_t
clock_boot_ms(void)
{
    return clockwork_us / 1000;
}

stamp_t
clock_wall_ms(void)
{
    return STORY_MS + clock_boot_ms();
}

void
clock_pause_ms(int pause_ms)
{
    clockwork_wait_ms(pause_ms);
}

#endif
