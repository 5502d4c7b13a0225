//! Tidings in a terminal.
