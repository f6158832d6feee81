#!/usr/bin/env bash
# Every Node that tsawsume runs on, as .ci/out/node-MAJOR/bin/node. They come by npm, without install scripts: the
# package of the platform has the program in it.
set -euo pipefail
arch=$(node -p process.arch)
for major in 20 22 24 26; do
  bin=.ci/out/node-$major/bin
  [ -x "$bin/node" ] && continue
  rm -rf ".ci/out/fetched"
  npm install --silent --no-save --no-audit --no-fund --ignore-scripts \
    --prefix .ci/out/fetched "node-linux-$arch@$major"
  # The program alone: headers and npm are twice its size.
  mkdir -p "$bin"
  mv ".ci/out/fetched/node_modules/node-linux-$arch/bin/node" "$bin/"
  rm -rf ".ci/out/fetched"
done
for major in 20 22 24 26; do ".ci/out/node-$major/bin/node" --version; done
