# tap.sh: cases of tests in shell, as TAP. SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh

n_cases=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# check NAME COMMAND…: a case that passes when the command succeeds; what it printed is shown when it does not.
check () {
  name=$1
  shift
  n_cases=$((n_cases + 1))
  if "$@" >"$work/output" 2>&1; then
    echo "ok $n_cases $name"
  else
    echo "not ok $n_cases $name"
    sed 's/^/# /' "$work/output"
  fi
}

# skip NAME REASON
skip () {
  n_cases=$((n_cases + 1))
  echo "ok $n_cases $1 # SKIP $2"
}

# silent COMMAND…: succeeds when the command does and prints nothing.
silent () {
  "$@" >"$work/silent" 2>&1 && [ ! -s "$work/silent" ] || { cat "$work/silent"; return 1; }
}

# same EXPECTED FOUND: two files.
same () {
  diff -u "$1" "$2"
}

end () {
  echo "1..$n_cases"
}
