#!/bin/sh
# The house plan, checked: each room opens only the rooms and libraries named on its line. Arrows
# only go down, neighbours on a floor do not know each other, and nothing outside the marketplace
# and the simulator knows MTurk's words.
cd "$1/runner" || exit 2
out=$(find . -name '*.[ch]' | sort | xargs awk '
    BEGIN {
        rooms["base"]   = "base";                                      opens["base"]   = "openssl yaml jansson"
        rooms["core"]   = "core base";                                 opens["core"]   = ""
        rooms["io"]     = "io base";                                   opens["io"]     = "curl openssl"
        rooms["codec"]  = "codec core base";                           opens["codec"]  = "jansson csv"
        rooms["market"] = "market core base";                          opens["market"] = "jansson expat"
        rooms["engine"] = "engine io codec market core base";          opens["engine"] = ""
        rooms["sim"]    = "sim base";                                  opens["sim"]    = "jansson microhttpd"
        rooms["cmd"]    = "cmd engine sim io codec market core base";  opens["cmd"]    = ""
        rooms["main.c"] = "cmd";                                       opens["main.c"] = ""
        libraries = " curl yaml jansson openssl microhttpd expat csv "
    }
    function among(word, list) { return index(" " list " ", " " word " ") > 0 }
    FNR == 1 { split(FILENAME, path, "/"); room = path[2] }
    /^#include "/ {
        split($2, part, /["\/]/)
        if (!among(part[2], rooms[room]))
            print FILENAME ":" FNR ": " room " opens " part[2] "; it may open: " rooms[room]
    }
    /^#include </ {
        split($2, part, /[<.\/]/)
        if (among(part[2], libraries) && !among(part[2], opens[room]))
            print FILENAME ":" FNR ": " room " opens <" part[2] ">; it may open: " opens[room]
    }
    room != "market" && room != "sim" &&
        /GetHIT|SendBonus|X-Amz-Target|TurkErrorCode|NotifyWorkers/ {
        print FILENAME ":" FNR ": a word of MTurk: " $0
    }')
passed=1
[ -z "$out" ] || { echo "$out"; passed=0; }
echo "[==========] 1 test(s) run."
echo "[  PASSED  ] $passed test(s)."
[ "$passed" = 1 ] || { echo "[  FAILED  ] 1 test(s)"; exit 1; }
