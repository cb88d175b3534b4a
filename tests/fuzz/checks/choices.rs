//! Bytes as choices: what a fuzzer changes in them is another choice, and what it cuts off is the simplest.

/// A stream of choices, a byte each. Behind the last all are 0, and what 0 means should be simple.
pub struct Choices<'b>(&'b [u8]);

impl<'b> Choices<'b> {
    /// The choices that these bytes make. Digits and letters choose as what they are called, so that they can be written by hand:
    /// `0` is 0, `a` is 10.
    pub fn of(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// Whether any is left.
    pub fn are_left(&self) -> bool {
        !self.0.is_empty()
    }

    /// A number below `sides`, which is at most 256.
    pub fn roll(&mut self, sides: usize) -> usize {
        let Some((&byte, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        let number = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'z' => byte - b'a' + 10,
            _ => byte,
        };
        usize::from(number) % sides.max(1)
    }

    /// Yes once in so many times.
    pub fn chance(&mut self, one_in: usize) -> bool {
        self.roll(one_in) + 1 == one_in
    }

    /// One of these; none where there are none.
    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> Option<&'t T> {
        from.get(self.roll(from.len()))
    }
}
