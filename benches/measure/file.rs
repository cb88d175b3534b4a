//! Files of a plan, for benchmarks: as the program lays them out, without ever holding the whole in memory.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use annalist::model::Timeline;
use annalist::store::to_ron;
use rayon::prelude::*;

use super::data::Plan;

/// Events that are laid out at once.
const CHUNK: usize = 2_000;

/// Writes the events of a plan as the program lays them out.
pub fn make(plan: &Plan, folder: &Path) -> io::Result<PathBuf> {
    let path = folder.join("made.ron");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
    let of = |sources, lanes, events| Timeline::from_records(plan.header(), lanes, sources, events, vec![], vec![]);
    let frame = to_ron(&of(plan.sources(), plan.lanes(), vec![]));
    let (before, after) = frame.split_once("    events: [],\n").ok_or_else(|| io::Error::other("no list of events"))?;
    writeln!(out, "{before}    events: [")?;
    let starts: Vec<usize> = (0..plan.events).step_by(CHUNK).collect();
    for batch in starts.chunks(16) {
        let text = |&from: &usize| {
            let events = (from..(from + CHUNK).min(plan.events)).map(|at| plan.event(at)).collect();
            let text = to_ron(&of(vec![], vec![], events));
            let start = text.find("    events: [\n").map(|at| at + "    events: [\n".len());
            let end = text.rfind("    ],\n");
            start.zip(end).and_then(|(start, end)| text.get(start..end)).unwrap_or_default().to_owned()
        };
        for text in batch.par_iter().map(text).collect::<Vec<String>>() {
            out.write_all(text.as_bytes())?;
        }
    }
    write!(out, "    ],\n{after}")?;
    out.into_inner()?.sync_all()?;
    Ok(path)
}
