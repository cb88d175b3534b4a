//! Picking one record of many by typing a part of its name.

use egui::{RichText, Ui};

use super::{Ink, help_ui};

/// A record that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What tells it from others of the same title.
    pub detail: String,
}

/// How many candidates are offered at a time.
const OFFERED: usize = 6;

/// The candidates offered for what is typed, derived anew only when that or the document changes.
#[derive(Debug, Default)]
pub struct Offers {
    shown: Option<(u64, String)>,
    candidates: Vec<Candidate>,
    more: bool,
}

impl Offers {
    /// Brings the offers up to date with what is typed and the revision of the document.
    pub fn refresh(&mut self, revision: u64, typed: &str, all: impl Iterator<Item = Candidate>) {
        if self.shown.as_ref().is_some_and(|(shown, text)| *shown == revision && text == typed) {
            return;
        }
        (self.candidates, self.more) = matching(typed, all);
        self.shown = Some((revision, typed.to_owned()));
    }

    /// The one that Enter takes.
    pub fn first(&self) -> Option<&Candidate> {
        self.candidates.first()
    }
}

/// The first candidates in which every typed word occurs, and whether there are more.
fn matching(typed: &str, candidates: impl Iterator<Item = Candidate>) -> (Vec<Candidate>, bool) {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<Candidate> = candidates
        .filter(|candidate| {
            let text = format!("{} {} {}", candidate.title, candidate.detail, candidate.id).to_lowercase();
            words.iter().all(|word| text.contains(word))
        })
        .take(OFFERED + 1)
        .collect();
    let more = found.len() > OFFERED;
    found.truncate(OFFERED);
    (found, more)
}

/// The offered candidates as rows; returns the id of the one clicked.
pub fn pick_ui(ui: &mut Ui, ink: Ink, verb: &str, offers: &Offers) -> Option<String> {
    let mut picked = None;
    for candidate in &offers.candidates {
        let text = if candidate.detail.is_empty() {
            candidate.title.clone()
        } else {
            format!("{} · {}", candidate.title, candidate.detail)
        };
        let button = egui::Button::new(RichText::new(text).color(ink.text)).frame_when_inactive(false).wrap();
        let button = button.min_size(egui::vec2(ui.available_width(), 0.0));
        if ui.add(button).accessible_name(format!("{verb} {}", candidate.title)).clicked() {
            picked = Some(candidate.id.clone());
        }
    }
    if offers.more {
        help_ui(ui, ink, "Type more to narrow the list");
    }
    picked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: &str, title: &str, detail: &str) -> Candidate {
        Candidate { id: id.to_owned(), title: title.to_owned(), detail: detail.to_owned() }
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
}
