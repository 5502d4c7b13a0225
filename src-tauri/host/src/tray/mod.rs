//! The tray: what it shows, worked out from what the engine tells; and on Linux the item itself, over D-Bus alone.

#[cfg(target_os = "linux")]
mod item;
mod model;
#[cfg(test)]
mod tests;

#[cfg(target_os = "linux")]
pub use item::draw;
pub use model::{Mark, Recent, Tally, TrayModel};
