//! Tidings in a terminal.
fn main() {}
