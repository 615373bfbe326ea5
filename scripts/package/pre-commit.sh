#!/usr/bin/env bash
# What the hook of pre-commit runs: the command of the clone that pre-commit made, which installs what it needs once.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [ ! -e "$here/node_modules/.package-lock.json" ]; then
  (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund) >&2
fi
exec node "$here/cli/cdk8s-kubevirt.cjs" check "$@"
