//! Roots of chains of origins: which sources are one voice, worked out once for all sources of a timeline.
//!
//! `Timeline` keeps this table from the first question on and lets it go when a source changes, so that a chain of ten
//! thousand sources is walked once and not for each citation.

use std::collections::HashMap;

use imbl::Vector;

use super::Source;

/// The root of every source, by the position of the source.
#[derive(Debug, Clone, Default)]
pub(super) struct Origins(Vec<Root>);

/// Where the chain of origins of a source ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Root {
    /// At the source at this position: it has no origin, or it has the least id of the loop that the chain runs into.
    Source(usize),
    /// At the origin that the source at this position names and the timeline does not have.
    Missing(usize),
}

impl Origins {
    /// The roots of these sources.
    pub fn of(sources: &Vector<Source>) -> Self {
        let positions: HashMap<&str, usize> =
            sources.iter().enumerate().map(|(at, source)| (source.id.as_str(), at)).collect();
        let next: Vec<Option<Result<usize, ()>>> = sources
            .iter()
            .map(|source| source.origin.as_deref().map(|origin| positions.get(origin).copied().ok_or(())))
            .collect();
        let id = |at: usize| sources.get(at).map(|source| source.id.as_str());

        // Each walk follows a chain until it meets a source whose root is known, the end of the chain, or itself; then every
        // source on the way has that root. So each source is walked over once. `on_walk` holds where on the present walk a
        // source stands.
        let mut roots: Vec<Option<Root>> = vec![None; sources.len()];
        let mut on_walk: Vec<Option<usize>> = vec![None; sources.len()];
        for start in 0..sources.len() {
            let mut walk = Vec::new();
            let mut at = start;
            let root = loop {
                if let Some(root) = roots.get(at).copied().flatten() {
                    break root;
                }
                if let Some(entered) = on_walk.get(at).copied().flatten() {
                    let on_loop = walk.get(entered..).unwrap_or_default().iter().copied();
                    break Root::Source(on_loop.min_by_key(|&at| id(at)).unwrap_or(at));
                }
                if let Some(place) = on_walk.get_mut(at) {
                    *place = Some(walk.len());
                }
                walk.push(at);
                match next.get(at).copied().flatten() {
                    Some(Ok(origin)) => at = origin,
                    Some(Err(())) => break Root::Missing(at),
                    None => break Root::Source(at),
                }
            };
            for at in walk {
                if let (Some(known), Some(place)) = (roots.get_mut(at), on_walk.get_mut(at)) {
                    (*known, *place) = (Some(root), None);
                }
            }
        }
        Self(roots.into_iter().flatten().collect())
    }

    /// The id at the root of the source at a position.
    pub fn root<'t>(&self, sources: &'t Vector<Source>, at: usize) -> Option<&'t str> {
        match *self.0.get(at)? {
            Root::Source(at) => sources.get(at).map(|source| source.id.as_str()),
            Root::Missing(at) => sources.get(at)?.origin.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Header, Key, Record, Timeline, root_origin};

    /// The root found step by step, with everything met on the way remembered.
    fn walked<'t>(sources: &'t Vector<Source>, start: &'t str) -> &'t str {
        let origin = |id: &str| sources.iter().find(|source| source.id == id)?.origin.as_deref();
        let mut met = vec![start];
        while let Some(next) = met.last().and_then(|id| origin(id)) {
            if let Some(entered) = met.iter().position(|&id| id == next) {
                return met[entered..].iter().min().unwrap();
            }
            met.push(next);
        }
        met.last().unwrap()
    }

    fn sources(origins: &[usize]) -> Vec<Source> {
        let source = |(at, &origin): (usize, &usize)| Source {
            // Beyond the last source it names one that is not there; the largest number stands for none.
            origin: (origin < 14).then(|| format!("s{origin}").into()),
            ..Source::new(format!("s{at}"), "S")
        };
        origins.iter().enumerate().map(source).collect()
    }

    proptest! {
        #[test]
        fn roots_are_where_a_walk_ends(origins in prop::collection::vec(0..15usize, 0..12)) {
            let sources: Vector<Source> = sources(&origins).into();
            let table = Origins::of(&sources);
            for (at, source) in sources.iter().enumerate() {
                prop_assert_eq!(table.root(&sources, at), Some(walked(&sources, &source.id)));
            }
        }
    }

    #[test]
    fn a_change_of_a_source_changes_roots() {
        let mut timeline =
            Timeline::from_records(Header::new("t"), vec![], sources(&[1, 14, 14]), vec![], vec![], vec![]);
        assert_eq!(root_origin(&timeline, "s0"), "s1");
        let changed = Source { origin: Some("s2".into()), ..Source::new("s1", "S") };
        timeline.replace(&Key::Source("s1".into()), Record::Source(Box::new(changed))).unwrap();
        assert_eq!(root_origin(&timeline, "s0"), "s2");
        timeline.remove(&Key::Source("s2".into())).unwrap();
        assert_eq!(root_origin(&timeline, "s0"), "s2");
        timeline.remove(&Key::Source("s1".into())).unwrap();
        assert_eq!(root_origin(&timeline, "s0"), "s1");
        timeline.insert(0, Record::Source(Box::new(Source { origin: Some("x".into()), ..Source::new("s1", "S") })));
        assert_eq!(root_origin(&timeline, "s0"), "x");
    }
}
