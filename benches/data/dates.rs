//! Dates as vague as sources leave them, in the proportions in which they come.

use annalist::time::CivilDay;

use super::random::Random;

/// All time: 1950 to 2025, in days.
pub const DAYS: u64 = 27_759;
/// Days from 1970-01-01 to the first of all time, 1950-01-01.
const FIRST: i64 = -7_305;
/// How many bursts there are.
const BURSTS: u64 = 300;

fn civil(day: u64) -> CivilDay {
    CivilDay::from_number(FIRST + i64::try_from(day).unwrap_or(i64::MAX / 2))
}

/// A day of all time.
pub fn day(day: u64) -> String {
    civil(day).to_string()
}

/// A day near the middle of one of the bursts; one in five is anywhere.
pub fn in_burst(seed: u64, random: &mut Random) -> u64 {
    if random.one_in(5) {
        return random.below(DAYS);
    }
    // The square makes the first bursts the largest.
    let burst = (random.share() * random.share() * BURSTS as f64) as u64;
    let mut own = Random::of(seed, 0x6275_7273_7400 ^ burst);
    let middle = own.below(DAYS) as f64;
    let days = 1.0 + 20.0 * own.share();
    // Laplace: most lie in the middle, some far out.
    let away = days * -(1.0 - random.share()).ln() * if random.one_in(2) { 1.0 } else { -1.0 };
    (middle + away).clamp(0.0, (DAYS - 1) as f64) as u64
}

/// Something that lasted for weeks to years.
pub fn long(random: &mut Random) -> String {
    let from = random.below(DAYS);
    // Evenly in the logarithm: a month as likely as a year.
    let days = (20.0 * 150.0_f64.powf(random.share())) as u64;
    format!("{}/{}", day(from), day((from + days).min(DAYS)))
}

/// Something that lasted for 30 to 100 % of all time.
pub fn era(random: &mut Random) -> String {
    let days = (DAYS as f64 * (0.3 + 0.7 * random.share())) as u64;
    let from = random.below(DAYS - days + 1);
    format!("{}/{}", day(from), day(from + days))
}

/// A date that begins about a day; what is coarser than that lies around it. What goes on does so where it may.
pub fn vague(at: u64, may_go_on: bool, random: &mut Random) -> String {
    let CivilDay { year, month, .. } = civil(at);
    if may_go_on {
        return if random.one_in(4) { format!("{}/", day(at)) } else { format!("{}/..", day(at)) };
    }
    let lasting = |random: &mut Random| 1 + (400.0_f64.powf(random.share()) as u64);
    match random.below(1_000) {
        0..=609 => day(at),
        610..=689 => format!("{}T{:02}:{:02}:00Z", day(at), random.below(24), random.below(60)),
        690..=749 => format!("{year}-{month:02}"),
        750..=754 => format!("{year}"),
        755..=764 => format!("{year}-{}", 21 + random.below(4)),
        765..=844 => {
            let days = lasting(random);
            format!("{}/{}", day(at), day(at + days))
        }
        845..=864 => format!("{year}-{month:02}/{}-{month:02}", year + 1),
        865..=904 => {
            let days = 2 + random.below(12);
            format!("[{}..{}]", day(at), day(at + days))
        }
        905..=909 => format!("[{},{}]", day(at), day(at + 2 + random.below(20))),
        910..=914 => format!("{{{},{}}}", day(at), day(at + 2 + random.below(20))),
        915..=924 => format!("{year}-{month:02}-XX"),
        925 => format!("{}X", year / 10),
        926..=959 => format!("{}~", day(at)),
        960..=969 => format!("{year}-{month:02}~"),
        970..=989 => format!("{}?", day(at)),
        _ => format!("{year}-{month:02}%"),
    }
}
