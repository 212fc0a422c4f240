#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# lint.sh verilator|yosys RTL [SCHEME LISTS]: elaborates every module below RTL/blocks and RTL/schemes (blocks, front
# and back ends) as a top of its own, with the parameter sets of lint_parameters.txt; refuses, with a message of the block, those of
# lint_refused.txt (verilator). With SCHEME, a folder beside RTL, those below it alone, with the lists in LISTS.
# Exit codes: 0 clean, 1 not, 77 the tool is missing.
set -eu
tool=$1 rtl=$2 scheme=${3:-} lists=${4:-$(dirname "$0")}
sets=$lists/lint_parameters.txt
if ! command -v "$tool" > /dev/null; then
    echo "$tool is missing (apt-get install $tool): nothing checked"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 count=0

check() {
    count=$((count + 1))
    if ! "$@" > "$work/log" 2>&1; then
        echo "failed: $*"
        cat "$work/log"
        failed=1
    fi
}

# Where Verilator finds modules.
folders="-y $rtl/blocks -y $rtl/array"
for folder in "$rtl"/schemes/*/ $scheme; do
    folders="$folders -y $folder"
done
if [ -n "$scheme" ]; then
    own=$(echo "$scheme"/*.sv)
else
    own=$(echo "$rtl"/blocks/*.sv "$rtl"/schemes/*/*.sv)
fi

# Every block is in the list.
for file in $own; do
    module=$(basename "$file" .sv)
    if ! grep -q "^$module\$" "$sets"; then
        echo "failed: $module has no line of its own in $sets"
        failed=1
    fi
done

file_of() {
    for file in "$rtl/blocks/$1.sv" "$rtl"/schemes/*/"$1.sv" ${scheme:+"$scheme/$1.sv"}; do
        if [ -f "$file" ]; then echo "$file"; fi
    done
}

# Parameters as options of the tool.
options_of() {
    for p in "$@"; do
        case $tool in
            verilator) printf -- '-G%s ' "$p" ;;
            yosys) printf -- '-chparam %s %s ' "${p%=*}" "${p#*=}" ;;
        esac
    done
}

# Options and parameters are words.
# shellcheck disable=SC2046,SC2086
while read -r module parameters; do
    case $module in '#'* | '') continue ;; esac
    options=$(options_of $parameters)
    case $tool in
        verilator) check verilator --lint-only -Wall $options --top-module "$module" \
            $folders "$(file_of "$module")" ;;
        yosys) check yosys -q -e 'implicitly declared' -p "read_verilog -sv $rtl/blackbox/*.sv; read_verilog -sv -defer $rtl/blocks/*.sv \
            $rtl/schemes/*/*.sv ${scheme:+$scheme/*.sv}; \
            hierarchy -check -top $module $options; proc; check -assert" ;;
    esac
done < "$sets"
# Sets that break a rule of the block: it says so itself.
while read -r module parameters; do
    case $module in '#'* | '') continue ;; esac
    [ "$tool" = verilator ] || break
    count=$((count + 1))
    # shellcheck disable=SC2046,SC2086
    verilator --lint-only $(options_of $parameters) --top-module "$module" $folders \
        "$(file_of "$module")" > "$work/log" 2>&1 || true
    if ! grep -q "$module: " "$work/log"; then
        echo "failed: $module takes $parameters"
        cat "$work/log"
        failed=1
    fi
done < "$lists/lint_refused.txt"
echo "$tool: $count parameter sets"
exit $failed
