//! What the form of an import holds, and what a reading of the file gave.

use std::sync::Arc;

use crate::index::Index;
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Rejected, Words};
use crate::interchange::events::question::Answer;
use crate::interchange::events::{Answers, Format, Mapping, Question};
use crate::model::Timeline;
use crate::query::Matches;
use crate::scene::Scene;
use crate::theme::ThemeName;
use crate::time::Instant;

/// The form, as long as it is open.
pub struct EventsForm {
    /// The name of the file.
    pub name: String,
    /// Whether Annalist wrote the file.
    pub is_own: bool,
    /// The format it is read as; none where it is read as a file of Annalist's own.
    pub format: Option<&'static Format>,
    /// What each column becomes; no columns where the file is no table, or has not been read.
    pub mapping: Mapping,
    /// What was answered.
    pub answers: Answers,
    /// Whether the columns were taken over from an earlier import.
    pub is_known: bool,
    /// What the last reading gave.
    pub read: Option<EventsRead>,
    /// Whether the file is being read: what is shown may be that of an earlier reading.
    pub is_reading: bool,
    /// Whether what was read is being brought in.
    pub is_importing: bool,
    /// How much of it has been read, from 0 to 1; 0 where that is not known.
    pub share: f32,
    /// The questions, each with the place of the answer that holds; none where it is open.
    pub(super) questions: Vec<(Question, Option<usize>)>,
    /// Texts of fields that are not committed yet.
    pub(super) zone: String,
    pub(super) nulls: String,
    /// Height of what stands below the table in the last frame, in points.
    pub(super) below_pt: f32,
    /// The track as it was drawn last.
    pub(super) drawn: Option<Drawn>,
    /// How far the track is scrolled down, in points.
    pub(super) scroll_pt: f64,
    /// The size of the form in the last frame, in points.
    pub(super) size_pt: egui::Vec2,
    /// Counts readings: the picture of one is not that of another.
    pub(super) readings: u64,
}

/// What a reading gave, as it is shown.
#[derive(Default)]
pub struct EventsRead {
    /// What the file is: "A table that Annalist wrote: 25 events, 14 sources".
    pub about: String,
    /// The first rows of a table, each with its place.
    pub rows: Vec<(String, Vec<String>)>,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// The words that stand in columns for standing and weight.
    pub words: Words,
    /// The first of the events that come in or change: the date as it will be shown, the title, the lane.
    pub events: Vec<[String; 3]>,
    /// How many more there are.
    pub more: usize,
    /// How many events come in, and what else comes of it.
    pub summary: String,
    /// How many records are new or changed.
    pub changes: usize,
    /// What changes in records that are there already, a line each.
    pub changed: Vec<String>,
    /// What changed in the file and here, and stays as it is here.
    pub conflicts: Vec<String>,
    /// What could not be taken, or not as it stood.
    pub problems: Vec<Problem>,
    /// The rows of these as they stand, with the name of the file.
    pub rejected: Arc<(String, Vec<Rejected>)>,
    /// The track as it would be.
    pub track: Option<TrackPreview>,
}

/// The timeline as it would be, to be drawn.
pub struct TrackPreview {
    /// The timeline with what comes in.
    pub timeline: Arc<Timeline>,
    /// What is derived from it.
    pub index: Index,
    /// The events that are new or changed.
    pub imported: Matches,
    /// The stretch of time in which these lie; none where all of them are undated.
    pub extent: Option<(Instant, Instant)>,
}

/// A picture of the track.
pub(super) struct Drawn {
    /// What it follows from.
    pub key: DrawnKey,
    /// The picture.
    pub scene: Scene,
    /// How high all of it is, in points.
    pub content_pt: f64,
}

/// What a picture of the track follows from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DrawnKey {
    pub reading: u64,
    pub size_pt: [u32; 2],
    pub theme: ThemeName,
    pub scroll_pt: u32,
}

/// What the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventsAnswer {
    /// To see what comes of the changed answers.
    Read,
    /// To bring the events in.
    Import,
    /// To write the rows that are not taken into a file.
    SaveRejected,
    /// Nothing.
    Cancel,
}

impl EventsForm {
    /// A form for a file that has not been read, to be read as `format` says.
    pub fn new(name: String, is_own: bool, format: Option<&'static Format>, mut mapping: Mapping) -> Self {
        // What was answered before can be taken back here.
        let answers = std::mem::take(&mut mapping.answers);
        Self {
            name,
            is_own,
            format,
            is_known: !mapping.columns.is_empty(),
            zone: answers.zone.clone().unwrap_or_default(),
            nulls: mapping.nulls.as_ref().map(|nulls| nulls.join(", ")).unwrap_or_default(),
            mapping,
            answers,
            read: None,
            is_reading: false,
            is_importing: false,
            share: 0.0,
            questions: Vec::new(),
            below_pt: 96.0,
            drawn: None,
            scroll_pt: 0.0,
            size_pt: egui::Vec2::ZERO,
            readings: 0,
        }
    }

    /// Takes up what a reading gave: its questions stand beside those that were answered.
    pub fn take_up(&mut self, read: EventsRead, questions: Vec<Question>, mapping: Option<Mapping>, is_known: bool) {
        self.is_reading = false;
        self.is_known |= is_known;
        self.readings += 1;
        if let Some(mapping) = mapping {
            if is_known {
                self.answers = mapping.answers.clone().overridden_by(&self.answers);
                self.mapping = Mapping { answers: Answers::default(), ..mapping };
            } else {
                self.mapping.columns = mapping.columns;
                self.mapping.standings = mapping.standings;
                self.mapping.weights = mapping.weights;
            }
        }
        // An answered question is not asked again, and can still be answered otherwise.
        let is_asked = |known: &Question| {
            questions.iter().any(|question| question.code == known.code && question.column == known.column)
        };
        self.questions.retain(|(known, answered)| answered.is_some() && !is_asked(known));
        let asked = questions.into_iter().map(|question| {
            let taken = (!question.is_open).then_some(0);
            (question, taken)
        });
        self.questions.extend(asked);
        self.read = Some(read);
    }

    /// Reads the file in another format from now on: what was said of columns does not hold for it.
    pub fn set_format(&mut self, format: Option<&'static Format>) {
        self.format = format;
        self.mapping = Mapping::default();
        self.is_known = false;
        self.questions.clear();
        self.read = None;
    }

    /// Whether somebody works on it at present.
    pub(super) const fn is_busy(&self) -> bool {
        self.is_reading || self.is_importing
    }

    /// Whether a question must be answered first.
    pub(super) fn is_open(&self) -> bool {
        self.questions.iter().any(|(_, answer)| answer.is_none())
    }

    /// Why nothing can be brought in now.
    pub(super) fn hindrance(&self) -> Option<&'static str> {
        let changes = self.read.as_ref().map_or(0, |read| read.changes);
        if self.is_importing {
            Some("The events are being brought in")
        } else if self.is_reading {
            Some("The file is still being read")
        } else if self.is_open() {
            Some("Answer the questions first")
        } else if changes == 0 {
            Some("Nothing new would come in")
        } else {
            None
        }
    }

    /// Brings what questions show in line with what holds: it can be said in other places too.
    pub(super) fn settle_answers(&mut self) {
        let mut questions = std::mem::take(&mut self.questions);
        for (question, taken) in &mut questions {
            if let Some(place) = question.choices.iter().position(|choice| self.holds(&choice.answer)) {
                *taken = Some(place);
            }
        }
        self.questions = questions;
    }

    /// Whether this was answered.
    fn holds(&self, answer: &Answer) -> bool {
        let answers = &self.answers;
        match answer {
            Answer::Order(order) => answers.order == Some(*order),
            Answer::ShortYears(first) => answers.short_years == Some(*first),
            Answer::Zone(zone) => answers.zone.as_deref().unwrap_or_default() == zone,
            Answer::Ranges(ranges) => answers.ranges == Some(*ranges),
            Answer::Padded(name, padded) => {
                let column = self.mapping.columns.iter().find(|column| Some(&column.name) == name.as_ref());
                column.map_or(&answers.padded, |column| &column.padded) == padded
            }
            Answer::Serials(serials) => answers.serials == Some(*serials),
            Answer::Mend(mend) => answers.mend == Some(*mend),
        }
    }

    pub(super) fn answer(&mut self, answer: Answer) {
        match answer {
            Answer::Padded(Some(name), padded) => {
                if let Some(column) = self.mapping.columns.iter_mut().find(|column| column.name == name) {
                    column.padded = padded;
                } else {
                    self.answers.padded = padded;
                }
            }
            // That a zone is not known is no zone.
            Answer::Zone(zone) if zone.is_empty() => self.answers.zone = None,
            answer => self.answers.put(answer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::events::question::{Choice, DayOrder};

    fn question(code: &'static str, is_open: bool) -> Question {
        let choices = vec![
            Choice::new("Day first", "", Answer::Order(DayOrder::DayFirst)),
            Choice::new("Month first", "", Answer::Order(DayOrder::MonthFirst)),
        ];
        Question { code, column: None, text: "?".to_owned(), choices, is_open }
    }

    #[test]
    fn an_answered_question_stays_to_be_answered_otherwise() {
        let mut form = EventsForm::new("x.csv".to_owned(), false, Format::named("csv"), Mapping::default());
        let asked = vec![question("date-order", true), question("ranges", false)];
        form.take_up(EventsRead::default(), asked, None, false);
        assert!(form.is_open());
        form.questions[0].1 = Some(1);
        form.answer(Answer::Order(DayOrder::MonthFirst));
        assert_eq!((form.is_open(), form.answers.order), (false, Some(DayOrder::MonthFirst)));
        form.take_up(EventsRead::default(), vec![question("ranges", false)], None, false);
        let codes: Vec<&str> = form.questions.iter().map(|(question, _)| question.code).collect();
        assert_eq!(codes, ["date-order", "ranges"]);
    }
}
