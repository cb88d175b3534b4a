//! What colours of marks stand for other than lanes: how an event stands, how good its best source is, how heavy it is.
//!
//! Reliability and weight are in order, and so is the lightness of their colours: the better and the heavier, the further
//! from the ground. What is unjudged or not graded stands outside that order, in a grey without hue.

use super::Color;
use crate::model::{Reliability, Standing};

/// The scales of a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scales {
    /// In the order of [`Standing::ALL`].
    pub standings: [Color; 7],
    /// A to E.
    pub reliability: [Color; 5],
    /// F: reliability cannot be judged.
    pub unjudged: Color,
    /// No grade at all.
    pub ungraded: Color,
    /// 1 to 5.
    pub weights: [Color; 5],
}

impl Scales {
    /// The colour of a standing.
    pub fn standing(&self, standing: Standing) -> Color {
        let at = Standing::ALL.iter().position(|other| *other == standing);
        at.and_then(|at| self.standings.get(at)).copied().unwrap_or(self.ungraded)
    }

    /// The colour of a grade, or of none.
    pub const fn reliability(&self, grade: Option<Reliability>) -> Color {
        let [a, b, c, d, e] = self.reliability;
        match grade {
            Some(Reliability::A) => a,
            Some(Reliability::B) => b,
            Some(Reliability::C) => c,
            Some(Reliability::D) => d,
            Some(Reliability::E) => e,
            Some(Reliability::F) => self.unjudged,
            None => self.ungraded,
        }
    }

    /// The colour of a weight; the nearest where it is outside 1 to 5.
    pub fn weight(&self, weight: u8) -> Color {
        let at = usize::from(weight.clamp(1, 5)) - 1;
        self.weights.get(at).copied().unwrap_or(self.ungraded)
    }

    pub(super) fn light() -> Self {
        Self {
            standings: colors([0x3a_6ea5, 0x2a_7a5f, 0xa8_6119, 0x87_5c9e, 0xb3_523d, 0x64_6b76, 0x71_6b22]),
            reliability: colors([0x23_1776, 0x1a_3b9a, 0x0b_60b2, 0x1a_80bf, 0x21_9eca]),
            unjudged: Color::rgb(0x6a_6c70),
            ungraded: Color::rgb(0x8f_9195),
            weights: colors([0x96_89b0, 0x81_69aa, 0x6b_4a9d, 0x56_2c8b, 0x3d_0a6d]),
        }
    }

    pub(super) fn dark() -> Self {
        Self {
            standings: colors([0x78_a7d8, 0x5f_b796, 0xdb_9f57, 0xb9_94cd, 0xdf_8a75, 0xa2_a9b3, 0xb8_b05f]),
            reliability: colors([0xcf_f2fe, 0x94_ddfd, 0x69_c1fc, 0x5d_9ff2, 0x5c_7de4]),
            unjudged: Color::rgb(0xa8_a9ac),
            ungraded: Color::rgb(0x84_8689),
            weights: colors([0x89_7e9f, 0xa6_93c9, 0xc1_a9ee, 0xd9_c6fe, 0xee_e7fd]),
        }
    }

    pub(super) fn print() -> Self {
        Self {
            standings: colors([0x1f_4f8a, 0x13_5f48, 0x86_4a08, 0x5e_3674, 0x87_301c, 0x49_4f58, 0x54_500f]),
            reliability: colors([0x0e_003c, 0x04_1777, 0x00_4485, 0x03_6399, 0x0f_7ea3]),
            unjudged: Color::rgb(0x45_4648),
            ungraded: Color::rgb(0x6d_6e70),
            weights: colors([0x77_6d8c, 0x64_4c8a, 0x4e_2c7c, 0x36_0f5f, 0x1a_0036]),
        }
    }
}

fn colors<const N: usize>(hex: [u32; N]) -> [Color; N] {
    hex.map(Color::rgb)
}

#[cfg(test)]
mod tests {
    use super::super::{Theme, ThemeName};
    use super::*;

    /// Linear red, green and blue as dichromats see them (Machado, Oliveira and Fernandes 2009, severity 1): protanopia,
    /// deuteranopia, tritanopia; first of all everyone else.
    const EYES: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ];
    /// The least distance in Oklab at which two colours side by side are told apart with ease.
    const TOLD_APART: f64 = 0.05;

    /// In Oklab (Ottosson 2020), as some eyes see it.
    fn seen(color: Color, eye: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = [color.r, color.g, color.b].map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        let times =
            |matrix: &[[f64; 3]; 3], v: [f64; 3]| matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2]);
        let cones = times(
            &[
                [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
                [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
                [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
            ],
            times(eye, linear).map(|value| value.clamp(0.0, 1.0)),
        );
        times(
            &[
                [0.210_454_255_3, 0.793_617_785, -0.004_072_046_8],
                [1.977_998_495_1, -2.428_592_205, 0.450_593_709_9],
                [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766],
            ],
            cones.map(f64::cbrt),
        )
    }

    fn distance(a: Color, b: Color, eye: &[[f64; 3]; 3]) -> f64 {
        let (a, b) = (seen(a, eye), seen(b, eye));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn better_and_heavier_lie_further_from_the_ground() {
        for name in ThemeName::ALL {
            let theme = Theme::named(name);
            let contrast = |color: &Color| color.contrast(theme.background);
            let reliability = theme.scales.reliability.map(|color| contrast(&color));
            let weights = theme.scales.weights.map(|color| contrast(&color));
            assert!(reliability.windows(2).all(|pair| pair[0] > pair[1] + 0.5), "{name:?}: {reliability:?}");
            assert!(weights.windows(2).all(|pair| pair[0] + 0.5 < pair[1]), "{name:?}: {weights:?}");
        }
    }

    #[test]
    fn grades_are_told_apart_by_every_eye_and_what_is_unjudged_has_no_hue() {
        for name in ThemeName::ALL {
            let scales = Theme::named(name).scales;
            let greys = [scales.unjudged, scales.ungraded];
            for eye in &EYES {
                let all: Vec<Color> = scales.reliability.into_iter().chain(greys).collect();
                for (at, a) in all.iter().enumerate() {
                    for b in all.iter().skip(at + 1) {
                        let apart = distance(*a, *b, eye);
                        assert!(apart >= TOLD_APART, "{name:?}: {a:?} and {b:?} are {apart:.3} apart");
                    }
                }
                for pair in scales.weights.windows(2) {
                    assert!(distance(pair[0], pair[1], eye) >= TOLD_APART, "{name:?}: {pair:?}");
                }
            }
            let chroma = |color: Color| seen(color, &EYES[0])[1].hypot(seen(color, &EYES[0])[2]);
            assert!(greys.into_iter().all(|grey| chroma(grey) < 0.01), "{name:?}");
            assert!(scales.reliability.into_iter().all(|color| chroma(color) > 0.03), "{name:?}");
        }
    }

    #[test]
    fn every_colour_stands_out_and_holds_a_label() {
        for name in ThemeName::ALL {
            let theme = Theme::named(name);
            let Scales { standings, reliability, unjudged, ungraded, weights } = theme.scales;
            let all = standings.into_iter().chain(reliability).chain(weights).chain([unjudged, ungraded]);
            for color in all {
                let on_ground = color.contrast(theme.background);
                assert!(on_ground >= theme.mark_contrast(), "{name:?}: {color:?} on the ground: {on_ground:.2}");
                let label = theme.text_on(color).contrast(color);
                assert!(label >= 4.5, "{name:?}: a label on {color:?}: {label:.2}");
            }
        }
    }

    #[test]
    fn every_standing_grade_and_weight_has_its_own() {
        let scales = Theme::named(ThemeName::Light).scales;
        let standings: std::collections::HashSet<_> = Standing::ALL.map(|standing| scales.standing(standing)).into();
        assert_eq!(standings.len(), 7);
        let grades = Reliability::ALL.into_iter().map(Some).chain([None]);
        assert_eq!(grades.map(|grade| scales.reliability(grade)).collect::<std::collections::HashSet<_>>().len(), 7);
        assert_eq!([scales.weight(0), scales.weight(9)], [scales.weight(1), scales.weight(5)]);
    }
}
