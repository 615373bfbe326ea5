#!/usr/bin/env bash
# What action.yml runs: the review as annotations, then the comparison with the base as annotations, summary and comment.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
command() { node "$here/cli/cdk8s-kubevirt.cjs" "$@"; }

read -ra paths <<<"$INPUT_PATHS"
read -ra options <<<"${INPUT_OPTIONS:-}"
status=0

if [ "${INPUT_CHECK:-true}" = true ]; then
  strict=()
  [ "${INPUT_STRICT:-false}" = true ] && strict=(--strict)
  command check --format github ${strict[@]+"${strict[@]}"} ${options[@]+"${options[@]}"} "${paths[@]}" || status=$?
fi

base=${INPUT_BASE:-}
[ -z "$base" ] && [ -n "${BASE_SHA:-}" ] && base="$BASE_SHA...HEAD"
if [ -n "$base" ]; then
  command diff --format github --fail-on "$INPUT_FAIL_ON" ${options[@]+"${options[@]}"} "$base" -- "${paths[@]}"
  compared=$?
  [ "$compared" -gt "$status" ] && status=$compared
  comment=$(mktemp)
  marker='<!-- cdk8s-kubevirt diff -->'
  { printf '%s\n' "$marker"; command diff --format markdown ${options[@]+"${options[@]}"} "$base" -- "${paths[@]}"; } >"$comment"
  [ -n "${GITHUB_STEP_SUMMARY:-}" ] && cat "$comment" >>"$GITHUB_STEP_SUMMARY"
  if [ "${INPUT_COMMENT:-true}" = true ] && [ -n "${PULL_REQUEST:-}" ]; then
    url="repos/$GITHUB_REPOSITORY/issues"
    known=$(gh api --paginate "$url/$PULL_REQUEST/comments" --jq ".[] | select(.body | startswith(\"$marker\")) | .id" | head -n 1)
    if [ -n "$known" ]; then
      gh api --method PATCH "$url/comments/$known" --field body=@"$comment" >/dev/null
    else
      gh api --method POST "$url/$PULL_REQUEST/comments" --field body=@"$comment" >/dev/null
    fi || echo '::warning::the comment could not be written; the job needs the permission pull-requests: write'
  fi
  rm -f "$comment"
fi
exit "$status"
