#!/bin/sh
# usage: install.sh GROUP…    Installs the Debian packages of these groups (tests/packages.txt) that are missing.
set -eu
list=$(dirname "$0")/packages.txt
missing=
for group; do
	for package in $(sed -n "s/^$group //p" "$list"); do
		# A program that is there by other means (node from another source) is as good as its package.
		case $package in nodejs) command -v node >/dev/null && continue ;; npm) command -v npm >/dev/null && continue ;; esac
		dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
	done
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
	echo "missing Debian packages:$missing; install them as root: apt-get install$missing" >&2
	exit 1
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >&2
