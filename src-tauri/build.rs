//! Checks that the window is built and writes the permissions of the commands.

use std::path::Path;

#[path = "src/ipc/names.rs"]
mod names;

fn main() {
    let embedded = std::env::var_os("CARGO_FEATURE_EMBEDDED_UI").is_some();
    println!("cargo::rerun-if-changed=../ui/dist");
    if embedded && !Path::new("../ui/dist/index.html").exists() {
        println!("cargo::error=ui/dist is missing: run make ui");
        return;
    }
    let manifest = tauri_build::AppManifest::new().commands(names::NAMES);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={error:#}");
    }
}
