//! The `tidings-cli` program on a profile, beside a running engine and without one.

mod backup;
mod doctor;
mod feeds;
mod health;
mod history;
mod keep;
mod program;
mod secrets;
mod tail;
