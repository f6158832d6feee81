#!/usr/bin/env bash
# The real shells, and what the tests of files and processes look through. nushell comes by npm, but is no
# devDependency: not all its platforms' packages can be had, and then `npm ci` calls the lock file wrong.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
shells='bash zsh fish dash ksh mksh busybox'
apt-get -qq update
apt-get -qq install -y --no-install-recommends $shells strace faketime locales procps util-linux \
  python3-venv >/dev/null
npm install --silent --no-save --no-audit --no-fund --prefix .ci/out/nushell nushell@0.108
for shell in $shells nu strace faketime localedef setpriv ps unshare; do
  command -v "$shell" || { echo "$shell is missing" >&2; exit 1; }
done
