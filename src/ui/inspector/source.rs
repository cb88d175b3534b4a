//! A source in place, unfolded under a citation of it.

use egui::{RichText, Ui};

use super::changes::quoted;
use super::citation::reliability_options;
use super::event::{draft_id, draft_line_ui, focus_draft};
use super::form::Form;
use super::slot::{Slot, SourceField};
use super::source_pick::candidate;
use crate::diagnostic::{Diagnostic, Subject};
use crate::model::{Source, SourceKind, Text, WebAddress};
use crate::ui::Action;
use crate::ui::field::{self, Offers, Outcome};
use crate::ui::keyboard::await_field;

/// The origin of a source being picked.
#[derive(Debug)]
pub struct OriginPick {
    source: Text,
    typed: String,
    focus: bool,
    offers: Offers<Text>,
}

/// Every field of a source. `prefix` begins the names of its fields and makes them unique.
pub fn source_ui(ui: &mut Ui, form: &mut Form<'_>, origin: &mut Option<OriginPick>, id: &str, prefix: &str) {
    let Some(source) = form.doc.timeline.source(id) else { return };
    let name = |label: &str| format!("{prefix} {label}");
    let text = |ui: &mut Ui, form: &mut Form<'_>, field: SourceField| {
        let slot = Slot::Source(id.into(), field);
        form.named_text(ui, &slot, &name(slot.key()));
        beside_ui(ui, form, id, file_name(field));
    };
    field::help_ui(ui, form.ink, &cited_by(form.doc.references.citing_count(id)));
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
    origin_ui(ui, form, origin, source, &name("origin"));
    text(ui, form, SourceField::Descriptor);
    text(ui, form, SourceField::Note);
}

/// The name a field has in files, which problems give.
const fn file_name(field: SourceField) -> &'static str {
    match field {
        SourceField::Title => "title",
        SourceField::Author => "author",
        SourceField::Publisher => "publisher",
        SourceField::Number => "number",
        SourceField::Language => "language",
        SourceField::Url => "url",
        SourceField::ArchiveUrl => "archive_url",
        SourceField::Published => "published",
        SourceField::Information => "information",
        SourceField::Accessed => "accessed",
        SourceField::Descriptor => "descriptor",
        SourceField::Note => "note",
        SourceField::Id => "id",
    }
}

/// Whether a problem of a source is shown beside a field of its form.
pub fn is_placed(problem: &Diagnostic) -> bool {
    const FIELDS: [&str; 15] = [
        "title",
        "author",
        "publisher",
        "number",
        "language",
        "url",
        "archive_url",
        "published",
        "information",
        "accessed",
        "descriptor",
        "note",
        "reliability",
        "origin",
        "kind",
    ];
    match problem.field.as_slice() {
        [field] => FIELDS.contains(&field.as_str()),
        [list, _, ..] => list == "captures",
        [] => false,
    }
}

/// The problems of a field, in the column of fields.
fn beside_ui(ui: &mut Ui, form: &Form<'_>, source: &str, field: &str) {
    let subject = Subject::Source(source.into());
    if form.problems.iter().any(|problem| problem.subject == subject && problem.field == [field]) {
        field::row(ui, form.ink, "", |ui| form.problems_ui(ui, &subject, &[field]));
    }
}

fn cited_by(events: usize) -> String {
    match events {
        0 => "Source, not cited yet".to_owned(),
        1 => "Source, cited by 1 event".to_owned(),
        _ => format!("Source, cited by {events} events"),
    }
}

fn open_ui(ui: &mut Ui, form: &mut Form<'_>, url: Option<&str>, name: &str) {
    let Some(url) = url else { return };
    field::row(ui, form.ink, "", |ui| match WebAddress::parse(url) {
        Ok(address) => {
            let button = field::small_button_ui(ui, "Open…").on_hover_text(address.as_str());
            if button.accessible_name(format!("Open {name}")).clicked() {
                form.actions.push(Action::OpenAddress(address));
            }
        }
        Err(why) => field::help_ui(ui, form.ink, &format!("Not opened: {why}")),
    });
}

fn kind_ui(ui: &mut Ui, form: &mut Form<'_>, source: &Source, name: &str) {
    let kinds: Vec<_> = SourceKind::ALL.map(|kind| (kind, kind.label().to_owned())).into();
    if let Some(kind) = form.choice(ui, "Kind", name, &source.kind, &kinds) {
        change(form, source, "kind", |source| source.kind = kind);
    }
    beside_ui(ui, form, &source.id, "kind");
}

fn grade_ui(ui: &mut Ui, form: &mut Form<'_>, source: &Source, name: &str) {
    let grades = reliability_options("Not graded");
    if let Some(grade) = form.choice(ui, "Reliability", name, &source.reliability, &grades) {
        change(form, source, "reliability", |source| source.reliability = grade);
    }
    beside_ui(ui, form, &source.id, "reliability");
}

/// The source it derives from: two sources of one origin count once.
fn origin_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<OriginPick>, source: &Source, name: &str) {
    field::row(ui, form.ink, "Origin", |ui| {
        let timeline = form.doc.timeline;
        let title = source.origin.as_deref().map(|id| timeline.source(id).map_or(id, |origin| &origin.title));
        let text = RichText::new(title.unwrap_or("None known"));
        let color = if title.is_some() { form.ink.text } else { form.ink.muted };
        if let Some(origin) = source.origin.as_deref().filter(|id| timeline.source(id).is_some()) {
            let response = field::link_ui(ui, form.ink, text.text()).on_hover_text("Show this source");
            if response.accessible_name(format!("Go to {name}")).clicked() {
                form.actions.push(Action::ShowSource(Some(origin.into())));
            }
        } else {
            ui.add(egui::Label::new(text.color(color)).wrap());
        }
        form.problems_ui(ui, &Subject::Source(source.id.clone()), &["origin"]);
        if !form.editable() {
            return;
        }
        if state.as_ref().is_some_and(|pick| pick.source == source.id) {
            pick_origin_ui(ui, form, state, source, name);
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let response = field::small_button_ui(ui, "Choose…").accessible_name(format!("Choose {name}"));
            if response.clicked() {
                await_field(ui.ctx());
                let (typed, offers) = (String::new(), Offers::default());
                *state = Some(OriginPick { source: source.id.clone(), typed, focus: true, offers });
            }
            if title.is_some() && field::small_button_ui(ui, "Clear").accessible_name(format!("Clear {name}")).clicked()
            {
                change(form, source, "origin", |source| source.origin = None);
            }
        });
    });
}

fn pick_origin_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<OriginPick>, source: &Source, name: &str) {
    let Some(pick) = state else { return };
    form.is_open = true;
    pick.offers.take_arrows(ui, draft_id(name));
    let outcome = draft_line_ui(ui, form, name, "Find a source", &mut pick.typed, &mut pick.focus);
    let others = form.doc.timeline.sources().iter().filter(|other| other.id != source.id);
    pick.offers.refresh(form.doc.revision, &pick.typed, others.map(candidate));
    let picked = field::pick_ui(ui, form.ink, "Derive from", &mut pick.offers);
    let cancel = field::small_button_ui(ui, "Cancel").accessible_name(format!("Cancel {name}")).clicked();
    if cancel || outcome == Outcome::Reverted {
        *state = None;
        return;
    }
    let entered = pick.offers.current().filter(|_| outcome == Outcome::Entered).map(|found| found.value.clone());
    if let Some(id) = picked.or(entered) {
        change(form, source, "origin", |source| source.origin = Some(id));
        *state = None;
    } else if outcome == Outcome::Entered {
        focus_draft(ui, name);
    }
}

fn change(form: &mut Form<'_>, source: &Source, what: &str, change: impl FnOnce(&mut Source)) {
    form.changes.label(format!("Change {what} of {}", quoted(&source.title)));
    if let Some(copy) = form.changes.source(&source.id) {
        change(copy);
    }
}
