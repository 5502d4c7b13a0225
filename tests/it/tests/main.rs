//! One binary, one file a promise.

mod crash;
mod refuse;
mod resume;
mod secrets;
mod shutdown;
