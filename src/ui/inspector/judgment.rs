//! The analyst's judgment: a likelihood and a confidence in rows of their own, since ICD 203 keeps them apart.

use egui::Ui;

use super::changes::quoted;
use super::form::{Form, Initially, section_ui};
use super::slot::{Slot, no_judgment, worth_keeping};
use crate::model::{Confidence, Event, Judgment, JudgmentField, Likelihood};
use crate::query::fold;
use crate::ui::field::{self, Candidate, Offers, Outcome};

/// What the judgment remembers between frames: the terms on offer.
#[derive(Debug, Default)]
pub struct JudgmentState {
    terms: Offers<Likelihood>,
}

/// Likelihood, confidence and a note.
pub fn judgment_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut JudgmentState, event: &Event) {
    let initially = if event.judgment.is_some() { Initially::Open } else { Initially::Folded };
    let is_wanted = matches!(&form.focus_slot, Some(Slot::Judgment(id, _)) if *id == event.id);
    let initially = initially.or_shown(is_wanted);
    section_ui(ui, "Judgment", None, initially, |ui| {
        likelihood_ui(ui, form, state, event);
        confidence_ui(ui, form, event);
        form.named_text(ui, &Slot::Judgment(event.id.clone(), JudgmentField::Note), "Judgment note");
    });
}

/// The term, typed by its label or its synonym. The band stands beside it as help and is never written.
fn likelihood_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut JudgmentState, event: &Event) {
    const NAME: &str = "Likelihood";
    let slot = Slot::Judgment(event.id.clone(), JudgmentField::Likelihood);
    if !form.editable() && !form.has_text(&slot) {
        return;
    }
    let terms = &mut state.terms;
    field::row(ui, form.ink, slot.label(), |ui| {
        if form.editable() {
            terms.take_arrows(ui, form.id_of(&slot, NAME));
        }
        let shown = form.bare_text(ui, &slot, NAME);
        let written = event.judgment.as_ref().and_then(|judgment| judgment.likelihood);
        let read = shown.draft.as_deref().map_or(written, Likelihood::parse);
        if let Some(term) = read {
            field::help_ui(ui, form.ink, &band(term));
        }
        let focused = shown.outcome == Some(Outcome::Focused);
        if !terms.is_open(ui, focused) && shown.outcome != Some(Outcome::Entered) {
            return;
        }
        let typed = shown.draft.as_deref().unwrap_or_default();
        terms.refresh_with(form.doc.revision, typed, || (matching(typed), false));
        let clicked = field::pick_ui(ui, form.ink, "Judge", terms);
        let entered = shown.outcome == Some(Outcome::Entered) && read.is_none();
        let taken = clicked.or_else(|| terms.current().filter(|_| entered).map(|found| found.value));
        if let Some(term) = taken {
            form.type_in(&slot, &field::sentence_case(term.label()));
            ui.memory_mut(|memory| memory.surrender_focus(form.id_of(&slot, NAME)));
        } else if terms.is_empty() {
            field::help_ui(ui, form.ink, "No term of ICD 203 has these words");
        }
    });
}

fn band(term: Likelihood) -> String {
    let (low, high) = term.band();
    format!("{low}–{high} per cent (ICD 203), also called {}", term.synonym())
}

/// The terms that are meant by what was typed so far, those that begin with it first. A number finds the terms of its band:
/// what is written is the term.
fn matching(typed: &str) -> Vec<Candidate<Likelihood>> {
    let typed = fold(typed.trim());
    let number: Option<f64> = typed.trim_end_matches(['%', ' ']).parse().ok();
    let rank = |term: Likelihood| match number {
        Some(number) => {
            let (low, high) = term.band();
            (f64::from(low) <= number && number <= f64::from(high)).then_some(0)
        }
        None if term.label().starts_with(&typed) || term.synonym().starts_with(&typed) => Some(0),
        None => (term.label().contains(&typed) || term.synonym().contains(&typed)).then_some(1),
    };
    let mut found: Vec<(u8, Likelihood)> =
        Likelihood::ALL.into_iter().filter_map(|term| Some((rank(term)?, term))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    let candidate = |term: Likelihood| {
        let (title, detail) = (field::sentence_case(term.label()), band(term));
        Candidate { value: term, title, detail, keywords: String::new() }
    };
    found.into_iter().map(|(_, term)| candidate(term)).collect()
}

fn confidence_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event) {
    let current = event.judgment.as_ref().and_then(|judgment| judgment.confidence);
    let confidences: Vec<(Option<Confidence>, String)> = std::iter::once((None, "Not stated".to_owned()))
        .chain(Confidence::ALL.map(|level| (Some(level), level.label().to_owned())))
        .collect();
    if let Some(confidence) = form.choice(ui, "Confidence", "Confidence", &current, &confidences) {
        form.changes.label(format!("Change confidence in {}", quoted(&event.title)));
        if let Some(event) = form.changes.event(&event.id) {
            let judgment = event.judgment.take().map_or_else(no_judgment, |judgment| *judgment);
            event.judgment = worth_keeping(Judgment { confidence, ..judgment });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_by_either_wording_and_by_a_number_in_their_band() {
        let found = |typed| matching(typed).into_iter().map(|candidate| candidate.value).collect::<Vec<_>>();
        assert_eq!(found(""), Likelihood::ALL);
        assert_eq!(found("remo"), [Likelihood::AlmostNoChance]);
        assert_eq!(
            found("likely"),
            [Likelihood::Likely, Likelihood::VeryUnlikely, Likelihood::Unlikely, Likelihood::VeryLikely]
        );
        assert_eq!(found("60 %"), [Likelihood::Likely]);
        assert_eq!(found("20"), [Likelihood::VeryUnlikely, Likelihood::Unlikely]);
        assert_eq!(found("100"), []);
        assert_eq!(found("perhaps"), []);
    }
}
