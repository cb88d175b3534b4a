//! A large text read in pieces while it comes in, so that the whole of it never stands in memory.
//!
//! ```text
//! Timeline(… events: [ Event(…), Event(…), … Event(…), … Event(…), ] eras: […], …)
//! └──── before ───────┘└───── piece ─────┘└──── piece … ──────────┘└─── after ───┘
//! ```
//!
//! Where an event begins is guessed from how the first two stand; every guess is proved afterwards. A piece is taken only
//! if `ron` reads one event after another from its first byte, each followed by a comma, until nothing but blanks are left:
//! then the next one begins where an event begins. What is left without the events is read by `reader` and must be a
//! timeline without a fault whose list of events is empty just there. Where anything is in doubt, nothing of this counts
//! and `reader` reads the text whole, so what is wrong with a text is always told by it.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use memchr::memmem;
use serde::Deserialize as _;

use super::blocks::{Block, keep_records};
use super::found::Found;
use super::pages::Pages;
use super::progress::Progress;
use super::reader::{Plain, Records, options};
use super::scan::{attributes, clean_trivia_end};
use super::sharing::SharingPool;
use super::text::{FileText, Places, Read};
use super::tree::Kind;
use crate::diagnostic::Span;
use crate::model::{Event, EventBatch, EventBatches, RecordKind};

/// Bytes from which on a text is read in pieces.
pub(super) const LARGE: usize = 4 << 20;

/// Bytes in which no event has begun: whoever writes so long a one is read otherwise.
const LONGEST_PIECE: usize = 64 << 20;

/// Bytes that an event takes, about: so much room is made for those of a piece.
const AN_EVENT: usize = 400;

/// The share of a file after which no further part of it is shown: an index of what has come costs time, and the whole will
/// soon be there.
const LAST_PART: f64 = 0.25;

/// How much is read at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// Bytes in a piece, about.
    pub piece: usize,
    /// Pieces that wait to be read before no more are taken in.
    pub pieces: usize,
    /// Events that are worth a first look; four times as many are worth another.
    pub first_part: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { piece: 1 << 20, pieces: 2 * rayon::current_num_threads(), first_part: 5_000 }
    }
}

/// What came of reading in pieces.
pub(super) enum Streamed {
    Read(Box<Read>),
    /// Something is not as it should be, or not as it was guessed: these are all the bytes, to be read whole.
    Doubtful(Vec<u8>),
    Cancelled,
}

/// Reads a text from where it comes.
pub(super) fn read(source: impl io::Read + Send, progress: &Progress, sizes: Sizes) -> io::Result<Streamed> {
    let mut feed = Feed::new(source, sizes.piece)?;
    let Some(guess) = feed.find_events(progress)? else {
        return if progress.is_cancelled() { Ok(Streamed::Cancelled) } else { Ok(Streamed::Doubtful(feed.rest()?)) };
    };
    let (options, opening) = (guess.options.clone(), guess.opening.clone());
    let pool = SharingPool::default();
    let (done, coming) = mpsc::channel();
    let arrivals = Arrivals { coming, early: BTreeMap::new(), stream: Stream::new(guess, progress, sizes), taken: 0 };
    let arrivals = Mutex::new(arrivals);
    let (waiting, is_doubtful) = (AtomicUsize::new(0), AtomicBool::new(false));
    rayon::scope_fifo(|scope| -> io::Result<()> {
        let mut nth = 0;
        while !progress.is_cancelled() && !is_doubtful.load(Relaxed) {
            let Some(bytes) = feed.piece(&opening)? else { break };
            waiting.fetch_add(1, Relaxed);
            let (done, pool, options) = (done.clone(), &pool, &options);
            let (arrivals, waiting, is_doubtful) = (&arrivals, &waiting, &is_doubtful);
            scope.spawn_fifo(move |_| {
                waiting.fetch_sub(1, Relaxed);
                if progress.is_cancelled() {
                    return;
                }
                // Nobody stops to listen before the last has come.
                drop(done.send((nth, pool.reading(|| Piece::read(bytes, options)))));
                // Who takes them up now takes up this one too.
                while let Ok(mut arrivals) = arrivals.try_lock() {
                    if !arrivals.take() {
                        break;
                    }
                    is_doubtful.fetch_or(!arrivals.stream.doubtful.is_empty(), Relaxed);
                }
            });
            nth += 1;
            // Where the others do not keep up, or there are none.
            while waiting.load(Relaxed) >= sizes.pieces && rayon::yield_now() == Some(rayon::Yield::Executed) {}
        }
        Ok(())
    })?;
    let mut arrivals = arrivals.into_inner().unwrap_or_else(PoisonError::into_inner);
    arrivals.take();
    let mut stream = arrivals.stream;
    if progress.is_cancelled() {
        return Ok(Streamed::Cancelled);
    }
    if !stream.doubtful.is_empty() {
        stream.doubtful.push(feed.rest()?);
        return Ok(Streamed::Doubtful(stream.into_bytes()));
    }
    drop(pool);
    Ok(stream.finish())
}

/// Pieces as they come from several threads. Whoever has read one takes up what can be, so that a source that is slow to
/// give more holds up nothing that has come.
struct Arrivals<'p> {
    coming: mpsc::Receiver<(usize, Piece)>,
    /// Those that wait for one before them.
    early: BTreeMap<usize, Piece>,
    stream: Stream<'p>,
    taken: usize,
}

impl Arrivals<'_> {
    /// Takes up in order what has come; whether anything had.
    fn take(&mut self) -> bool {
        let before = self.early.len();
        self.early.extend(self.coming.try_iter());
        let has_come = self.early.len() > before;
        while let Some(piece) = self.early.remove(&self.taken) {
            self.taken += 1;
            self.stream.take(piece);
        }
        has_come
    }
}

/// What a text looks like, judged by its beginning.
struct Guess {
    /// The text before the first event.
    before: String,
    opening: Opening,
    options: ron::Options,
}

/// How an event begins.
#[derive(Debug, Clone)]
struct Opening {
    /// What stands before it, from the line end on where there is one, then its first bytes.
    bytes: Vec<u8>,
    /// How much of that stands before it.
    lead: usize,
}

/// Bytes as they come in.
struct Feed<S> {
    source: S,
    waiting: Pages,
    is_ended: bool,
    piece: usize,
}

impl<S: io::Read> Feed<S> {
    fn new(source: S, piece: usize) -> io::Result<Self> {
        let piece = piece.max(1);
        Ok(Self { source, waiting: Pages::with_room(piece)?, is_ended: false, piece })
    }

    /// Takes in this many bytes more, if there are.
    fn more(&mut self, bytes: usize) -> io::Result<()> {
        self.is_ended = self.waiting.fill(&mut self.source, bytes)? < bytes;
        Ok(())
    }

    /// All that has not been handed out.
    fn rest(mut self) -> io::Result<Vec<u8>> {
        let mut rest = self.waiting.bytes().to_owned();
        if !self.is_ended {
            self.source.read_to_end(&mut rest)?;
        }
        Ok(rest)
    }

    /// Looks for the list of events; then the first of them is what comes next. Nothing where there is no such list.
    fn find_events(&mut self, progress: &Progress) -> io::Result<Option<Guess>> {
        loop {
            self.more(self.waiting.len().max(self.piece))?;
            if progress.is_cancelled() {
                return Ok(None);
            }
            let valid = match str::from_utf8(self.waiting.bytes()) {
                Ok(text) => text,
                Err(error) => {
                    // A character may be cut at the end.
                    let valid = self.waiting.bytes().get(..error.valid_up_to()).unwrap_or_default();
                    if error.error_len().is_some() {
                        return Ok(None);
                    }
                    str::from_utf8(valid).unwrap_or_default()
                }
            };
            let guess = guess(valid);
            // Two events of the usual size must have come in before one can say that there are none.
            if guess.is_some() || self.is_ended || self.waiting.len() > LONGEST_PIECE {
                if let Some(guess) = &guess {
                    self.waiting.take_before(guess.before.len(), self.piece)?;
                }
                return Ok(guess);
            }
        }
    }

    /// The next piece; none at the end. Each but the last ends where an event seems to begin.
    fn piece(&mut self, opening: &Opening) -> io::Result<Option<Pages>> {
        let missing = self.piece.saturating_sub(self.waiting.len());
        if !self.is_ended && missing > 0 {
            self.more(missing)?;
        }
        loop {
            let found = memmem::rfind(self.waiting.bytes(), &opening.bytes).map(|at| at + opening.lead);
            match found.filter(|&cut| cut > 0) {
                Some(cut) if !self.is_ended => return self.waiting.take_before(cut, self.piece).map(Some),
                None if !self.is_ended && self.waiting.len() < LONGEST_PIECE => self.more(self.waiting.len())?,
                _ if self.waiting.is_empty() => return Ok(None),
                _ => return self.waiting.take_before(self.waiting.len(), 0).map(Some),
            }
        }
    }
}

/// Where the events begin in the first bytes of a text, and how.
fn guess(text: &str) -> Option<Guess> {
    let extensions = attributes(text)?;
    let mut problems = Found::default();
    let options = options(text, &extensions, &mut problems);
    if problems.total() > 0 {
        return None;
    }
    let start = memmem::find_iter(text.as_bytes(), b"events").find_map(|at| list_start(text, at))?;
    let (_, end) = event(text, start, &options)?;
    let comma = clean_trivia_end(text, end)?;
    let second = clean_trivia_end(text, comma + 1)?;
    let paren = second + text.get(second..)?.find('(')?;
    let gap = text.get(end..second)?;
    let lead = gap.get(gap.rfind('\n').unwrap_or(0)..)?;
    let opening = Opening { bytes: format!("{lead}{}", text.get(second..=paren)?).into(), lead: lead.len() };
    // The second one too must be there whole.
    event(text, second, &options)?;
    Some(Guess { before: text.get(..start)?.to_owned(), opening, options })
}

/// Where the first event begins, if the word at this byte is the name of their list.
fn list_start(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.trim_end_matches([' ', '\t']);
    if !before.ends_with(['\n', ',', '(']) {
        return None;
    }
    let after = text.get(at + "events".len()..)?.trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
    clean_trivia_end(text, text.len() - after.len())
}

/// The event that begins at this byte, and where it ends.
pub(super) fn event(text: &str, at: usize, options: &ron::Options) -> Option<(Event, usize)> {
    let rest = text.get(at..).filter(|rest| rest.starts_with(['E', '(']))?;
    let mut values = ron::Deserializer::from_str_with_options(rest, options).ok()?;
    let event = Event::deserialize(&mut values).ok()?;
    let end = text.len() - values.remainder().len();
    text.get(..end)?.ends_with(')').then_some((event, end))
}

/// A piece of a text that was read.
enum Piece {
    Events {
        events: EventBatch,
        blocks: Vec<Arc<Block>>,
        /// What follows their list, where it ends here.
        after: Option<String>,
    },
    /// These bytes are not events and nothing more.
    Other(Pages),
}

impl Piece {
    fn read(pages: Pages, options: &ron::Options) -> Self {
        let Ok(text) = str::from_utf8(pages.bytes()) else { return Self::Other(pages) };
        let Some((events, spans, end)) = events(text, options) else { return Self::Other(pages) };
        let length = end.unwrap_or(text.len());
        let after = text.get(length..).filter(|_| end.is_some()).map(str::to_owned);
        let blocks = keep_records(&Arc::new(pages), length, &spans);
        Self::Events { events, blocks, after }
    }

    fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Other(pages) => pages.bytes().to_owned(),
            Self::Events { blocks, after, .. } => {
                let texts = blocks.iter().map(|block| block.text()).chain(after);
                texts.collect::<String>().into()
            }
        }
    }
}

/// The events of a piece, which begins with one: each with its place, and where their list ends, if here. Nothing where
/// it is not certain that another event follows, or the end of the list.
fn events(text: &str, options: &ron::Options) -> Option<(EventBatch, Vec<Span>, Option<usize>)> {
    let room = text.len() / AN_EVENT;
    let (mut events, mut spans) = (EventBatch::with_capacity(room), Vec::with_capacity(room));
    let mut at = 0;
    loop {
        let (event, end) = event(text, at, options)?;
        events.push(event);
        spans.push(Span::new(at, end));
        let mut next = clean_trivia_end(text, end)?;
        let comma = (text.as_bytes().get(next) == Some(&b',')).then_some(next);
        if let Some(comma) = comma {
            next = clean_trivia_end(text, comma + 1)?;
        }
        match text.as_bytes().get(next) {
            Some(b']') => return Some((events, spans, Some(next))),
            Some(_) if comma.is_some() => at = next,
            Some(_) => return None,
            None => {
                // A comment that has not ended its line would reach into the next piece.
                let rest = text.get(comma? + 1..)?;
                let line = rest.get(rest.rfind('\n').map_or(0, |at| at + 1)..)?;
                return line.trim().is_empty().then_some((events, spans, None));
            }
        }
    }
}

/// What has been read, in order.
struct Stream<'p> {
    guess: Guess,
    events: EventBatches,
    blocks: Vec<Arc<Block>>,
    /// The text from the end of the list of events on, once it has come.
    after: Option<String>,
    bytes: usize,
    /// What follows the blocks, once something is in doubt.
    doubtful: Vec<Vec<u8>>,
    progress: &'p Progress,
    /// What the text before the events says, for a look at a part.
    records: Option<Records>,
    next_part: usize,
}

impl<'p> Stream<'p> {
    fn new(guess: Guess, progress: &'p Progress, sizes: Sizes) -> Self {
        let records = progress.wants_parts().then(|| Plain::read(format!("{}])", guess.before), progress)).flatten();
        let records = records.filter(|part| part.problems.total() == 0).map(|part| part.records);
        Self {
            bytes: guess.before.len(),
            guess,
            events: EventBatches::default(),
            blocks: Vec::new(),
            after: None,
            doubtful: Vec::new(),
            progress,
            records,
            next_part: sizes.first_part,
        }
    }

    /// Takes up the next piece.
    fn take(&mut self, piece: Piece) {
        let is_first = self.events.is_empty();
        if !self.doubtful.is_empty() {
            self.doubtful.push(piece.into_bytes());
        } else if let Err(bytes) = self.take_one(piece) {
            self.doubtful.push(bytes);
        }
        if is_first && let Some(share) = self.progress.share_at(self.bytes) {
            // Room for all, judged by the first of them.
            let all = self.events.len() as f64 / share * 1.05;
            self.events.reserve((all as usize).saturating_sub(self.events.len()).min(1 << 28));
        }
        self.progress.reached(self.bytes, self.events.len());
        self.show();
    }

    /// Takes it up where it is what it should be; else its bytes come back.
    fn take_one(&mut self, piece: Piece) -> Result<(), Vec<u8>> {
        if let Some(text) = &mut self.after {
            let bytes = piece.into_bytes();
            let Ok(more) = str::from_utf8(&bytes) else { return Err(bytes) };
            self.bytes += more.len();
            text.push_str(more);
            return Ok(());
        }
        match piece {
            Piece::Other(pages) => Err(pages.bytes().to_owned()),
            Piece::Events { events, blocks, after } => {
                self.bytes += blocks.iter().map(|block| block.len()).sum::<usize>();
                self.bytes += after.as_ref().map_or(0, String::len);
                self.events.append(events);
                self.blocks.extend(blocks);
                self.after = after;
                Ok(())
            }
        }
    }

    /// Lets those look who want to.
    fn show(&mut self) {
        let share = self.progress.share_at(self.bytes).unwrap_or(0.0);
        if self.events.len() < self.next_part || share > LAST_PART || !self.doubtful.is_empty() {
            return;
        }
        if let Some(records) = &self.records
            && let Some(events) = self.events.list()
        {
            self.next_part = events.len().saturating_mul(4);
            self.progress.show(records.clone().with(events.clone()));
        }
    }

    fn finish(mut self) -> Streamed {
        let Some(after) = self.after.take() else { return Streamed::Doubtful(self.into_bytes()) };
        let Some(frame) = Plain::read(format!("{}{after}", self.guess.before), self.progress) else {
            return Streamed::Cancelled;
        };
        let close = self.guess.before.len();
        let is_proved = frame.problems.total() == 0
            && frame.list(RecordKind::Event).is_some_and(|list| {
                let value = &list.value;
                value.kind == Kind::List { items: Vec::new() }
                    && value.span.start < close
                    && value.span.end == close + 1
            });
        if !is_proved {
            self.after = Some(after);
            return Streamed::Doubtful(self.into_bytes());
        }
        let is_writable = frame.is_writable();
        let Some(events) = std::mem::take(&mut self.events).into_list() else {
            self.after = Some(after);
            return Streamed::Doubtful(self.into_bytes());
        };
        let places = Places::with(&self.guess.before, self.blocks, &after);
        let unnamed = events.unnamed().into();
        let file = FileText::new(places, frame.records.with(events), unnamed, is_writable);
        Streamed::Read(Box::new(Read::unchecked(file)))
    }

    /// All the bytes that have come in.
    fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.guess.before.into_bytes();
        for block in &self.blocks {
            bytes.extend_from_slice(block.text().as_bytes());
        }
        bytes.extend_from_slice(self.after.unwrap_or_default().as_bytes());
        for part in &self.doubtful {
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

#[cfg(test)]
mod tests;
