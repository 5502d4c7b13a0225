//! The display before there is a window: whether one answers, and a last word where the app can't start.

/// What people read where no display answers.
const NO_DISPLAY: &str = "Tidings needs a graphical session, and no display answered. \
                          In a terminal, `tidings listen URL` works without one.";

/// Opens the display.
///
/// # Errors
/// A sentence for people: there is none, or it doesn't answer.
#[cfg(target_os = "linux")]
pub(crate) fn open() -> Result<(), String> {
    let named = ["WAYLAND_DISPLAY", "DISPLAY"].map(|name| std::env::var_os(name).unwrap_or_default());
    if named.iter().all(|name| name.is_empty()) || gtk::init().is_err() {
        return Err(NO_DISPLAY.to_owned());
    }
    Ok(())
}

/// Opens the display.
///
/// # Errors
/// None where the system always has one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn open() -> Result<(), String> {
    Ok(())
}

/// Says in a dialog why the app can't start, and waits until it was read.
#[cfg(target_os = "linux")]
pub(crate) fn complain(sentence: &str) {
    use gtk::prelude::{DialogExt, GtkWindowExt};

    let (flags, kind, button) = (gtk::DialogFlags::empty(), gtk::MessageType::Error, gtk::ButtonsType::Close);
    let dialog = gtk::MessageDialog::new(None::<&gtk::Window>, flags, kind, button, sentence);
    dialog.set_title("Tidings");
    dialog.run();
}

/// Says why the app can't start: on standard error alone, where it is said anyway.
#[cfg(not(target_os = "linux"))]
pub(crate) fn complain(_sentence: &str) {}
