//! Characters of a picture that no font has: they are drawn as boxes, which is said once.

use crate::scene::SceneInput;
use crate::text::{clipped, missing};

/// How many characters, and how many of the places where they stand, are named.
const MOST_NAMED: usize = 8;
/// The longest part of a title by which an event is named, in bytes.
const MOST_TITLE: usize = 60;

/// Names the characters of a picture that no font has, and where they stand; none where there are none.
pub(super) fn remark(input: &SceneInput<'_>) -> Option<String> {
    let header = input.timeline.header();
    let mut found = Found::default();
    let about = header.description.as_deref().unwrap_or_default();
    found.look("the heading", [header.title.as_str(), about].into_iter());
    found.look("the names of bands", input.index.bands().iter().map(|band| band.title.as_str()));
    found.look("the names of eras", input.timeline.eras().iter().map(|era| era.title.as_str()));
    let (start, end) = (input.viewport.origin, input.viewport.end());
    let mut events: Vec<usize> =
        input.index.events_touching(input.matches, start, end).map(|seen| seen.event as usize).collect();
    events.sort_unstable();
    for event in events.into_iter().filter_map(|at| input.timeline.events().get(at)) {
        let title = event.title.as_str();
        // Nothing of ASCII is missing, and most titles are no more.
        if !title.is_ascii() {
            found.look(&format!("\"{}\"", clipped(title, MOST_TITLE)), std::iter::once(title));
        }
    }
    found.words()
}

/// What is missing so far, each once, in the order in which it occurs.
#[derive(Default)]
struct Found {
    characters: Vec<String>,
    places: Vec<String>,
}

impl Found {
    fn look<'t>(&mut self, place: &str, texts: impl Iterator<Item = &'t str>) {
        let before = self.places.len();
        for character in texts.flat_map(missing) {
            if !self.characters.iter().any(|other| other == character) {
                self.characters.push(character.to_owned());
            }
            if self.places.len() == before {
                self.places.push(place.to_owned());
            }
        }
    }

    fn words(&self) -> Option<String> {
        let (characters, places) = (listed(&self.characters, " ")?, listed(&self.places, ", ")?);
        Some(format!("no font here has {characters}: they are drawn as boxes, in {places}"))
    }
}

/// The first few, and how many more; none where there are none.
fn listed(all: &[String], between: &str) -> Option<String> {
    let named = all.get(..all.len().min(MOST_NAMED)).filter(|named| !named.is_empty())?.join(between);
    Some(match all.len() - all.len().min(MOST_NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    })
}
