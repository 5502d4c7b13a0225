//! What Tidings promises, one module a promise, over real sockets and the real clock.

mod burst;
mod conformance;
mod crash;
mod faults;
mod health;
mod herd;
mod presets;
mod proxies;
mod refuse;
mod replay;
mod resume;
mod secrets;
mod secrets_abroad;
mod shutdown;
mod tls;
mod wake;
