//! Every command's name: the build script makes permissions of them, a test holds the handlers to them.

/// The commands, in the order of `commands`.
pub(crate) const NAMES: &[&str] = &[
    "attach",
    "add_feed",
    "edit_feed",
    "remove_feed",
    "enable_feed",
    "probe",
    "page",
    "event",
    "mark_read",
    "search",
    "searches",
    "set_searches",
    "star",
    "delete",
    "undo",
    "export_events",
    "pause",
    "mute",
    "quiet",
    "set_quiet",
    "reconnect",
    "retry_keyring",
    "open_link",
    "test_popup",
];
