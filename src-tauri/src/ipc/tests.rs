//! Commands, permissions and bindings are one list.

use std::cell::RefCell;
use std::path::Path;

use specta_typescript::Typescript;
use tauri::test::MockRuntime;
use tauri_specta::{BuilderConfiguration, LanguageExt};

use super::{commands, names::NAMES};

const CAPABILITY: &str = include_str!("../../capabilities/main.json");
const CONFIG: &str = include_str!("../../tauri.conf.json");
const BINDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/ipc/bindings.ts");

/// Stands in for a language, to read which handlers there are.
struct Handlers<'a>(&'a RefCell<Vec<String>>);

impl LanguageExt for Handlers<'_> {
    type Error = std::io::Error;

    fn export(self, config: &BuilderConfiguration, _: &Path) -> Result<(), Self::Error> {
        self.0.replace(config.commands.iter().map(|command| command.name().to_owned()).collect());
        Ok(())
    }
}

#[test]
fn handlers_and_manifest_name_the_same_commands() {
    let handlers = RefCell::default();
    commands::<MockRuntime>().export(Handlers(&handlers), Path::new("")).expect("nothing is written");
    assert_eq!(*handlers.borrow(), NAMES);
}

#[test]
fn the_window_may_call_every_command_and_nothing_else() {
    let capability: serde_json::Value = serde_json::from_str(CAPABILITY).expect("JSON");
    let granted: Vec<_> = NAMES.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    assert_eq!(capability["permissions"], serde_json::json!(granted));
    assert_eq!(capability["windows"], serde_json::json!([crate::window::LABEL]));
    for reach in ["webviews", "remote", "local", "platforms"] {
        assert!(capability.get(reach).is_none(), "{reach} widens or moves the grant");
    }
}

#[test]
fn the_configuration_is_the_hardened_one() {
    let config: serde_json::Value = serde_json::from_str(CONFIG).expect("JSON");
    let security = &config["app"]["security"];
    assert_eq!(security["capabilities"], serde_json::json!(["main"]));
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(config["identifier"], tidings_engine::engine::APP_ID);
    let policy = security["csp"].as_object().expect("a policy");
    assert_eq!(policy["default-src"], "'none'");
    for (directive, sources) in policy {
        let sources = sources.as_str().expect("text");
        for loose in ["unsafe", "*", "https:", "blob:", "asset:"] {
            assert!(!sources.contains(loose), "{directive} {sources}");
        }
    }
    let windows = config["app"]["windows"].as_array().expect("a list");
    assert_eq!(windows.len(), 1);
    assert_eq!(windows[0]["label"], crate::window::LABEL);
    assert_eq!(windows[0]["create"], false);
}

#[test]
fn the_bindings_are_what_the_commands_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bindings.ts");
    let language = Typescript::default()
        .header("// Generated from src-tauri/src/ipc: UPDATE_BINDINGS=1 cargo test -p tidings bindings\n");
    commands::<MockRuntime>().export(language, &file).expect("every type has its TypeScript");
    let generated = std::fs::read_to_string(file).expect("written");
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::create_dir_all(Path::new(BINDINGS).parent().expect("a folder")).expect("made");
        std::fs::write(BINDINGS, &generated).expect("written");
    }
    let committed = std::fs::read_to_string(BINDINGS).unwrap_or_default();
    let same = committed == generated;
    assert!(same, "ui/src/ipc/bindings.ts has drifted: run UPDATE_BINDINGS=1 cargo test -p tidings bindings");
}
