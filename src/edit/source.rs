//! Taking a source out of a timeline together with what points to it.

use super::Edit;
use crate::model::{Key, Timeline};

/// The edit that removes a source, every citation of it, and passes its origin on to the sources that derive from it: what
/// came through it comes from there. None where there is no such source.
pub fn remove_source(timeline: &Timeline, id: &str) -> Option<Edit> {
    let origin = timeline.source(id)?.origin.clone().filter(|origin| **origin != *id);
    let mut edits = Vec::new();
    for event in timeline.events().iter().filter(|event| event.citations.iter().any(|citation| &*citation.source == id))
    {
        let mut event = event.clone();
        event.citations.retain(|citation| &*citation.source != id);
        edits.push(Edit::put_event(event));
    }
    for source in timeline.sources().iter().filter(|source| source.id != *id && source.origin.as_deref() == Some(id)) {
        let mut source = source.clone();
        source.origin = origin.clone().filter(|origin| *origin != source.id);
        edits.push(Edit::put_source(source));
    }
    edits.push(Edit::Remove(Key::Source(id.into())));
    Some(Edit::Batch(edits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::model::{Citation, Event, Source};
    use crate::time::Date;

    fn timeline() -> Timeline {
        let derived = |id: &str, from: &str| {
            let mut source = Source::new(id, id);
            source.origin = Some(from.into());
            source
        };
        let mut event = Event::new("e", "Event", Date::parse("2024").expect("a date"));
        event.citations.extend(["a", "b", "a"].map(Citation::new));
        Timeline::from_records(
            Timeline::empty("t").header().clone(),
            Vec::new(),
            vec![Source::new("root", "root"), derived("a", "root"), derived("b", "a"), derived("root-2", "a")],
            vec![event],
            Vec::new(),
            Vec::new(),
        )
    }

    #[test]
    fn a_removed_source_takes_its_citations_along_and_passes_its_origin_on() {
        let before = timeline();
        let mut after = before.clone();
        let inverse = apply(&mut after, &remove_source(&before, "a").unwrap()).unwrap();
        let cited: Vec<_> = after.event("e").unwrap().citations.iter().map(|c| c.source.to_string()).collect();
        assert_eq!(cited, ["b"]);
        assert!(after.source("a").is_none());
        for id in ["b", "root-2"] {
            assert_eq!(after.source(id).unwrap().origin.as_deref(), Some("root"), "{id}");
        }
        apply(&mut after, &inverse).unwrap();
        assert_eq!(after, before);
        assert_eq!(remove_source(&before, "nobody"), None);
    }

    #[test]
    fn no_source_becomes_its_own_origin() {
        let mut timeline = timeline();
        let mut root = timeline.source("root").unwrap().clone();
        root.origin = Some("b".into());
        apply(&mut timeline, &Edit::put_source(root)).unwrap();
        // root ← a ← b ← root is a loop; without a it is root ← b ← root, and without b too, root has none.
        let edit = remove_source(&timeline, "a").unwrap();
        apply(&mut timeline, &edit).unwrap();
        let edit = remove_source(&timeline, "b").unwrap();
        apply(&mut timeline, &edit).unwrap();
        assert_eq!(timeline.source("root").unwrap().origin, None);
    }
}
