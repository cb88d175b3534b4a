//! The part of a long text that a change concerns: everything but the events, and the blocks of events around what is
//! touched. It is a timeline's text itself, so it is changed and proved like any other; the blocks left out are put back
//! byte for byte where they were.
//!
//! ```text
//! before │ kept │ left out … │ kept: touched │ left out … │ kept │ after
//!               └ joint                      └ joint
//! ```
//!
//! A joint stands in a run of untouched events that reaches [`MARGIN`] beyond it on both sides, so no change can stand at
//! one, nor depend on what stands behind it.

use std::ops::Range;

use super::common::Run;
use super::{Left, Lists, SpliceError};
use crate::diagnostic::Span;
use crate::model::{Event, EventList, Timeline};
use crate::store::blocks::pack_records;
use crate::store::progress::Progress;
use crate::store::reader::Plain;
use crate::store::text::{FileText, Places};

/// Untouched events that stand on either side of a joint.
const MARGIN: usize = 8;

/// A part of a text, with the part of the timeline it held and the part it shall hold.
pub(super) struct Excerpt<'t> {
    text: &'t FileText,
    timeline: &'t Timeline,
    pub plain: Plain,
    pub from: Lists<'t>,
    pub to: Lists<'t>,
    /// The blocks that are left out, in order; between them stand the joints.
    out: Vec<Range<usize>>,
    /// The joints in the excerpt's text.
    pub joints: Vec<usize>,
    /// Of each event of `to`, its position in the timeline.
    positions: Vec<usize>,
}

impl<'t> Excerpt<'t> {
    /// The part of a text around all that is not in `untouched`; the whole of a small one.
    pub fn of(
        text: &'t FileText,
        timeline: &'t Timeline,
        untouched: &[Run],
        small: usize,
    ) -> Result<Self, SpliceError> {
        let out = if text.places.blocks.len() <= small { Vec::new() } else { left_out(&text.places, untouched) };
        Self::without(text, timeline, untouched, out)
    }

    /// The whole text.
    pub fn whole(text: &'t FileText, timeline: &'t Timeline) -> Result<Self, SpliceError> {
        Self::without(text, timeline, &[], Vec::new())
    }

    /// Whether nothing is left out.
    pub fn is_whole(&self) -> bool {
        self.out.is_empty()
    }

    fn without(
        text: &'t FileText,
        timeline: &'t Timeline,
        untouched: &[Run],
        out: Vec<Range<usize>>,
    ) -> Result<Self, SpliceError> {
        let blocks = &text.places.blocks;
        let (mut excerpt, mut joints, mut at) = (String::new(), Vec::new(), 0);
        for range in &out {
            excerpt.push_str(&blocks.text(at..range.start));
            joints.push(excerpt.len());
            at = range.end;
        }
        excerpt.push_str(&blocks.text(at..blocks.blocks().len()));
        let plain = Plain::read(excerpt, &Progress::new()).filter(Plain::is_writable).ok_or(SpliceError::Mismatch)?;

        let old_out: Vec<Range<usize>> = out.iter().map(|range| blocks.records(range.clone())).collect();
        let new_out = old_out.iter().map(|range| {
            let run = untouched.iter().find(|run| run.old <= range.start && range.end <= run.old_end());
            run.map(|run| range.start - run.old + run.new..range.end - run.old + run.new)
        });
        let new_out: Vec<Range<usize>> = new_out.collect::<Option<_>>().ok_or(SpliceError::Mismatch)?;
        let before = text.timeline();
        let positions = others(&new_out, timeline.events().len());
        let from =
            others(&old_out, before.events().len()).into_iter().filter_map(|at| before.events().get(at)).collect();
        let to = positions.iter().filter_map(|&at| timeline.events().get(at)).collect();
        let (from, to) = (Lists { timeline: before, events: from }, Lists { timeline, events: to });
        if from.events.len() != plain.records.events.len() {
            return Err(SpliceError::Mismatch);
        }
        Ok(Self { text, timeline, plain, from, to, out, joints, positions })
    }

    /// The whole text after the excerpt became `changed`, in which the joints stand at `joints`. Nothing where the excerpt
    /// would not read back as it shall.
    pub fn put_back(&self, changed: String, joints: &[usize], left: &Left<'_>) -> Option<FileText> {
        let read = Plain::read(changed, &Progress::new()).filter(Plain::is_writable)?;
        if !self.is_proved(&read, left) {
            return None;
        }
        let spans = read.event_spans();
        let unnamed = self.unnamed(&read.records.events);
        let places = match (spans.first(), read.list(crate::model::RecordKind::Event)) {
            (Some(first), Some(list)) => {
                let close = list.value.span.end.checked_sub(1)?;
                let before = Span::new(0, first.start).slice(&read.text);
                let mut blocks = Vec::new();
                let mut start = first.start;
                let ends = joints.iter().copied().chain([close]);
                let mut out = self.out.iter();
                for end in ends {
                    let from = spans.partition_point(|span| span.start < start);
                    let to = spans.partition_point(|span| span.start < end);
                    let own = spans.get(from..to)?.iter();
                    let own: Vec<Span> = own.map(|span| Span::new(span.start - start, span.end - start)).collect();
                    blocks.extend(pack_records(Span::new(start, end).slice(&read.text), &own));
                    if let Some(range) = out.next() {
                        blocks.extend(self.text.places.blocks.blocks().get(range.clone())?.iter().cloned());
                    }
                    start = end;
                }
                Places::with(before, blocks, Span::new(close, read.text.len()).slice(&read.text))
            }
            _ if self.is_whole() => Places::with(&read.text, Vec::new(), ""),
            _ => return None,
        };
        let mut text = FileText::new(places, self.timeline.clone(), unnamed.into(), true);
        text.is_backed_up = self.text.is_backed_up;
        Some(text)
    }

    /// Whether a text that was read holds what it shall.
    fn is_proved(&self, read: &Plain, left: &Left<'_>) -> bool {
        let (records, to) = (&read.records, self.timeline);
        let is_same = |(read, to): (&Event, &&Event)| match read.id.is_empty() {
            false => read == *to,
            true => left.is_left_out(&to.id) && Event { id: to.id.clone(), ..read.clone() } == **to,
        };
        let is_same_around = records.header == *to.header()
            && records.lanes == to.lanes()
            && records.sources.iter().eq(to.sources())
            && records.eras == to.eras()
            && records.views == to.views();
        let is_proved = is_same_around
            && records.events.len() == self.to.events.len()
            && records.events.iter().zip(&self.to.events).all(is_same);
        if !is_proved || !self.is_whole() {
            return is_proved;
        }
        let mut events = EventList::default();
        events.extend(records.events.iter().cloned());
        records.clone().with(events) == *to
    }

    /// Positions of the events without an id in the whole text, where these are the events of the excerpt.
    fn unnamed(&self, read: &[Event]) -> Vec<usize> {
        let own = read.iter().zip(&self.positions).filter(|(event, _)| event.id.is_empty()).map(|(_, &at)| at);
        let mut unnamed: Vec<usize> = own.collect();
        // The positions that are not the excerpt's are those left out, in the same order before and after.
        let new_out = gaps(&self.positions, self.timeline.events().len());
        for (range, new) in self.out.iter().zip(new_out) {
            let old = self.text.places.blocks.records(range.clone());
            let all = self.text.unnamed();
            let from = all.partition_point(|&at| at < old.start);
            let to = all.partition_point(|&at| at < old.end);
            unnamed.extend(all.get(from..to).unwrap_or_default().iter().map(|at| at - old.start + new.start));
        }
        unnamed.sort_unstable();
        unnamed
    }
}

/// The blocks of events that need not be looked at: not the first and the last, and none near a change.
fn left_out(places: &Places, untouched: &[Run]) -> Vec<Range<usize>> {
    let inner = places.region.start + 1..places.region.end.saturating_sub(1);
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut runs = untouched.iter().peekable();
    for block in inner {
        let records = places.blocks.records(block..block + 1);
        while runs.peek().is_some_and(|run| run.old_end() < records.end + MARGIN) {
            runs.next();
        }
        let Some(run) = runs.peek() else { break };
        if records.is_empty() || records.start < run.old + MARGIN {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == block => last.end = block + 1,
            _ => out.push(block..block + 1),
        }
    }
    out
}

/// The numbers below `length` that are in none of these ranges, which rise.
fn others(ranges: &[Range<usize>], length: usize) -> Vec<usize> {
    let mut others = Vec::new();
    let mut at = 0;
    for range in ranges {
        others.extend(at..range.start);
        at = range.end;
    }
    others.extend(at..length);
    others
}

/// The ranges below `length` that hold none of these numbers, which rise.
fn gaps(numbers: &[usize], length: usize) -> Vec<Range<usize>> {
    let mut gaps = Vec::new();
    let mut at = 0;
    for &number in numbers.iter().chain([&length]) {
        if at < number {
            gaps.push(at..number);
        }
        at = number + 1;
    }
    gaps
}
