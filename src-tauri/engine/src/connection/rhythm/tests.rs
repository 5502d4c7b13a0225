//! What is learned from which signs of life, row by row, and what no server can bring about.

use proptest::prelude::*;

use super::*;

const S: fn(u64) -> Duration = Duration::from_secs;
const CONFIGURED: Duration = Duration::from_secs(90);

/// Hears signs with these gaps, in seconds, on one link.
fn hear(rhythm: &mut Rhythm, gaps: &[f64]) {
    rhythm.opened();
    rhythm.heard(Duration::ZERO);
    gaps.iter().for_each(|gap| rhythm.heard(Duration::from_secs_f64(*gap)));
}

fn after(gaps: &[f64]) -> u64 {
    let mut rhythm = Rhythm::new(CONFIGURED);
    hear(&mut rhythm, gaps);
    rhythm.limit().as_secs()
}

#[test]
fn learns_three_times_the_longest_gap_and_a_margin() {
    let table: &[(&[f64], u64, &str)] = &[
        (&[], 90, "nothing is known"),
        (&[15.0; 2], 90, "two gaps are a coincidence"),
        (&[15.0; 5], 90, "75 s are too little to shorten on"),
        (&[15.0; 6], 50, "a keep-alive every 15 s"),
        (&[15.0, 15.0, 20.0, 15.0, 15.0, 15.0], 65, "the longest counts"),
        (&[2.0; 45], 15, "never below 15 s"),
        (&[30.0; 3], 90, "three of them fit"),
        (&[31.0; 3], 98, "a slower keep-alive lengthens it"),
        (&[60.0; 3], 185, "a slower one more"),
        (&[60.0; 2], 90, "but not before three gaps"),
        (&[89.0; 3], 272, "the slowest that is heard at all"),
        (&[5.0, 80.0, 20.0, 60.0], 90, "events come when they come"),
    ];
    for (gaps, limit, why) in table {
        assert_eq!(after(gaps), *limit, "{why}");
    }
}

#[test]
fn a_burst_is_one_sign_and_shortens_nothing() {
    assert_eq!(after(&[0.01; 5000]), 90);
    let mut rhythm = Rhythm::new(CONFIGURED);
    for _ in 0..4 {
        hear(&mut rhythm, &[30.0, 0.2, 0.2, 0.2, 0.4]);
    }
    assert!(rhythm.limit() >= CONFIGURED, "{:?}", rhythm.limit());
}

#[test]
fn accepts_five_minutes_after_two_silences_without_a_rhythm() {
    let mut rhythm = Rhythm::new(CONFIGURED);
    rhythm.silent();
    assert_eq!(rhythm.limit(), CONFIGURED);
    rhythm.silent();
    assert_eq!(rhythm.limit(), S(300));
    hear(&mut rhythm, &[100.0; 10]);
    assert_eq!(rhythm.limit(), S(300));
    hear(&mut rhythm, &[15.0; 200]);
    assert_eq!(rhythm.limit(), S(50), "once it comes often, the patience is over");
}

#[test]
fn a_shorter_limit_that_ran_out_asks_for_twice_the_evidence() {
    let mut rhythm = Rhythm::new(CONFIGURED);
    hear(&mut rhythm, &[10.0; 9]);
    assert_eq!(rhythm.limit(), S(35));
    rhythm.silent();
    assert_eq!(rhythm.limit(), CONFIGURED);
    hear(&mut rhythm, &[10.0; 17]);
    assert_eq!(rhythm.limit(), CONFIGURED);
    hear(&mut rhythm, &[10.0; 1]);
    assert_eq!(rhythm.limit(), S(35));
}

#[test]
fn a_rhythm_that_is_gone_is_forgotten() {
    let mut rhythm = Rhythm::new(CONFIGURED);
    hear(&mut rhythm, &[20.0; 6]);
    assert!(rhythm.is_known());
    rhythm.silent();
    assert!(rhythm.is_known(), "it may come back");
    rhythm.silent();
    assert!(!rhythm.is_known());
    rhythm.silent();
    assert_eq!(rhythm.limit(), S(300));
}

/// Plays a server that sends a sign every `period`; gives how often it was redialled over `links` long links.
fn redials(period: Duration, links: usize) -> usize {
    let mut rhythm = Rhythm::new(CONFIGURED);
    let mut redials = 0;
    for _ in 0..links {
        rhythm.opened();
        for _ in 0..200 {
            if period > rhythm.limit() {
                rhythm.silent();
                redials += 1;
                break;
            }
            rhythm.heard(period);
        }
    }
    redials
}

proptest! {
    #[test]
    fn no_regular_server_is_redialled_for_ever(period_ms in 1..=300_000_u64) {
        let period = Duration::from_millis(period_ms);
        let most = if period <= CONFIGURED { 0 } else { 2 };
        prop_assert!(redials(period, 20) <= most);
    }

    #[test]
    fn the_limit_stays_within_bounds_whatever_is_heard(
        configured in 1..600_u64,
        gaps in proptest::collection::vec(prop_oneof![3 => 0..400_000_u64, 1 => Just(u64::MAX)], 0..300),
    ) {
        let mut rhythm = Rhythm::new(S(configured));
        rhythm.opened();
        for gap in gaps {
            if Duration::from_millis(gap) > rhythm.limit() { rhythm.silent() } else { rhythm.heard(Duration::from_millis(gap)) }
            let bounds = SHORTEST.min(S(configured))..=LONGEST.max(S(configured));
            prop_assert!(bounds.contains(&rhythm.limit()), "{:?}", rhythm.limit());
        }
    }

    #[test]
    fn a_keep_alive_that_is_a_little_early_or_late_is_never_redialled(
        period in 2.0..60.0_f64,
        late in proptest::collection::vec(0.8..1.25_f64, 300),
    ) {
        let mut rhythm = Rhythm::new(CONFIGURED);
        rhythm.opened();
        for late in late {
            let gap = Duration::from_secs_f64(period * late);
            prop_assert!(gap <= rhythm.limit());
            rhythm.heard(gap);
        }
    }
}
