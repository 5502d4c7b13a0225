//! What known notification daemons do their own way, by the name they give.

use zbus::{Connection, fdo};

use super::daemon::{NAME, PATH};
use crate::notify::desktop::Service;

/// The D-Bus error of a daemon that was shown the same text within a second.
///
/// KDE Plasma, `libnotificationmanager/server_p.cpp`: a notification equal to the last one and less than a second
/// younger is refused, so that the first one is still on the screen.
const TWIN: &str = "org.freedesktop.Notifications.Error.ExcessNotificationGeneration";

/// What a daemon does its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quirks {
    /// Whether it may be asked for actions, if it says that it has them.
    pub(super) may_have_actions: bool,
    /// How many buttons it shows.
    pub(super) buttons: usize,
    /// Whether it takes "never" for the time after which a popup expires.
    pub(super) knows_never: bool,
    /// Whether it draws the hint `value` as a bar.
    pub(super) draws_progress: bool,
    /// How many popups it has at once, those of all programs together.
    pub(super) popups: Option<usize>,
}

/// A daemon that follows the specification.
const NONE: Quirks = Quirks {
    may_have_actions: true,
    buttons: usize::MAX,
    knows_never: true,
    draws_progress: false,
    popups: None,
};

/// The daemons that differ, by name and, where two share one, by vendor.
const TABLE: &[(&str, Option<&str>, Quirks)] = &[
    // GNOME Shell, js/ui/messageTray.js (later messageList.js): MAX_NOTIFICATION_BUTTONS = 3; a fourth is dropped.
    ("gnome-shell", None, Quirks { buttons: 3, ..NONE }),
    // notify-osd, src/dialog.c, dialog_check_actions_and_timeout: an action or the time 0 makes a dialogue window in the
    // middle of the screen of what should be a popup. It draws a gauge of `value` only without a body.
    ("notify-osd", None, Quirks { may_have_actions: false, buttons: 0, knows_never: false, ..NONE }),
    // dunst, docs/dunst.5, progress_bar: a notification with `value` gets one.
    ("dunst", None, Quirks { draws_progress: true, ..NONE }),
    // xfce4-notifyd, xfce-notify-window.c: a gauge below the text from `value`.
    ("Xfce Notify Daemon", None, Quirks { draws_progress: true, ..NONE }),
    // mako, mako(5), progress-color: `value` colours that part of the popup.
    ("mako", None, Quirks { draws_progress: true, ..NONE }),
    // SwayNotificationCenter, README: a progress bar for `value`.
    ("SwayNotificationCenter", None, Quirks { draws_progress: true, ..NONE }),
    // mate-notification-daemon, src/daemon/daemon.c: MAX_NOTIFICATIONS 20, then every further one is refused.
    ("Notification Daemon", Some("MATE"), Quirks { popups: Some(20), ..NONE }),
    // GNOME Flashback, libnotifications/nd-daemon.c, and notification-daemon before it: the same limit.
    ("Notification Daemon", Some("GNOME"), Quirks { popups: Some(20), ..NONE }),
];

/// What a daemon does its own way.
pub(super) fn of(service: &Service) -> Quirks {
    let is_it = |(name, vendor, _): &&(&str, Option<&str>, Quirks)| {
        service.name.eq_ignore_ascii_case(name) && vendor.is_none_or(|vendor| service.vendor == vendor)
    };
    TABLE.iter().find(is_it).map_or(NONE, |(_, _, quirks)| *quirks)
}

/// Where daemons say that a person wants no disturbance: an interface and its property, both beside `Notify`.
///
/// KDE Plasma, `libnotificationmanager/dbus/org.freedesktop.Notifications.xml`, and dunst, `src/dbus.c`. GNOME and Xfce
/// keep it in their settings, which are none of a program's business.
const HOLD_BACK: [(&str, &str); 2] =
    [("org.freedesktop.Notifications", "Inhibited"), ("org.dunstproject.cmd0", "paused")];

/// Whether popups are held back at present because a person wants no disturbance; none where the daemon doesn't say.
pub(super) async fn holds_back(connection: &Connection) -> Option<bool> {
    let properties = fdo::PropertiesProxy::new(connection, NAME, PATH).await.ok()?;
    for (interface, property) in HOLD_BACK {
        let Ok(interface) = interface.try_into() else { continue };
        if let Ok(value) = properties.get(interface, property).await
            && let Ok(holds_back) = value.downcast_ref()
        {
            return Some(holds_back);
        }
    }
    None
}

/// Whether a refusal means that the same text is on the screen already.
pub(super) fn is_twin(refusal: &str) -> bool {
    refusal.contains(TWIN)
}
