//! What Tidings promises, one module a promise, over real sockets and the real clock.

mod burst;
mod conformance;
mod crash;
mod faults;
mod herd;
mod refuse;
mod resume;
mod secrets;
mod shutdown;
mod wake;
