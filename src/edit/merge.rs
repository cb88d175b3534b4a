//! Two sources made one, as an edit: what either said stays.
//!
//! Owns what becomes of fields, citations, origins and captures. Which sources are the same is for `model` to suggest and
//! for the analyst to decide.

use super::{Edit, EditError};
use crate::model::{
    Capture, Event, Field as _, Key, Kind, Source, SourceField, SourceKind, Term as _, Text, Timeline, Value,
    same_page_key,
};

/// The edit that makes source `remove` part of source `keep`.
///
/// Citations and origins that named the one name the other. Fields that the kept source leaves empty are filled; captures
/// and notes that differ stand beside each other; what else differs is told in the note, so that nothing is lost. A
/// citation keeps the reliability it had where the two sources were graded differently.
///
/// # Errors
/// Where one of the two is not there, or both are the same.
pub fn merge_sources(timeline: &Timeline, keep: &str, remove: &str) -> Result<Edit, EditError> {
    let find = |id: &str| timeline.source(id).ok_or_else(|| EditError::Missing(Key::Source(id.into())));
    let (kept, gone) = (find(keep)?, find(remove)?);
    if keep == remove {
        return Err(EditError::Same(Key::Source(keep.into())));
    }
    let mut edits = vec![Edit::put_source(merged(timeline, kept, gone))];
    for source in timeline.sources() {
        if source.origin.as_deref() == Some(remove) && &*source.id != keep && &*source.id != remove {
            edits.push(Edit::put_source(Source { origin: Some(keep.into()), ..source.clone() }));
        }
    }
    for event in timeline.events() {
        if event.citations.iter().any(|citation| &*citation.source == remove) {
            edits.push(Edit::put_event(recited(event, kept, gone)));
        }
    }
    edits.push(Edit::Remove(Key::Source(remove.into())));
    Ok(Edit::Batch(edits))
}

/// An event whose citations of one source are citations of the other.
fn recited(event: &Event, kept: &Source, gone: &Source) -> Event {
    let mut event = event.clone();
    let mut citations = std::mem::take(&mut event.citations);
    for citation in citations.iter_mut().filter(|citation| citation.source == gone.id) {
        citation.source = kept.id.clone();
        if kept.reliability.is_some() && kept.reliability != gone.reliability {
            citation.reliability = citation.reliability.or(gone.reliability);
        }
    }
    for citation in citations {
        let is_copy = citation.source == kept.id && event.citations.contains(&citation);
        if !is_copy {
            event.citations.push(citation);
        }
    }
    event
}

/// The kept source with what the other has and it has not; texts and captures of both. What differs in the other fields is told
/// at the end of the note.
fn merged(timeline: &Timeline, kept: &Source, gone: &Source) -> Source {
    let mut source = kept.clone();
    let mut differing = Vec::new();
    for &field in SourceField::ALL {
        let other = field.get(gone);
        match (field, field.kind()) {
            (SourceField::Id, _) => {}
            (SourceField::Origin, _) => source.origin = origin(timeline, kept, gone, &mut differing),
            (SourceField::Captures, _) => source.captures = captures(kept, gone).into_iter().collect(),
            (_, Kind::Prose) => {
                let both = joined(field.get(kept).as_text(), other.as_text());
                let joined = field.set(&mut source, both.as_ref().map_or(Value::None, Value::Text));
                debug_assert!(joined.is_ok(), "{joined:?}");
            }
            _ if is_unsaid(field, kept) => {
                let filled = field.set(&mut source, other);
                debug_assert!(filled.is_ok(), "{filled:?}");
            }
            _ if !is_unsaid(field, gone) && !is_same(field, kept, gone) => {
                let quote = if field == SourceField::Title { "\"" } else { "" };
                differing.push(format!("{} {quote}{other}{quote}", field.info().noun));
            }
            _ => {}
        }
    }
    if !differing.is_empty() {
        let told = format!("Merged with source \"{}\", which had: {}.", gone.id, differing.join("; "));
        source.note = joined(source.note.as_ref(), Some(&told.into()));
    }
    source
}

/// Whether a source says nothing in a field: there is nothing, or the kind that stands for none.
fn is_unsaid(field: SourceField, source: &Source) -> bool {
    let value = field.get(source);
    value.is_none() || value == Value::Choice(SourceKind::Other.choice())
}

/// Whether two sources say the same in a field, whatever the blanks of a title and the writing of an address.
fn is_same(field: SourceField, a: &Source, b: &Source) -> bool {
    match (field, field.get(a).as_str(), field.get(b).as_str()) {
        (SourceField::Title, Some(a), Some(b)) => a.split_whitespace().eq(b.split_whitespace()),
        (SourceField::Url, Some(a), Some(b)) if same_page_key(a).is_some() => same_page_key(a) == same_page_key(b),
        _ => field.get(a) == field.get(b),
    }
}

/// The origin of the two made one: that of the kept source, else that of the other, and none that leads back to the two. What
/// is left out is told.
fn origin(timeline: &Timeline, kept: &Source, gone: &Source, differing: &mut Vec<String>) -> Option<Text> {
    let leads_back = |origin: &str| leads_to(timeline, origin, &[&kept.id, &gone.id]);
    let mut own = kept.origin.clone();
    if let Some(origin) = own.take_if(|origin| leads_to(timeline, origin, &[&gone.id]))
        && origin != gone.id
    {
        differing.push(format!("derivative \"{origin}\""));
    }
    let Some(other) = gone.origin.as_ref().filter(|origin| **origin != kept.id) else { return own };
    match &own {
        None if !leads_back(other) => own = Some(other.clone()),
        Some(own) if own == other => {}
        _ => differing.push(format!("origin \"{other}\"")),
    }
    own
}

/// A text below another, unless it is there already.
fn joined(own: Option<&Text>, other: Option<&Text>) -> Option<Text> {
    match (own, other) {
        (Some(own), Some(other)) if !own.contains(other.as_str()) => Some(format!("{own}\n\n{other}").into()),
        (own, other) => own.or(other).cloned(),
    }
}

/// The captures of both. Of a file that both keep, the kept source's last entry stays the last.
fn captures(kept: &Source, gone: &Source) -> Vec<Capture> {
    let is_new = |capture: &&Capture| !kept.captures.contains(capture);
    let is_shared = |capture: &&Capture| kept.captures.iter().any(|own| own.file == capture.file);
    let new = || gone.captures.iter().filter(is_new);
    new().filter(is_shared).chain(&kept.captures).chain(new().filter(|capture| !is_shared(capture))).cloned().collect()
}

/// Whether a chain of origins passes one of these sources.
fn leads_to(timeline: &Timeline, from: &str, goals: &[&str]) -> bool {
    let mut at = from;
    for _ in 0..=timeline.sources().len() {
        if goals.contains(&at) {
            return true;
        }
        match timeline.source(at).and_then(|source| source.origin.as_deref()) {
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::model::{Citation, Hash, HashAlgorithm, Header, Reliability};
    use crate::time::Date;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn capture(file: &str, value: &str) -> Capture {
        Capture {
            file: file.into(),
            hash: Hash { algorithm: HashAlgorithm::Sha256, value: value.into() },
            captured: None,
            by: None,
            alters: None,
            note: None,
        }
    }

    fn timeline(sources: Vec<Source>, citations: &[&[&str]]) -> Timeline {
        let events = citations
            .iter()
            .enumerate()
            .map(|(at, citations)| {
                let mut event = Event::new(format!("e{at}"), "E", date("2024"));
                event.citations = citations.iter().map(|source| Citation::new(*source)).collect();
                event
            })
            .collect();
        Timeline::from_records(Header::new("t"), vec![], sources, events, vec![], vec![])
    }

    fn merge(timeline: &Timeline, keep: &str, remove: &str) -> Timeline {
        let mut merged = timeline.clone();
        let inverse = apply(&mut merged, &merge_sources(timeline, keep, remove).unwrap()).unwrap();
        let mut back = merged.clone();
        apply(&mut back, &inverse).unwrap();
        assert_eq!(back, *timeline, "the merge can be undone");
        merged
    }

    #[test]
    fn citations_and_origins_move_and_copies_fold() {
        let sources = vec![
            Source::new("a", "A"),
            Source::new("b", "A"),
            Source { origin: Some("b".into()), ..Source::new("c", "C") },
        ];
        let merged = merge(&timeline(sources, &[&["a", "b"], &["b", "c"], &["c"]]), "a", "b");
        let cited: Vec<Vec<&str>> =
            merged.events().iter().map(|event| event.citations.iter().map(|c| &*c.source).collect()).collect();
        assert_eq!(cited, [vec!["a"], vec!["a", "c"], vec!["c"]]);
        assert_eq!(merged.source("c").unwrap().origin.as_deref(), Some("a"));
        assert!(merged.source("b").is_none());
        assert_eq!(merged.source("a").unwrap().note, None);
    }

    #[test]
    fn empty_fields_are_filled_and_differing_ones_are_told() {
        let kept = Source {
            publisher: Some("Interfax".into()),
            url: Some("https://example.org/1".into()),
            note: Some("Seen twice.".into()),
            captures: [capture("x", "1"), capture("z", "3")].into_iter().collect(),
            ..Source::new("a", "Vote")
        };
        let gone = Source {
            publisher: Some("TASS".into()),
            url: Some("http://www.example.org/1/?utm_source=x".into()),
            published: Some(date("2024-10-24")),
            kind: SourceKind::Web,
            note: Some("In Russian.".into()),
            captures: [capture("x", "0"), capture("y", "2"), capture("z", "3")].into_iter().collect(),
            ..Source::new("b", "Vote ")
        };
        let merged = merge(&timeline(vec![kept, gone], &[]), "a", "b");
        let source = merged.source("a").unwrap();
        assert_eq!(source.published, Some(date("2024-10-24")));
        assert_eq!(source.kind, SourceKind::Web);
        assert_eq!(source.publisher.as_deref(), Some("Interfax"));
        let note = "Seen twice.\n\nIn Russian.\n\nMerged with source \"b\", which had: publisher TASS.";
        assert_eq!(source.note.as_deref(), Some(note));
        let files: Vec<(&str, &str)> = source.captures.iter().map(|c| (&*c.file, &*c.hash.value)).collect();
        assert_eq!(files, [("x", "0"), ("x", "1"), ("z", "3"), ("y", "2")]);
    }

    #[test]
    fn a_moved_citation_keeps_the_grade_it_had() {
        let graded = |id, grade| Source { reliability: grade, ..Source::new(id, "S") };
        let cases = [
            (Some(Reliability::B), Some(Reliability::D), Some(Reliability::D)),
            (None, Some(Reliability::D), None),
            (Some(Reliability::B), None, None),
            (Some(Reliability::B), Some(Reliability::B), None),
        ];
        for (kept, gone, own) in cases {
            let merged = merge(&timeline(vec![graded("a", kept), graded("b", gone)], &[&["b"]]), "a", "b");
            assert_eq!(merged.events().iter().next().unwrap().citations[0].reliability, own, "{kept:?} {gone:?}");
            assert_eq!(merged.source("a").unwrap().reliability, kept.or(gone));
        }
    }

    #[test]
    fn no_merge_closes_a_loop_of_origins() {
        let source = |id: &str, origin: &str| Source {
            origin: (!origin.is_empty()).then(|| origin.into()),
            ..Source::new(id, id)
        };
        type Case<'a> = (&'a [(&'a str, &'a str)], Option<&'a str>);
        let cases: [Case<'_>; 6] = [
            (&[("a", "x"), ("x", "b"), ("b", "")], None),
            (&[("a", "b"), ("b", "")], None),
            (&[("a", ""), ("b", "a")], None),
            (&[("a", "b"), ("b", "c"), ("c", "")], Some("c")),
            (&[("a", ""), ("b", "c"), ("c", "a")], None),
            (&[("a", ""), ("b", "c"), ("c", "c")], Some("c")),
        ];
        for (sources, origin) in cases {
            let sources: Vec<Source> = sources.iter().map(|(id, origin)| source(id, origin)).collect();
            let merged = merge(&timeline(sources.clone(), &[]), "a", "b");
            assert_eq!(merged.source("a").unwrap().origin.as_deref(), origin, "{sources:?}");
        }
    }

    #[test]
    fn what_cannot_be_merged_is_refused() {
        let timeline = timeline(vec![Source::new("a", "A")], &[]);
        let missing = EditError::Missing(Key::Source("b".into()));
        assert_eq!(merge_sources(&timeline, "a", "b"), Err(missing.clone()));
        assert_eq!(merge_sources(&timeline, "b", "a"), Err(missing));
        assert_eq!(merge_sources(&timeline, "a", "a"), Err(EditError::Same(Key::Source("a".into()))));
    }
}
