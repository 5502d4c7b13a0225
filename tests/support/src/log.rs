//! A log that is read instead of printed.

use std::sync::{Arc, Mutex};

use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;

/// Everything that the process logs, at the finest level.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Listens to the log of this process, which only one can.
    ///
    /// # Panics
    ///
    /// Where another listens.
    pub fn listen() -> Self {
        let log = Self::default();
        let listening = tracing_subscriber::fmt().with_writer(log.clone()).with_max_level(Level::TRACE);
        listening.try_init().expect("no other test of this binary listens to the log");
        log
    }

    /// Gives what was logged so far.
    ///
    /// # Panics
    ///
    /// Where a test panicked while it logged.
    pub fn read(&self) -> Vec<u8> {
        self.0.lock().expect("no test panics while it logs").clone()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no test panics while it logs").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
