#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The README's two commands on today's machines: a fresh Debian each, a clean clone of the committed state in it,
# flow/demo.sh and flow/test.sh there.
#   flow/machines.sh [12] [13]     default: both
# As root (debootstrap, chroot and mounts need it). Takes the mirror from the machine's own apt sources, or MIRROR=URL.
# The Debians lie below TMPDIR (default /var/tmp) and are removed again; the logs stay in gen_out/machines/.
# Exit code 0: both commands passed on each; 1: one failed; 2: not run.
set -euo pipefail
usage() { echo "usage: flow/machines.sh [12] [13]" >&2; exit 2; }
refuse() { echo "flow/machines.sh: $*" >&2; exit 2; }

declare -A suites=([12]=bookworm [13]=trixie)
[ $# -gt 0 ] || set -- 12 13
for version in "$@"; do [ -n "${suites[$version]:-}" ] || usage; done
[ "$(id -u)" -eq 0 ] || refuse "needs root for debootstrap, chroot and mounts: sudo flow/machines.sh $*"
for program in debootstrap git unshare; do
  command -v "$program" > /dev/null || refuse "$program not found: apt-get install debootstrap git util-linux"
done
# Mounts and processes of its own: whatever ends this script, the kernel takes both away.
if [ -z "${CIMRTL_MACHINES_INSIDE:-}" ]; then
  unshare --mount --pid --fork true 2> /dev/null || refuse "this machine lets root make no mounts of its own (a container?)"
  CIMRTL_MACHINES_INSIDE=1 exec unshare --mount --propagation private --pid --fork --kill-child \
    "$(realpath "${BASH_SOURCE[0]}")" "$@"
fi
cd "$(dirname "$0")/.."

# The first mirror of Debian itself in apt's sources, in either of their forms.
mirror_of_apt() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2> /dev/null |
    sed -n -E 's/^deb +(\[[^]]*\] +)?([^ ]+).*/\2/p; s/^URIs: *([^ ]+).*/\1/p' |
    sed 's|/*$||' | grep -E '^https?://.*/debian$' | head -n 1
}
mirror=${MIRROR:-$(mirror_of_apt || true)}
[ -n "$mirror" ] || refuse "apt's sources name no http mirror of Debian; say which: MIRROR=http://deb.debian.org/debian"
proxy=
eval "$(apt-config shell proxy Acquire::http::Proxy)"
[ -z "$proxy" ] || export http_proxy="$proxy"

logs=$PWD/gen_out/machines
mkdir -p "$logs"
work=$(mktemp -d "${TMPDIR:-/var/tmp}/cimrtl-machines.XXXXXX")
clean_up() {
  local root
  for root in "$work"/debian-*; do
    [ ! -d "$root" ] || umount -q -R "$root/proc" "$root/sys" "$root/dev" 2> /dev/null || true
  done
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# A fresh Debian $1 in $2 with a clone of this repository in it.
make_machine() {
  local version=$1 root=$2 extra=()
  [[ $mirror != https:* ]] || extra=(--include=ca-certificates)
  debootstrap --variant=minbase "${extra[@]}" "${suites[$version]}" "$root" "$mirror"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount --rbind /dev "$root/dev"
  [ -z "$proxy" ] || echo "Acquire::http::Proxy \"$proxy\";" > "$root/etc/apt/apt.conf.d/proxy"
  git -c safe.directory='*' clone --quiet --no-local . "$root/root/cimrtl"
}

# Runs command $2 in the clone inside $1, with nothing of this machine's environment.
inside() {
  chroot "$1" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 ${http_proxy:+"http_proxy=$http_proxy"} \
    sh -c "cd /root/cimrtl && $2"
}

versions='printf "%s; %s; g++ %s; " "$(verilator --version)" "$(yosys -V)" "$(g++ -dumpfullversion)"
  dpkg-query -W -f "Catch2 \${Version}\n" catch2'

[ -z "$(git -c safe.directory='*' status --porcelain 2> /dev/null)" ] || echo "note: what is not committed is not tried" >&2
failed=0
for version in "$@"; do
  root=$work/debian-$version
  echo "Debian $version (${suites[$version]}) from $mirror"
  if ! make_machine "$version" "$root" > "$logs/debian-$version.setup.log" 2>&1; then
    tail -n 5 "$logs/debian-$version.setup.log" >&2
    echo "  not set up: $logs/debian-$version.setup.log" >&2
    failed=1
    continue
  fi
  for command in demo test; do
    start=$SECONDS
    log=$logs/debian-$version.$command.log
    if inside "$root" "flow/$command.sh" > "$log" 2>&1; then
      echo "  flow/$command.sh passed in $((SECONDS - start)) s"
    else
      echo "  flow/$command.sh FAILED after $((SECONDS - start)) s: $log" >&2
      tail -n 20 "$log" >&2
      failed=1
    fi
  done
  inside "$root" "$versions" 2> /dev/null | sed 's/^/  with /' || true
done
exit $failed
