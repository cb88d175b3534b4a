//! A date as its source left it: EDTF (ISO 8601-2, levels 0–2), or an ISO 8601 time or timed interval.
//!
//! Owns reading and identity. What a date covers is in `coverage`, how fine it is in `precision`, its words in `describe`.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use edtf_core::IntervalEndpoint;
use smol_str::SmolStr;

use super::error::DateError;
use super::extent::{Edge, Extent};
use super::plain::Plain;
use super::timed::Iso;

/// A date exactly as it was written, with its meaning.
///
/// Equality is of the text: a save must not lose how a date was written.
///
/// Two words wide: what says a day, a month or a year and nothing more lies here, and of what says more copies share the
/// meaning.
#[derive(Clone)]
pub struct Date(Kept);

#[derive(Clone)]
enum Kept {
    Plain(Plain),
    /// Whatever [`Plain`] does not read.
    Shared(Arc<Meaning>),
}

#[derive(Debug)]
#[repr(C)]
struct Meaning {
    /// Mostly short enough to lie here; first, beside the count of copies, so that comparing and copying touch one place.
    text: SmolStr,
    form: Form,
    /// Of a set, where each of its members lies, once that was asked: there can be a hundred thousand.
    members: OnceLock<Arc<[Extent]>>,
}

/// What a text was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    Edtf(edtf_core::Edtf),
    Iso(Iso),
}

/// Which standard, and which of its levels, a date needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named for the levels of ISO 8601-2 Annex A")]
pub enum Level {
    Edtf0,
    Edtf1,
    Edtf2,
    /// ISO 8601 but not EDTF: a time without seconds, with a fraction or with the name of its zone, or an interval of times.
    Iso8601,
}

impl Date {
    /// Reads a date as a file has it: EDTF level 0–2, an ISO 8601 time (to the minute, with a fraction, with `[IANA/Zone]`), or
    /// an interval of times.
    /// People's wordings ("late October 2024") are read by [`super`]'s phrases, not here.
    ///
    /// # Errors
    /// With the byte where the text stops being a date, in the words of its grammar: most errors are never shown, and to
    /// explain one takes far longer than to find it. Whoever shows one shows [`DateError::explained`].
    ///
    /// ```
    /// use annalist::time::Date;
    ///
    /// let error = Date::parse("24 October 2024").unwrap_err();
    /// let explained = error.clone().explained("24 October 2024");
    /// assert_eq!((error.offset, error.hint), (2, None));
    /// assert_eq!(explained.hint.as_deref(), Some("2024-10-24"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateError> {
        if let Some(plain) = Self::plain(text) {
            return Ok(plain);
        }
        let form = match edtf_core::Edtf::parse(text) {
            Ok(edtf) => Form::Edtf(edtf),
            Err(error) => match Iso::parse(text) {
                Some(iso) => Form::Iso(iso?),
                None => return Err(DateError::at(error.offset, error.message, None)),
            },
        };
        Ok(Self::new(text, form))
    }

    /// A date that needs no place of its own in memory; nothing where the text is another date, or none.
    pub(super) fn plain(text: &str) -> Option<Self> {
        Plain::read(text).map(|plain| Self(Kept::Plain(plain)))
    }

    /// The date of an EDTF value, in its canonical spelling.
    pub(super) fn from_edtf(edtf: edtf_core::Edtf) -> Self {
        Self::new(&edtf.to_string(), Form::Edtf(edtf))
    }

    /// The date of a value beyond EDTF, in its canonical spelling; what EDTF can say becomes EDTF.
    pub(super) fn from_iso(iso: Iso) -> Self {
        let text = iso.to_string();
        let form = edtf_core::Edtf::parse(&text).map_or(Form::Iso(iso), Form::Edtf);
        Self::new(&text, form)
    }

    fn new(text: &str, form: Form) -> Self {
        Self::plain(text).unwrap_or_else(|| {
            Self(Kept::Shared(Arc::new(Meaning { text: text.into(), form, members: OnceLock::new() })))
        })
    }

    pub(super) fn form(&self) -> Cow<'_, Form> {
        match &self.0 {
            Kept::Plain(plain) => Cow::Owned(Form::Edtf(edtf_core::Edtf::Date(plain.edtf()))),
            Kept::Shared(meaning) => Cow::Borrowed(&meaning.form),
        }
    }

    /// Where on the axis it begins and where it ends, for one that is worked out without its form.
    pub(super) fn plain_edges(&self) -> Option<(Edge, Edge)> {
        match &self.0 {
            Kept::Plain(plain) => Some(plain.edges()),
            Kept::Shared(_) => None,
        }
    }

    /// The year, the month and the day of one that gives nothing else.
    pub(super) fn plain_parts(&self) -> Option<(i64, Option<u8>, Option<u8>)> {
        match &self.0 {
            Kept::Plain(plain) => Some(plain.parts()),
            Kept::Shared(_) => None,
        }
    }

    /// Where each member of a set lies, worked out once for all copies of a date.
    pub(super) fn members(&self, of: impl FnOnce() -> Arc<[Extent]>) -> Arc<[Extent]> {
        match &self.0 {
            Kept::Plain(_) => of(),
            Kept::Shared(meaning) => Arc::clone(meaning.members.get_or_init(of)),
        }
    }

    /// Whether it gives a year, a month or a day and says nothing else.
    pub(super) const fn is_plain(&self) -> bool {
        matches!(self.0, Kept::Plain(_))
    }

    /// The text, exactly as it was written.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Kept::Plain(plain) => plain.as_str(),
            Kept::Shared(meaning) => &meaning.text,
        }
    }

    /// Which standard and level it needs.
    pub fn level(&self) -> Level {
        match &*self.form() {
            Form::Iso(_) => Level::Iso8601,
            Form::Edtf(edtf) => match edtf.level() {
                0 => Level::Edtf0,
                1 => Level::Edtf1,
                _ => Level::Edtf2,
            },
        }
    }
}

impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kept::Plain(own), Kept::Plain(other)) => own == other,
            (Kept::Shared(own), Kept::Shared(other)) => Arc::ptr_eq(own, other) || own.text == other.text,
            // A text is always kept the same way.
            (Kept::Plain(_), Kept::Shared(_)) | (Kept::Shared(_), Kept::Plain(_)) => false,
        }
    }
}

impl Eq for Date {}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({})", self.as_str())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse(text)
    }
}

/// The date an endpoint names, whichever way it leans.
pub(super) const fn endpoint_date(endpoint: &IntervalEndpoint) -> Option<&edtf_core::Date> {
    match endpoint {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => {
            Some(date)
        }
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}
