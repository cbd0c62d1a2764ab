/* bursar completion: the scripts by which shells complete a command line, and the answers that
 * these scripts come back for. The scripts are short and know nothing of commands and options: each
 * TAB asks the program on the line, so that a script that was installed once never falls behind. */
#include "base/text.h"
#include "cmd/commands.h"
#include "cmd/propose.h"
#include "cmd/say.h"
#include "cmd/shell_scripts.h"

static const struct {
    const char *name, *script;
} shells[] = {{"bash", shell_script_bash}, {"zsh", shell_script_zsh}, {"fish", shell_script_fish}};
enum { SHELL_COUNT = sizeof shells / sizeof *shells };

const char *
completion_shell(size_t at)
{
    return at < SHELL_COUNT ? shells[at].name : NULL;
}

/* The words of `completion at N -- WORD…`: what stands behind the program's name on the line. */
static bool
answer(const char **words, size_t count, struct arena *arena, struct buffer *out, struct error *err)
{
    unsigned long at = 0;
    const char *digit = count > 1 ? words[1] : "";
    for (; *digit >= '0' && *digit <= '9' && at < 100000; digit++)
        at = at * 10 + (unsigned long)(*digit - '0');
    if (count < 2 || !words[1][0] || *digit || at > count - 2)
        return error_end(err, STATUS_USAGE,
                         "'completion at' takes the place of the cursor among "
                         "the words, and the words");
    propose(&(struct line_so_far){words + 2, count - 2, at}, arena, out);
    return true;
}

static bool
script(const char *name, struct buffer *out, struct error *err)
{
    for (size_t i = 0; i < SHELL_COUNT; i++)
        if (text_same(shells[i].name, name)) {
            buffer_text(out, shells[i].script);
            return true;
        }
    return error_end(err, STATUS_USAGE, "'completion' takes bash, zsh or fish; it has '%s'", name);
}

enum status
cmd_completion(const struct arguments *arguments)
{
    struct arena arena = {0};
    struct buffer out = {0};
    struct error err = {0};
    bool asks = text_same(arguments->words[0], "at");
    bool good = asks ? answer(arguments->words, arguments->word_count, &arena, &out, &err)
                : arguments->word_count == 1
                    ? script(arguments->words[0], &out, &err)
                    : error_end(&err, STATUS_USAGE, "usage: bursar completion SHELL");
    enum status status = good && say_out(&out, &err) ? STATUS_DONE : say_error(&err);
    buffer_close(&out);
    arena_close(&arena);
    return status;
}
