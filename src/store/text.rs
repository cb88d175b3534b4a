//! The text of a timeline file as read or saved: the timeline in it, and where every record stands.
//!
//! Owns keeping and placing: the text is kept compressed and beside it where each event stands; everything else is looked
//! up when it is asked for. Reading is `reader`'s and `stream`'s, changing the text `splice`'s, files are `load`'s and `save`'s.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::blocks::{Blocks, Cursor, pack_records, pack_text};
use super::locate::{descend, key};
use super::scan::{RECORD_DEPTH, scan, scan_value};
use super::schema::{LISTS, list_name};
use super::tree::{Field, Node};
use crate::diagnostic::{Diagnostic, Place, Severity, Span, Subject};
use crate::model::{RecordKind, Timeline};

/// Problems that one task places.
const PROBLEMS_A_TASK: usize = 512;

/// The text of a timeline file as last read or saved, with the place of every record and the timeline it held.
///
/// It is kept compressed, that of a large file from [`FileText::pack`] on: [`FileText::text`] unpacks it.
#[derive(Debug, Clone)]
pub struct FileText {
    pub(super) places: Places,
    timeline: Timeline,
    /// Positions of the events whose id was derived, because the text gives none.
    unnamed: Arc<[usize]>,
    is_writable: bool,
    /// Whether the file this text came from was copied away before this session first wrote it.
    pub(super) is_backed_up: bool,
    last: LastPlace,
}

/// A text and where its records stand.
#[derive(Debug, Clone)]
pub(super) struct Places {
    pub blocks: Blocks,
    /// The blocks from the first event to the bracket that closes their list. None where there is no event, or where the
    /// text was not understood whole.
    pub region: Range<usize>,
    frame: OnceLock<Arc<Frame>>,
}

/// The tree of a text without its events.
#[derive(Debug)]
struct Frame {
    root: Option<Node>,
    /// The names of the root's fields.
    names: Vec<String>,
    /// For each list, the place in the text's list of each record; as in the timeline where not given.
    items: Option<[Vec<usize>; 5]>,
    /// Whether the tree is one of the text without the blocks of events.
    is_short: bool,
}

impl Frame {
    fn new(text: &str, root: Option<Node>, items: Option<[Vec<usize>; 5]>, is_short: bool) -> Self {
        let fields = root.iter().flat_map(Node::fields);
        Self { names: fields.map(|field| field.name.slice(text).to_owned()).collect(), root, items, is_short }
    }

    /// A field of the timeline itself, by its name.
    fn field(&self, name: &str) -> Option<&Field> {
        let at = self.names.iter().position(|other| other == name)?;
        self.root.as_ref()?.fields().get(at)
    }
}

impl Places {
    /// The places in a text that was scanned whole; `region` is where its events stand, whose places are `events`.
    pub fn of(text: &str, events: &[Span], region: Option<Span>, root: Option<Node>, items: [Vec<usize>; 5]) -> Self {
        let frame = Frame::new(text, root, Some(items), false);
        let Some(region) = region else {
            return Self { blocks: Blocks::new(pack_text(text, events)), region: 0..0, frame: Arc::new(frame).into() };
        };
        let own: Vec<Span> =
            events.iter().map(|span| Span::new(span.start - region.start, span.end - region.start)).collect();
        let within = |start: usize, end: usize| Span::new(start, end).slice(text);
        let mut places =
            Self::with(within(0, region.start), pack_records(region.slice(text), &own), within(region.end, text.len()));
        places.frame = Arc::new(frame).into();
        places
    }

    /// The places in a text of three parts: up to the first event, the events, from the end of their list on.
    pub fn with(before: &str, events: Vec<Arc<super::blocks::Block>>, after: &str) -> Self {
        let mut blocks = pack_text(before, &[]);
        let start = blocks.len();
        blocks.extend(events);
        let region = start..blocks.len();
        blocks.extend(pack_text(after, &[]));
        Self { blocks: Blocks::new(blocks), region, frame: OnceLock::new() }
    }

    /// The text but for the events, in its two parts.
    pub fn around(&self) -> (String, String) {
        let end = self.blocks.blocks().len();
        match self.region.is_empty() {
            true => (self.blocks.text(0..end), String::new()),
            false => (self.blocks.text(0..self.region.start), self.blocks.text(self.region.end..end)),
        }
    }

    fn frame(&self) -> &Frame {
        self.frame.get_or_init(|| {
            let (before, after) = self.around();
            let text = before + &after;
            let root = scan(&text, RECORD_DEPTH).root;
            Arc::new(Frame::new(&text, root, None, !self.region.is_empty()))
        })
    }

    /// A place in the frame as one in the text.
    fn in_text(&self, span: Span) -> Span {
        let (start, end) = (self.blocks.start(self.region.start), self.blocks.start(self.region.end));
        let is_short = self.frame().is_short;
        let offset = |at: usize| if is_short && at >= start { at + (end - start) } else { at };
        // What ends where the events begin ends before them; only the list around them and the whole reach across.
        let last = if span.end > span.start { offset(span.end - 1) + 1 } else { offset(span.end) };
        Span::new(offset(span.start), last)
    }

    /// The place of a record that is no event, by its position in the timeline.
    fn record(&self, kind: RecordKind, position: usize) -> Option<Span> {
        let list = LISTS.iter().position(|&other| other == kind)?;
        let at = match &self.frame().items {
            Some(items) => *items.get(list)?.get(position)?,
            None => position,
        };
        let item = self.frame().field(list_name(kind))?.value.items().get(at)?;
        Some(self.in_text(item.value.span))
    }
}

/// What reading a text gives.
#[derive(Debug, Clone)]
pub struct Read {
    /// The text with its places, for saving.
    pub text: FileText,
    /// What it says; of a text with problems, the records that could be read.
    pub timeline: Timeline,
    /// Every problem, of text and of meaning, in the order of the text; where not `is_checked`, those of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Records that stand in the text and are not in `timeline`: they could not be read, or another has their id.
    pub unread: usize,
    /// The line in which the text ends in the middle of a value: what stood behind it is not there.
    pub cut_in_line: Option<usize>,
    /// Whether problems of meaning have been looked for. In a long text that takes as long as reading a part of it.
    pub is_checked: bool,
}

/// Problems in the order of the text, each once at its place.
pub(super) fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|problem| problem.span);
    // Where a field is missing, the text's own problem says so; the model sees only its stand-in.
    let mut seen: HashSet<(&'static str, String)> = HashSet::new();
    let mut place = None;
    diagnostics.retain(|problem| {
        if place != Some(problem.span) {
            place = Some(problem.span);
            seen.clear();
        }
        seen.insert((problem.code, problem.message.clone()))
    });
    diagnostics
}

impl Read {
    /// A text with its problems in any order.
    pub(super) fn new(text: FileText, diagnostics: Vec<Diagnostic>) -> Self {
        let diagnostics = in_order(diagnostics);
        Self { timeline: text.timeline.clone(), text, diagnostics, unread: 0, cut_in_line: None, is_checked: true }
    }

    /// What came of a text without a problem of its own, whose meaning is yet to be checked.
    pub(super) fn unchecked(text: FileText) -> Self {
        Self {
            timeline: text.timeline.clone(),
            text,
            diagnostics: Vec::new(),
            unread: 0,
            cut_in_line: None,
            is_checked: false,
        }
    }

    /// Whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|problem| problem.severity == Severity::Error)
    }
}

impl FileText {
    pub(super) fn new(places: Places, timeline: Timeline, unnamed: Arc<[usize]>, is_writable: bool) -> Self {
        Self { places, timeline, unnamed, is_writable, is_backed_up: false, last: LastPlace::default() }
    }

    /// The text, byte for byte as read.
    pub fn text(&self) -> String {
        self.places.blocks.text(0..self.places.blocks.blocks().len())
    }

    /// The text, byte for byte as read, of which nothing else is kept.
    pub fn into_text(self) -> String {
        let Self { places, timeline, .. } = self;
        drop(timeline);
        places.blocks.text(0..places.blocks.blocks().len())
    }

    /// The SHA-256 of the text, in hexadecimal digits.
    pub fn sha256(&self) -> String {
        let mut digest = Sha256::new();
        for block in self.places.blocks.blocks() {
            block.with_text(|text| digest.update(text));
        }
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Compresses what is not yet: a large file is first read so that it can be seen, and kept small after that. Others may
    /// use the text meanwhile.
    pub fn pack(&self) {
        self.places.blocks.pack();
    }

    /// The timeline this text holds.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Whether the text was understood whole. One that was not is never written to, since a save could lose what was not
    /// understood. Problems of meaning, such as a lane that does not exist, do not count.
    pub fn is_writable(&self) -> bool {
        self.is_writable
    }

    /// Where a field of a record stands: the value at the end of the path, else the last record on the way to it; an
    /// empty path gives the whole record. Nothing where the text has no such record.
    pub fn locate(&self, subject: &Subject, field: &[String]) -> Option<Span> {
        self.locate_with(&mut self.places.blocks.cursor(), subject, field)
    }

    /// The line and column of a byte.
    pub fn place(&self, offset: usize) -> Place {
        self.last.place(&self.places.blocks, offset)
    }

    /// The lines and columns of many problems: of their spans, else of what they are about.
    pub fn places_of(&self, problems: &[Diagnostic]) -> Vec<Option<Place>> {
        let parts = problems.par_chunks(PROBLEMS_A_TASK).map(|problems| {
            let mut cursor = self.places.blocks.cursor();
            let mut place = |problem: &Diagnostic| {
                let span = problem.span.or_else(|| self.locate_with(&mut cursor, &problem.subject, &problem.field))?;
                Some(cursor.place(span.start))
            };
            problems.iter().map(&mut place).collect::<Vec<_>>()
        });
        parts.flatten_iter().collect()
    }

    /// Gives each of many problems its place.
    pub(super) fn locate_all(&self, problems: &mut [Diagnostic]) {
        problems.par_chunks_mut(PROBLEMS_A_TASK).for_each(|problems| {
            let mut cursor = self.places.blocks.cursor();
            for problem in problems {
                problem.span = self.locate_with(&mut cursor, &problem.subject, &problem.field);
            }
        });
    }

    /// Positions of the events whose id was derived, in order.
    pub(super) fn unnamed(&self) -> &[usize] {
        &self.unnamed
    }

    fn locate_with(&self, cursor: &mut Cursor<'_>, subject: &Subject, field: &[String]) -> Option<Span> {
        let key = key(subject);
        let record = match key.kind() {
            RecordKind::Header => return self.locate_in_header(cursor, field),
            RecordKind::Event => self.places.blocks.record(self.timeline.position(&key)?)?,
            kind => self.places.record(kind, self.timeline.position(&key)?)?,
        };
        if field.is_empty() {
            return Some(record);
        }
        let text = cursor.slice(record);
        let node = scan_value(text, Span::new(0, text.len()))?;
        Some(moved(descend(text, &node, field), record.start))
    }

    fn locate_in_header(&self, cursor: &mut Cursor<'_>, field: &[String]) -> Option<Span> {
        let frame = self.places.frame();
        let root = frame.root.as_ref()?;
        let Some((name, rest)) = field.split_first() else { return Some(self.places.in_text(root.span)) };
        let Some(field) = frame.field(name) else { return Some(self.places.in_text(root.head())) };
        let value = self.places.in_text(field.value.span);
        // Nothing is asked of the list of events but where it is, and it may be long.
        if name == list_name(RecordKind::Event) {
            return Some(value);
        }
        let text = cursor.slice(value);
        let node = scan_value(text, Span::new(0, text.len()))?;
        Some(moved(descend(text, &node, rest), value.start))
    }
}

fn moved(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

/// The block that a line and column were last looked up in: the next one is mostly looked up there too.
#[derive(Debug, Default)]
struct LastPlace(Mutex<Option<(usize, String)>>);

impl LastPlace {
    fn place(&self, blocks: &Blocks, offset: usize) -> Place {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut cursor = blocks.cursor_at(last.take());
        let place = cursor.place(offset);
        *last = Some(cursor.into_block());
        place
    }
}

impl Clone for LastPlace {
    fn clone(&self) -> Self {
        Self::default()
    }
}
