//! Picking a source by typing, or naming a new one in the same place.

use egui::Ui;

use super::changes::Changes;
use super::event::draft_line_ui;
use super::form::Form;
use crate::model::{Source, Text, Timeline};
use crate::ui::field::{self, Candidate, Offers, Outcome};

/// What is typed to find or name a source.
#[derive(Debug, Default)]
pub struct SourcePick {
    title: String,
    url: String,
    chosen: Option<Text>,
    focus: bool,
    /// Whether sources are offered before anything is typed.
    eager: bool,
    offers: Offers,
}

impl SourcePick {
    /// Nothing typed yet, with the focus on the field and sources on offer.
    pub fn focused() -> Self {
        Self { focus: true, eager: true, ..Self::default() }
    }

    /// Whether neither a source is chosen nor a new one named.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_none() && self.title.trim().is_empty() && self.url.trim().is_empty()
    }

    /// Whether a source of the timeline is chosen.
    pub fn is_chosen(&self) -> bool {
        self.chosen.is_some()
    }

    /// The id of the source that was chosen, or of the new one, which joins the changes.
    pub fn resolve(&self, timeline: &Timeline, changes: &mut Changes<'_>) -> Option<String> {
        if let Some(id) = &self.chosen {
            return Some(id.to_string());
        }
        let (mut title, mut url) = (self.title.trim(), self.url.trim());
        if url.is_empty() && is_url(title) {
            url = title;
        }
        if title.is_empty() {
            title = url;
        }
        if title.is_empty() {
            return None;
        }
        let id = timeline.fresh_source_id(title);
        let mut source = Source::new(id.clone(), title);
        if !url.is_empty() {
            source.url = Some(url.into());
            source.kind = crate::model::SourceKind::Web;
        }
        changes.add_source(source);
        Some(id)
    }

    /// Field, offers and, for a new source, its URL. Enter takes the first offer; only where there is none, or a URL is
    /// given, does it mean a new source and end the form. Escape leaves it.
    pub fn ui(&mut self, ui: &mut Ui, form: &Form<'_>) -> Outcome {
        let timeline = form.doc.timeline;
        if let Some(source) = self.chosen.as_deref().and_then(|id| timeline.source(id)) {
            let title = source.title.clone();
            field::row(ui, form.ink, "Source", |ui| {
                ui.add(egui::Label::new(title.as_str()).wrap());
                if field::small_button_ui(ui, "Choose another").clicked() {
                    self.chosen = None;
                    (self.focus, self.eager) = (true, true);
                }
            });
            return Outcome::Idle;
        }
        let hint = "Find a source, or name a new one";
        let outcome = field::row(ui, form.ink, "Source", |ui| {
            let outcome = draft_line_ui(ui, form, "Source to cite", hint, &mut self.title, &mut self.focus);
            self.offers.refresh(form.doc.revision, &self.title, timeline.sources().iter().map(candidate));
            if (self.eager || !self.title.trim().is_empty())
                && let Some(id) = field::pick_ui(ui, form.ink, "Cite", &self.offers)
            {
                self.chosen = Some(id.into());
            }
            let first = self.offers.first().filter(|_| outcome == Outcome::Entered && !self.title.trim().is_empty());
            if let Some(first) = first.filter(|_| self.url.trim().is_empty()) {
                self.chosen = Some(first.id.as_str().into());
                return Outcome::Left;
            }
            outcome
        });
        if self.title.trim().is_empty() || self.chosen.is_some() {
            return outcome;
        }
        field::row(ui, form.ink, "URL", |ui| {
            let enter = draft_line_ui(
                ui,
                form,
                "URL of the new source",
                "Of a new source, https://…",
                &mut self.url,
                &mut false,
            );
            if enter == Outcome::Entered { Outcome::Entered } else { outcome }
        })
    }
}

/// A source as it is offered: told from others by publisher and date.
pub fn candidate(source: &Source) -> Candidate {
    let detail = [source.publisher.as_deref(), source.published.as_ref().map(|date| date.as_str())];
    Candidate {
        id: source.id.to_string(),
        title: source.title.to_string(),
        detail: detail.into_iter().flatten().collect::<Vec<_>>().join(", "),
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
