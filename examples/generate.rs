//! Writes a timeline of any size, laid out as Annalist writes its files.
//!
//! ```text
//! cargo run --release --example generate -- --events 1000000 --shape bursty --seed 7 -o big.ron
//! ```

#[path = "../benches/data/mod.rs"]
mod data;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use annalist::model::{Header, Timeline};
use annalist::store::to_ron;
use anyhow::Context;
use clap::Parser;
use rayon::prelude::*;

use self::data::{Plan, Shape};

/// Events that are laid out at once: one task of a thread.
const CHUNK: usize = 2_000;
/// Chunks that are held in memory together.
const BATCH: usize = 32;

/// Writes an invented timeline for measuring. The same arguments give the same file.
#[derive(Debug, Parser)]
struct Arguments {
    /// Number of events
    #[arg(long, default_value_t = 1_000_000)]
    events: usize,
    /// How they lie in time: uniform, heavy, bursty or eras
    #[arg(long, default_value = "bursty", value_parser = shape)]
    shape: Shape,
    /// Another seed gives another timeline
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of lanes
    #[arg(long, default_value_t = 8)]
    lanes: usize,
    /// The file to write
    #[arg(short, long)]
    output: PathBuf,
}

fn shape(name: &str) -> Result<Shape, String> {
    let names = Shape::ALL.map(Shape::name).join(", ");
    Shape::parse(name).ok_or_else(|| format!("it must be one of {names}"))
}

fn main() -> anyhow::Result<()> {
    let Arguments { events, shape, seed, lanes, output } = Arguments::parse();
    let plan = Plan { lanes: lanes.max(1), ..Plan::new(events, shape, seed) };
    let file = File::create(&output).with_context(|| format!("cannot write {}", output.display()))?;
    let mut file = BufWriter::with_capacity(1 << 20, file);
    write(&plan, &mut file).and_then(|()| file.flush()).with_context(|| format!("cannot write {}", output.display()))
}

/// The text of a plan, chunk by chunk: never the whole of it in memory.
fn write(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let empty = Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), vec![], vec![], vec![]);
    let frame = to_ron(&empty);
    let (before, after) =
        frame.split_once("    events: [],\n").ok_or_else(|| io::Error::other("no events in a file"))?;
    out.write_all(before.as_bytes())?;
    out.write_all(if plan.events == 0 { b"    events: [" } else { b"    events: [\n" })?;
    let starts: Vec<usize> = (0..plan.events).step_by(CHUNK).collect();
    for batch in starts.chunks(BATCH) {
        let texts: Vec<Option<String>> = batch.par_iter().map(|from| chunk(plan, *from)).collect();
        for text in texts {
            out.write_all(text.ok_or_else(|| io::Error::other("a chunk without events"))?.as_bytes())?;
        }
    }
    out.write_all(if plan.events == 0 { b"],\n" } else { b"    ],\n" })?;
    out.write_all(after.as_bytes())
}

/// The lines of some events.
fn chunk(plan: &Plan, from: usize) -> Option<String> {
    let events = (from..(from + CHUNK).min(plan.events)).map(|at| plan.event(at)).collect();
    let text = to_ron(&Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
    let (_, list) = text.split_once("    events: [\n")?;
    list.strip_suffix("    ],\n)\n").map(str::to_owned)
}
