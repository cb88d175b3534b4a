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

use crate::model::{Source, SourceKind};

/// More than this is no reference.
const LONGEST: usize = 100_000;

/// The source that a pasted text describes, with an empty id. None where nothing but a title could be told.
///
/// An address alone gives a title in square brackets, which by custom hold a title that was supplied.
pub fn read(text: &str) -> Option<Source> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(address) = address::alone(text) {
        return Some(of_address(&address));
    }
    formatted::read(text)
}

fn of_address(address: &str) -> Source {
    let mut source = Source::new("", "");
    source.kind = SourceKind::Web;
    address::put(&mut source, address);
    let shown = source.url.as_deref().unwrap_or(address);
    source.title = address::title(shown).into();
    source
}
