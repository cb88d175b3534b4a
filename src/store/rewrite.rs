//! A text that takes the place of the one it came from: the old file is read once, proved to hold the old text, and what the
//! two have in common is passed on as it was read.
//!
//! ```text
//!   old file   │ block 0 │ block 1 │ block 2 │ …      read, and compared by hash
//!                   │                   │
//!   new file   │ block 0 │ changed ─┤ block 2 │ …     written while the next are read, and flushed meanwhile
//! ```
//!
//! Owns the order of reading and writing. Which blocks there are is `blocks`', the files are `save`'s.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::blocks::{Block, Blocks};

/// Blocks that are read or written together: two megabytes stay in the caches from one to the other.
const BLOCKS_AT_ONCE: usize = 16;

/// Blocks after whose writing the disk may begin with them: left to the last flush, it would stand still until then.
const BLOCKS_FLUSHED: usize = 256;

/// What becomes of a block.
#[derive(Debug, Clone, Copy)]
enum Step<'b> {
    /// In both texts.
    Keep(&'b Block),
    /// In the old one alone.
    Drop(&'b Block),
    /// In the new one alone.
    Add(&'b Block),
}

impl<'b> Step<'b> {
    /// The block that the old file holds here.
    const fn old(self) -> Option<&'b Block> {
        match self {
            Self::Keep(block) | Self::Drop(block) => Some(block),
            Self::Add(_) => None,
        }
    }
}

/// Whether a file, from where it stands to its end, holds this text and nothing else.
pub(super) fn holds(file: &mut File, text: &Blocks) -> io::Result<bool> {
    let steps: Vec<Step<'_>> = text.blocks().iter().map(|block| Step::Drop(block)).collect();
    run(Some(file), &steps, None)
}

/// Writes a text anew.
pub(super) fn write(text: &Blocks, to: &mut File) -> io::Result<()> {
    let steps: Vec<Step<'_>> = text.blocks().iter().map(|block| Step::Add(block)).collect();
    run(None, &steps, Some(to)).map(|_| ())
}

/// Writes a text that follows on another, whose file this is. Says whether the file held the other and nothing else: if
/// not, what was written is worth nothing.
pub(super) fn rewrite(file: &mut File, old: &Blocks, new: &Blocks, to: &mut File) -> io::Result<bool> {
    run(Some(file), &plan(old.blocks(), new.blocks()), Some(to))
}

/// Every old block once and in order, and every new one.
fn plan<'b>(old: &'b [Arc<Block>], new: &'b [Arc<Block>]) -> Vec<Step<'b>> {
    let positions: FxHashMap<*const Block, usize> =
        (0..).zip(old).map(|(at, block)| (Arc::as_ptr(block), at)).collect();
    let mut steps = Vec::with_capacity(new.len() + 8);
    let mut at = 0;
    for block in new {
        match positions.get(&Arc::as_ptr(block)) {
            Some(&position) if position >= at => {
                let before = old.get(at..position).unwrap_or_default();
                steps.extend(before.iter().map(|block| Step::Drop(block)));
                steps.push(Step::Keep(block));
                at = position + 1;
            }
            _ => steps.push(Step::Add(block)),
        }
    }
    steps.extend(old.get(at..).unwrap_or_default().iter().map(|block| Step::Drop(block)));
    steps
}

/// Carries out the steps; says whether the old file held what they say, up to its end. Most of what was written is on the
/// disk then.
fn run(old: Option<&mut File>, steps: &[Step<'_>], to: Option<&mut File>) -> io::Result<bool> {
    let to = to.map(|to| &*to);
    let (is_flushing, failed) = (AtomicBool::new(false), OnceLock::new());
    let is_held = rayon::in_place_scope(|scope| {
        carry_out(old, steps, to, || {
            // What is written meanwhile goes along with the next.
            if let Some(to) = to.filter(|_| !is_flushing.swap(true, Ordering::Relaxed)) {
                scope.spawn(|_| {
                    if let Err(error) = to.sync_data() {
                        let _ = failed.set(error);
                    }
                    is_flushing.store(false, Ordering::Relaxed);
                });
            }
        })
    })?;
    // What a flush has told once no later one tells again.
    failed.into_inner().map_or(Ok(is_held), Err)
}

/// [`run`], telling from time to time that more is written.
fn carry_out(
    mut old: Option<&mut File>,
    steps: &[Step<'_>],
    to: Option<&File>,
    written: impl Fn(),
) -> io::Result<bool> {
    let (mut waiting, mut spare) = (Vec::new(), Vec::new());
    for (nth, batch) in steps.chunks(BLOCKS_AT_ONCE).enumerate() {
        let (next, put) = rayon::join(
            || prepare(old.as_deref_mut(), batch, to.is_some(), &mut spare),
            || to.map_or(Ok(()), |mut to| to.write_all(&waiting)),
        );
        put?;
        if !next? {
            return Ok(false);
        }
        if (nth + 1).is_multiple_of(BLOCKS_FLUSHED / BLOCKS_AT_ONCE) {
            written();
        }
        std::mem::swap(&mut waiting, &mut spare);
    }
    if let Some(mut to) = to {
        to.write_all(&waiting)?;
    }
    let mut more = [0];
    Ok(old.map_or(Ok(0), |old| old.read(&mut more))? == 0)
}

/// Fills `bytes` with what these steps write, if anything is to be; says whether the old file held what they say.
fn prepare(old: Option<&mut File>, steps: &[Step<'_>], is_written: bool, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let length: usize = steps.iter().filter_map(|step| step.old()).map(Block::len).sum();
    bytes.clear();
    if let Some(old) = old
        && old.take(length as u64).read_to_end(bytes)? != length
    {
        return Ok(false);
    }
    let mut rest = bytes.as_slice();
    let mut parts: Vec<(Step<'_>, &[u8])> = Vec::with_capacity(steps.len());
    for step in steps {
        let (part, after) = rest.split_at_checked(step.old().map_or(0, Block::len)).unwrap_or((rest, &[]));
        parts.push((*step, part));
        rest = after;
    }
    if !parts.par_iter().all(|(step, part)| step.old().is_none_or(|block| block.is(part))) {
        return Ok(false);
    }
    if is_written && !steps.iter().all(|step| matches!(step, Step::Keep(_))) {
        let texts: Vec<std::borrow::Cow<'_, [u8]>> = parts
            .par_iter()
            .map(|(step, part)| match step {
                Step::Keep(_) => (*part).into(),
                Step::Drop(_) => (&[][..]).into(),
                Step::Add(block) => block.text().into_bytes().into(),
            })
            .collect();
        *bytes = texts.concat();
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::io::{Seek as _, SeekFrom};

    use proptest::prelude::*;

    use super::super::blocks::pack_text;
    use super::*;

    fn blocks(texts: &[String]) -> Blocks {
        Blocks::new(texts.iter().flat_map(|text| pack_text(text, &[])).collect())
    }

    fn file(text: &str) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        file
    }

    fn text_of(mut file: File) -> String {
        let mut text = String::new();
        file.seek(SeekFrom::Start(0)).unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    }

    proptest! {
        #[test]
        fn what_is_written_is_the_new_text_and_any_change_of_the_old_one_is_noticed(
            texts in prop::collection::vec("[a-zж\n]{1,6}", 1..60),
            kept in prop::collection::vec((any::<bool>(), "[A-Z]{0,3}"), 60),
            swapped in any::<bool>(),
            touched in any::<prop::sample::Index>(),
        ) {
            let old = blocks(&texts);
            // Some are kept, in order or not, with new ones between them.
            let mut new: Vec<Arc<Block>> = Vec::new();
            for (block, (is_kept, more)) in old.blocks().iter().zip(&kept) {
                new.extend(is_kept.then(|| Arc::clone(block)));
                new.extend(pack_text(more, &[]));
            }
            if swapped {
                new.reverse();
            }
            let new = Blocks::new(new);
            let whole = old.text(0..old.blocks().len());
            let mut written = file("");
            prop_assert!(rewrite(&mut file(&whole), &old, &new, &mut written).unwrap());
            prop_assert_eq!(text_of(written), new.text(0..new.blocks().len()));
            prop_assert!(holds(&mut file(&whole), &old).unwrap());

            let longer = format!("{whole} ");
            let shorter: String = whole.chars().take(whole.chars().count() - 1).collect();
            let at = touched.index(whole.chars().count());
            let other: String =
                whole.chars().enumerate().map(|(n, c)| if n != at { c } else if c == 'a' { 'b' } else { 'a' }).collect();
            for changed in [longer, shorter, other] {
                prop_assert!(!holds(&mut file(&changed), &old).unwrap());
                prop_assert!(!rewrite(&mut file(&changed), &old, &new, &mut file("")).unwrap());
            }
        }
    }

    #[test]
    fn a_text_that_is_flushed_as_it_is_written_is_whole() {
        let texts: Vec<String> = (0..3 * BLOCKS_FLUSHED).map(|at| format!("{at}\n").repeat(40)).collect();
        let mut old = blocks(&texts).blocks().to_vec();
        let whole = Blocks::new(old.clone()).text(0..old.len());
        let mut written = file("");
        let before = Blocks::new(old.clone());
        old.swap(7, BLOCKS_FLUSHED + 7);
        let new = Blocks::new(old);
        assert!(rewrite(&mut file(&whole), &before, &new, &mut written).unwrap());
        assert_eq!(text_of(written), new.text(0..new.blocks().len()));
        assert!(!rewrite(&mut file("other"), &before, &new, &mut file("")).unwrap());
    }
}
