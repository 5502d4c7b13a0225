//! The words between the window and the engine: the commands, and what crosses with them.

mod commands;
#[cfg(test)]
mod names;
#[cfg(test)]
mod tests;

use tauri::Runtime;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

/// Gives the handlers of all commands, and what their TypeScript is made of.
pub(crate) fn commands<R: Runtime>() -> Builder<R> {
    Builder::new()
        .commands(collect_commands![
            commands::attach,
            commands::quit,
            commands::add_feed,
            commands::edit_feed,
            commands::choose_picture,
            commands::remove_feed,
            commands::demo::add_demo,
            commands::demo::remove_demo,
            commands::enable_feed,
            commands::probe,
            commands::page,
            commands::event,
            commands::mark_read,
            commands::search,
            commands::searches,
            commands::set_searches,
            commands::star,
            commands::delete,
            commands::undo,
            commands::export_events,
            commands::pause,
            commands::mute,
            commands::settle_bursts,
            commands::quiet,
            commands::set_quiet,
            commands::wishes::rules,
            commands::wishes::set_rules,
            commands::wishes::try_rules,
            commands::wishes::seen,
            commands::wishes::templates,
            commands::wishes::set_templates,
            commands::wishes::try_templates,
            commands::reconnect,
            commands::retry_keyring,
            commands::open_link,
            commands::test_popup,
            commands::health::health,
            commands::health::diagnostics,
            commands::settings::keep,
            commands::settings::set_keep,
            commands::tiles,
            commands::set_tiles,
            commands::numbers,
            commands::chart,
            commands::settings::set_window,
            commands::settings::network,
            commands::settings::set_network,
            commands::settings::sentences,
            commands::settings::login,
            commands::settings::set_login,
            commands::lists::preview_feeds,
            commands::lists::add_feeds,
            commands::lists::import_events,
            commands::lists::export_settings,
            commands::lists::stop_work,
            commands::settings::about,
        ])
        .error_handling(ErrorHandlingMode::Throw)
        // Each type crosses one way only: one shape a type is the whole truth.
        .disable_serde_phases()
        // Milliseconds and counts stay below 2^53; event ids, which may not, cross as text.
        .dangerously_cast_bigints_to_number()
}
