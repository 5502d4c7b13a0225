//! The `tidings-cli` program as other programs use it: arguments in, lines and an exit code out.

mod floods;
mod lines;
mod program;
mod usage;
