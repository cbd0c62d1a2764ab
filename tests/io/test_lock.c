/* The lock between two processes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/lock.h"
#include "scratch.h"

static char *path;

static int
begin(void **state)
{
    if (scratch_open(state) != 0)
        return -1;
    path = arena_print(&arena, "%s/a.journal.jsonl.lock", folder);
    return 0;
}

/* Another process that takes the lock and keeps it until it is killed. Returns when it has it. */
static pid_t
start_holder(const char *holder)
{
    int ends[2];
    char ready;
    assert_int_equal(pipe(ends), 0);
    pid_t process = fork();
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* also when the test fails before it is killed */
        struct lock lock;
        struct error err = {0};
        bool taken = lock_take(&lock, path, holder, &err);
        ssize_t told = write(ends[1], taken ? "y" : "n", 1);
        (void)told;
        for (;;)
            pause();
    }
    assert_int_equal(read(ends[0], &ready, 1), 1);
    assert_int_equal(ready, 'y');
    close(ends[0]);
    close(ends[1]);
    return process;
}

static void
a_lock_held_by_another_process_is_refused_with_its_name(void **state)
{
    (void)state;
    struct lock lock;
    struct error err = {0};
    pid_t other = start_holder("ana@lab, process 7, since 14:00\x1b[2J");
    assert_false(lock_take(&lock, path, "me", &err));
    assert_int_equal(err.status, STATUS_HELD);
    assert_non_null(strstr(err.text, "is held by ana@lab, process 7, since 14:00\\u{1b}[2J;"));
    assert_int_equal(lock.descriptor, -1);
    kill(other, SIGKILL);
    waitpid(other, NULL, 0);
    /* However it ended, the lock is free now. */
    err = (struct error){0};
    assert_true(lock_take(&lock, path, "me", &err));
    lock_release(&lock);
}

static void
the_holder_line_is_the_latest_and_the_file_stays(void **state)
{
    (void)state;
    struct lock lock;
    struct error err = {0};
    struct buffer content = {0};
    struct stat info;
    assert_true(lock_take(&lock, path, "somebody with a long name", &err));
    lock_release(&lock);
    assert_true(lock_take(&lock, path, "me", &err));
    assert_true(file_read(path, 1000, &content, NULL, &err));
    assert_string_equal(content.bytes, "me\n");
    lock_release(&lock);
    lock_release(&lock);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    buffer_close(&content);
}

static void
a_link_or_a_folder_is_not_a_lock(void **state)
{
    (void)state;
    struct lock lock;
    struct error err = {0};
    char *link = arena_print(&arena, "%s/link", folder);
    assert_int_equal(symlink(path, link), 0);
    assert_false(lock_take(&lock, link, "me", &err));
    assert_int_equal(err.status, STATUS_JOURNAL);
    assert_non_null(strstr(err.text, "it is a link"));
    err = (struct error){0};
    assert_false(lock_take(&lock, folder, "me", &err));
    assert_int_equal(err.status, STATUS_JOURNAL);
}

/* Emptied for the holder's name, it would be emptied under its other name too. */
static void
a_file_with_a_second_name_is_not_a_lock(void **state)
{
    (void)state;
    struct lock lock;
    struct error err = {0};
    struct buffer content = {0};
    char *precious = arena_print(&arena, "%s/precious", folder);
    char *name = arena_print(&arena, "%s/b.lock", folder);
    assert_true(file_write(precious, "keep me", 7, 0600, &err));
    assert_int_equal(link(precious, name), 0);
    assert_false(lock_take(&lock, name, "me", &err));
    assert_int_equal(err.status, STATUS_JOURNAL);
    assert_non_null(strstr(err.text, "second name"));
    err = (struct error){0};
    assert_true(file_read(precious, 100, &content, NULL, &err));
    assert_string_equal(content.bytes, "keep me");
    buffer_close(&content);
}

static void
who_only_looks_is_told_the_holder_and_holds_nothing(void **state)
{
    (void)state;
    struct buffer holder = {0};
    struct lock lock;
    struct error err = {0};
    assert_false(lock_look(path, &holder)); /* there is no file at all */
    assert_int_equal(access(path, F_OK), -1);
    pid_t other = start_holder("ana@lab, process 7, since 14:00\x1b[2J");
    assert_true(lock_look(path, &holder));
    assert_string_equal(holder.bytes, "ana@lab, process 7, since 14:00\\u{1b}[2J");
    kill(other, SIGKILL);
    waitpid(other, NULL, 0);
    buffer_clear(&holder);
    assert_false(lock_look(path, &holder)); /* the line still stands, and nobody holds it */
    assert_int_equal(holder.size, 0);
    assert_true(lock_take(&lock, path, "me", &err));
    lock_release(&lock);
    buffer_close(&holder);
}

/* A look shares the lock for an instant: here for ten milliseconds. */
static void
a_look_in_the_same_instant_does_not_turn_a_run_away(void **state)
{
    (void)state;
    struct lock lock;
    struct error err = {0};
    int looker = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(flock(looker, LOCK_SH | LOCK_NB), 0);
    pid_t process = fork();
    if (process == 0) { /* it shares the open file, and lets go of it for both */
        poll(NULL, 0, 10);
        flock(looker, LOCK_UN);
        _exit(0);
    }
    assert_true(lock_take(&lock, path, "me", &err));
    lock_release(&lock);
    waitpid(process, NULL, 0);
    close(looker);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_only_looks_is_told_the_holder_and_holds_nothing),
        cmocka_unit_test(a_look_in_the_same_instant_does_not_turn_a_run_away),
        cmocka_unit_test(a_lock_held_by_another_process_is_refused_with_its_name),
        cmocka_unit_test(the_holder_line_is_the_latest_and_the_file_stays),
        cmocka_unit_test(a_link_or_a_folder_is_not_a_lock),
        cmocka_unit_test(a_file_with_a_second_name_is_not_a_lock),
    };
    return cmocka_run_group_tests(tests, begin, scratch_close);
}
