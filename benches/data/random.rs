//! Numbers that look random and are the same everywhere.

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The numbers of one record of one timeline.
    pub fn of(seed: u64, record: u64) -> Self {
        let mut random = Self(seed ^ record.wrapping_mul(0xd134_2543_de82_ef95));
        random.next();
        random
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of `0..end`; 0 where there is none.
    pub fn below(&mut self, end: u64) -> u64 {
        // The high half of the product: without the bias of a remainder worth mentioning.
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// Whether a chance of one in `n` came up.
    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// From 0 to below 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of several.
    pub fn pick<'a, T, const N: usize>(&mut self, of: &'a [T; N]) -> &'a T {
        of.get(self.below(N as u64) as usize).unwrap_or_else(|| unreachable!("nothing to pick from"))
    }
}
