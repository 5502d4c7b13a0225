# Each target installs what it misses first (.ci/deps), also on a fresh Debian 12 with only Rust, Node, git and make.
# Builds take the whole workspace, so that every crate is built with one set of features, once.
.PHONY: demo pictures test lint fuzz crashes ui icons bench soak interop licences package package-test

# The main job, seen: in a window where there is a display, else on a private desktop with pictures in target/demo.
demo: ui
	.ci/deps build run $(if $(DISPLAY)$(WAYLAND_DISPLAY),,test)
	cargo build --workspace --bins
	target/debug/desktop-demo

# The pictures of README, taken of the demo without a display: light, and the dashboard in the dark.
pictures:
	env -u DISPLAY -u WAYLAND_DISPLAY $(MAKE) demo
	cp target/demo/window.png target/demo/dashboard.png ui/pictures/

# Everything CI runs but the lints.
test: ui
	.ci/deps build run ui test
	npm --prefix ui test
	npm --prefix ui run test:ui
	cargo build --workspace --all-targets
	cargo test --workspace
	cargo test --locked --target-dir target/bench --manifest-path tests/bench/peers/Cargo.toml

lint: ui
	.ci/deps build ui lint
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo clippy --locked --target-dir target/bench --manifest-path tests/bench/peers/Cargo.toml --all-targets -- -D warnings
	npm --prefix ui run check
	desktop-file-validate src-tauri/packaging/app.tidings.Tidings.desktop
	appstreamcli validate --no-net src-tauri/packaging/app.tidings.Tidings.metainfo.xml
	node ui/licences.mjs --check
	.ci/deny

# The deb, the rpm and the list of all that is in them, in target/package: src-tauri/packaging/README.md.
package: ui
	.ci/deps build run package
	src-tauri/packaging/build
	src-tauri/packaging/package

# Installs, uses and removes the deb in a system from nothing; needs root and the network of apt.
package-test:
	.ci/deps package-test
	src-tauri/packaging/package-test

# The figures of tests/bench/README.md, in about three quarters of an hour; sections by name: make bench ONLY=decoder,idle.
# FULL=1 searches among four million events too; KEEP=1 puts what was measured into the page.
bench: ui
	.ci/deps bench build run test
	cargo build --locked --release --target-dir target/bench -p tidings-bench -p tidings -p tidings-cli
	cargo build --locked --release --target-dir target/bench --manifest-path tests/bench/peers/Cargo.toml
	TIDINGS_PROGRAM=target/bench/release/tidings target/bench/release/tidings-bench run --into target/bench \
	  $(if $(ONLY),--only $(ONLY)) $(if $(FULL),--full) $(if $(KEEP),--keep tests/bench/README.md)

# Servers, proxies and networks that others made, against the whole engine: installs them into target/interop, starts each
# on the loopback, and prints what works. Some by name: make interop ONLY=express,nginx. KEEP=1 puts it into its page.
interop:
	.ci/deps interop build
	javac --release 8 -Xlint:-options -cp '/usr/share/java/*' -d target/interop/java tests/interop/servers/java/*.java
	cargo build --locked --target-dir target/interop/rust --manifest-path tests/interop/servers/actix/Cargo.toml
	cargo build -p tidings-interop
	target/debug/tidings-interop $(if $(ONLY),--only $(ONLY)) $(if $(KEEP),--keep tests/interop/README.md)

# An hour at a hundred events a second with a fault every minute: what is lost, doubled, and grows. KEEP=1 as above.
MINUTES ?= 60
soak:
	.ci/deps build
	cargo build --locked --release --target-dir target/bench -p tidings-bench
	target/bench/release/tidings-bench soak --minutes $(MINUTES) $(if $(KEEP),--keep tests/bench/README.md)

# Hostile input at length: every property for so many cases, and the decoder guided by coverage for so many seconds.
# What it finds is a proptest-regressions file, or lies in target/fuzz.
CASES ?= 100000
SECONDS ?= 60
fuzz: ui
	.ci/deps build
	PROPTEST_CASES=$(CASES) cargo test --workspace --lib --test it -- hostile:: properties::
	mkdir -p target/fuzz/corpus
	cd src-tauri/eventsource-stream/fuzz && cargo run --release -- -max_total_time=$(SECONDS) -timeout=10 \
		-dict=decoder.dict -artifact_prefix=../../../target/fuzz/ ../../../target/fuzz/corpus \
		../../../tests/data/seeds/decoder

# Kills, power cuts and failing writes at full count; a few of each are in every run of the tests.
crashes: ui
	.ci/deps build
	TIDINGS_CRASHES=1000 TIDINGS_POWER_CUTS=1500 TIDINGS_DISK_FAULTS=200 \
		cargo test --workspace --lib --test it -- crash:: disk:: upgrade::

# The window's files, which the program embeds.
ui: ui/dist/index.html
ui/dist/index.html: $(shell find ui -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)
	.ci/deps ui
	npm --prefix ui run build

# What ships, and under which licences, as the window tells it.
licences:
	.ci/deps build ui
	node ui/licences.mjs

# Every size of every icon, from the drawings.
icons:
	icons/render
