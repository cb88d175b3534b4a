//! Colour and spacing tokens: light, dark, print.
//!
//! Every colour of the picture and the window is named here and nowhere else; shapes belong to `scene`.

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
    /// An opaque colour from `0xrrggbb`.
    pub const fn rgb(hex: u32) -> Self {
        let [_, r, g, b] = hex.to_be_bytes();
        Self { r, g, b, a: 255 }
    }

    /// The colour written `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        u32::from_str_radix(digits, 16).ok().map(Self::rgb)
    }

    /// The same colour at another alpha.
    pub const fn with_alpha(self, a: u8) -> Self {
        Self { a, ..self }
    }
}

/// Which set of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, serde::Deserialize)]
pub enum ThemeName {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// Black on white, contrast 7:1 and more.
    Print,
}

/// The tokens of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Its name.
    pub name: ThemeName,
    /// Behind everything.
    pub background: Color,
    /// Text.
    pub text: Color,
    /// Text of second rank: ruler, hints.
    pub text_muted: Color,
    /// Hairlines.
    pub line: Color,
    /// Selection, focus, today.
    pub accent: Color,
    /// Colours of lanes that give none, in order of lanes.
    pub lanes: Vec<Color>,
}

impl Theme {
    /// The tokens of this name.
    pub fn named(name: ThemeName) -> Self {
        let (background, text, text_muted, line) = match name {
            ThemeName::Light => (0xfb_fbfa, 0x1f_2328, 0x5b_6470, 0xdc_dfe3),
            ThemeName::Dark => (0x17_191c, 0xe6_e8eb, 0x9a_a2ad, 0x33_373d),
            ThemeName::Print => (0xff_ffff, 0x00_0000, 0x40_4040, 0xb0_b0b0),
        };
        Self {
            name,
            background: Color::rgb(background),
            text: Color::rgb(text),
            text_muted: Color::rgb(text_muted),
            line: Color::rgb(line),
            accent: Color::rgb(0x2f_6fde),
            lanes: [0x3d_6fb6, 0xb6_5d3d, 0x4d_8f5b, 0x8a_5db0, 0x9a_7b1f, 0x2f_8c94].map(Color::rgb).to_vec(),
        }
    }
}
