//! What the palette finds: commands, and places to go to by a date, the title of an event, a source, a saved view or a lane.
//!
//! Better matches come first: names that start with what was typed, then those with a word that does, then those that contain it, then
//! commands that contain its letters in order. Of equals what was chosen lately comes first, then the kinds in their order.

use memchr::memmem::Finder;

use super::synonyms::SYNONYMS;
use crate::model::Text;
use crate::query::fold;
use crate::text::visible;
use crate::time::{Date, Zone};
use crate::ui::field::Reading;
use crate::ui::{Command, Document};

/// So many events are looked through at each keystroke; in longer timelines the question above the track is the way.
pub(super) const MOST_EVENTS: usize = 50_000;
/// So many of a kind are listed.
const MOST_OF_A_KIND: usize = 30;

/// Something that was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A command to run.
    Command(Command),
    /// A date to go to.
    Date(Date),
    /// A lane to scroll to, by id.
    Lane(Text),
    /// A view to show, by id.
    View(Text),
    /// An event to select, by id.
    Event(Text),
    /// A source to show, by id.
    Source(Text),
    /// A zone on whose clock times are shown; none is the timeline's.
    Zone(Option<Zone>),
}

/// An entry of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is.
    pub found: Found,
    /// Its name.
    pub label: String,
    /// What kind of thing it is, with what tells it from others of its kind; keys for a command.
    pub note: String,
}

/// What there is to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Everything.
    #[default]
    All,
    /// Where one can go: no commands.
    Places,
    /// The zones on whose clocks times can be shown, that of this computer among the first.
    Zones {
        /// That zone, where it is known.
        of_computer: Option<Zone>,
    },
}

/// What a text finds, best first. `lately` is what was chosen before, last first.
pub(super) fn find(text: &str, scope: Scope, doc: Document<'_>, lately: &[Found]) -> Vec<Entry> {
    let folded = fold(text.trim());
    let wanted = &Wanted::of(&folded);
    if let Scope::Zones { of_computer } = scope {
        return zones(wanted, doc, of_computer);
    }
    let mut ranked: Vec<(u8, usize, Entry)> = Vec::new();
    let mut add = |rank: Option<u8>, entry: Entry| {
        let recency = lately.iter().position(|found| *found == entry.found).unwrap_or(usize::MAX);
        ranked.extend(rank.map(|rank| (rank, recency, entry)));
    };
    let dates = match Reading::of(text, doc.now) {
        Reading::One(date) => vec![date],
        Reading::Several(ways) => ways.into_iter().map(|(date, _)| date).collect(),
        Reading::Nothing | Reading::Wrong(_) => Vec::new(),
    };
    for date in dates {
        let (label, note) = (format!("Go to {}", date.describe_with(doc.zone)), "Date".to_owned());
        add(Some(0), Entry { found: Found::Date(date), label, note });
    }
    if scope == Scope::All {
        for command in Command::ALL.into_iter().filter(|command| *command != Command::Palette) {
            let rank = command_rank(command, wanted);
            add(rank, Entry { found: Found::Command(command), label: command.label().to_owned(), note: String::new() });
        }
    }
    // Without a word everything would be found.
    if !wanted.text.is_empty() {
        let note = |kind: &str| kind.to_owned();
        let timeline = doc.timeline;
        let lanes = best(timeline.lanes().iter(), |lane| &lane.title, wanted);
        for (rank, lane) in lanes {
            add(Some(rank), entry(Found::Lane(lane.id.clone()), &lane.title, note("Lane")));
        }
        for (rank, view) in best(timeline.views().iter(), |view| &view.title, wanted) {
            add(Some(rank), entry(Found::View(view.id.clone()), &view.title, note("View")));
        }
        for (rank, event) in best(timeline.events().iter().take(MOST_EVENTS), |event| &event.title, wanted) {
            let date = event.date.as_ref().map_or_else(|| note("Undated"), |date| date.describe_with(doc.zone));
            add(Some(rank), entry(Found::Event(event.id.clone()), &event.title, date));
        }
        for (rank, source) in best(timeline.sources().iter(), |source| &source.title, wanted) {
            add(Some(rank), entry(Found::Source(source.id.clone()), &source.title, note("Source")));
        }
    }
    ranked.sort_by_key(|(rank, recency, _)| (*rank, *recency));
    ranked.into_iter().map(|(.., entry)| entry).collect()
}

/// The zones that a text finds: the timeline's, that of this computer and UTC first, then all others by their names.
fn zones(wanted: &Wanted<'_>, doc: Document<'_>, of_computer: Option<Zone>) -> Vec<Entry> {
    let own = doc.timeline.zone();
    let mut first = vec![(None, own, "of the timeline")];
    first.extend(of_computer.filter(|zone| *zone != own).map(|zone| (Some(zone), zone, "of this computer")));
    if own != Zone::UTC && of_computer != Some(Zone::UTC) {
        first.push((Some(Zone::UTC), Zone::UTC, ""));
    }
    let known: Vec<&str> = first.iter().map(|(_, zone, _)| zone.name()).collect();
    let others = Zone::names().filter(|name| !known.contains(name)).filter_map(|name| Zone::parse(name).ok());
    let others = others.map(|zone| (Some(zone), zone, ""));
    let (moment, shown) = (doc.zone.moment_at(doc.now), doc.zone.clock());
    let found =
        first.iter().copied().chain(others.collect::<Vec<_>>()).enumerate().filter_map(|(at, (found, zone, of))| {
            let rank = title_rank(&fold(&zone.name().replace('_', " ")), wanted)?;
            let offset = zone.offset_label(moment);
            let offset = if zone == Zone::UTC { "" } else { offset.as_str() };
            let is_shown = if zone == shown { "shown now" } else { "" };
            let parts: Vec<&str> = [of, is_shown, offset].into_iter().filter(|part| !part.is_empty()).collect();
            let entry = Entry { found: Found::Zone(found), label: zone.name().to_owned(), note: parts.join(" · ") };
            Some((rank.saturating_sub(u8::from(at < first.len())), at, entry))
        });
    let mut found: Vec<(u8, usize, Entry)> = found.collect();
    found.sort_by_key(|(rank, at, _)| (*rank, *at));
    found.truncate(MOST_OF_A_KIND);
    found.into_iter().map(|(.., entry)| entry).collect()
}

fn entry(found: Found, label: &str, note: String) -> Entry {
    Entry { found, label: visible(label).into_owned(), note }
}

/// What is looked for, folded, made ready once for the tens of thousands of names in which it is.
struct Wanted<'w> {
    text: &'w str,
    whole: Finder<'w>,
    /// Its words where it has several, which may stand in another order; none of one word.
    words: Vec<Finder<'w>>,
}

impl<'w> Wanted<'w> {
    fn of(text: &'w str) -> Self {
        let words: Vec<Finder<'w>> = words(text).map(|word| Finder::new(word.as_bytes())).collect();
        Self { text, whole: Finder::new(text.as_bytes()), words: if words.len() > 1 { words } else { Vec::new() } }
    }
}

/// Those whose titles hold what is wanted, the best first.
fn best<'t, T>(all: impl Iterator<Item = &'t T>, title: impl Fn(&T) -> &str, wanted: &Wanted<'_>) -> Vec<(u8, &'t T)> {
    let mut found: Vec<(u8, &T)> = all.filter_map(|one| Some((title_rank(&fold(title(one)), wanted)?, one))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(MOST_OF_A_KIND);
    found
}

/// 0 where a name starts with what is wanted, 1 where one of its words does, 2 where it contains it, or its words begin with those
/// that are wanted in another order.
fn title_rank(name: &str, wanted: &Wanted<'_>) -> Option<u8> {
    if name.starts_with(wanted.text) {
        return Some(0);
    }
    let is_word = |at: usize| {
        name.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|before| !before.is_alphanumeric())
    };
    let mut places = wanted.whole.find_iter(name.as_bytes()).peekable();
    if places.peek().is_none() {
        return has_words(name, wanted).then_some(2);
    }
    Some(if places.any(is_word) { 1 } else { 2 })
}

/// Whether each of several words that are wanted begins a word of a name.
fn has_words(name: &str, wanted: &Wanted<'_>) -> bool {
    let begins_one = |word: &Finder<'_>| words(name).any(|other| other.as_bytes().starts_with(word.needle()));
    // Most names do not hold the first of them at all, which is found out without parting the name into words.
    let holds = |word: &Finder<'_>| word.find(name.as_bytes()).is_some();
    !wanted.words.is_empty() && wanted.words.iter().all(|word| holds(word) && begins_one(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The rank of the better of a command's name and its synonyms; 3 where its letters stand in its name in order.
fn command_rank(command: Command, wanted: &Wanted<'_>) -> Option<u8> {
    let name = fold(command.label());
    let synonyms = SYNONYMS.iter().filter(|(of, _)| *of == command).flat_map(|(_, words)| words.iter());
    // A name comes before a synonym that fits as well.
    let by_synonym = synonyms.clone().filter_map(|word| title_rank(word, wanted)).min().map(|rank| rank.max(1));
    let mut letters = name.chars();
    let in_order = || wanted.text.chars().all(|letter| letters.any(|other| other == letter)).then_some(3);
    // One word may be of its name and another of a synonym.
    let by_words = || {
        let all: Vec<&str> = std::iter::once(&*name).chain(synonyms.clone().copied()).collect();
        has_words(&all.join(" "), wanted).then_some(3)
    };
    title_rank(&name, wanted).into_iter().chain(by_synonym).min().or_else(by_words).or_else(in_order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, References};
    use crate::model::{Event, Problems, Timeline};
    use crate::time::{Instant, Zone};

    fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        options.from_str(text).expect("records")
    }

    fn ferry() -> Timeline {
        let events: Vec<Event> = read(
            r#"[
                (id: "sails", date: "2024-10-24", title: "Aurora sails", lane: "port"),
                (id: "boards", date: "2024-11", title: "Customs board the Aurora", lane: "port"),
            ]"#,
        );
        Timeline::from_records(
            Timeline::empty("Ferry").header().clone(),
            read(r#"[(id: "port", title: "Port")]"#),
            read(r#"[(id: "log", title: "Harbour log")]"#),
            events,
            Vec::new(),
            read(r#"[(id: "late", title: "Late voyages", window: "2024-11")]"#),
        )
    }

    fn labels(text: &str, scope: Scope) -> Vec<String> {
        let timeline = ferry();
        let (index, references) = (Index::build(&timeline, Zone::UTC), References::build(&timeline));
        let problems = Problems::default();
        let doc = Document { now: Instant::default(), ..Document::plain(&timeline, &index, &references, &problems) };
        find(text, scope, doc, &[]).into_iter().map(|entry| entry.label).collect()
    }

    #[test]
    fn whatever_has_a_name_is_found_by_it_and_places_alone_where_one_goes_somewhere() {
        assert_eq!(labels("aurora", Scope::Places), ["Aurora sails", "Customs board the Aurora"]);
        assert!(labels("late", Scope::Places).contains(&"Late voyages".to_owned()));
        assert!(labels("harbour", Scope::Places).contains(&"Harbour log".to_owned()));
        assert!(labels("port", Scope::Places).contains(&"Port".to_owned()));
        assert!(labels("save", Scope::Places).is_empty());
        assert_eq!(labels("save", Scope::All).first().map(String::as_str), Some("Save"));
    }

    #[test]
    fn a_date_in_words_is_somewhere_to_go() {
        assert_eq!(labels("24 Oct 2024", Scope::Places), ["Go to 24 Oct 2024"]);
        assert_eq!(labels("12/04/1985", Scope::Places).len(), 2, "either way");
    }

    #[test]
    fn a_command_is_found_by_another_name_and_by_letters_in_order() {
        assert!(labels("picture", Scope::All).contains(&"Export…".to_owned()));
        let light = Command::ThemeLight.label().to_owned();
        for words in ["theme: light", "light theme", "light  them"] {
            assert_eq!(labels(words, Scope::All).first(), Some(&light), "{words}");
        }
        assert!(!labels("light thesis", Scope::All).contains(&light));
        assert!(labels("aurora board", Scope::Places).contains(&"Customs board the Aurora".to_owned()));
        assert!(labels("dupev", Scope::All).contains(&"Duplicate event".to_owned()));
        assert!(labels("xyzzy", Scope::All).is_empty());
        assert_eq!(labels("", Scope::All).len(), Command::ALL.len() - 1);
    }
}
