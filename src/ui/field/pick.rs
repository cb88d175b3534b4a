//! Picking one of many by typing a part of its name: what is offered, which of it the arrows have reached, the rows.

use egui::{Id, Key, Modifiers, Rect, Ui};

use super::{Ink, help_ui};
use crate::query::fold;
use crate::text::visible;
use crate::ui::bidi::visual_line;

/// Something that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<T> {
    /// What is picked: an id, where it is a record.
    pub value: T,
    /// Its title.
    pub title: String,
    /// What tells it from others of the same title.
    pub detail: String,
    /// What else it is found by.
    pub keywords: String,
}

/// How many candidates are offered at a time.
pub const OFFERED: usize = 6;

/// The candidates offered for what is typed, derived anew only when that or the document changes.
#[derive(Debug)]
pub struct Offers<T> {
    shown: Option<(u64, String)>,
    candidates: Vec<Candidate<T>>,
    more: bool,
    /// The one that Enter takes.
    cursor: Option<usize>,
    open: bool,
    /// The rows come into view when they are drawn next.
    scroll: bool,
    /// How many of the candidates have been looked at, where that takes more than one frame.
    looked: usize,
}

/// Candidates that are looked at in one frame.
const LOOKS_A_FRAME: usize = 8_192;

impl<T> Default for Offers<T> {
    fn default() -> Self {
        Self { shown: None, candidates: Vec::new(), more: false, cursor: None, open: false, scroll: false, looked: 0 }
    }
}

impl<T> Offers<T> {
    /// Brings the offers up to date with what is typed and the revision of the document: the first of `all` in which every
    /// typed word occurs.
    pub fn refresh(&mut self, revision: u64, typed: &str, all: impl Iterator<Item = Candidate<T>>) {
        self.refresh_with(revision, typed, || matching(typed, all));
    }

    /// The same among so many candidates that they are looked at over several frames; says whether there are more to look
    /// at, which takes another frame. `text` writes what a candidate is found by.
    pub fn refresh_among(
        &mut self,
        revision: u64,
        typed: &str,
        count: usize,
        text: impl Fn(usize, &mut String),
        candidate: impl Fn(usize) -> Option<Candidate<T>>,
    ) -> bool {
        self.refresh_with(revision, typed, || (Vec::new(), false));
        if self.looked >= count || self.more {
            return false;
        }
        let words: Vec<String> = fold(typed).split_whitespace().map(str::to_owned).collect();
        let mut own = String::new();
        let past = count.min(self.looked + LOOKS_A_FRAME);
        while self.looked < past && !self.more {
            own.clear();
            text(self.looked, &mut own);
            if own.is_ascii() {
                own.make_ascii_lowercase();
            } else {
                own = fold(&own);
            }
            if words.iter().all(|word| own.contains(word)) {
                let found = candidate(self.looked);
                self.more = found.is_some() && self.candidates.len() == OFFERED;
                self.scroll |= found.is_some();
                self.candidates.extend(found.filter(|_| !self.more));
            }
            self.looked += 1;
        }
        if !words.is_empty() && !self.candidates.is_empty() {
            self.cursor = self.cursor.or(Some(0));
        }
        self.looked < count && !self.more
    }

    /// The same with candidates that were found elsewhere, and whether there are more of them. Says whether they are others
    /// than before.
    pub fn refresh_with(
        &mut self,
        revision: u64,
        typed: &str,
        find: impl FnOnce() -> (Vec<Candidate<T>>, bool),
    ) -> bool {
        if self.shown.as_ref().is_some_and(|(shown, text)| *shown == revision && text == typed) {
            return false;
        }
        (self.candidates, self.more) = find();
        self.looked = 0;
        self.cursor = (!typed.trim().is_empty() && !self.candidates.is_empty()).then_some(0);
        self.shown = Some((revision, typed.to_owned()));
        self.scroll = true;
        true
    }

    /// Enter takes none until an arrow reaches one.
    pub fn leave(&mut self) {
        self.cursor = None;
    }

    /// Moves to the next or previous offer with the arrows while the field of this id has the focus. To be called before the
    /// field is drawn, which would take the arrows for itself.
    pub fn take_arrows(&mut self, ui: &Ui, field: Id) {
        let last = self.candidates.len().checked_sub(1);
        let Some(last) = last.filter(|_| ui.memory(|memory| memory.has_focus(field))) else { return };
        let (down, up) = ui.input_mut(|input| {
            let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
            (down, input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp))
        });
        if down + up > 0 {
            // The first stroke goes to the first offer.
            let to = self.cursor.map_or(0, |at| (at + down).saturating_sub(up));
            self.cursor = Some(to.min(last));
            self.scroll = true;
        }
    }

    /// The one that Enter takes.
    pub fn current(&self) -> Option<&Candidate<T>> {
        self.candidates.get(self.cursor?)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// Whether the rows are shown, where that is `wanted` while a field has the focus. A press on a row takes the focus from
    /// the field; the rows must stay until it is released.
    pub fn is_open(&mut self, ui: &Ui, wanted: bool) -> bool {
        self.scroll |= wanted && !self.open;
        self.open = wanted || self.open && ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
        self.open
    }
}

/// The first candidates in which every typed word occurs, and whether there are more.
fn matching<T>(typed: &str, candidates: impl Iterator<Item = Candidate<T>>) -> (Vec<Candidate<T>>, bool) {
    let words: Vec<String> = fold(typed).split_whitespace().map(str::to_owned).collect();
    let mut found: Vec<Candidate<T>> = candidates
        .filter(|candidate| {
            let text = fold(&format!("{} {} {}", candidate.title, candidate.detail, candidate.keywords));
            words.iter().all(|word| text.contains(word))
        })
        .take(OFFERED + 1)
        .collect();
    let more = found.len() > OFFERED;
    found.truncate(OFFERED);
    (found, more)
}

/// The offered candidates as rows named "`verb` title"; returns the value of the one clicked.
pub fn pick_ui<T: Clone>(ui: &mut Ui, ink: Ink, verb: &str, offers: &mut Offers<T>) -> Option<T> {
    let mut picked = None;
    let top = ui.cursor().top();
    for (at, candidate) in offers.candidates.iter().enumerate() {
        let mut text = egui::text::LayoutJob::default();
        let body = egui::TextStyle::Body.resolve(ui.style());
        let small = egui::TextStyle::Small.resolve(ui.style());
        text.append(&visual_line(&visible(&candidate.title)), 0.0, egui::TextFormat::simple(body, ink.text));
        if !candidate.detail.is_empty() {
            let detail = format!("\n{}", visual_line(&visible(&candidate.detail)));
            text.append(&detail, 0.0, egui::TextFormat::simple(small, ink.muted));
        }
        let reached = offers.cursor == Some(at);
        let mut button = egui::Button::new(text).frame_when_inactive(reached).wrap().selected(reached);
        if reached {
            button = button.fill(ui.visuals().selection.bg_fill).stroke(egui::Stroke::NONE);
        }
        let button = button.min_size(egui::vec2(ui.available_width(), 0.0));
        let response = ui.add(button).accessible_name(format!("{verb} {}", visible(&candidate.title)));
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_description(visible(&candidate.detail).into_owned()));
        if response.clicked() {
            picked = Some(candidate.value.clone());
        }
    }
    if offers.more {
        help_ui(ui, ink, "Type more to narrow the list");
    }
    if std::mem::take(&mut offers.scroll) && ui.min_rect().bottom() > top {
        let rows = Rect::from_x_y_ranges(ui.min_rect().x_range(), top..=ui.min_rect().bottom());
        ui.scroll_to_rect(rows, None);
    }
    picked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: &str, title: &str, detail: &str) -> Candidate<String> {
        let (title, detail) = (title.to_owned(), detail.to_owned());
        Candidate { value: id.to_owned(), title, detail, keywords: String::new() }
    }

    #[test]
    fn every_typed_word_must_occur_somewhere() {
        let all = [candidate("a", "Duma ratifies", "Interfax"), candidate("b", "Duma debates", "TASS")];
        let (found, more) = matching("duma tass", all.clone().into_iter());
        assert_eq!(found, [all[1].clone()]);
        assert!(!more);
        let many = (0..20).map(|n| candidate(&n.to_string(), "Duma", ""));
        let (found, more) = matching("", many);
        assert_eq!((found.len(), more), (OFFERED, true));
    }

    #[test]
    fn very_many_are_looked_at_over_several_frames_and_the_first_are_offered() {
        let text = |at: usize, text: &mut String| text.push_str(&format!("Événement {at}"));
        let found = |at: usize| Some(candidate(&at.to_string(), "", ""));
        let mut offers = Offers::default();
        let mut frames = |typed: &str, count| {
            let frames = 1 + (0..100).take_while(|_| offers.refresh_among(1, typed, count, text, found)).count();
            let ids: Vec<_> = offers.candidates.iter().map(|found| found.value.clone()).collect();
            (frames, ids, offers.more, offers.cursor)
        };
        let ids = |ids: &[usize]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(frames("", 50_000), (1, ids(&[0, 1, 2, 3, 4, 5]), true, None));
        let found = ids(&[4_999, 14_999, 24_999, 34_999, 44_999, 49_990]);
        assert_eq!(frames("événement 4999", 50_000), (7, found, true, Some(0)));
        assert_eq!(frames("nothing", 2 * LOOKS_A_FRAME), (2, ids(&[]), false, None));
    }

    #[test]
    fn enter_takes_an_offer_only_once_something_is_typed_or_an_arrow_was_struck() {
        let mut offers = Offers::default();
        let all = || [candidate("a", "Duma ratifies", ""), candidate("b", "Duma debates", "")].into_iter();
        offers.refresh(1, "", all());
        assert_eq!(offers.current(), None);
        offers.refresh(1, "du", all());
        assert_eq!(offers.current().map(|found| found.value.as_str()), Some("a"));
        offers.refresh(1, "nobody", all());
        assert!(offers.current().is_none() && offers.is_empty());
    }
}
