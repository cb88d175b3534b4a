//! A colour, its mixtures, and the contrast between two.

use std::sync::LazyLock;

use serde::Serialize;

/// An sRGB colour with straight alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Alpha: 255 is opaque.
    pub a: u8,
}

impl Color {
    /// Opaque black.
    pub const BLACK: Self = Self::rgb(0x00_0000);
    /// Opaque white.
    pub const WHITE: Self = Self::rgb(0xff_ffff);

    /// An opaque colour from `0xrrggbb`.
    pub const fn rgb(hex: u32) -> Self {
        let [_, r, g, b] = hex.to_be_bytes();
        Self { r, g, b, a: 255 }
    }

    /// The colour written `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok().map(Self::rgb)
    }

    /// The same colour at another alpha.
    pub const fn with_alpha(self, a: u8) -> Self {
        Self { a, ..self }
    }

    /// From `self` (at 0) to `other` (at 1), channel by channel in sRGB.
    pub fn mix(self, other: Self, amount: f64) -> Self {
        let amount = amount.clamp(0.0, 1.0);
        let channel = |from: u8, to: u8| (f64::from(from) + (f64::from(to) - f64::from(from)) * amount).round() as u8;
        Self {
            r: channel(self.r, other.r),
            g: channel(self.g, other.g),
            b: channel(self.b, other.b),
            a: channel(self.a, other.a),
        }
    }

    /// What is seen where this colour lies on an opaque ground.
    pub fn over(self, ground: Self) -> Self {
        ground.mix(self.with_alpha(255), f64::from(self.a) / 255.0).with_alpha(255)
    }

    /// Relative luminance of the opaque colour, 0–1 (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        // Asked several times for each mark: a power takes longer than all else of it.
        static LINEAR: LazyLock<[f64; 256]> = LazyLock::new(|| {
            std::array::from_fn(|channel| {
                let value = channel as f64 / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            })
        });
        let linear = |channel: u8| LINEAR.get(usize::from(channel)).copied().unwrap_or(1.0);
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Contrast ratio of two opaque colours, 1–21 (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The nearest mixture towards black or white, whichever lies farther from the ground, with at least this contrast.
    pub fn with_contrast(self, ground: Self, at_least: f64) -> Self {
        let pole = if ground.luminance() > 0.18 { Self::BLACK } else { Self::WHITE };
        (0..=20)
            .map(|step| self.mix(pole, f64::from(step) / 20.0))
            .find(|color| color.contrast(ground) >= at_least)
            .unwrap_or(pole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_follows_wcag() {
        assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 1e-9);
        assert!((Color::rgb(0x76_7676).contrast(Color::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn only_six_hex_digits_are_a_colour() {
        assert_eq!(Color::parse("#3d6fb6"), Some(Color::rgb(0x3d_6fb6)));
        for text in ["3d6fb6", "#3d6fb", "#+d6fb6", "#3d6fbé", "blue", ""] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_colour_too_close_to_its_ground_is_moved_away_from_it() {
        for ground in [Color::WHITE, Color::rgb(0x17_191c)] {
            for hex in [0xff_ffff, 0x00_0000, 0xff_ff00, 0x3d_6fb6] {
                assert!(Color::rgb(hex).with_contrast(ground, 3.0).contrast(ground) >= 3.0);
            }
        }
    }
}
