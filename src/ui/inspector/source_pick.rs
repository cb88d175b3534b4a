//! One field for a source to cite: typing finds those that are there, a pasted address or reference becomes a new one.

use egui::Ui;

use super::changes::Changes;
use super::event::draft_id;
use super::form::Form;
use crate::interchange::sources::{is_told_apart, reference};
use crate::model::{SameSource, Source, Text, Timeline, same_page_key};
use crate::query::{SourceSearch, fold};
use crate::ui::field::{self, Candidate, OFFERED, Offers, Outcome};

/// What was picked.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Picked {
    /// The source of this id.
    Known(Text),
    /// One that is not there yet; it has no id.
    New(Box<Source>),
}

impl Picked {
    /// The title of the source.
    pub fn title<'s>(&'s self, timeline: &'s Timeline) -> &'s str {
        match self {
            Self::Known(id) => timeline.source(id).map_or(id, |source| &source.title),
            Self::New(source) => &source.title,
        }
    }

    /// The id of the source, which joins the changes where it is new.
    pub fn put_into(self, changes: &mut Changes<'_>) -> Text {
        match self {
            Self::Known(id) => id,
            Self::New(source) => {
                let id: Text = changes.timeline().fresh_source_id(&source.title).into();
                changes.add_source(Source { id: id.clone(), ..*source });
                id
            }
        }
    }
}

/// What is typed to find or name a source.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct SourcePick {
    typed: String,
    #[serde(skip)]
    focus: bool,
    #[serde(skip)]
    search: SourceSearch,
    #[serde(skip)]
    offers: Offers<Picked>,
}

/// A copy is the text: what is offered for it is found again.
impl Clone for SourcePick {
    fn clone(&self) -> Self {
        Self { typed: self.typed.clone(), ..Self::default() }
    }
}

impl PartialEq for SourcePick {
    fn eq(&self, other: &Self) -> bool {
        self.typed == other.typed
    }
}

impl SourcePick {
    /// Gives the field the focus when it is drawn next.
    pub fn focus(&mut self) {
        self.focus = true;
    }

    /// Whether it takes the focus when it is drawn next.
    pub const fn wants_focus(&self) -> bool {
        self.focus
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.typed.trim().is_empty()
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.typed.clear();
    }

    /// What is typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Puts a text into the field as if it had been typed.
    pub fn type_in(&mut self, text: String) {
        self.typed = text;
    }

    /// What is typed as a new source, where anything is.
    pub fn as_new(&self) -> Option<Picked> {
        (!self.is_empty()).then(|| Picked::New(Box::new(read(&self.typed))))
    }

    /// What is typed where it is meant as it stands: the source that is at this address or has this title, else a new one.
    pub fn meant(&self, timeline: &Timeline) -> Option<Picked> {
        let Some(Picked::New(new)) = self.as_new() else { return None };
        let sources = timeline.sources();
        let is_it = |at: &usize| sources.get(*at).is_some_and(|source| !is_told_apart(&new, source));
        let of_address = || same_sources(timeline, &new).into_iter().find(is_it).and_then(|at| sources.get(at));
        let title = fold(&new.title);
        let of_title = || sources.iter().find(|source| fold(&source.title) == title);
        let known = if fields_read(&new).is_empty() { of_title() } else { of_address() };
        Some(known.map_or(Picked::New(new), |source| Picked::Known(source.id.clone())))
    }

    /// What Enter would take now.
    pub fn chosen(&self) -> Option<Picked> {
        self.offers.current().map(|found| found.value.clone()).filter(|_| !self.is_empty())
    }

    /// The field of this accessible name with its offers below; `verb` begins the names of their rows. Enter takes the offer
    /// that the arrows have reached, at first the best one.
    pub fn ui(&mut self, ui: &mut Ui, form: &Form<'_>, name: &str, verb: &str) -> (Outcome, Option<Picked>) {
        let id = draft_id(name);
        self.offers.take_arrows(ui, id);
        let mut draft = Some(std::mem::take(&mut self.typed));
        let field = field::TextField {
            id,
            name,
            hint: "Title, URL or reference",
            rows: 1,
            keeps_lines: true,
            enabled: true,
            invalid: false,
            focus: std::mem::take(&mut self.focus),
        };
        let outcome = field::text_ui(ui, form.ink, field, "", &mut draft);
        self.typed = draft.unwrap_or_default();

        let wanted = outcome == Outcome::Focused || !self.is_empty();
        if !self.offers.is_open(ui, wanted) {
            return (outcome, None);
        }
        let (timeline, revision) = (form.doc.timeline, form.doc.revision);
        let (search, typed) = (&mut self.search, self.typed.as_str());
        self.offers.refresh_with(revision, typed, || {
            search.refresh(timeline, revision);
            offers(timeline, search, typed)
        });
        let clicked = field::pick_ui(ui, form.ink, verb, &mut self.offers);
        let entered = (outcome == Outcome::Entered).then(|| self.offers.current().map(|found| found.value.clone()));
        let picked = clicked.or(entered.flatten());
        if picked.is_some() {
            self.clear();
        }
        (outcome, picked)
    }
}

/// What is offered for a text, best first, and whether there is more. Where nothing is typed: the newest sources.
fn offers(timeline: &Timeline, search: &SourceSearch, typed: &str) -> (Vec<Candidate<Picked>>, bool) {
    let sources = timeline.sources();
    if typed.trim().is_empty() {
        let newest = sources.iter().rev().take(OFFERED).map(known).collect();
        return (newest, sources.len() > OFFERED);
    }
    let new = read(typed);
    let same = same_sources(timeline, &new);
    // What Enter takes is no other work than the one that was pasted.
    let is_other = |at: &usize| sources.get(*at).is_some_and(|source| is_told_apart(&new, source));
    let (others, there): (Vec<usize>, Vec<usize>) = same.iter().partition(|at| is_other(at));
    let (found, more) = search.best(typed, OFFERED);
    let found = found.into_iter().filter(|at| !same.contains(at)).filter_map(|at| sources.get(at)).map(known);
    let candidate = Candidate {
        title: format!("New source: {}", new.title),
        detail: fields_read(&new),
        keywords: String::new(),
        value: Picked::New(Box::new(new)),
    };
    let is_reference = !candidate.detail.is_empty();
    let offered = |of: Vec<usize>| of.into_iter().filter_map(|at| sources.get(at)).map(already).collect::<Vec<_>>();
    let mut all: Vec<Candidate<Picked>> = offered(there);
    if is_reference {
        all.push(candidate);
        all.extend(offered(others));
        all.extend(found);
    } else {
        all.extend(offered(others));
        all.extend(found);
        all.push(candidate);
    }
    (all, more)
}

/// A pasted text as a source without an id: what can be told of a reference, else a title.
fn read(text: &str) -> Source {
    let title = || text.split_whitespace().collect::<Vec<_>>().join(" ");
    reference::read(text).filter(|source| !source.title.is_empty()).unwrap_or_else(|| Source::new("", title()))
}

/// The positions of the sources that are probably the same as a new one.
fn same_sources(timeline: &Timeline, new: &Source) -> Vec<usize> {
    let page = new.url.as_deref().and_then(same_page_key);
    let host = page.as_deref().and_then(|page| page.split(['/', '?', ':']).next());
    let is_same = |source: &Source| {
        // Reading an address costs more than looking for its host.
        let may_be_page = |url: &str| !url.is_ascii() || host.is_some_and(|host| url.to_lowercase().contains(host));
        let may_be_same = source.url.as_deref().is_some_and(may_be_page)
            || source.published.is_some() && source.published == new.published;
        may_be_same && SameSource::of(source, new).is_some()
    };
    timeline.sources().iter().enumerate().filter(|(_, source)| is_same(source)).map(|(at, _)| at).collect()
}

fn known(source: &Source) -> Candidate<Picked> {
    let candidate = candidate(source);
    Candidate {
        value: Picked::Known(candidate.value),
        title: candidate.title,
        detail: candidate.detail,
        keywords: candidate.keywords,
    }
}

fn already(source: &Source) -> Candidate<Picked> {
    let candidate = known(source);
    let detail = ["There already".to_owned(), candidate.detail];
    let detail = detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    Candidate { detail, ..candidate }
}

/// A source as it is offered: told from others by publisher and date.
pub fn candidate(source: &Source) -> Candidate<Text> {
    let detail =
        [source.publisher.as_ref().map(ToString::to_string), source.published.as_ref().map(|date| date.describe())];
    let detail = detail.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let written = source.published.as_ref().map(|date| date.as_str()).unwrap_or_default();
    let keywords = format!("{} {written} {}", source.id, source.url.as_deref().unwrap_or_default());
    Candidate { value: source.id.clone(), title: source.title.to_string(), detail, keywords }
}

/// What was read out of a reference beside the title, each with its name: empty where there is nothing.
fn fields_read(source: &Source) -> String {
    let date = |date: &Option<crate::time::Date>| date.as_ref().map(|date| date.describe());
    let text = |text: &Option<_>| text.as_ref().map(ToString::to_string);
    let fields = [
        ("Author", text(&source.author)),
        ("Publisher", text(&source.publisher)),
        ("Number", text(&source.number)),
        ("Language", text(&source.language)),
        ("Published", date(&source.published)),
        ("Information", date(&source.information)),
        ("Accessed", date(&source.accessed)),
        ("URL", text(&source.url)),
        ("Archive URL", text(&source.archive_url)),
        ("Note", text(&source.note)),
    ];
    let read = fields.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?)));
    read.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline() -> Timeline {
        let mut page = Source::new("page", "Duma ratifies");
        page.url = Some("https://www.example.org/duma/?utm_source=x".into());
        let sources = vec![page, Source::new("other", "Duma debates"), Source::new("third", "Something else")];
        Timeline::from_records(
            Timeline::empty("t").header().clone(),
            Vec::new(),
            sources,
            Vec::new(),
            Vec::new(),
            Vec::new(),
        )
    }

    fn offered(typed: &str) -> Vec<String> {
        let timeline = timeline();
        let mut search = SourceSearch::default();
        search.refresh(&timeline, 0);
        offers(&timeline, &search, typed).0.into_iter().map(|candidate| candidate.title).collect()
    }

    #[test]
    fn what_is_there_comes_before_what_would_be_new_unless_a_reference_was_pasted() {
        assert_eq!(offered(""), ["Something else", "Duma debates", "Duma ratifies"]);
        assert_eq!(offered("duma"), ["Duma ratifies", "Duma debates", "New source: duma"]);
        let is_new = |title: &String| title.starts_with("New source: ");
        // Of an address that no source has yet none is taken for it, however much of it one shares.
        for new in [
            "https://tass.example/1",
            "https://www.example.org/duma/2",
            "https://www.example.org/",
            "example.org/du",
            "www.example.org/dum",
            "https://www.example.org/duma/#/other",
        ] {
            assert!(is_new(&offered(new)[0]), "{new}: {:?}", offered(new));
        }
        let known = offered("http://example.org/duma");
        assert!(matches!(known.as_slice(), [there, new] if there == "Duma ratifies" && is_new(new)), "{known:?}");
        let other = offered("Roe, Jane (2024). “Another work.” https://example.org/duma");
        assert!(matches!(other.as_slice(), [new, there, ..] if is_new(new) && there == "Duma ratifies"), "{other:?}");
    }
}
