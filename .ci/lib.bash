# What run and full share. To be sourced from the root of the repository.

# The newest Go that the modules are tested with, besides the installed one.
newest=go1.27.4

gofumpt=mvdan.cc/gofumpt@v0.12.0
staticcheck=honnef.co/go/tools/cmd/staticcheck@v0.8.2
govulncheck=golang.org/x/vuln/cmd/govulncheck@v1.9.0

export GOWORK=off
failed=()

step() { printf '\n== %s\n' "$1"; }

# check NAME COMMAND... runs the command and notes a failure, so that the rest
# is seen too.
check() {
	local name=$1
	shift
	step "$name"
	"$@" || failed+=("$name")
}

# each COMMAND... runs the command in every module.
each() {
	local rc=0 m
	for m in "${modules[@]}"; do
		(cd "$m" && "$@") || rc=1
	done
	return $rc
}

finish() {
	if ((${#failed[@]})); then
		printf '\n%s: failed:\n' "$1"
		printf '  %s\n' "${failed[@]}"
		exit 1
	fi
	printf '\n%s: all passed\n' "$1"
}

# need COMMAND PACKAGE installs a Debian package where the command is missing.
need() {
	command -v "$1" >/dev/null && return
	if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$2" >/dev/null
	else
		echo "$1 is needed: install it" >&2
		return 1
	fi
}

# The tools are built with the installed Go, outside of our modules.
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
install_tools() {
	local rc=0 t
	for t in "$gofumpt" "$staticcheck" "$govulncheck"; do
		GOBIN=$tools go install "$t" || rc=1
	done
	return $rc
}

go_version() { GOTOOLCHAIN=$newest go version; }

formatted() {
	local names
	names=$("$tools/gofumpt" -l .) || return
	[ -z "$names" ] && return
	printf 'not formatted by %s:\n%s\n' "$gofumpt" "$names"
	return 1
}

tidy() { go mod tidy -diff; }

# The database of vulnerabilities is a service of its own: not reaching it says
# nothing about this repository.
vulnerabilities() {
	local out rc
	out=$("$tools/govulncheck" ./... 2>&1)
	rc=$?
	printf '%s\n' "$out"
	[ $rc = 0 ] && return
	if grep -qE 'fetching vulnerabilities|vuln\.go\.dev.*(dial|lookup|timeout|refused|Forbidden|EOF)' <<<"$out"; then
		echo "NOT CHECKED: the vulnerability database cannot be reached"
		return 0
	fi
	return 1
}

# staticcheck reads the sources of the Go it was built with alone.
test_newest() { env -u APIGEN_STATICCHECK GOTOOLCHAIN="$newest" go test ./...; }
