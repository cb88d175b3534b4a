//! The card beside the pointer: an event in short, and who says so.
//!
//! Owns what is on the card and where it stands. When it is shown belongs to the canvas.

use egui::{Align2, Context, Frame, Id, Order, Pos2, Rect, RichText, Shadow, Ui, pos2};

use super::Document;
use super::paint::{color32, font_id};
use crate::model::{Citation, Event, Relation, Stance, Timeline};
use crate::text::Face;
use crate::theme::{Color, Theme, font};

/// Width of the card's text in points.
const WIDTH_PT: f32 = 320.0;
/// Between the card and the mark, in points.
const GAP_PT: f32 = 8.0;
/// How many citations of each kind the card shows.
const CITATIONS: usize = 3;
/// The longest note on the card, in characters.
const NOTE_CHARS: usize = 240;

/// Shows the card of an event at its mark.
pub fn hover_card(ctx: &Context, doc: Document<'_>, theme: &Theme, event: &Event, mark: Rect, pointer: Pos2) {
    at_mark(ctx, theme, mark, pointer, |ui| card_ui(ui, doc, theme, event));
}

/// Shows a card above or below a mark, whichever has more room, and never over it.
pub(super) fn at_mark(ctx: &Context, theme: &Theme, mark: Rect, pointer: Pos2, content: impl FnOnce(&mut Ui)) {
    let screen = ctx.content_rect();
    let below = screen.bottom() - mark.bottom() >= mark.top() - screen.top();
    let x = pointer.x.clamp(screen.left(), (screen.right() - WIDTH_PT - 4.0 * GAP_PT).max(screen.left()));
    let (pivot, at) = if below {
        (Align2::LEFT_TOP, pos2(x, mark.bottom() + GAP_PT))
    } else {
        (Align2::LEFT_BOTTOM, pos2(x, mark.top() - GAP_PT))
    };
    egui::Area::new(Id::unique("hover card"))
        .order(Order::Tooltip)
        .interactable(false)
        .pivot(pivot)
        .fixed_pos(at)
        .constrain(false)
        .show(ctx, |ui| {
            frame(theme).show(ui, |ui| {
                ui.set_width(WIDTH_PT);
                ui.spacing_mut().item_spacing.y = 4.0;
                ui.spacing_mut().interact_size.y = 0.0;
                content(ui);
            });
        });
}

fn frame(theme: &Theme) -> Frame {
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: color32(theme.shadow) };
    Frame::new()
        .fill(color32(theme.field))
        .stroke(egui::Stroke::new(1.0, color32(theme.line)))
        .corner_radius(6.0)
        .inner_margin(12.0)
        .shadow(shadow)
}

fn card_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, event: &Event) {
    ui.label(text(&event.title, Face::SemiBold, font::BODY, theme.text));
    date_ui(ui, doc, theme, event);
    muted(ui, theme, &facts(doc.timeline, event));
    if let Some(note) = &event.note {
        ui.label(text(&shortened(note), Face::Regular, font::SMALL, theme.text));
    }
    ui.add_space(4.0);
    if event.citations.is_empty() {
        ui.label(text("No source yet", Face::Regular, font::SMALL, theme.warning));
    }
    let contradicts = |citation: &&Citation| matches!(citation.stance, Stance::Disputes | Stance::Denies);
    let (against, with): (Vec<&Citation>, Vec<&Citation>) = event.citations.iter().partition(contradicts);
    citations_ui(ui, doc.timeline, theme, event, &with);
    if !against.is_empty() || contradicted(event).next().is_some() {
        ui.label(text("Contradicting", Face::SemiBold, font::SMALL, theme.error));
        citations_ui(ui, doc.timeline, theme, event, &against);
        for other in contradicted(event).filter_map(|id| doc.timeline.event(id)) {
            let line = format!("{} · {}", other.title, other.date.describe_with(doc.zone));
            ui.label(text(&line, Face::Regular, font::SMALL, theme.text));
        }
    }
}

fn date_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, event: &Event) {
    let words = event.date.describe();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.label(text(&words, Face::Regular, font::BODY, theme.text));
        if words != event.date.as_str() {
            ui.label(text(event.date.as_str(), Face::Regular, font::SMALL, theme.text_muted));
        }
        if let Some(there) = event.date.describe_in(doc.zone) {
            ui.label(text(&there, Face::Regular, font::SMALL, theme.text));
        }
        if let Some(wording) = &event.wording {
            ui.label(text(&format!("“{wording}”"), Face::Regular, font::SMALL, theme.text_muted));
        }
    });
}

/// Standing, lane, place, actors.
fn facts(timeline: &Timeline, event: &Event) -> String {
    let mut facts = vec![event.standing.label().to_owned()];
    facts.extend(event.lane.as_deref().and_then(|id| timeline.lane(id)).map(|lane| lane.title.to_string()));
    facts.extend(event.place.as_deref().map(str::to_owned));
    if !event.actors.is_empty() {
        facts.push(event.actors.join(", "));
    }
    facts.join(" · ")
}

fn citations_ui(ui: &mut Ui, timeline: &Timeline, theme: &Theme, event: &Event, citations: &[&Citation]) {
    for citation in citations.iter().take(CITATIONS) {
        let source = timeline.source(&citation.source);
        let title = source.map_or(citation.source.as_str(), |source| source.title.as_str());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            ui.label(text(title, Face::Regular, font::SMALL, theme.text));
            muted(ui, theme, &remarks(timeline, event, citation));
        });
    }
    if citations.len() > CITATIONS {
        muted(ui, theme, &format!("and {} more", citations.len() - CITATIONS));
    }
}

/// Stance, grade, and the date this source gives where it is another.
fn remarks(timeline: &Timeline, event: &Event, citation: &Citation) -> String {
    let mut remarks = vec![citation.stance.label().to_owned()];
    remarks.extend(grade(timeline, citation));
    if let Some(date) = citation.date.as_ref().filter(|date| **date != event.date) {
        remarks.push(format!("says {}", citation.wording.as_deref().map_or_else(|| date.describe(), str::to_owned)));
    }
    remarks.join(" · ")
}

/// Reliability and credibility as analysts write them together ("B2"); a dash for the one that is not given.
fn grade(timeline: &Timeline, citation: &Citation) -> Option<String> {
    let of_source = || timeline.source(&citation.source).and_then(|source| source.reliability);
    let reliability = citation.reliability.or_else(of_source).map(|grade| grade.letter().to_owned());
    let credibility = citation.credibility.map(|grade| grade.number().to_string());
    if reliability.is_none() && credibility.is_none() {
        return None;
    }
    let dash = || "–".to_owned();
    Some(reliability.unwrap_or_else(dash) + &credibility.unwrap_or_else(dash))
}

fn contradicted(event: &Event) -> impl Iterator<Item = &str> {
    event.links.iter().filter(|link| link.relation == Relation::Contradicts).map(|link| link.to.as_str())
}

fn shortened(note: &str) -> String {
    if note.chars().count() <= NOTE_CHARS {
        return note.to_owned();
    }
    let mut short: String = note.chars().take(NOTE_CHARS).collect();
    if let Some((whole_words, _)) = short.rsplit_once(char::is_whitespace) {
        short = whole_words.to_owned();
    }
    short.push('…');
    short
}

pub(super) fn muted(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.label(text(words, Face::Regular, font::SMALL, theme.text_muted));
}

pub(super) fn text(words: &str, face: Face, size_pt: f64, color: Color) -> RichText {
    RichText::new(words).font(font_id(face, size_pt)).color(color32(color))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Credibility, Reliability, Source};
    use crate::time::Date;

    #[test]
    fn a_grade_names_both_axes_and_dashes_the_one_not_given() {
        let mut source = Source::new("s", "Interfax");
        source.reliability = Some(Reliability::B);
        let header = Timeline::empty("t").header().clone();
        let timeline = Timeline::from_records(header, vec![], vec![source], vec![], vec![], vec![]);
        let mut citation = Citation::new("s");
        assert_eq!(grade(&timeline, &citation).as_deref(), Some("B–"));
        citation.credibility = Some(Credibility::ProbablyTrue);
        assert_eq!(grade(&timeline, &citation).as_deref(), Some("B2"));
        citation.reliability = Some(Reliability::D);
        assert_eq!(grade(&timeline, &citation).as_deref(), Some("D2"));
        assert_eq!(grade(&timeline, &Citation::new("unknown")), None);
    }

    #[test]
    fn a_citation_says_the_date_its_source_gives_where_that_is_another() {
        let date = |text| Date::parse(text).expect("a date");
        let event = Event::new("e", "Duma ratifies", date("2024-10-24"));
        let mut citation = Citation::new("s");
        citation.date = Some(date("2024-10-24"));
        assert_eq!(remarks(&Timeline::empty("t"), &event, &citation), "Supports");
        citation.date = Some(date("[2024-10-21..2024-10-31]"));
        citation.wording = Some("late October".into());
        citation.stance = Stance::Mentions;
        assert_eq!(remarks(&Timeline::empty("t"), &event, &citation), "Mentions · says late October");
    }

    #[test]
    fn long_notes_end_at_a_word() {
        let note = "word ".repeat(100);
        let short = shortened(&note);
        assert!(short.ends_with("word…") && short.chars().count() <= NOTE_CHARS + 1);
        assert_eq!(shortened("short"), "short");
    }
}
