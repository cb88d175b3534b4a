//! The zone in which times of day are shown.

use thiserror::Error;

/// UTC or a zone of the IANA database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zone(Option<chrono_tz::Tz>);

/// A zone's name that is not in the IANA database.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{name}\" is not a time zone of the IANA database")]
pub struct ZoneError {
    /// The name as given.
    pub name: String,
    /// A known name close to it.
    pub suggestion: Option<&'static str>,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(None);

    /// The zone of this IANA name (`Europe/Moscow`).
    ///
    /// # Errors
    /// Where the database has no such name.
    pub fn parse(name: &str) -> Result<Self, ZoneError> {
        if name == "UTC" {
            return Ok(Self::UTC);
        }
        name.parse::<chrono_tz::Tz>().map(|zone| Self(Some(zone))).map_err(|_| ZoneError {
            name: name.to_owned(),
            suggestion: crate::diagnostic::closest(name, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())),
        })
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.map_or("UTC", |zone| zone.name())
    }
}
