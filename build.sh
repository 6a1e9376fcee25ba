#!/usr/bin/env bash
# Builds and runs Proofs: restores the pinned tools, then hands every argument to build.cake.
#   ./build.sh                  verify every paper artifact in the quick profile and print the verdict table
#   ./build.sh --target=Test    run every test
#   ./build.sh --description    list all targets
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_CLI_UI_LANGUAGE=en
export MSBUILDDISABLENODEREUSE=1 # no build server outlives this script
if [ "${CI:-}" = true ]; then export UseSharedCompilation=false; fi
if [ ! -t 1 ]; then export MSBUILDTERMINALLOGGER=off NO_COLOR=1; fi
if [ ! -w "${HOME:-}" ]; then # dotnet refuses to start without a home
    export HOME="${TMPDIR:-/tmp}/proofs-home"
    mkdir -p "$HOME"
fi

needed=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json | head -n 1)
if ! command -v dotnet > /dev/null 2>&1; then
    echo "build.sh: the .NET SDK is missing: expected 'dotnet' $needed or newer on PATH; see https://dot.net/download" >&2
    exit 69
fi
if ! problem=$(dotnet --version 2>&1 < /dev/null); then
    found=$(dotnet --list-sdks 2> /dev/null | cut -d ' ' -f 1 | tr '\n' ' ')
    case "$found" in
        *"$needed"*) echo "build.sh: dotnet does not start: $problem" >&2 ;;
        *) echo "build.sh: the .NET SDK is too old: global.json asks for $needed or a newer ${needed%%.*}.0 release," \
            "found: ${found:-none}; see https://dot.net/download" >&2 ;;
    esac
    exit 69
fi

if ! restored=$(dotnet tool restore 2>&1 < /dev/null); then
    echo "$restored" >&2
    echo "build.sh: the tools of .config/dotnet-tools.json could not be restored" >&2
    exit 69
fi
case " $* " in
    *" --verbosity"* | *" -v"*) ;;
    *) set -- --verbosity=quiet "$@" ;; # the targets say what they do; cake's own headings add nothing
esac
exec dotnet cake build.cake "$@" < /dev/null
