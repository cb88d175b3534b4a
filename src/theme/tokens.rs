//! The tokens by name. Neutrals carry the chrome, lanes carry the data, one accent carries selection and focus.

use serde::Serialize;

use super::{Color, Scales};
use crate::model::Lane;

/// Distances in points, on a grid of four.
pub mod space {
    /// Between a mark and its label.
    pub const XS: f64 = 4.0;
    /// Between things that belong together.
    pub const S: f64 = 8.0;
    /// Between fields of a form.
    pub const M: f64 = 12.0;
    /// Around the contents of a panel.
    pub const L: f64 = 16.0;
    /// Around a picture.
    pub const XL: f64 = 24.0;
}

/// Sizes of text in points.
pub mod font {
    /// Ruler, hints, second lines.
    pub const SMALL: f64 = 11.0;
    /// Everything that is read.
    pub const BODY: f64 = 13.0;
    /// Headings of panels.
    pub const HEADING: f64 = 15.0;
    /// The title of an exported picture.
    pub const TITLE: f64 = 20.0;
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

impl ThemeName {
    /// Every theme, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Print];

    /// The word in menus.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Print => "Print",
        }
    }

    /// The word in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }

    /// The theme of this [`ThemeName::id`].
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.id() == id)
    }
}

/// The tokens of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Its name.
    pub name: ThemeName,
    /// Behind the track and everything else.
    pub background: Color,
    /// Panels, ruler, lane names.
    pub panel: Color,
    /// Headings and every other row inside a panel.
    pub panel_alt: Color,
    /// Where text is typed.
    pub field: Color,
    /// Under the pointer.
    pub hover: Color,
    /// Pressed.
    pub active: Color,
    /// Behind what is selected; text stays readable on it.
    pub selection: Color,
    /// Text.
    pub text: Color,
    /// Text of second rank: ruler, hints.
    pub text_muted: Color,
    /// Hairlines that part things.
    pub line: Color,
    /// Outlines of fields and buttons (3:1 on their ground).
    pub outline: Color,
    /// Grid lines of the upper ruler level.
    pub grid: Color,
    /// Grid lines of the lower ruler level.
    pub grid_faint: Color,
    /// Selection, focus, today; readable as text.
    pub accent: Color,
    /// Text on the accent.
    pub on_accent: Color,
    /// The ring around what has the keyboard.
    pub focus_ring: Color,
    /// Text of errors.
    pub error: Color,
    /// Text of warnings.
    pub warning: Color,
    /// Text of good news.
    pub ok: Color,
    /// Under popups and cards.
    pub shadow: Color,
    /// Colours of lanes that give none, in order of lanes: after Okabe and Ito (2008), muted, told apart by the colour-blind.
    pub lanes: Vec<Color>,
    /// Colours of marks that stand for something else.
    pub scales: Scales,
}

impl Theme {
    /// Least contrast of text on its ground (WCAG 2.2, 1.4.3); print asks for more.
    pub const fn text_contrast(&self) -> f64 {
        match self.name {
            ThemeName::Light | ThemeName::Dark => 4.5,
            ThemeName::Print => 7.0,
        }
    }

    /// Least contrast of marks on the ground (WCAG 2.2, 1.4.11, asks for 3:1).
    pub const fn mark_contrast(&self) -> f64 {
        match self.name {
            ThemeName::Light => 3.0,
            ThemeName::Dark | ThemeName::Print => 4.5,
        }
    }

    /// The tokens of this name.
    pub fn named(name: ThemeName) -> Self {
        match name {
            ThemeName::Light => Self::light(),
            ThemeName::Dark => Self::dark(),
            ThemeName::Print => Self::print(),
        }
    }

    /// The colour of the marks of a lane: the lane's own where it has one, else the palette's, kept at
    /// [`Theme::mark_contrast`] on the ground.
    pub fn lane_color(&self, lane: Option<&Lane>, position: usize) -> Color {
        let own = lane.and_then(|lane| lane.color.as_deref()).and_then(Color::parse);
        let palette = || self.lanes.get(position % self.lanes.len().max(1)).copied();
        own.or_else(palette).unwrap_or(self.text_muted).with_contrast(self.background, self.mark_contrast())
    }

    /// The colour of marks without a lane.
    pub fn no_lane_color(&self) -> Color {
        self.text_muted
    }

    /// The faint ground of a band.
    pub fn band_tint(&self, color: Color) -> Color {
        let amount = match self.name {
            ThemeName::Light => 0.045,
            ThemeName::Dark => 0.06,
            ThemeName::Print => 0.0,
        };
        self.background.mix(color, amount)
    }

    /// What an era lays over the bands.
    pub fn era_tint(&self, color: Color) -> Color {
        match self.name {
            ThemeName::Light => color.with_alpha(13),
            ThemeName::Dark => color.with_alpha(20),
            ThemeName::Print => color.with_alpha(10),
        }
    }

    /// Black or white, whichever reads better on a colour.
    pub fn text_on(&self, ground: Color) -> Color {
        if ground.contrast(Color::WHITE) >= ground.contrast(Color::BLACK) { Color::WHITE } else { Color::BLACK }
    }

    fn light() -> Self {
        Self {
            name: ThemeName::Light,
            background: Color::rgb(0xff_ffff),
            panel: Color::rgb(0xf6_f7f8),
            panel_alt: Color::rgb(0xee_f0f2),
            field: Color::rgb(0xff_ffff),
            hover: Color::rgb(0xe8_ebee),
            active: Color::rgb(0xdd_e1e6),
            selection: Color::rgb(0xdb_e8fb),
            text: Color::rgb(0x1c_2026),
            text_muted: Color::rgb(0x56_5f6b),
            line: Color::rgb(0xdf_e2e6),
            outline: Color::rgb(0x86_8e99),
            grid: Color::rgb(0x1c_2026).with_alpha(34),
            grid_faint: Color::rgb(0x1c_2026).with_alpha(15),
            accent: Color::rgb(0x1f_5fc4),
            on_accent: Color::WHITE,
            focus_ring: Color::rgb(0x1f_5fc4),
            error: Color::rgb(0xad_2a20),
            warning: Color::rgb(0x85_5700),
            ok: Color::rgb(0x1b_7146),
            shadow: Color::rgb(0x1c_2026).with_alpha(40),
            lanes: [0x3a_6ea5, 0xa8_6119, 0x2a_7a5f, 0x87_5c9e, 0xb3_523d, 0x26_7897, 0x71_6b22, 0x64_6b76]
                .map(Color::rgb)
                .to_vec(),
            scales: Scales::light(),
        }
    }

    fn dark() -> Self {
        Self {
            name: ThemeName::Dark,
            background: Color::rgb(0x16_181b),
            panel: Color::rgb(0x1d_2023),
            panel_alt: Color::rgb(0x24_272b),
            field: Color::rgb(0x12_1416),
            hover: Color::rgb(0x2b_2f34),
            active: Color::rgb(0x35_3a40),
            selection: Color::rgb(0x22_395c),
            text: Color::rgb(0xe4_e7ea),
            text_muted: Color::rgb(0x9e_a6b0),
            line: Color::rgb(0x31_353a),
            outline: Color::rgb(0x78_808a),
            grid: Color::WHITE.with_alpha(36),
            grid_faint: Color::WHITE.with_alpha(15),
            accent: Color::rgb(0x77_adf5),
            on_accent: Color::rgb(0x0d_1726),
            focus_ring: Color::rgb(0x77_adf5),
            error: Color::rgb(0xf2_8b82),
            warning: Color::rgb(0xe3_b04f),
            ok: Color::rgb(0x6d_c596),
            shadow: Color::BLACK.with_alpha(120),
            lanes: [0x78_a7d8, 0xdb_9f57, 0x5f_b796, 0xb9_94cd, 0xdf_8a75, 0x6d_b9d6, 0xb8_b05f, 0xa2_a9b3]
                .map(Color::rgb)
                .to_vec(),
            scales: Scales::dark(),
        }
    }

    fn print() -> Self {
        Self {
            name: ThemeName::Print,
            background: Color::WHITE,
            panel: Color::WHITE,
            panel_alt: Color::rgb(0xf2_f2f2),
            field: Color::WHITE,
            hover: Color::rgb(0xe8_e8e8),
            active: Color::rgb(0xdc_dcdc),
            selection: Color::rgb(0xe6_e6e6),
            text: Color::BLACK,
            text_muted: Color::rgb(0x40_4040),
            line: Color::rgb(0xa8_a8a8),
            outline: Color::rgb(0x6e_6e6e),
            grid: Color::BLACK.with_alpha(64),
            grid_faint: Color::BLACK.with_alpha(26),
            accent: Color::rgb(0x0c_3f8c),
            on_accent: Color::WHITE,
            focus_ring: Color::rgb(0x0c_3f8c),
            error: Color::rgb(0x8a_1510),
            warning: Color::rgb(0x5e_3d00),
            ok: Color::rgb(0x0f_4f2d),
            shadow: Color::BLACK.with_alpha(0),
            lanes: [0x1f_4f8a, 0x86_4a08, 0x13_5f48, 0x5e_3674, 0x87_301c, 0x12_5b76, 0x54_500f, 0x49_4f58]
                .map(Color::rgb)
                .to_vec(),
            scales: Scales::print(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grounds(theme: &Theme) -> Vec<(String, Color)> {
        let mut grounds = vec![
            ("background".to_owned(), theme.background),
            ("panel".to_owned(), theme.panel),
            ("panel_alt".to_owned(), theme.panel_alt),
            ("field".to_owned(), theme.field),
            ("hover".to_owned(), theme.hover),
            ("selection".to_owned(), theme.selection),
        ];
        for (at, lane) in theme.lanes.iter().enumerate() {
            let tint = theme.band_tint(*lane);
            grounds.push((format!("band {at}"), tint));
            for (era_at, era) in theme.lanes.iter().enumerate() {
                grounds.push((format!("band {at} under era {era_at}"), theme.era_tint(*era).over(tint)));
            }
        }
        grounds
    }

    #[test]
    fn every_text_token_reads_on_every_ground() {
        for name in ThemeName::ALL {
            let theme = Theme::named(name);
            for (ground_name, ground) in grounds(&theme) {
                for (token, color) in [
                    ("text", theme.text),
                    ("text_muted", theme.text_muted),
                    ("accent", theme.accent),
                    ("error", theme.error),
                    ("warning", theme.warning),
                    ("ok", theme.ok),
                ] {
                    let ratio = color.contrast(ground);
                    assert!(ratio >= theme.text_contrast(), "{name:?}: {token} on {ground_name}: {ratio:.2}");
                }
            }
            assert!(theme.on_accent.contrast(theme.accent) >= theme.text_contrast(), "{name:?}: on accent");
        }
    }

    #[test]
    fn outlines_and_marks_stand_out_from_their_ground() {
        for name in ThemeName::ALL {
            let theme = Theme::named(name);
            for ground in [theme.background, theme.panel, theme.field] {
                assert!(theme.outline.contrast(ground) >= 3.0, "{name:?}: outline");
                assert!(theme.focus_ring.contrast(ground) >= 3.0, "{name:?}: focus ring");
            }
            for (at, lane) in theme.lanes.iter().enumerate() {
                assert!(lane.contrast(theme.band_tint(*lane)) >= 3.0, "{name:?}: lane {at}");
            }
        }
    }

    #[test]
    fn labels_inside_filled_bars_read() {
        for name in ThemeName::ALL {
            let theme = Theme::named(name);
            for lane in &theme.lanes {
                assert!(theme.text_on(*lane).contrast(*lane) >= 4.5, "{name:?}: {lane:?}");
            }
        }
    }

    #[test]
    fn spacings_lie_on_the_grid() {
        for distance in [space::XS, space::S, space::M, space::L, space::XL] {
            assert!((distance / 4.0).fract().abs() < f64::EPSILON);
        }
    }
}
