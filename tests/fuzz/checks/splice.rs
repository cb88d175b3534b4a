//! Edits put into a text: the result holds the edited timeline, and what they do not concern stays byte for byte.
//!
//! An input is a text, a line `====` and the choices that make the edits.

use std::collections::BTreeMap;

use annalist::diagnostic::{Span, Subject};
use annalist::edit::{Edit, apply};
use annalist::model::{Key, Timeline};
use annalist::store::{self, FileText, SpliceError};

use super::choices::Choices;
use super::comments::comments;
use super::edits;

const SEPARATOR: &str = "\n====\n";

/// Edits in one input, at most.
const MOST_EDITS: usize = 4;

pub fn check(bytes: &[u8]) {
    let input = String::from_utf8_lossy(bytes);
    let (text, choices) = input.rsplit_once(SEPARATOR).unwrap_or((&input, ""));
    let read = store::read(text.to_owned());
    if !read.text.is_writable() {
        let refused = store::spliced(&read.text, &Timeline::empty("another"));
        assert!(matches!(refused, Err(SpliceError::NotWritable)), "{refused:?}");
        return;
    }
    let before = read.timeline.clone();
    assert_eq!(store::spliced(&read.text, &before).ok().as_deref(), Some(text), "nothing changed is nothing written");

    let mut choices = Choices::of(choices.as_bytes());
    let mut after = before.clone();
    let mut inverses = Vec::new();
    let mut all_stay = true;
    for _ in 0..MOST_EDITS {
        let edit = edits::edit(&after, &mut choices);
        if let Ok(inverse) = apply(&mut after, &edit) {
            all_stay &= stays(&edit);
            inverses.push(inverse);
        }
        if !choices.are_left() {
            break;
        }
    }
    let result = spliced(&read.text, &after);
    let reread = store::read(result.clone());
    assert!(reread.text.is_writable() && reread.timeline == after, "{:?}\n{result}", reread.diagnostics);

    let touched = check_untouched((&read.text, text), (&reread.text, &result));
    if all_stay && before.header() == after.header() {
        check_comments(text, &result, &touched);
    }

    for inverse in inverses.iter().rev() {
        let undone = apply(&mut after, inverse);
        assert!(undone.is_ok(), "{undone:?}");
    }
    assert!(after == before, "edits taken back leave another timeline");
    assert!(store::read(spliced(&reread.text, &after)).timeline == before);
}

#[track_caller]
fn spliced(text: &FileText, timeline: &Timeline) -> String {
    match store::spliced(text, timeline) {
        Ok(result) => result,
        Err(error) => panic!("{error}\n{}\nto hold\n{}", text.text(), store::to_ron(timeline)),
    }
}

/// Whether an edit leaves every record where it is.
fn stays(edit: &Edit) -> bool {
    match edit {
        Edit::Put { replaces, .. } => replaces.is_none(),
        Edit::Remove(_) => false,
        Edit::Batch(edits) => edits.iter().all(stays),
    }
}

/// Holds records that are as they were against their old text; gives the places of the others in it.
fn check_untouched((was, text): (&FileText, &str), (is, result): (&FileText, &str)) -> Vec<Span> {
    let mut touched = Vec::new();
    for key in edits::keys(was.timeline()) {
        let subject = match &key {
            Key::Header => continue,
            Key::Lane(id) => Subject::Lane(id.clone()),
            Key::Source(id) => Subject::Source(id.clone()),
            Key::Event(id) => Subject::Event(id.clone()),
            Key::Era(id) => Subject::Era(id.clone()),
            Key::View(id) => Subject::View(id.clone()),
        };
        let Some(place) = was.locate(&subject, &[]) else { panic!("{subject:?} stands nowhere") };
        // An id that was left out may have to be written because of another event's.
        let is_unnamed = matches!(key, Key::Event(_))
            && was.locate(&subject, &["id".to_owned()]) == was.locate(&subject, &["no such field".to_owned()]);
        if is_unnamed || was.timeline().record(&key) != is.timeline().record(&key) {
            touched.push(place);
            continue;
        }
        let there = is.locate(&subject, &[]).map(|span| span.slice(result));
        assert_eq!(there, Some(place.slice(text)), "{subject:?} was not touched\n{text}\n----\n{result}");
    }
    touched
}

/// Every comment outside of what was touched is still there.
fn check_comments(text: &str, result: &str, touched: &[Span]) {
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for comment in comments(result) {
        *there.entry(comment.slice(result)).or_default() += 1;
    }
    for comment in comments(text) {
        if touched.iter().any(|span| span.start <= comment.start && comment.end <= span.end) {
            continue;
        }
        let left = there.get_mut(comment.slice(text)).filter(|count| **count > 0);
        let Some(count) = left else { panic!("{:?} is lost\n{text}\n----\n{result}", comment.slice(text)) };
        *count -= 1;
    }
}
