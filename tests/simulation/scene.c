/* Dice, trace, and the two clocks of the machine: runner/io/clock.c is left out of this program,
 * because these come first. */
#include "scene.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "io/clock.h"

struct scene scene;

uint64_t
dice_next(void)
{
    uint64_t value = (scene.dice += 0x9e3779b97f4a7c15u);
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

size_t
dice_below(size_t count)
{
    return (size_t)(dice_next() % count);
}

stamp_t
dice_between(stamp_t least, stamp_t most)
{
    return least + (stamp_t)(dice_next() % (uint64_t)(most - least + 1));
}

/* No die is thrown for what is off, so that a fault kind that is off changes nothing else. */
bool
dice_hit(unsigned per_mille)
{
    return per_mille && dice_below(1000) < per_mille;
}

static void
line_hash(const char *line)
{
    for (const char *at = line; *at; at++)
        scene.hash = (scene.hash ^ (unsigned char)*at) * 1099511628211u;
}

void
trace(const char *format, ...)
{
    if (!scene.print && !scene.hashed)
        return;
    char line[1000], when[STAMP_TEXT_SIZE];
    va_list values;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    stamp_print_ms(when, scene.now_ms);
    if (scene.hashed) {
        line_hash(when);
        line_hash(line);
    }
    if (scene.print)
        printf("%.23s  %s\n", when, line);
}

_Noreturn void
wrong(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char when[STAMP_TEXT_SIZE];
    printf("seed %llu, %s: ", (unsigned long long)scene.seed, stamp_print_ms(when, scene.now_ms));
    vprintf(format, values);
    printf("\n");
    fflush(stdout);
    va_end(values);
    longjmp(scene.wrong, 1);
}

stamp_t
clock_wall_ms(void)
{
    return scene.now_ms + scene.wall_off_ms;
}

stamp_t
clock_boot_ms(void)
{
    return scene.now_ms - scene.boot_ms;
}

int64_t
clock_boot_us(void)
{
    return clock_boot_ms() * 1000;
}

void
clock_pause_ms(int pause_ms)
{
    scene.now_ms += pause_ms;
}
