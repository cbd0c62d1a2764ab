# Completion for fish. The program itself says what may stand at a place (`bursar completion at`),
# from the tables that `bursar help` prints; this only carries question and answer.

function __bursar_paths # the beginning of an option's value, what is typed of it, endings
    for path in (complete -C "__fish_command_without_completions $argv[2]")
        for ending in / $argv[3..-1]
            if string match -q -- "*$ending" (string split -m 1 \t -- $path)[1]
                printf '%s%s\n' $argv[1] $path
            end
        end
    end
end

function __bursar_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l all (commandline -op)
    set -l behind (math (count $before) + 1 + (test -n "$current"; and echo 1; or echo 0))
    set -l after
    test (count $all) -ge $behind; and set after $all[$behind..-1]
    set -l value (string match -r -g -- '^--[^=]*=(.*)$' $current; or echo -- $current)
    set -l lead (string match -r -- '^--[^=]*=' $current; or echo '')
    set -l asked (string replace -r '^~(?=/)' $HOME -- $before[2..-1] $current $after)
    test -n "$current"; or set asked $before[2..-1] '' $after
    set -l program (string replace -r '^~(?=/)' $HOME -- $before[1])
    for line in (command $program completion at (math (count $before) - 1) -- $asked 2>/dev/null)
        set -l parts (string split \t -- $line)
        switch $parts[1]
            case :files
                __bursar_paths $lead "$value" $parts[2..-1]
            case :folders
                __bursar_paths $lead "$value"
            case '*'
                echo -- $line
        end
    end
end

complete -c bursar -f -a '(__bursar_complete)'
