/* The two clocks. Everything else takes time as an argument. */
#ifndef IO_CLOCK_H
#define IO_CLOCK_H

#include "base/stamp.h"

/* What this machine believes the time to be. It may be wrong and may jump: good for a label and
 * for a first guess at a signature's date, never for the age of a payment. */
stamp_t clock_wall_ms(void);

/* Milliseconds since some moment before this process; only ever grows, and goes on while the
 * machine sleeps (CLOCK_BOOTTIME). For differences. */
stamp_t clock_boot_ms(void);

/* The same in microseconds, for the pace of calls. */
int64_t clock_boot_us(void);

/* Does nothing for so long, or until a signal comes. */
void clock_pause_ms(int pause_ms);

#endif
