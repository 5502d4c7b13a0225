//! What two programs of one person speak over: a socket that nobody else can reach, or a pipe of Windows that nobody else
//! knows the name of.

use tokio::io::{AsyncRead, AsyncWrite};

#[cfg(windows)]
mod pipe;
#[cfg(unix)]
mod socket;

#[cfg(windows)]
pub(super) use pipe::{Listener, dial};
#[cfg(unix)]
pub(super) use socket::{Listener, dial};

/// What the other program says.
pub(super) type Reader = Box<dyn AsyncRead + Send + Unpin>;
/// What is said to it.
pub(super) type Writer = Box<dyn AsyncWrite + Send + Unpin>;
