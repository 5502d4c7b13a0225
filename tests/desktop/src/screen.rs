//! A screen that nobody sits at, with a window manager, and pictures of it.

use std::path::Path;
use std::time::Duration;

use crate::process::Process;
use crate::session::Session;
use crate::trouble::Trouble;
use crate::wait::until;

/// What a window manager takes at most to be there; a machine at full load takes its time.
const MANAGED_LIMIT: Duration = Duration::from_secs(20);

/// Left free around what is cut out of a picture: the frame of a window with its title, and what shows where it ends.
const MARGIN: u32 = 28;

/// A rectangle of the screen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// From the left edge.
    pub x: u32,
    /// From the upper edge.
    pub y: u32,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// Xvfb and openbox.
#[derive(Debug)]
pub(crate) struct Screen {
    size: Area,
    _manager: Process,
    _server: Process,
}

impl Screen {
    pub(crate) async fn start(session: &mut Session, width: u32, height: u32) -> Result<Self, Trouble> {
        let depth = format!("{width}x{height}x24");
        // Prints the number of the display it found free on file 1.
        let arguments = ["-displayfd", "1", "-screen", "0", &depth, "-nolisten", "tcp", "-noreset"];
        let (server, display) = Process::start_and_hear(session, "Xvfb", &arguments).await?;
        session.set("DISPLAY", format!(":{display}"));
        let manager = Process::start(session, "openbox", &["--sm-disable"])?;
        let managed = async || {
            let found = session.run("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"]).await.ok()?;
            found.contains("window id").then_some(())
        };
        let there = until("openbox manages the screen", MANAGED_LIMIT, managed).await;
        there.map_err(|trouble| session.explain("openbox", trouble))?;
        paper(session, width, height).await?;
        let size = Area { x: 0, y: 0, width, height };
        Ok(Self { size, _manager: manager, _server: server })
    }

    /// Saves a picture of the whole screen, or of a part with a margin around it.
    ///
    /// # Errors
    /// The picture can't be taken or written.
    pub(crate) async fn picture(
        &self,
        session: &Session,
        part: Option<Area>,
        file: &Path,
    ) -> Result<(), Trouble> {
        let Area { x, y, width, height } = part.map_or(self.size, |part| part.widened(MARGIN, self.size));
        let crop = format!("{width}x{height}+{x}+{y}");
        let file = file.display().to_string();
        session.run("import", &["-window", "root", "-crop", &crop, "+repage", &file]).await.map(drop)
    }

    /// Finds the visible windows whose class or title matches: one area around all of them, without their frames.
    pub(crate) async fn area(&self, session: &Session, kind: &str, pattern: &str) -> Option<Area> {
        let found = session.run("xdotool", &["search", "--onlyvisible", kind, pattern]).await.ok()?;
        let mut whole: Option<Area> = None;
        for window in found.lines() {
            let shape = session.run("xwininfo", &["-id", window]).await.ok()?;
            let area = Area::read(&shape)?;
            whole = Some(whole.map_or(area, |whole| whole.with(area)));
        }
        whole
    }

    /// Moves the window with this title.
    ///
    /// # Errors
    /// There is none.
    pub(crate) async fn move_window(
        &self,
        session: &Session,
        title: &str,
        x: u32,
        y: u32,
    ) -> Result<(), Trouble> {
        let (x, y) = (x.to_string(), y.to_string());
        let arguments = ["search", "--onlyvisible", "--name", title, "windowmove", &x, &y];
        session.run("xdotool", &arguments).await.map(drop)
    }

    /// Closes the window with this title as a person does, through the window manager.
    ///
    /// # Errors
    /// There is none.
    pub(crate) async fn close_window(&self, session: &Session, title: &str) -> Result<(), Trouble> {
        session
            .run("xdotool", &["search", "--onlyvisible", "--name", title, "windowactivate", "--sync"])
            .await?;
        // Apart from the search: keys sent to a window pass the window manager by.
        session.run("xdotool", &["key", "alt+F4"]).await.map(drop)
    }
}

impl Area {
    /// Reads what `xwininfo` prints; what lies off the screen begins at its edge.
    fn read(shape: &str) -> Option<Self> {
        let field = |name: &str| {
            let value = shape.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'))?;
            u32::try_from(value.trim().parse::<i64>().ok()?.max(0)).ok()
        };
        let (x, y) = (field("Absolute upper-left X")?, field("Absolute upper-left Y")?);
        Some(Self { x, y, width: field("Width")?, height: field("Height")? })
    }

    /// The smallest area that holds both.
    fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: bottom - y }
    }

    /// A margin more on each side, as far as `outer` has room.
    fn widened(self, margin: u32, outer: Self) -> Self {
        let (x, y) = (self.x.saturating_sub(margin), self.y.saturating_sub(margin));
        let right = (self.x + self.width + margin).min(outer.width);
        let bottom = (self.y + self.height + margin).min(outer.height);
        Self { x, y, width: right.saturating_sub(x), height: bottom.saturating_sub(y) }
    }
}

/// Hangs something behind the windows, so that a picture shows where they end.
async fn paper(session: &Session, width: u32, height: u32) -> Result<(), Trouble> {
    let file = session.folder().join("paper.png").display().to_string();
    let size = format!("{width}x{height}");
    session.run("convert", &["-size", &size, "gradient:#5f9aa3-#1d4a5c", &file]).await?;
    // It hangs the picture and yet ends with an error.
    let _ = session.run("display", &["-window", "root", &file]).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Area = Area { x: 0, y: 0, width: 800, height: 600 };

    #[test]
    fn a_windows_place_is_read_and_never_off_the_screen() {
        let shape = "  Absolute upper-left X:  -5\n  Absolute upper-left Y:  20\n  Relative upper-left X:  0\n\
                     \x20 Width: 300\n  Height: 200\n  Depth: 24\n";
        assert_eq!(Area::read(shape), Some(Area { x: 0, y: 20, width: 300, height: 200 }));
        assert_eq!(Area::read("  Width: 300\n"), None);
    }

    #[test]
    fn several_windows_are_pictured_in_one_frame() {
        let one = Area { x: 500, y: 20, width: 280, height: 60 };
        let other = Area { x: 520, y: 100, width: 260, height: 80 };
        assert_eq!(one.with(other), Area { x: 500, y: 20, width: 280, height: 160 });
    }

    #[test]
    fn the_margin_ends_at_the_edge_of_the_screen() {
        let corner = Area { x: 500, y: 4, width: 298, height: 100 };
        assert_eq!(corner.widened(16, SCREEN), Area { x: 484, y: 0, width: 316, height: 120 });
    }
}
