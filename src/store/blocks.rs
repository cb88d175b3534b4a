//! A text kept in memory compressed, in blocks that are read one by one.
//!
//! Owns where the blocks begin, which records begin in them, and lines and columns. What the text means is for others. A
//! block never changes: a text that differs in one place shares all other blocks. How it is kept may: a large text is packed
//! once its events can be seen.

use std::ops::Range;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rayon::prelude::*;
use twox_hash::XxHash3_64;

use super::pages::Pages;
use crate::diagnostic::{Place, Span};

/// Bytes of text in a block, about: enough to compress well, few enough to read for the sake of one record.
pub(super) const BLOCK: usize = 128 << 10;

/// Blocks up to which they are not worth a task each.
const A_PIECE: usize = 16;

/// A stretch of text.
#[derive(Debug)]
pub(super) struct Block {
    content: RwLock<Content>,
    /// For each record that begins in it, how far its start lies from that of the one before, and its length.
    places: Box<[u8]>,
    /// How many records begin in it.
    records: u32,
    length: u32,
    /// Known at the latest when it is packed.
    facts: OnceLock<Facts>,
}

/// What there is to know of a text without reading it again.
#[derive(Debug)]
struct Facts {
    /// To tell whether a file still holds the text without unpacking it.
    hash: u64,
    /// Line ends in it.
    newlines: u32,
    /// Columns that the text after its last line end takes; of the whole text where it has none.
    tail: u32,
}

impl Facts {
    fn of(text: &str) -> Self {
        let tail = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1);
        Self {
            hash: XxHash3_64::oneshot(text.as_bytes()),
            newlines: short(memchr::memchr_iter(b'\n', text.as_bytes()).count()),
            tail: short(columns(text.get(tail..).unwrap_or_default())),
        }
    }
}

/// How a text is kept.
#[derive(Debug)]
enum Content {
    /// As part of a longer one, which all its blocks keep together.
    Plain(Arc<Pages>, Span),
    Packed(Box<[u8]>),
}

impl Content {
    fn packed(text: &str) -> Self {
        Self::Packed(lz4_flex::block::compress(text.as_bytes()).into())
    }
}

/// A stretch of a text that was kept because it is one.
fn kept(text: &Pages, span: Span) -> &str {
    let text = text.text(span);
    debug_assert!(text.is_some(), "what was read as a text is one");
    text.unwrap_or_default()
}

impl Block {
    /// A block of so many bytes of text; the records' places count from its start.
    fn new(length: usize, content: Content, records: impl Iterator<Item = Span>) -> Self {
        let mut places = Vec::new();
        let (mut count, mut before) = (0, 0);
        for span in records {
            push_number(&mut places, short(span.start - before));
            push_number(&mut places, short(span.end - span.start));
            before = span.start;
            count += 1;
        }
        let (content, length) = (RwLock::new(content), short(length));
        Self { content, places: places.into(), records: count, length, facts: OnceLock::new() }
    }

    /// [`Block::new`] that is packed at once.
    fn packed(text: &str, records: impl Iterator<Item = Span>) -> Self {
        let block = Self::new(text.len(), Content::packed(text), records);
        block.facts.get_or_init(|| Facts::of(text));
        block
    }

    /// The place of a record that begins in it, from the block's start: it may reach beyond the block.
    fn record(&self, nth: usize) -> Option<Span> {
        let mut bytes = &*self.places;
        let mut start = 0;
        for at in 0.. {
            start += take_number(&mut bytes)? as usize;
            let length = take_number(&mut bytes)? as usize;
            if at == nth {
                return Some(Span::new(start, start + length));
            }
        }
        None
    }

    /// The text in it.
    pub fn text(&self) -> String {
        self.with_text(str::to_owned)
    }

    /// Reads the text in it, which is unpacked for that where it is packed.
    pub fn with_text<R>(&self, read: impl FnOnce(&str) -> R) -> R {
        match &*self.content.read().unwrap_or_else(PoisonError::into_inner) {
            Content::Plain(text, span) => read(kept(text, *span)),
            Content::Packed(bytes) => {
                let bytes = lz4_flex::block::decompress(bytes, self.length as usize);
                debug_assert!(bytes.is_ok(), "a block that was packed here is whole");
                read(str::from_utf8(&bytes.unwrap_or_default()).unwrap_or_default())
            }
        }
    }

    fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| self.with_text(Facts::of))
    }

    /// Compresses it, where it is not yet. Others may read it meanwhile.
    fn pack(&self) {
        self.facts();
        let packed = match &*self.content.read().unwrap_or_else(PoisonError::into_inner) {
            Content::Plain(text, span) => Content::packed(kept(text, *span)),
            Content::Packed(_) => return,
        };
        *self.content.write().unwrap_or_else(PoisonError::into_inner) = packed;
    }

    /// Bytes of text in it.
    pub fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether these bytes are its text: by length and XXH3, which no accident gets past.
    pub fn is(&self, bytes: &[u8]) -> bool {
        bytes.len() == self.len() && XxHash3_64::oneshot(bytes) == self.facts().hash
    }
}

/// A size within one block. Files are smaller than 4 GB, and so is every part of one.
fn short(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// Adds a number, seven bits a byte and the lowest first; the last byte is below 128 (LEB128, as in DWARF 5, 7.6).
fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes off a number that [`push_number`] has added.
fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// How many columns a stretch of a line takes: characters, byte order marks not counted.
fn columns(line: &str) -> usize {
    line.chars().filter(|&c| c != '\u{feff}').count()
}

/// What comes before a block.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    bytes: usize,
    records: usize,
}

/// The lines before a block.
#[derive(Debug, Clone, Copy, Default)]
struct LineMark {
    newlines: usize,
    /// Columns since the last line end.
    columns: usize,
}

/// A text in blocks.
#[derive(Debug, Clone)]
pub(super) struct Blocks {
    blocks: Vec<Arc<Block>>,
    /// What comes before each block, and before the end of the text.
    marks: Vec<Mark>,
    /// The lines before each block, once anybody asks for one.
    lines: OnceLock<Arc<[LineMark]>>,
}

impl Blocks {
    /// The text of these blocks one after another.
    pub fn new(blocks: Vec<Arc<Block>>) -> Self {
        let mut mark = Mark::default();
        let mut marks = Vec::with_capacity(blocks.len() + 1);
        for block in &blocks {
            marks.push(mark);
            mark.bytes += block.len();
            mark.records += block.records as usize;
        }
        marks.push(mark);
        Self { blocks, marks, lines: OnceLock::new() }
    }

    fn lines(&self) -> &[LineMark] {
        self.lines.get_or_init(|| {
            let mut mark = LineMark::default();
            let before_each = self.blocks.iter().map(|block| {
                let (before, facts) = (mark, block.facts());
                mark.newlines += facts.newlines as usize;
                mark.columns = facts.tail as usize + if facts.newlines == 0 { mark.columns } else { 0 };
                before
            });
            before_each.collect()
        })
    }

    /// The blocks in order.
    pub fn blocks(&self) -> &[Arc<Block>] {
        &self.blocks
    }

    /// Bytes of the text.
    pub fn len(&self) -> usize {
        self.end().bytes
    }

    /// Whether the texts are the same.
    pub fn is_same(&self, other: &Self) -> bool {
        let is_cut_alike = self.blocks.len() == other.blocks.len()
            && self.blocks.iter().map(|block| block.length).eq(other.blocks.iter().map(|block| block.length));
        if is_cut_alike {
            return self.blocks.iter().zip(&other.blocks).all(|(own, other)| {
                Arc::ptr_eq(own, other) || own.facts().hash == other.facts().hash && own.text() == other.text()
            });
        }
        self.len() == other.len() && self.text(0..self.blocks.len()) == other.text(0..other.blocks.len())
    }

    /// Compresses what is not yet.
    pub fn pack(&self) {
        self.blocks.par_iter().for_each(|block| block.pack());
    }

    /// The byte at which a block begins; the end of the text for the one past the last.
    pub fn start(&self, block: usize) -> usize {
        self.marks.get(block).map_or(self.len(), |mark| mark.bytes)
    }

    /// The positions of the records that begin in these blocks.
    pub fn records(&self, blocks: Range<usize>) -> Range<usize> {
        let before = |block: usize| self.marks.get(block).map_or(self.end().records, |mark| mark.records);
        before(blocks.start)..before(blocks.end)
    }

    /// The place of a record by its position.
    pub fn record(&self, position: usize) -> Option<Span> {
        let at = self.marks.partition_point(|mark| mark.records <= position).checked_sub(1)?;
        let mark = self.marks.get(at)?;
        let record = self.blocks.get(at)?.record(position - mark.records)?;
        Some(Span::new(mark.bytes + record.start, mark.bytes + record.end))
    }

    /// The text of these blocks.
    pub fn text(&self, blocks: Range<usize>) -> String {
        let blocks = self.blocks.get(blocks).unwrap_or_default();
        // One after another: unpacking is quick, and the parts would stand in memory beside the whole.
        let mut text = String::with_capacity(blocks.iter().map(|block| block.length as usize).sum());
        for block in blocks {
            block.with_text(|part| text.push_str(part));
        }
        text
    }

    /// Reads parts of the text, one after another.
    pub fn cursor(&self) -> Cursor<'_> {
        self.cursor_at(None)
    }

    /// Reads parts of the text, beginning with what another cursor read last.
    pub fn cursor_at(&self, last: Option<(usize, String)>) -> Cursor<'_> {
        let (at, text) = last.unwrap_or((usize::MAX, String::new()));
        Cursor { blocks: self, at, text, joined: String::new() }
    }

    fn end(&self) -> Mark {
        self.marks.last().copied().unwrap_or_default()
    }

    /// The block that a byte stands in; the last one for the end of the text.
    fn block_of(&self, offset: usize) -> usize {
        let starts = self.marks.get(..self.blocks.len()).unwrap_or_default();
        starts.partition_point(|mark| mark.bytes <= offset).saturating_sub(1)
    }
}

/// Reads parts of a text in blocks; parts that lie close together cost little more than one of them.
#[derive(Debug)]
pub(super) struct Cursor<'b> {
    blocks: &'b Blocks,
    at: usize,
    text: String,
    joined: String,
}

impl Cursor<'_> {
    /// The text at a place; as much of it as there is.
    pub fn slice(&mut self, span: Span) -> &str {
        let (first, last) = (self.blocks.block_of(span.start), self.blocks.block_of(span.end.max(span.start + 1) - 1));
        if first == last {
            let start = self.blocks.start(first);
            let text = self.block(first);
            let end = (span.end - start).min(text.len());
            return text.get(span.start - start..end).unwrap_or_default();
        }
        let mut joined = std::mem::take(&mut self.joined);
        joined.clear();
        for block in first..=last {
            let start = self.blocks.start(block);
            let text = self.block(block);
            let (from, to) = (span.start.max(start) - start, (span.end - start).min(text.len()));
            joined.push_str(text.get(from..to).unwrap_or_default());
        }
        self.joined = joined;
        &self.joined
    }

    /// The line and column of a byte; past the end gives the end.
    pub fn place(&mut self, offset: usize) -> Place {
        let offset = offset.min(self.blocks.len());
        let block = self.blocks.block_of(offset);
        let mark = self.blocks.lines().get(block).copied().unwrap_or_default();
        let mut end = offset - self.blocks.start(block);
        let text = self.block(block);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(..end).unwrap_or_default();
        let newlines = memchr::memchr_iter(b'\n', before.as_bytes()).count();
        let line = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
        let column = columns(before.get(line..).unwrap_or_default()) + if newlines == 0 { mark.columns } else { 0 };
        Place { line: mark.newlines + newlines + 1, column: column + 1 }
    }

    /// What it read last, for [`Blocks::cursor_at`].
    pub fn into_block(self) -> (usize, String) {
        (self.at, self.text)
    }

    fn block(&mut self, at: usize) -> &str {
        if self.at != at {
            self.text = self.blocks.blocks.get(at).map(|block| block.text()).unwrap_or_default();
            self.at = at;
        }
        &self.text
    }
}

/// Blocks of a text that is cut only where a record begins; it begins with one itself. The places of the records, in
/// order, count from the start of the text.
pub(super) fn pack_records(text: &str, records: &[Span]) -> Vec<Arc<Block>> {
    pack(text, record_cuts(records), records)
}

/// [`pack_records`] of the first so many bytes of a text that stays as it is until [`Blocks::pack`]: then it is let go.
pub(super) fn keep_records(text: &Arc<Pages>, length: usize, records: &[Span]) -> Vec<Arc<Block>> {
    let stretches = stretches(length, record_cuts(records));
    let block = |stretch: &Span| {
        let content = Content::Plain(Arc::clone(text), *stretch);
        Arc::new(Block::new(stretch.end - stretch.start, content, records_in(*stretch, records)))
    };
    stretches.iter().map(block).collect()
}

/// Blocks of any text with the places of the records that begin in it.
pub(super) fn pack_text(text: &str, records: &[Span]) -> Vec<Arc<Block>> {
    let mut cuts = vec![0];
    let mut next = BLOCK;
    while next < text.len() {
        while !text.is_char_boundary(next) {
            next -= 1;
        }
        cuts.push(next);
        next += BLOCK;
    }
    pack(text, cuts, records)
}

fn record_cuts(records: &[Span]) -> Vec<usize> {
    let mut cuts = vec![0];
    for record in records {
        if record.start >= cuts.last().map_or(0, |cut| cut + BLOCK) {
            cuts.push(record.start);
        }
    }
    cuts
}

fn pack(text: &str, cuts: Vec<usize>, records: &[Span]) -> Vec<Arc<Block>> {
    let stretches = stretches(text.len(), cuts);
    let block = |stretch: &Span| Arc::new(Block::packed(stretch.slice(text), records_in(*stretch, records)));
    // Few blocks are a piece of a text that is packed beside others already.
    match stretches.len() {
        ..=A_PIECE => stretches.iter().map(block).collect(),
        _ => stretches.par_iter().map(block).collect(),
    }
}

/// What lies between the cuts, the first of which is 0; nothing of an empty text.
fn stretches(length: usize, mut cuts: Vec<usize>) -> Vec<Span> {
    if length == 0 {
        return Vec::new();
    }
    cuts.push(length);
    cuts.array_windows().map(|&[start, end]| Span::new(start, end)).collect()
}

/// The places of the records that begin in a stretch, from its start.
fn records_in(stretch: Span, records: &[Span]) -> impl Iterator<Item = Span> {
    let first = records.partition_point(|record| record.start < stretch.start);
    let last = records.partition_point(|record| record.start < stretch.end);
    let own = records.get(first..last).unwrap_or_default().iter();
    own.map(move |record| Span::new(record.start - stretch.start, record.end - stretch.start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::LineIndex;

    /// A text cut at the given bytes, each cut moved to the start of a character.
    fn cut(text: &str, cuts: &[usize], records: &[Span]) -> Blocks {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| text.floor_char_boundary(cut % (text.len() + 1))).collect();
        cuts.push(0);
        cuts.sort_unstable();
        cuts.dedup();
        cuts.retain(|&cut| cut < text.len());
        Blocks::new(pack(text, cuts, records))
    }

    proptest! {
        #[test]
        fn every_part_and_every_place_is_as_in_the_text(
            text in "(\u{feff}?[a-zж\n\r—🙂]{0,40}){0,4}",
            cuts in prop::collection::vec(any::<usize>(), 0..6),
            spans in prop::collection::vec((any::<usize>(), any::<usize>()), 1..8),
        ) {
            let at = |n: usize| text.floor_char_boundary(n % (text.len() + 1));
            let mut spans: Vec<Span> = spans
                .into_iter()
                .map(|(a, b)| Span::new(at(a).min(at(b)), at(a).max(at(b))))
                .filter(|span| span.start < text.len())
                .collect();
            spans.sort_unstable();
            let blocks = cut(&text, &cuts, &spans);
            prop_assert_eq!(blocks.len(), text.len());
            prop_assert_eq!(blocks.text(0..blocks.blocks().len()), text.as_str());
            let (mut cursor, index) = (blocks.cursor(), LineIndex::new(&text));
            for (at, span) in spans.iter().enumerate() {
                prop_assert_eq!(blocks.record(at), Some(*span));
                prop_assert_eq!(cursor.slice(*span), span.slice(&text));
                prop_assert_eq!(cursor.place(span.end), index.place(span.end));
            }
            prop_assert_eq!(blocks.record(spans.len()), None);
            prop_assert_eq!(cursor.place(usize::MAX), index.place(text.len()));
        }
    }

    #[test]
    fn a_text_that_is_packed_later_is_the_same_before_and_after() {
        let record = format!("Event({}), ", "день ".repeat(BLOCK / 40));
        let text = record.repeat(10) + "], rest";
        let length = 10 * record.len();
        let places: Vec<Span> = (0..10).map(|at| Span::new(at * record.len(), (at + 1) * record.len() - 2)).collect();
        let mut pages = Pages::with_room(text.len()).unwrap();
        pages.fill(&mut text.as_bytes(), text.len()).unwrap();
        let pages = Arc::new(pages);
        let kept = Blocks::new(keep_records(&pages, length, &places));
        let packed = Blocks::new(pack_records(Span::new(0, length).slice(&text), &places));
        let is_the_same = |kept: &Blocks| {
            assert!(kept.is_same(&packed));
            assert_eq!(kept.text(0..kept.blocks().len()), packed.text(0..packed.blocks().len()));
            for at in 0..11 {
                assert_eq!(kept.record(at), packed.record(at));
            }
        };
        is_the_same(&kept);
        assert!(Arc::strong_count(&pages) > 1);
        kept.pack();
        is_the_same(&kept);
        assert_eq!(Arc::strong_count(&pages), 1, "the text itself is let go");
    }

    #[test]
    fn blocks_of_records_begin_with_one_and_hold_it_whole() {
        let record = format!("Event({}), ", "x".repeat(BLOCK / 3));
        let text = record.repeat(10);
        let places: Vec<Span> = (0..10).map(|at| Span::new(at * record.len(), (at + 1) * record.len() - 2)).collect();
        let blocks = Blocks::new(pack_records(&text, &places));
        assert_eq!(blocks.blocks().len(), 4);
        for block in 0..4 {
            let first = blocks.records(block..block + 1).start;
            assert_eq!(blocks.record(first).unwrap().start, blocks.start(block));
        }
        let long = "—".repeat(BLOCK);
        assert_eq!(Blocks::new(pack_text(&long, &[])).text(0..4), long);
    }
}
