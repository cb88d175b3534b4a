//! Events as a file of The Timeline Project (`.timeline`, XML).
//!
//! It has a beginning and an end to the second and one sign of doubt. What is vaguer lies from the first moment it can be to the last,
//! is *fuzzy*, and has its date in words and as EDTF in the description.

use std::io::{self, BufWriter, Write};

use super::edges::{Edges, clock, is_span, is_timed};
use super::lost::Losses;
use super::prose;
use super::selection::Selection;
use crate::model::{Event, Text, WebAddress};
use crate::time::{Certainty, CivilDay, Date, DayBound, Instant, Precision, Shape};

/// The years that the program shows.
const YEARS: std::ops::RangeInclusive<i64> = -4712..=9989;

/// Colours of lanes that give none, in turn.
const COLORS: [&str; 6] = ["178,199,224", "240,208,170", "190,220,186", "222,186,206", "220,214,170", "196,196,204"];

pub(super) fn xml(selection: &Selection<'_>, losses: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let timeline = selection.timeline;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<timeline>")?;
    writeln!(out, "  <version>2.10.0</version>\n  <timetype>gregoriantime</timetype>")?;
    writeln!(out, "  <eras>")?;
    for era in timeline.eras() {
        let Some(times) = Times::of(&era.date, selection) else {
            losses.add("era without a known beginning and end", "eras without a known beginning and end", 1);
            continue;
        };
        let color = era.color.as_deref().and_then(color).unwrap_or_else(|| "240,240,240".to_owned());
        writeln!(out, "    <era>")?;
        for (name, text) in
            [("name", era.title.as_str()), ("start", &times.start), ("end", &times.end), ("color", &color)]
        {
            element(&mut out, 6, name, text)?;
        }
        element(&mut out, 6, "ends_today", truth(times.ends_today))?;
        writeln!(out, "    </era>")?;
    }
    writeln!(out, "  </eras>\n  <categories>")?;
    for (at, lane) in timeline.lanes().iter().enumerate() {
        let usual = || COLORS.get(at % COLORS.len()).copied().unwrap_or_default().to_owned();
        let color = lane.color.as_deref().and_then(color).unwrap_or_else(usual);
        writeln!(out, "    <category>")?;
        for (name, text) in [
            ("name", lane.title.as_str()),
            ("color", &color),
            ("progress_color", &color),
            ("done_color", &color),
            ("font_color", "0,0,0"),
        ] {
            element(&mut out, 6, name, text)?;
        }
        writeln!(out, "    </category>")?;
    }
    writeln!(out, "  </categories>\n  <events>")?;
    for event in selection.events() {
        match event.date.as_ref().and_then(|date| Times::of(date, selection)) {
            Some(times) => write_event(&event, &times, selection, &mut out)?,
            None if event.date.is_none() => losses.add("undated event", "undated events", 1),
            None => losses.add(
                "event whose beginning and end are not known",
                "events whose beginning and end are not known",
                1,
            ),
        }
    }
    writeln!(out, "  </events>\n  <view>\n    <hidden_categories>\n    </hidden_categories>\n  </view>\n</timeline>")?;
    out.flush()
}

fn write_event(event: &Event, times: &Times, selection: &Selection<'_>, out: &mut impl Write) -> io::Result<()> {
    let timeline = selection.timeline;
    writeln!(out, "    <event>")?;
    for (name, text) in [("start", times.start.as_str()), ("end", &times.end), ("text", &title(&event.title))] {
        element(out, 6, name, text)?;
    }
    element(out, 6, "progress", "0")?;
    element(out, 6, "fuzzy", truth(times.is_fuzzy))?;
    element(out, 6, "locked", "False")?;
    element(out, 6, "ends_today", truth(times.ends_today))?;
    if let Some(id) = event.lane.as_deref() {
        element(out, 6, "category", timeline.lane(id).map_or(id, |lane| &lane.title))?;
    }
    let is_told = !(times.is_fuzzy || times.ends_today);
    let without: &[&str] = if is_told { &["Date", "EDTF", "Tags"] } else { &["Tags"] };
    let description = prose::description(event, selection, without);
    if !description.is_empty() {
        element(out, 6, "description", &description)?;
    }
    let labels: Vec<&str> = event.tags.iter().map(Text::as_str).collect();
    if !labels.is_empty() {
        element(out, 6, "labels", &labels.join(", "))?;
    }
    let addresses: Vec<&str> = event
        .citations
        .iter()
        .filter_map(|citation| timeline.source(&citation.source)?.url.as_deref())
        .filter(|url| WebAddress::parse(url).is_ok() && !url.contains(';'))
        .collect();
    if !addresses.is_empty() {
        element(out, 6, "hyperlink", &addresses.join(";"))?;
    }
    writeln!(out, "    </event>")
}

/// A title that is taken for no container (`[3]Title`) and no member of one (`(3)Title`).
fn title(title: &str) -> String {
    let is_mark = |open, close| {
        let inner = title.strip_prefix(open).and_then(|rest: &str| rest.split_once(close));
        inner.is_some_and(|(number, _)| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
        })
    };
    if is_mark('[', ']') || is_mark('(', ')') { format!("\u{2060}{title}") } else { title.to_owned() }
}

/// When an event lies in the file.
struct Times {
    start: String,
    end: String,
    is_fuzzy: bool,
    ends_today: bool,
}

impl Times {
    fn of(date: &Date, selection: &Selection<'_>) -> Option<Self> {
        let is_open_end = is_span(date) && date.day_bounds().latest == DayBound::Open;
        if is_timed(date) {
            let edges = Edges::of(date, selection);
            let shown = |at: Instant| {
                let at = selection.zone.civil(at);
                YEARS.contains(&at.day().year).then(|| stamp(at))
            };
            let start = shown(edges.earliest_start?)?;
            let end = edges.earliest_end.filter(|_| edges.is_span).map_or_else(|| Some(start.clone()), shown)?;
            return Some(Self { start, end, is_fuzzy: false, ends_today: is_open_end });
        }
        let bounds = date.day_bounds();
        let known = |bound| match bound {
            DayBound::Day(day) if YEARS.contains(&day.year) => Some(day),
            _ => None,
        };
        let (first, last) = match (known(bounds.earliest), known(bounds.latest)) {
            (Some(first), Some(last)) => (first, last),
            (Some(day), None) | (None, Some(day)) => (day, day),
            (None, None) => return None,
        };
        // A day begins and ends at its own midnight: so the program shows days.
        let midnight = |day: CivilDay| format!("{day} 00:00:00");
        let (starts, ends) = date.end_precisions();
        let is_whole = known(bounds.earliest).is_some() && (is_open_end || known(bounds.latest).is_some());
        let is_to_the_day = starts == Precision::Day && (is_open_end || ends == Precision::Day);
        let is_one = matches!(date.shape(), Shape::Moment | Shape::Span);
        Some(Self {
            start: midnight(first),
            end: midnight(last),
            is_fuzzy: !(is_whole && is_to_the_day && is_one && date.certainty() == Certainty::default()),
            ends_today: is_open_end,
        })
    }
}

fn stamp(at: Instant) -> String {
    let (day, hour, minute, second, _) = clock(at);
    format!("{day} {hour:02}:{minute:02}:{second:02}")
}

const fn truth(is_so: bool) -> &'static str {
    if is_so { "True" } else { "False" }
}

/// `#ff8000` as `255,128,0`.
fn color(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some(format!("{},{},{}", part(0)?, part(2)?, part(4)?))
}

/// An element of text. Signs that XML 1.0 cannot hold go.
fn element(out: &mut impl Write, indent: usize, name: &str, text: &str) -> io::Result<()> {
    let mut escaped = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\t' => escaped.push(sign),
            '\r' => escaped.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            sign => escaped.push(sign),
        }
    }
    writeln!(out, "{}<{name}>{escaped}</{name}>", " ".repeat(indent))
}
