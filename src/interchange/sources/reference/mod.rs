//! One reference as people paste it: an address, a formatted reference, or an entry of a bibliography.
//!
//! What is not sure stays in the title, or goes to the note, rather than into a wrong field; no date is finer than written.
//!
//! | module | owns |
//! |---|---|
//! | `address` | web addresses in a text, and a title for a page of which nothing else is known |
//! | `formatted` | references in the styles people write |
//! | `parts` | what their marks tell apart |

mod address;
mod formatted;
mod parts;

#[cfg(test)]
mod tests;

use super::{Format, import};
use crate::model::{Source, SourceKind};
use crate::time::Date;

/// Bytes beyond which a text is no formatted reference.
const LONGEST: usize = 5000;

/// The source that a pasted text describes, with an empty id. None where nothing but a title could be told.
///
/// An address alone gives a title in square brackets, which by custom hold a title that was supplied.
pub fn read(text: &str) -> Option<Source> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.len() <= LONGEST
        && let Some(address) = address::alone(text)
    {
        return Some(of_address(&address));
    }
    if let Some(format) = Format::of_text(text)
        && let Some(source) = first_entry(text, format)
    {
        return Some(source);
    }
    (text.len() <= LONGEST).then(|| formatted::read(text))?
}

/// The first entry of a bibliography; its key is not kept.
fn first_entry(text: &str, format: Format) -> Option<Source> {
    let mut source = import(text.as_bytes(), format).sources.into_iter().next()?;
    source.id = "".into();
    Some(source)
}

/// A title for a page of which only the address is known, in square brackets.
pub(in crate::interchange) fn title_of_address(address: &str) -> String {
    address::title(address)
}

/// The address that a text is, where it is one and nothing more.
pub(super) fn only_address(text: &str) -> Option<String> {
    address::alone(text.trim())
}

/// The date of access that a remark gives, where it says nothing else: "Accessed: 2024-11-20".
pub(super) fn accessed(text: &str) -> Option<Date> {
    formatted::accessed(text)
}

fn of_address(address: &str) -> Source {
    let mut source = Source::new("", "");
    source.kind = SourceKind::Web;
    address::put(&mut source, address);
    let shown = source.url.as_deref().unwrap_or(address);
    source.title = address::title(shown).into();
    source
}
