//! The card beside the pointer: an event in short, and who says so.
//!
//! Owns what is on the card and where it stands. When it is shown belongs to the canvas.

use egui::{Align2, Context, Frame, Id, Order, Pos2, Rect, RichText, Shadow, Ui, pos2};

use super::Document;
use super::letters::{Letters, label_ui};
use super::paint::{color32, font_id, paint_scene};
use super::thumbnails::thumbnail_ui;
use crate::account::{Telling, Told};
use crate::model::{Badge, Citation, Event, Known, KnownOn, Relation, Sourcing, Stance, Timeline, root_origin};
use crate::scene::{self, Flag};
use crate::text::{Face, clipped, visible_lines};
use crate::theme::{Color, Theme, font};

/// Width of the card's text in points.
const WIDTH_PT: f32 = 320.0;
/// Between the card and the mark, in points.
const GAP_PT: f32 = 8.0;
/// How many citations of each kind the card shows.
const CITATIONS: usize = 3;
/// How many events without a date it names.
const UNDATED: usize = 3;
/// The most height of an image, in points.
const IMAGE_PT: f32 = 180.0;
/// The longest text of a card, in bytes.
const MOST_WORDS: usize = 600;
/// The longest note on the card, in characters.
const NOTE_CHARS: usize = 240;

/// What a card stands beside, on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Anchor {
    /// The mark that it is about.
    pub mark: Rect,
    /// The pointer, which rests there.
    pub pointer: Pos2,
}

/// Shows the card of an event at its mark.
pub fn hover_card(ctx: &Context, doc: Document<'_>, theme: &Theme, anchor: Anchor, event: &Event) {
    at_mark(ctx, theme, anchor, |ui| card_ui(ui, doc, theme, event));
}

/// Shows a card above or below a mark, whichever has more room, and never over it.
pub(super) fn at_mark(ctx: &Context, theme: &Theme, anchor: Anchor, content: impl FnOnce(&mut Ui)) {
    let Anchor { mark, pointer } = anchor;
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

/// The ground of a card.
pub(super) fn frame(theme: &Theme) -> Frame {
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: color32(theme.shadow) };
    Frame::new()
        .fill(color32(theme.field))
        .stroke(egui::Stroke::new(1.0, color32(theme.line)))
        .corner_radius(6.0)
        .inner_margin(12.0)
        .shadow(shadow)
}

fn card_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, event: &Event) {
    said(ui, &event.title, Face::SemiBold, font::BODY, theme.text);
    date_ui(ui, doc, theme, event);
    if let Some((told, account)) = telling(doc, event) {
        telling_ui(ui, doc, theme, event, (told, account));
        return;
    }
    muted(ui, theme, &facts(doc.timeline, event));
    // The first image stands for all: a card is looked at in passing.
    if let (Some(thumbnails), Some(image)) = (doc.thumbnails, event.rare.images.first()) {
        let ink = color32(theme.text_muted);
        thumbnail_ui(ui, thumbnails, &image.file, (WIDTH_PT, IMAGE_PT), ink, egui::Sense::hover());
        if let Some(caption) = &image.caption {
            muted(ui, theme, &shortened(caption));
        }
        if let Some(credit) = &image.credit {
            muted(ui, theme, &format!("Image: {}", shortened(credit)));
        }
        if event.rare.images.len() > 1 {
            muted(ui, theme, &format!("and {} more in its form", event.rare.images.len() - 1));
        }
    }
    if let Some(note) = &event.note {
        said(ui, &shortened(note), Face::Regular, font::SMALL, theme.text);
    }
    ui.add_space(4.0);
    let sourcing = scene::sourcing(doc.timeline, event, doc.known_on);
    for flag in Flag::of(doc.timeline, event, doc.known_on) {
        flag_ui(ui, theme, flag, &why(flag, &sourcing, doc, event));
    }
    let contradicts = |citation: &&Citation| matches!(citation.stance, Stance::Disputes | Stance::Denies);
    let (known, later): (Vec<&Citation>, Vec<&Citation>) =
        event.citations.iter().partition(|citation| is_out(doc, citation));
    let (against, with): (Vec<&Citation>, Vec<&Citation>) = known.into_iter().partition(contradicts);
    citations_ui(ui, doc.timeline, theme, event, &with);
    let opposed: Vec<&Event> =
        contradicted(event).filter_map(|id| doc.timeline.event(id)).filter(|e| is_known(doc, e)).collect();
    if !against.is_empty() || !opposed.is_empty() {
        said(ui, "Contradicting", Face::SemiBold, font::SMALL, theme.error);
        citations_ui(ui, doc.timeline, theme, event, &against);
        for other in opposed {
            let line = format!("{} · {}", other.title, other.date_in_words_with(doc.zone));
            said(ui, &line, Face::Regular, font::SMALL, theme.text);
        }
    }
    let undated = undated_links(doc, event);
    if !undated.is_empty() {
        let count = undated.len();
        let links = if count == 1 { "1 link".to_owned() } else { format!("{count} links") };
        let named: Vec<String> = undated.iter().take(UNDATED).map(|other| format!("“{}”", other.title)).collect();
        let more = if count > UNDATED { format!(" and {} more", count - UNDATED) } else { String::new() };
        muted(ui, theme, &format!("{links} without a line, as one end has no date: {}{more}", named.join(", ")));
    }
    match later.len() {
        0 => {}
        1 => muted(ui, theme, "1 citation of a source that was not out yet"),
        count => muted(ui, theme, &format!("{count} citations of sources that were not out yet")),
    }
}

/// The other ends of the links of an event that no picture draws, because one of the two has no date.
fn undated_links<'d>(doc: Document<'d>, event: &'d Event) -> Vec<&'d Event> {
    let outgoing = event.links.iter().filter_map(|link| doc.timeline.event(&link.to));
    let incoming = doc.references.links_to(doc.timeline, &event.id).map(|(other, _)| other);
    let is_undated = |other: &&Event| other.id != event.id && (event.date.is_none() || other.date.is_none());
    outgoing.chain(incoming).filter(is_undated).collect()
}

/// What an account says of an event that is a telling, and whose account it is.
fn telling<'t>(doc: Document<'t>, event: &Event) -> Option<(Told, &'t str)> {
    let told = doc.accounts?.told(doc.timeline.event_position(&event.id)?)?;
    let lane = doc.timeline.event(&event.id)?.lane.as_deref().and_then(|id| doc.timeline.lane(id));
    Some((told, lane.map_or("", |lane| lane.title.as_str())))
}

/// Who says what, in which citations, and with whom that cannot be right.
fn telling_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, event: &Event, (told, account): (Told, &str)) {
    let words = match told.telling {
        Telling::Told(stance) => format!("{account} · {}", stance.label().to_lowercase()),
        Telling::Silent => format!("{account} does not tell it"),
    };
    said(ui, &words, Face::SemiBold, font::SMALL, theme.text);
    let citations: Vec<&Citation> = event.citations.iter().collect();
    citations_ui(ui, doc.timeline, theme, event, &citations);
    let Some(accounts) = doc.accounts else { return };
    let others = accounts.tellings_of(told.event as usize).filter_map(|at| doc.timeline.events().get(at));
    let mut against = others.filter_map(|other| {
        let link = other.links.iter().find(|link| link.to == event.id);
        let link = link.or_else(|| event.links.iter().find(|link| link.to == other.id))?;
        let (said, account) = telling(doc, other)?;
        let why = link.note.as_deref().unwrap_or_default();
        Some(format!("{account} {}, {}. {why}", said.telling.verb(), other.date_in_words_with(doc.zone)))
    });
    if let Some(first) = against.next() {
        said(ui, "Not both can be right", Face::SemiBold, font::SMALL, theme.error);
        for line in std::iter::once(first).chain(against).take(CITATIONS) {
            said(ui, &line, Face::Regular, font::SMALL, theme.text);
        }
    }
}

fn is_out(doc: Document<'_>, citation: &Citation) -> bool {
    KnownOn::counts(doc.known_on, doc.timeline, citation)
}

fn is_known(doc: Document<'_>, event: &Event) -> bool {
    doc.known_on.is_none_or(|known_on| known_on.event(doc.timeline, event) != Known::NotYet)
}

/// A sign as it stands beside the mark, and why.
fn flag_ui(ui: &mut Ui, theme: &Theme, flag: Flag, why: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 15.0), egui::Sense::hover());
        paint_scene(&ui.painter_at(rect), &scene::flag_sign(flag, theme), rect.min);
        ui.add(egui::Label::new(text(why, Face::Regular, font::SMALL, theme.text)).wrap());
    });
}

/// "Single origin: 3 citations, all derived from Interfax".
fn why(flag: Flag, sourcing: &Sourcing, doc: Document<'_>, event: &Event) -> String {
    match flag {
        Flag::Sourcing(Badge::SingleOrigin) => {
            let roots =
                event.citations.iter().filter(|citation| citation.stance == Stance::Supports && is_out(doc, citation));
            let root = roots.map(|citation| root_origin(doc.timeline, &citation.source)).next();
            let name = root.map(|id| doc.timeline.source(id).map_or(id, |source| source.short_name()));
            let name = name.unwrap_or_default();
            format!("{}: {} citations, all derived from {name}", flag.label(), sourcing.supporting)
        }
        Flag::Sourcing(badge) => format!("{}: {}", flag.label(), lower_first(&badge.why(sourcing))),
        Flag::PerhapsKnown if event.citations.is_empty() => format!("{}: it has no source", flag.label()),
        Flag::PerhapsKnown => format!("{}: no source that was surely out tells of it", flag.label()),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn date_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, event: &Event) {
    let (words, written) = (event.date_in_words(), event.date_as_written());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        said(ui, &words, Face::Regular, font::BODY, theme.text);
        if !written.is_empty() && words != written {
            said(ui, written, Face::Regular, font::SMALL, theme.text_muted);
        }
        if let Some(there) = event.date.as_ref().and_then(|date| date.describe_in(doc.zone)) {
            said(ui, &there, Face::Regular, font::SMALL, theme.text);
        }
        if let Some(wording) = &event.wording {
            said(ui, &format!("“{wording}”"), Face::Regular, font::SMALL, theme.text_muted);
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
            said(ui, title, Face::Regular, font::SMALL, theme.text);
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
    if let Some(date) = citation.date.as_deref().filter(|date| event.date.as_ref() != Some(date)) {
        remarks.push(format!("says {}", citation.wording.as_deref().map_or_else(|| date.describe(), str::to_owned)));
    }
    remarks.join(" · ")
}

/// Reliability and credibility as analysts write them together ("B2"). Where only one is given it is named in words, or it
/// would read as a number: "–3" for a credibility of 3.
fn grade(timeline: &Timeline, citation: &Citation) -> Option<String> {
    let of_source = || timeline.source(&citation.source).and_then(|source| source.reliability);
    match (citation.reliability.or_else(of_source), citation.credibility) {
        (None, None) => None,
        (Some(reliability), Some(credibility)) => Some(format!("{}{}", reliability.letter(), credibility.number())),
        (Some(reliability), None) => {
            Some(format!("reliability {} ({})", reliability.letter(), lower_first(reliability.label())))
        }
        (None, Some(credibility)) => {
            Some(format!("credibility {} ({})", credibility.number(), lower_first(credibility.label())))
        }
    }
}

fn contradicted(event: &Event) -> impl Iterator<Item = &str> {
    event.links.iter().filter(|link| link.relation == Relation::Contradicts).map(|link| link.to.as_str())
}

fn shortened(note: &str) -> String {
    if note.chars().nth(NOTE_CHARS).is_none() {
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
    said(ui, words, Face::Regular, font::SMALL, theme.text_muted);
}

/// A label of a card.
pub(super) fn said(ui: &mut Ui, words: &str, face: Face, size_pt: f64, color: Color) {
    let words = clipped(words, MOST_WORDS);
    label_ui(ui, &visible_lines(&words), Letters { face, size_pt, color: color32(color) });
}

pub(super) fn text(words: &str, face: Face, size_pt: f64, color: Color) -> RichText {
    RichText::new(visible_lines(&clipped(words, MOST_WORDS))).font(font_id(face, size_pt)).color(color32(color))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, References};
    use crate::model::{Credibility, Link, Problems, Reliability, Source};
    use crate::time::Date;
    use crate::time::Zone;

    #[test]
    fn a_grade_names_both_axes_and_says_in_words_where_one_stands_alone() {
        let mut source = Source::new("s", "Interfax");
        source.reliability = Some(Reliability::B);
        let header = Timeline::empty("t").header().clone();
        let timeline = Timeline::from_records(header, vec![], vec![source], vec![], vec![], vec![]);
        let mut citation = Citation::new("s");
        assert_eq!(grade(&timeline, &citation).as_deref(), Some("reliability B (usually reliable)"));
        citation.credibility = Some(Credibility::ProbablyTrue);
        assert_eq!(grade(&timeline, &citation).as_deref(), Some("B2"));
        citation.reliability = Some(Reliability::D);
        assert_eq!(grade(&timeline, &citation).as_deref(), Some("D2"));
        let mut unjudged = Citation::new("unknown");
        unjudged.credibility = Some(Credibility::PossiblyTrue);
        assert_eq!(grade(&timeline, &unjudged).as_deref(), Some("credibility 3 (possibly true)"));
        assert_eq!(grade(&timeline, &Citation::new("unknown")), None);
    }

    #[test]
    fn a_citation_says_the_date_its_source_gives_where_that_is_another() {
        let date = |text| Date::parse(text).expect("a date");
        let event = Event::new("e", "Duma ratifies", date("2024-10-24"));
        let mut citation = Citation::new("s");
        citation.date = Some(Box::new(date("2024-10-24")));
        assert_eq!(remarks(&Timeline::empty("t"), &event, &citation), "Supports");
        citation.date = Some(Box::new(date("[2024-10-21..2024-10-31]")));
        citation.wording = Some("late October".into());
        citation.stance = Stance::Mentions;
        assert_eq!(remarks(&Timeline::empty("t"), &event, &citation), "Mentions · says late October");
    }

    #[test]
    fn links_to_what_has_no_date_are_said() {
        let link = |to: &str| Link { to: to.into(), relation: Relation::Causes, note: None };
        let event = |id: &str, date: Option<&str>, links: &[&str]| Event {
            date: date.map(|date| Date::parse(date).unwrap()),
            links: links.iter().map(|to| link(to)).collect(),
            ..Event::new(id, id, Date::parse("2024").unwrap())
        };
        let events = vec![
            event("a", Some("2024"), &["b", "c"]),
            event("b", Some("2025"), &[]),
            event("c", None, &["c"]),
            event("d", None, &["a"]),
        ];
        let header = Timeline::empty("t").header().clone();
        let timeline = Timeline::from_records(header, vec![], vec![], events, vec![], vec![]);
        let (index, references) = (Index::build(&timeline, Zone::UTC), References::build(&timeline));
        let problems = Problems::default();
        let doc = Document::plain(&timeline, &index, &references, &problems);
        let undated = |id: &str| -> Vec<String> {
            undated_links(doc, timeline.event(id).unwrap()).iter().map(|event| event.id.to_string()).collect()
        };
        assert_eq!(undated("a"), ["c", "d"]);
        assert_eq!(undated("b"), Vec::<String>::new());
        assert_eq!(undated("c"), ["a"]);
    }

    #[test]
    fn long_notes_end_at_a_word() {
        let note = "word ".repeat(100);
        let short = shortened(&note);
        assert!(short.ends_with("word…") && short.chars().count() <= NOTE_CHARS + 1);
        assert_eq!(shortened("short"), "short");
    }

    #[test]
    fn a_sign_says_why_it_stands() {
        let date = |text: &str| Date::parse(text).unwrap();
        let source = |id: &str, origin: Option<&str>, published: &str| Source {
            origin: origin.map(Into::into),
            published: Some(date(published)),
            publisher: Some("Interfax".into()),
            ..Source::new(id, "Duma ratifies")
        };
        let sources = vec![
            source("wire", None, "2024-10-24"),
            source("copy", Some("wire"), "2024-10-24"),
            source("denial", None, "2024-11"),
        ];
        let mut event = Event::new("e", "Duma ratifies", date("2024-10-24"));
        event.citations = ["copy", "wire", "denial"].map(Citation::new).into();
        event.citations[2].stance = Stance::Denies;
        let header = Timeline::empty("t").header().clone();
        let timeline = Timeline::from_records(header, vec![], sources, vec![event.clone()], vec![], vec![]);
        let index = Index::build(&timeline, Zone::UTC);
        let (references, problems) = (References::default(), Problems::default());
        let why_all = |event: &Event, on: Option<&str>| -> Vec<String> {
            let known_on = on.and_then(|on| KnownOn::new(&date(on), Zone::UTC));
            let doc =
                Document { known_on: known_on.as_ref(), ..Document::plain(&timeline, &index, &references, &problems) };
            let sourcing = scene::sourcing(&timeline, event, doc.known_on);
            let flags = Flag::of(&timeline, event, doc.known_on);
            flags.into_iter().map(|flag| why(flag, &sourcing, doc, event)).collect()
        };
        assert_eq!(
            why_all(&event, None),
            [
                "Single origin: 2 citations, all derived from Interfax",
                "Contradicted: 1 citation denies it; 2 support it",
            ]
        );
        assert_eq!(why_all(&event, Some("2024-10-31")).len(), 1, "the denial was not out");
        event.citations.clear();
        assert_eq!(
            why_all(&event, Some("2024-10-31")),
            ["Unsourced: no citation supports it", "Perhaps known by then: it has no source"]
        );
    }
}
