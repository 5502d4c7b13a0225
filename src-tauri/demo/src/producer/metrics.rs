//! What this machine is doing: processor, memory, load, network.

use std::sync::Arc;

use serde_json::{Value, json};
use sysinfo::{Networks, System};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, Interval};

use crate::feed::Feed;

const MIB: f64 = 1024.0 * 1024.0;
const KIB: f64 = 1024.0;

/// Publishes a sample at every tick.
pub(super) async fn run(feed: Arc<Feed>, mut ticks: Interval) {
    let Ok(mut gauge) = spawn_blocking(Gauge::new).await else { return };
    loop {
        ticks.tick().await;
        let sampled = spawn_blocking(move || {
            let sample = gauge.sample();
            (gauge, sample)
        });
        let Ok((back, sample)) = sampled.await else { return };
        gauge = back;
        feed.publish(Some("system-metrics"), &sample.to_string());
    }
}

/// What is needed to tell a rate: the last sample.
struct Gauge {
    system: System,
    networks: Networks,
    read_at: Instant,
}

impl Gauge {
    fn new() -> Self {
        let mut system = System::new();
        system.refresh_cpu_usage();
        Self { system, networks: Networks::new_with_refreshed_list(), read_at: Instant::now() }
    }

    /// Reads the machine; rates are since the last reading.
    fn sample(&mut self) -> Value {
        self.system.refresh_cpu_usage();
        self.system.refresh_memory();
        self.networks.refresh(true);
        let seconds = self.read_at.elapsed().as_secs_f64().max(0.001);
        self.read_at = Instant::now();
        let cpu = f64::from(self.system.global_cpu_usage());
        let (used, total) = (self.system.used_memory() as f64, self.system.total_memory() as f64);
        let memory = used / total.max(1.0) * 100.0;
        let (received, sent) = self.traffic();
        let load = System::load_average();
        json!({
            "title": "This machine",
            "message": format!("CPU {cpu:.0} %, memory {memory:.0} %, load {:.2}", load.one),
            "cpu_percent": tenths(cpu),
            "memory_percent": tenths(memory),
            "memory_used_mib": (used / MIB).round(),
            "memory_total_mib": (total / MIB).round(),
            "load_1_min": load.one,
            "load_5_min": load.five,
            "load_15_min": load.fifteen,
            "received_kib_per_s": tenths(received / KIB / seconds),
            "sent_kib_per_s": tenths(sent / KIB / seconds),
        })
    }

    /// Bytes received and sent by all interfaces since the last reading.
    fn traffic(&self) -> (f64, f64) {
        self.networks.values().fold((0.0, 0.0), |(received, sent), network| {
            (received + network.received() as f64, sent + network.transmitted() as f64)
        })
    }
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_machine_that_has_memory_and_a_load() {
        let sample = Gauge::new().sample();
        let number = |key: &str| sample[key].as_f64().unwrap();
        assert!(number("memory_total_mib") > 0.0, "{sample}");
        for percent in ["cpu_percent", "memory_percent"] {
            assert!((0.0..=100.0).contains(&number(percent)), "{percent}: {sample}");
        }
        for rate in ["load_1_min", "received_kib_per_s", "sent_kib_per_s"] {
            assert!(number(rate) >= 0.0, "{rate}: {sample}");
        }
    }
}
