//! What Tidings promises, one module a promise, over real sockets and the real clock.

mod conformance;
mod faults;
