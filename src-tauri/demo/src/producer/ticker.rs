//! Made-up prices of four made-up symbols, walking at random.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::time::Interval;

use crate::feed::Feed;
use crate::random::Random;

/// The symbols and what they begin at, in cents.
const SYMBOLS: [(&str, i64); 4] = [("OAK", 4_210), ("ELM", 18_875), ("ASH", 960), ("YEW", 73_040)];

/// The lowest price, in cents: nothing is free.
const FLOOR: i64 = 1;

/// How far a price moves in a round at most, in parts of it: half a per cent, a lively day.
const STEP: i64 = 200;

/// Publishes a round of all symbols at every tick.
pub(super) async fn run(feed: Arc<Feed>, mut ticks: Interval) {
    let mut random = Random::from_clock();
    let mut prices = SYMBOLS;
    loop {
        ticks.tick().await;
        for (symbol, price) in &mut prices {
            let update = walk(symbol, price, &mut random);
            feed.publish(Some("price-update"), &update.to_string());
        }
    }
}

fn walk(symbol: &str, price: &mut i64, random: &mut Random) -> Value {
    let step = (*price / STEP).max(1);
    let before = *price;
    *price = before.saturating_add(random.between(-step, step)).max(FLOOR);
    json!({ "symbol": symbol, "price": in_units(*price), "change": in_units(*price - before) })
}

fn in_units(cents: i64) -> f64 {
    cents as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_price_and_how_far_it_moved() {
        let mut random = Random::seeded(7);
        let mut price = 10_000;
        for _ in 0..1000 {
            let before = price;
            let update = walk("OAK", &mut price, &mut random);
            assert_eq!(update["price"], in_units(price));
            assert_eq!(update["change"], in_units(price - before));
            assert!((price - before).abs() <= before / STEP);
        }
    }

    #[test]
    fn never_falls_below_the_floor() {
        let mut random = Random::seeded(7);
        let mut price = FLOOR;
        for _ in 0..1000 {
            walk("OAK", &mut price, &mut random);
            assert!(price >= FLOOR);
        }
    }
}
