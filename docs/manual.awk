# Makes a manual page (mdoc) of one of our Markdown pages, so that there is one text of each:
#
#     LC_ALL=C awk -v page=bursar-journal -v section=5 -v about='the journal of …' \
#         -v date='November 25, 2026' -v see='bursar 1 bursar-campaign 5' \
#         -f docs/manual.awk schema/journal.md
#
# It knows what our pages use: headings, paragraphs, fenced blocks, tables, lists of one level, `code`
# and **bold**. A third-level heading is an item of a list, a table's first column as well. Of a page
# in section 1 what stands above the first heading is left out, because it speaks of the page.

function roff(text, literal) {
    gsub(/\\/, "\\e", text)
    if (literal) {
        gsub(/'/, "\\(aq", text)
        gsub(/`/, "\\(ga", text)
        gsub(/~/, "\\(ti", text)
        gsub(/\^/, "\\(ha", text)
        gsub(/-/, "\\-", text)
    } else {
        gsub(/--/, "\\-\\-", text)
    }
    return text
}

# `code`, **bold** and 'bursar …' become bold; what lies between is prose.
function inline(text,    out, at, end, mark, bold) {
    out = ""
    while (match(text, /`|\*\*|'bursar /)) {
        at = RSTART
        mark = substr(text, at, 1) == "*" ? "**" : substr(text, at, 1)
        end = index(substr(text, at + length(mark)), mark)
        if (!end)
            break
        bold = substr(text, at + length(mark), end - 1)
        if (mark == "**")
            gsub(/`/, "", bold)
        out = out roff(substr(text, 1, at - 1), 0) "\\fB" roff(bold, mark != "**") "\\fR"
        text = substr(text, at + 2 * length(mark) + end - 1)
    }
    return out roff(text, 0)
}

# Bytes as mandoc counts them, which reads "…" as "\\[u2026]".
function width(text,    bytes) {
    bytes = length(text)
    return bytes + 6 * gsub(/[\300-\377]/, "", text)
}

function line_end() {
    if (line != "")
        print (line ~ /^[.']/ ? "\\&" : "") line
    line = ""
}

# Each sentence begins a line of its own, and no line is longer than a terminal.
function prose(text,    words, count, i, word, tail) {
    count = split(inline(text), words, " ")
    for (i = 1; i <= count; i++) {
        word = words[i]
        if (match(word, /^bursar(-[a-z]+)?\([0-9]\)/)) {
            tail = substr(word, RLENGTH + 1)
            line_end()
            print ".Xr " substr(word, 1, RLENGTH - 3) " " substr(word, RLENGTH - 1, 1) \
                (tail != "" ? " " tail : "")
            continue
        }
        if (line != "" && width(line) + width(word) > 78)
            line_end()
        line = line (line != "" ? " " : "") word
        if (word ~ /[.!?][)'"]*(\\fR)?$/)
            line_end()
    }
    line_end()
}

# What stands in a line of macros: the words of a command, an option, a variable.
function macros(text,    words, count, i, word, out, more) {
    gsub(/\[/, "[ ", text)
    gsub(/\]/, " ]", text)
    gsub(/,/, " ,", text)
    count = split(text, words, " ")
    out = ""
    for (i = 1; i <= count; i++) {
        word = words[i]
        if (word == "[")
            word = "Oo"
        else if (word == "]")
            word = "Oc"
        else if (word ~ /^-/)
            word = "Fl " substr(word, 2)
        else if (word ~ /^[A-Z][A-Za-z.]*(…)?$/ && heading !~ /^(ENVIRONMENT|FILES)$/)
            word = "Ar " word
        else if (word != "|" && word != "," && word != "…")
            word = (heading == "ENVIRONMENT" ? "Ev " : heading == "FILES" ? "Pa " : "Cm ") \
                roff(word, 1)
        out = out (out != "" ? " " : "") word
    }
    return out
}

# The tag of an item: all `code` becomes macros, the rest stays as it is.
function item(text,    bare) {
    bare = text
    gsub(/`/, "", bare)
    print ".It " (text ~ /`/ ? macros(bare) : inline(bare))
}

function para_end() {
    if (para == "")
        return
    if (pending)
        print ".Pp"
    prose(para)
    para = ""
    pending = 1
}

function list_end() {
    para_end()
    if (bullets)
        print ".El"
    bullets = 0
}

function items_end() {
    list_end()
    if (items)
        print ".El"
    items = 0
}

function table_end() {
    if (rows)
        print ".El"
    rows = 0
    pending = pending || columns
    columns = 0
}

# Capitals, but for what is quoted.
function capitals(text,    parts, count, i, out) {
    count = split(text, parts, "'")
    for (i = 1; i <= count; i++)
        out = out (i > 1 ? "'" : "") (i % 2 ? toupper(parts[i]) : parts[i])
    return out
}

function section_begin(title) {
    table_end()
    items_end()
    heading = title == "An example" ? "EXAMPLES" : capitals(title)
    print ".Sh " heading
    pending = 0
    shown = 1
}

function table_row(text,    cells, count, i, begun) {
    gsub(/\\\|/, "\001", text)
    sub(/^\| */, "", text)
    sub(/ *\|$/, "", text)
    count = split(text, cells, / *\| */)
    for (i = 1; i <= count; i++)
        gsub(/\001/, "|", cells[i])
    if (!columns) {
        columns = count
        for (i = 1; i <= count; i++)
            heads[i] = cells[i]
        return
    }
    if (!rows++)
        print ".Bl -tag -width Ds"
    item(cells[1])
    # What it means comes first; other columns are named by their heads.
    for (i = 2; i <= columns; i++)
        if (columns == 2 || heads[i] ~ /^what/) {
            prose(cells[i])
            begun = 1
        }
    for (i = 2; i <= columns && columns > 2; i++)
        if (cells[i] != "" && heads[i] !~ /^what/) {
            if (begun)
                print ".Pp"
            begun = 0
            prose(toupper(substr(heads[i], 1, 1)) substr(heads[i], 2) ": " cells[i] ".")
        }
}

function synopsis(text) {
    sub(/^bursar */, "", text)
    print ".Nm bursar"
    print "." macros(text)
}

BEGIN {
    print ".\\\" Made by docs/manual.awk."
    print ".Dd " date
    print ".Dt " toupper(page) " " section
    print ".Os"
    print ".Sh NAME"
    print ".Nm " page
    print ".Nd " about
    shown = section != 1
    if (shown) {
        print ".Sh DESCRIPTION"
        heading = "DESCRIPTION"
    }
}

/^```/ {
    fenced = !fenced
    if (!shown || heading == "SYNOPSIS")
        next
    if (fenced) {
        table_end()
        para_end()
        print ".Bd -literal -offset indent"
    } else {
        print ".Ed"
        pending = 1
    }
    next
}
fenced && heading == "SYNOPSIS" { synopsis($0); next }
fenced {
    if (shown)
        print (/^[.']/ ? "\\&" : "") roff($0, 1)
    next
}
/^# / { next }
/^## / { section_begin(substr($0, 4)); next }
!shown { next }
/^### / {
    table_end()
    list_end()
    if (!items++)
        print ".Bl -tag -width Ds"
    item(substr($0, 5))
    pending = 0
    next
}
/^\|[-|]*$/ { next }
/^\|/ {
    if (!columns)
        para_end()
    table_row($0)
    next
}
/^- / {
    para_end()
    if (!bullets++)
        print ".Bl -bullet"
    print ".It"
    pending = 0
    para = substr($0, 3)
    next
}
/^$/ {
    table_end()
    list_end()
    next
}
{
    sub(/^ +/, "")
    para = para (para != "" ? " " : "") $0
}

END {
    table_end()
    items_end()
    if (see != "") {
        print ".Sh SEE ALSO"
        count = split(see, words, " ")
        for (i = 1; i <= count; i += 2)
            print ".Xr " words[i] " " words[i + 1] (i + 2 <= count ? " ," : "")
    }
}
