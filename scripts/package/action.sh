#!/usr/bin/env bash
# What action.yml runs: the review as annotations, then the comparison with the base as annotations, summary and comment.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
command() { node "$here/cli/cdk8s-kubevirt.cjs" "$@"; }
marker='<!-- cdk8s-kubevirt diff -->'
# GitHub takes 65,536 characters.
longest=65000

read -ra paths <<<"$INPUT_PATHS"
read -ra options <<<"${INPUT_OPTIONS:-}"
read -ra diff_options <<<"${INPUT_DIFF_OPTIONS:-}"
status=0

worse() { [ "$1" -gt "$status" ] && status=$1; }

if [ "${INPUT_CHECK:-true}" = true ]; then
  strict=()
  [ "${INPUT_STRICT:-false}" = true ] && strict=(--strict)
  command check --format github ${strict[@]+"${strict[@]}"} ${options[@]+"${options[@]}"} "${paths[@]}" || worse $?
fi

base=${INPUT_BASE:-}
[ -z "$base" ] && [ -n "${BASE_SHA:-}" ] && base="$BASE_SHA...HEAD"
[ -z "$base" ] && exit "$status"

compare() {
  command diff "$@" ${options[@]+"${options[@]}"} ${diff_options[@]+"${diff_options[@]}"} "$base" -- "${paths[@]}"
}
compare --format github --fail-on "${INPUT_FAIL_ON:-}" || worse $?

comment=$(mktemp)
trap 'rm -f "$comment"' EXIT
if ! { printf '%s\n' "$marker" && compare --format markdown; } >"$comment"; then
  echo '::warning::the comparison could not be written as a comment'
  exit "$status"
fi
[ -n "${GITHUB_STEP_SUMMARY:-}" ] && cat "$comment" >>"$GITHUB_STEP_SUMMARY"
[ "${INPUT_COMMENT:-true}" = true ] && [ -n "${PULL_REQUEST:-}" ] || exit "$status"

if [ "$(wc -m <"$comment")" -gt "$longest" ]; then
  whole=$(cat "$comment")
  printf '%s\n\n…\n\nThe rest stands in the summary of the job.\n' "${whole:0:longest}" >"$comment"
fi
url="repos/$GITHUB_REPOSITORY/issues"
known=$(gh api --paginate "$url/$PULL_REQUEST/comments" --jq ".[] | select(.body | startswith(\"$marker\")) | .id" | head -n 1)
if [ -n "$known" ]; then
  gh api --method PATCH "$url/comments/$known" --field body=@"$comment" >/dev/null
else
  gh api --method POST "$url/$PULL_REQUEST/comments" --field body=@"$comment" >/dev/null
fi || echo '::warning::the comment could not be written; the job needs the permission pull-requests: write'
exit "$status"
