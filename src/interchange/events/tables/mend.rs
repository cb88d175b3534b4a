//! Text that was decoded twice: found, offered to be mended, and mended where that was answered.

use std::borrow::Cow;

use super::grid::{Cells, Table};
use super::text::{is_decoded_twice, mended};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::question::{Answer, Choice, Question};

/// Lines, or rows of cells, that have text which was decoded twice: the first of them, and how many there are.
#[derive(Debug, Default)]
pub struct Twice {
    first: Option<(usize, String)>,
    number: usize,
}

impl Twice {
    /// Looks at the texts of a line.
    pub fn look<'t>(&mut self, line: usize, texts: impl IntoIterator<Item = &'t str>) {
        let Some(found) = texts.into_iter().find(|text| is_decoded_twice(text)) else { return };
        self.number += 1;
        self.first.get_or_insert_with(|| (line, found.to_owned()));
    }

    /// Offers to mend them, and says whether that was answered.
    pub fn offer(&self, mend: Option<bool>, problems: &mut Vec<Problem>, questions: &mut Vec<Question>) -> bool {
        let Some((line, first)) = &self.first else { return false };
        tell(self.number, *line, first, mend, problems, questions);
        mend == Some(true)
    }
}

/// Offers to mend a text, and does where that was answered.
pub fn mend_text(
    text: &mut Cow<'_, str>,
    mend: Option<bool>,
    problems: &mut Vec<Problem>,
    questions: &mut Vec<Question>,
) {
    let mut twice = Twice::default();
    if !text.is_ascii() {
        text.lines().enumerate().for_each(|(at, line)| twice.look(at + 1, [line]));
    }
    if twice.offer(mend, problems, questions) {
        let mut once = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            once.push_str(mended(line).as_deref().unwrap_or(line));
        }
        *text = once.into();
    }
}

/// As [`mend_text`], for the cells of a table.
pub fn mend_rows(table: &mut Table<'_>, mend: Option<bool>, questions: &mut Vec<Question>) {
    let mut twice = Twice::default();
    table.each(|row, _| {
        twice.look(row.number, (0..row.len()).map(|column| row.get(column)));
        true
    });
    let mends = twice.offer(mend, &mut table.problems, questions);
    if let Cells::Grid { rows, .. } = &mut table.cells
        && mends
    {
        *rows = rows.map(mended);
    }
}

/// Mends the cells of a row.
pub fn mend_cells(cells: &mut [String]) {
    for cell in cells {
        if let Some(once) = mended(cell) {
            *cell = once;
        }
    }
}

fn tell(
    number: usize,
    line: usize,
    first: &str,
    mend: Option<bool>,
    problems: &mut Vec<Problem>,
    questions: &mut Vec<Question>,
) {
    let lines = if number == 1 { "1 line has".to_owned() } else { format!("{number} lines have") };
    let (before, after) = (shown(first), mended(first).map(|once| shown(&once)).unwrap_or_default());
    if mend == Some(true) {
        let message = format!("{lines} had text that was decoded twice; it was mended: \"{before}\" is \"{after}\"");
        problems.push(Problem::new(
            Severity::Info,
            "mended",
            line,
            message.replacen(" have had", " had", 1).replacen(" has had", " had", 1),
        ));
        return;
    }
    let message = format!("{lines} text that was decoded twice: \"{before}\" may be \"{after}\"");
    problems.push(Problem::new(Severity::Warning, "decoded-twice", line, message.clone()));
    if mend.is_none() {
        questions.push(Question {
            code: "mend",
            column: None,
            text: format!("{message}. Shall it be mended?"),
            choices: vec![
                Choice::new("No: it stays as it is", "", Answer::Mend(false)),
                Choice::new("Yes", "--mend", Answer::Mend(true)),
            ],
            is_open: false,
        });
    }
}

/// The words around the first letter that looks wrong.
fn shown(text: &str) -> String {
    let start = text.chars().position(|c| !c.is_ascii()).unwrap_or(0).saturating_sub(12);
    text.chars().skip(start).take(40).collect::<String>().trim().to_owned()
}
