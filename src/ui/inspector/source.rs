//! A source in place, unfolded under a citation of it.

use egui::Ui;

use super::changes::quoted;
use super::citation::reliability_options;
use super::form::Form;
use super::slot::{Slot, SourceField};
use crate::model::{Source, SourceKind};
use crate::ui::Action;
use crate::ui::field;

/// Every field of a source. `number` is that of the citation it stands under and makes the names of its fields unique.
pub fn source_ui(ui: &mut Ui, form: &mut Form<'_>, cited: &impl Fn(&str) -> usize, id: &str, number: usize) {
    let Some(source) = form.doc.timeline.source(id) else { return };
    let name = |label: &str| format!("Source {number} {label}");
    let text = |ui: &mut Ui, form: &mut Form<'_>, field: SourceField| {
        let slot = Slot::Source(id.to_owned(), field);
        form.named_text(ui, &slot, &name(slot.key()));
    };
    ui.separator();
    field::help_ui(ui, form.ink, &cited_by(cited(id)));
    text(ui, form, SourceField::Title);
    text(ui, form, SourceField::Author);
    text(ui, form, SourceField::Publisher);
    kind_ui(ui, form, source, &name("kind"));
    text(ui, form, SourceField::Number);
    text(ui, form, SourceField::Language);
    text(ui, form, SourceField::Url);
    open_ui(ui, form, source.url.as_deref(), &name("URL"));
    text(ui, form, SourceField::ArchiveUrl);
    open_ui(ui, form, source.archive_url.as_deref(), &name("archive URL"));
    text(ui, form, SourceField::Published);
    text(ui, form, SourceField::Information);
    text(ui, form, SourceField::Accessed);
    grade_ui(ui, form, source, &name("reliability"));
    origin_ui(ui, form, source, &name("origin"));
    text(ui, form, SourceField::Descriptor);
    text(ui, form, SourceField::Note);
}

fn cited_by(events: usize) -> String {
    match events {
        1 => "Source, cited by 1 event".to_owned(),
        _ => format!("Source, cited by {events} events"),
    }
}

fn open_ui(ui: &mut Ui, form: &mut Form<'_>, url: Option<&str>, name: &str) {
    let Some(url) = url else { return };
    field::row(ui, form.ink, "", |ui| {
        if field::small_button_ui(ui, "Open").on_hover_text(url).accessible_name(format!("Open {name}")).clicked() {
            form.actions.push(Action::OpenUrl(url.to_owned()));
        }
    });
}

fn kind_ui(ui: &mut Ui, form: &mut Form<'_>, source: &Source, name: &str) {
    let kinds: Vec<_> = SourceKind::ALL.map(|kind| (kind, kind.label().to_owned())).into();
    if let Some(kind) = form.choice(ui, "Kind", name, &source.kind, &kinds) {
        change(form, source, "kind", |source| source.kind = kind);
    }
}

fn grade_ui(ui: &mut Ui, form: &mut Form<'_>, source: &Source, name: &str) {
    let grades = reliability_options("Not graded");
    if let Some(grade) = form.choice(ui, "Reliability", name, &source.reliability, &grades) {
        change(form, source, "reliability", |source| source.reliability = grade);
    }
}

fn origin_ui(ui: &mut Ui, form: &mut Form<'_>, source: &Source, name: &str) {
    let mut origins: Vec<(Option<String>, String)> = vec![(None, "None known".to_owned())];
    let others = form.doc.timeline.sources().iter().filter(|other| other.id != source.id);
    origins.extend(others.map(|other| (Some(other.id.clone()), other.title.clone())));
    if let Some(origin) = form.choice(ui, "Origin", name, &source.origin, &origins) {
        change(form, source, "origin", |source| source.origin = origin);
    }
}

fn change(form: &mut Form<'_>, source: &Source, what: &str, change: impl FnOnce(&mut Source)) {
    form.changes.label(format!("Change {what} of {}", quoted(&source.title)));
    if let Some(copy) = form.changes.source(&source.id) {
        change(copy);
    }
}
