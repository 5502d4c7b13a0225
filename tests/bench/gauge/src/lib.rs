//! What a measurement says: how much was done in how much processor time.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

/// A measurement, printed by a worker as one line of JSON and read by the program that started it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Events that came out.
    pub events: u64,
    /// Bytes that went in.
    pub bytes: u64,
    /// Processor time of the worker's process, all threads, in microseconds.
    pub cpu_us: u64,
    /// Time by the clock, in microseconds.
    pub wall_us: u64,
}

/// A running measurement.
#[derive(Debug)]
pub struct Gauge {
    cpu: Duration,
    wall: Instant,
}

impl Gauge {
    /// Begins to measure.
    pub fn start() -> Self {
        Self { cpu: cpu(), wall: Instant::now() }
    }

    /// The processor time since the start.
    pub fn cpu(&self) -> Duration {
        cpu().saturating_sub(self.cpu)
    }

    /// Ends with what was done meanwhile.
    pub fn stop(self, events: u64, bytes: u64) -> Measured {
        Measured { events, bytes, cpu_us: micros(self.cpu()), wall_us: micros(self.wall.elapsed()) }
    }
}

impl Measured {
    /// Events a second of processor time.
    pub fn events_a_cpu_second(&self) -> f64 {
        self.events as f64 * 1e6 / self.cpu_us.max(1) as f64
    }

    /// Megabytes (of a million bytes) a second of processor time.
    pub fn megabytes_a_cpu_second(&self) -> f64 {
        self.bytes as f64 / self.cpu_us.max(1) as f64
    }

    /// Events a second by the clock.
    pub fn events_a_second(&self) -> f64 {
        self.events as f64 * 1e6 / self.wall_us.max(1) as f64
    }

    /// The line a worker prints.
    pub fn line(&self) -> String {
        serde_json::to_string(self).expect("numbers can be written as JSON")
    }
}

/// The processor time this process has used, all threads.
pub fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or_default(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}

/// The monotonic clock, which all processes of a machine share, in nanoseconds.
pub fn now_ns() -> u64 {
    let time = clock_gettime(ClockId::Monotonic);
    let (seconds, rest) = (u64::try_from(time.tv_sec), u64::try_from(time.tv_nsec));
    seconds.unwrap_or_default().saturating_mul(1_000_000_000).saturating_add(rest.unwrap_or_default())
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_amounts_by_processor_time_and_by_the_clock() {
        let measured = Measured { events: 300, bytes: 6_000_000, cpu_us: 500_000, wall_us: 2_000_000 };
        assert_eq!(measured.events_a_cpu_second(), 600.0);
        assert_eq!(measured.megabytes_a_cpu_second(), 12.0);
        assert_eq!(measured.events_a_second(), 150.0);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "sleeping is what is measured")]
    fn a_worker_that_sleeps_uses_the_clock_and_hardly_the_processor() {
        let gauge = Gauge::start();
        std::thread::sleep(Duration::from_millis(30));
        let measured = gauge.stop(1, 1);
        assert!(measured.wall_us >= 30_000);
        assert!(measured.cpu_us < measured.wall_us);
    }

    #[test]
    fn a_line_is_read_back_as_it_was() {
        let measured = Measured { events: 1, bytes: 2, cpu_us: 3, wall_us: 4 };
        assert_eq!(serde_json::from_str::<Measured>(&measured.line()).ok(), Some(measured));
    }
}
