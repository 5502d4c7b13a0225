# Each target installs what it misses first (.ci/deps), also on a fresh Debian 12 with only Rust, Node, git and make.
# Builds take the whole workspace, so that every crate is built with one set of features, once.
.PHONY: demo test lint ui icons

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

# The window's files, which the program embeds.
ui: ui/dist/index.html
ui/dist/index.html: $(shell find ui -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)
	.ci/deps ui
	npm --prefix ui run build

# Every size of every icon, from the drawings.
icons:
	icons/render
