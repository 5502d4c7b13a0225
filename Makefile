# Each target installs what it misses first (.ci/deps), also on a fresh Debian 12 with only Rust, Node, git and make.
# Builds take the whole workspace, so that every crate is built with one set of features, once.
.PHONY: demo test lint fuzz ui icons

# The main job, seen: in a window where there is a display, else on a private desktop with pictures in target/demo.
demo: ui
	.ci/deps build run $(if $(DISPLAY)$(WAYLAND_DISPLAY),,test)
	cargo build --workspace --bins
	target/debug/desktop-demo

# Everything CI runs but the lints.
test: ui
	.ci/deps build run ui test
	npm --prefix ui test
	npm --prefix ui run test:ui
	cargo build --workspace --all-targets
	cargo test --workspace

lint: ui
	.ci/deps build ui lint
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	npm --prefix ui run check
	.ci/deny

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

# The window's files, which the program embeds.
ui: ui/dist/index.html
ui/dist/index.html: $(shell find ui -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)
	.ci/deps ui
	npm --prefix ui run build

# Every size of every icon, from the drawings.
icons:
	icons/render
