//! The export settings of a saved view: what its picture is beside what it shows, as one line of text.
//!
//! ```text
//!   format png; width 2400; scale 2; gaps; weeks; possibly; accounts source
//! ```
//!
//! Only what differs from the usual is written; the command line takes what its options do not say.

use std::fmt;

/// The formats of pictures and briefs, by the endings of their files.
const FORMATS: [&str; 4] = ["png", "svg", "md", "html"];
/// Whose words are one account in the table of a brief.
const ACCOUNTS: [&str; 3] = ["source", "origin", "publisher"];
/// The least and the most pixels of a width, of a height, and the limits of a scale: those of the command line.
const WIDTHS: (u32, u32) = (200, 65_000);
const HEIGHTS: (u32, u32) = (100, 65_000);
const SCALES: (f64, f64) = (0.25, 16.0);

/// What can be written, in words behind "write".
pub const HOW_TO_EXPORT: &str = "format png, format svg, format md, format html, width 2400, height 1200, scale 2, gaps, weeks, \
     possibly, or accounts source, with semicolons between";

/// How the picture or the brief of a view is made.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ExportSettings {
    /// The ending of the file, one of four.
    pub format: Option<&'static str>,
    /// Width in pixels.
    pub width_px: Option<u32>,
    /// Height in pixels; as high as the events need where not given.
    pub height_px: Option<u32>,
    /// Pixels per point.
    pub scale: Option<f64>,
    /// Whether gaps and bursts are marked.
    pub gaps: bool,
    /// Whether the ruler names ISO weeks.
    pub weeks: bool,
    /// Whether what only may match is drawn too.
    pub possibly: bool,
    /// Whose words are one account in the table of a brief, one of three; none has no table.
    pub accounts: Option<&'static str>,
}

/// What of a text is no export setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{part}\" says nothing of an export: write {HOW_TO_EXPORT}")]
pub struct ExportSettingsError {
    /// The part.
    pub part: String,
}

impl ExportSettings {
    /// Reads what [`ExportSettings`]'s `Display` writes.
    ///
    /// # Errors
    /// Where a part is no setting, or its value is outside the limits.
    pub fn parse(text: &str) -> Result<Self, ExportSettingsError> {
        let mut settings = Self::default();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let error = || ExportSettingsError { part: part.to_owned() };
            let (word, value) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
            let value = value.trim();
            let one_of =
                |known: &[&'static str]| known.iter().find(|known| **known == value).copied().ok_or_else(error);
            let pixels = |(least, most): (u32, u32)| {
                value.parse().ok().filter(|px| (least..=most).contains(px)).ok_or_else(error)
            };
            match (word, value) {
                ("format", _) => settings.format = Some(one_of(&FORMATS)?),
                ("accounts", _) => settings.accounts = Some(one_of(&ACCOUNTS)?),
                ("width", _) => settings.width_px = Some(pixels(WIDTHS)?),
                ("height", _) => settings.height_px = Some(pixels(HEIGHTS)?),
                ("scale", _) => {
                    let scale = value.parse().ok().filter(|scale| (SCALES.0..=SCALES.1).contains(scale));
                    settings.scale = Some(scale.ok_or_else(error)?);
                }
                ("gaps", "") => settings.gaps = true,
                ("weeks", "") => settings.weeks = true,
                ("possibly", "") => settings.possibly = true,
                _ => return Err(error()),
            }
        }
        Ok(settings)
    }

    /// A format by the ending of its file.
    pub fn format_named(word: &str) -> Option<&'static str> {
        FORMATS.into_iter().find(|known| *known == word)
    }

    /// Whose words are one account, by its word.
    pub fn account_named(word: &str) -> Option<&'static str> {
        ACCOUNTS.into_iter().find(|known| *known == word)
    }

    /// Whether it says nothing.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for ExportSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.format.map(|format| format!("format {format}")));
        parts.extend(self.width_px.map(|px| format!("width {px}")));
        parts.extend(self.height_px.map(|px| format!("height {px}")));
        parts.extend(self.scale.map(|scale| format!("scale {scale}")));
        let switches = [(self.gaps, "gaps"), (self.weeks, "weeks"), (self.possibly, "possibly")];
        parts.extend(switches.into_iter().filter(|(is_on, _)| *is_on).map(|(_, word)| word.to_owned()));
        parts.extend(self.accounts.map(|by| format!("accounts {by}")));
        f.write_str(&parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_are_written() {
        for text in
            ["", "format html; width 2400; height 900; scale 1.5; gaps; weeks; possibly; accounts origin", "scale 2"]
        {
            assert_eq!(ExportSettings::parse(text).map(|settings| settings.to_string()).as_deref(), Ok(text));
        }
        assert!(ExportSettings::parse(" ; ").is_ok_and(|settings| settings.is_plain()));
    }

    #[test]
    fn what_is_no_setting_is_named() {
        for wrong in ["format gif", "width 20", "width wide", "scale 99", "gaps yes", "accounts", "landscape"] {
            let text = format!("scale 2; {wrong}");
            assert_eq!(ExportSettings::parse(&text).map_err(|error| error.part), Err(wrong.to_owned()));
        }
    }
}
