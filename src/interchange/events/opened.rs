//! A chronology that is open: all is known of it but its records, which are handed over part by part.
//!
//! The records of a table whose rows stand in lines of a text are made while they are handed over, and again in every pass, so that
//! never all of them are in memory. Workbooks and whole documents are held by the libraries that read them; records of those, and of
//! named formats, are made at once and handed over from there.

use super::chronology::{Chronology, Part, Record, Rejected};
use super::tables::Rows;

/// Records that are handed over at once.
const AT_ONCE: usize = 1024;

/// A chronology without its records, and where these come from.
#[derive(Debug)]
pub struct Opened<'a> {
    /// What is known before the first record. Problems of rows come with these.
    pub chronology: Chronology,
    records: Records<'a>,
}

#[derive(Debug)]
enum Records<'a> {
    Held { records: Vec<Record>, rejected: Vec<Rejected> },
    Rows(Box<Rows<'a>>),
}

impl From<Chronology> for Opened<'_> {
    fn from(mut chronology: Chronology) -> Self {
        let (records, rejected) = (std::mem::take(&mut chronology.records), std::mem::take(&mut chronology.rejected));
        Self { chronology, records: Records::Held { records, rejected } }
    }
}

impl<'a> Opened<'a> {
    /// A table, whose rows become records once they are asked for; none where a question must be answered first.
    pub(super) fn table(chronology: Chronology, rows: Option<Rows<'a>>) -> Self {
        match rows {
            Some(rows) => Self { chronology, records: Records::Rows(Box::new(rows)) },
            None => chronology.into(),
        }
    }

    /// About how many records there are.
    pub fn len(&self) -> usize {
        match &self.records {
            Records::Held { records, .. } => records.len(),
            Records::Rows(rows) => rows.count(),
        }
    }

    /// Whether there are none for certain.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether records may have links to others.
    pub fn may_have_links(&self) -> bool {
        match &self.records {
            Records::Held { records, .. } => records.iter().any(|record| !record.event.links.is_empty()),
            Records::Rows(rows) => rows.may_have_links(),
        }
    }

    /// Shows every record, before they are handed over.
    pub fn look(&self, look: &mut dyn FnMut(&Record)) {
        match &self.records {
            Records::Held { records, .. } => records.iter().for_each(look),
            Records::Rows(rows) => drop(rows.each(&|_| true, &mut |part| {
                part.records.iter().for_each(&mut *look);
                true
            })),
        }
    }

    /// Hands over the records part by part, until `take` says that it is enough, or `progress`, which is told the share that was read,
    /// that nobody waits. What is told of rows goes to the problems of the chronology.
    pub fn each(&mut self, progress: &dyn Fn(f64) -> bool, take: &mut dyn FnMut(Part) -> bool) {
        match &mut self.records {
            Records::Held { records, rejected } => {
                let mut records = std::mem::take(records).into_iter();
                let mut rejected = std::mem::take(rejected);
                loop {
                    let part = Part {
                        records: records.by_ref().take(AT_ONCE).collect(),
                        rejected: std::mem::take(&mut rejected),
                    };
                    if part == Part::default() || !take(part) {
                        return;
                    }
                }
            }
            Records::Rows(rows) => {
                let problems = rows.each(progress, take);
                self.chronology.problems.extend(problems);
            }
        }
    }

    /// All of it with its records. Ends early where `progress` says that nobody waits.
    pub fn whole(mut self, progress: &dyn Fn(f64) -> bool) -> Chronology {
        let (mut records, mut rejected) = (Vec::with_capacity(self.len()), Vec::new());
        self.each(progress, &mut |mut part| {
            records.append(&mut part.records);
            rejected.append(&mut part.rejected);
            true
        });
        Chronology { records, rejected, ..self.chronology }
    }
}
