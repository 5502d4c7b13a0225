//! What the packages of the workspace declare and what they reach.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use crate::Fault;
use crate::tree::File;

/// The only package that may reach a display.
pub const SHELL: &str = "tidings";

/// Crates that need a webview, a window or a tray.
const DISPLAY: &[&str] = &[
    "gdk",
    "gdk-sys",
    "gdk4",
    "glib",
    "gtk",
    "gtk-sys",
    "gtk4",
    "muda",
    "tao",
    "tauri",
    "tauri-build",
    "tauri-runtime",
    "tauri-runtime-wry",
    "tauri-specta",
    "tray-icon",
    "webkit2gtk",
    "webkit2gtk-sys",
    "winit",
    "wry",
    "x11",
];

/// Finds packages of the workspace besides the shell that reach a display crate, by way of `Cargo.lock`.
pub fn check_display(lock: &str) -> Vec<Fault> {
    let packages = packages(lock);
    let mut faults = Vec::new();
    for member in packages.values().filter(|package| package.is_ours && package.name != SHELL) {
        let reached = reach(&packages, &member.name);
        for display in DISPLAY.iter().filter(|display| reached.contains(**display)) {
            faults.push(Fault {
                path: "Cargo.lock".to_owned(),
                line: 1,
                what: format!("`{}` reaches `{display}`", member.name),
                mend: "Only the shell, src-tauri/src, may need a display: move what needs it there",
            });
        }
    }
    faults
}

/// Finds members of the workspace that don't take its lints, or name a version of their own; a manifest with a workspace
/// of its own is no member.
pub fn check_members(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let is_member = |file: &&File| file.path.ends_with("/Cargo.toml");
    for file in files.iter().filter(is_member) {
        let mut fault = |what, mend| faults.push(Fault { path: file.path.clone(), line: 1, what, mend });
        let Ok(manifest) = file.text.parse::<Table>() else {
            fault("the manifest is not TOML".to_owned(), "Mend what cargo complains about");
            continue;
        };
        if manifest.contains_key("workspace") {
            continue;
        }
        if !is_inherited(manifest.get("lints")) {
            fault("the workspace's lints are not taken".to_owned(), "Add `[lints]` with `workspace = true`");
        }
        for name in own_versions(&manifest) {
            fault(
                format!("`{name}` has a version of its own"),
                "Put the version into the root's [workspace.dependencies] and write `workspace = true`",
            );
        }
    }
    faults
}

#[derive(Default)]
struct Package {
    name: String,
    is_ours: bool,
    needs: BTreeSet<String>,
}

/// Reads a lock file; versions of one crate count as one.
fn packages(lock: &str) -> BTreeMap<String, Package> {
    let lock = lock.parse::<Table>().unwrap_or_default();
    let mut packages = BTreeMap::<String, Package>::new();
    for entry in lock.get("package").and_then(Value::as_array).into_iter().flatten() {
        let name = entry.get("name").and_then(Value::as_str).unwrap_or_default();
        let needs = entry.get("dependencies").and_then(Value::as_array).into_iter().flatten();
        let needs = needs.filter_map(|need| need.as_str()?.split(' ').next().map(str::to_owned));
        let package = packages.entry(name.to_owned()).or_default();
        name.clone_into(&mut package.name);
        package.is_ours |= entry.get("source").is_none();
        package.needs.extend(needs);
    }
    packages
}

fn reach<'a>(packages: &'a BTreeMap<String, Package>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(package) = open.pop().and_then(|name| packages.get(name)) {
        for need in &package.needs {
            if reached.insert(need.as_str()) {
                open.push(need);
            }
        }
    }
    reached
}

fn is_inherited(entry: Option<&Value>) -> bool {
    entry.and_then(|entry| entry.get("workspace")).and_then(Value::as_bool) == Some(true)
}

fn own_versions(manifest: &Table) -> Vec<String> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let places = std::iter::once(manifest).chain(targets.filter_map(Value::as_table));
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = places.flat_map(|place| kinds.iter().filter_map(|kind| place.get(*kind)?.as_table()));
    let own = tables.flatten().filter(|(_, entry)| !is_inherited(Some(entry)));
    own.map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
        [[package]]
        name = "tidings-engine"
        dependencies = ["harmless", "serde 1.0.0"]
        [[package]]
        name = "tidings"
        dependencies = ["tauri"]
        [[package]]
        name = "harmless"
        source = "registry"
        dependencies = ["gtk"]
        [[package]]
        name = "serde"
        source = "registry"
    "#;

    #[test]
    fn finds_a_display_crate_behind_a_harmless_one() {
        let whats: Vec<_> = check_display(LOCK).into_iter().map(|fault| fault.what).collect();
        assert_eq!(whats, ["`tidings-engine` reaches `gtk`"]);
        assert_eq!(check_display(&LOCK.replace(r#""gtk""#, "")), []);
    }

    #[test]
    fn finds_versions_and_lints_that_are_not_the_workspaces() {
        let manifest = "[dependencies]\nserde.workspace = true\nbytes = \"1\"\n\
            [target.'cfg(unix)'.dev-dependencies]\nzbus = { version = \"5\" }\n[lints]\nworkspace = false";
        let faults = check_members(&[File::new("some/Cargo.toml", manifest)]);
        let whats: Vec<_> = faults.iter().map(|fault| fault.what.as_str()).collect();
        let expected = [
            "the workspace's lints are not taken",
            "`bytes` has a version of its own",
            "`zbus` has a version of its own",
        ];
        assert_eq!(whats, expected);
    }

    #[test]
    fn takes_an_inheriting_member_the_root_and_a_workspace_apart_as_they_are() {
        let member = "[dependencies]\nserde = { workspace = true }\n[lints]\nworkspace = true";
        let root = "[workspace.dependencies]\nserde = \"1\"";
        let apart = "[workspace]\n[dependencies]\nserde = \"1\"";
        let all = [("some/Cargo.toml", member), ("Cargo.toml", root), ("apart/Cargo.toml", apart)];
        assert_eq!(check_members(&all.map(|(path, text)| File::new(path, text))), []);
    }
}
