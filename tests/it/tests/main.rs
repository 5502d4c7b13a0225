//! What Tidings promises, one module a promise, over real sockets and the real clock.

mod burst;
mod conformance;
mod crash;
mod damage;
mod dashboard;
mod faults;
mod health;
mod herd;
mod panics;
mod popups;
mod presets;
mod pressure;
mod proxies;
mod refuse;
mod register;
mod replay;
mod resume;
mod rules;
mod searches;
mod secrets;
mod secrets_abroad;
mod shutdown;
mod tls;
mod wake;
