//! One binary, one file a promise.

mod burst;
mod crash;
mod refuse;
mod resume;
mod secrets;
mod shutdown;
