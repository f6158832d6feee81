#!/usr/bin/env bash
# The real shells, and what the tests of files and processes look through. nushell comes by npm.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
shells='bash zsh fish dash ksh mksh busybox'
apt-get -qq update
apt-get -qq install -y --no-install-recommends $shells strace procps util-linux python3-venv >/dev/null
for shell in $shells node_modules/.bin/nu strace ps unshare; do
  command -v "$shell" || { echo "$shell is missing" >&2; exit 1; }
done
