# The steps of .ci/run: each says what it runs and how long that took, and is counted.
passed=0 failed=0 bad=()
work=.ci/out
mkdir -p "$work"
: >"$work/failures"

# step NAME COMMAND…: one that either passes or fails.
step() {
  run_step "$@" && passed=$((passed + 1)) && return
  failed=$((failed + 1))
  bad+=("$1")
}

# must NAME COMMAND…: the rest makes no sense without it.
must() {
  step "$@"
  [ "$failed" = 0 ] || conclude
}

# tests NAME COMMAND…: one that ends with `N passed, N failed`, which is added up.
tests() {
  local name=$1 code=0 line
  run_step "$@" || code=$?
  line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' "$work/log" | tail -n 1)
  read -r more _ fewer _ <<<"${line:-0 passed, 1 failed}"
  passed=$((passed + more)) failed=$((failed + fewer))
  [ "$code" = 0 ] && [ "$fewer" = 0 ] && [ "$more" != 0 ] && return
  # A runner that ends badly with every test passed has failed, too.
  [ "$fewer" != 0 ] || failed=$((failed + 1))
  bad+=("$name")
  remember_failures "$name"
}

# What failed is said again at the end, where it is looked for: there are thousands of lines between.
remember_failures() {
  {
    printf '\n== what failed in %s\n' "$1"
    grep -aE -A 40 '(FAIL|Error:) ' "$work/log" | head -n 120
  } >>"$work/failures"
}

# full_tests NAME COMMAND…: the same, and a test that skipped has failed.
full_tests() {
  local skipped
  tests "$@"
  skipped=$(grep -aoE '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$work/log" | tail -n 1 | cut -d' ' -f5)
  [ -z "$skipped" ] && return
  failed=$((failed + skipped))
  bad+=("$1: $skipped skipped")
}

run_step() {
  local name=$1 started=$SECONDS code=0
  shift
  printf '\n== %s: %s\n' "$name" "$*"
  "$@" </dev/null 2>&1 | tee "$work/log" || code=${PIPESTATUS[0]}
  [ "$code" = 0 ] || printf '== failed (%s)\n' "$code"
  printf '== %s s\n' "$((SECONDS - started))"
  return "$code"
}

conclude() {
  cat "$work/failures"
  [ ${#bad[@]} = 0 ] || printf '\nfailed: %s\n' "${bad[@]}"
  printf '\n%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" = 0 ]
  exit
}
