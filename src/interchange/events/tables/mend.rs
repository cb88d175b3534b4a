//! Text that was decoded twice: found, offered to be mended, and mended where that was answered.

use super::grid::{Cells, Table};
use super::text::{is_decoded_twice, mended};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::question::{Answer, Choice, Question};

/// Offers to mend a text, and does where that was answered.
pub fn mend_text(text: &mut String, mend: Option<bool>, problems: &mut Vec<Problem>, questions: &mut Vec<Question>) {
    let mut found = text.lines().enumerate().filter(|(_, line)| is_decoded_twice(line));
    let Some((at, first)) = found.next().map(|(at, line)| (at + 1, line.to_owned())) else { return };
    let number = 1 + found.count();
    if mend == Some(true) {
        let lines: Vec<String> = text.split('\n').map(|line| mended(line).unwrap_or_else(|| line.to_owned())).collect();
        *text = lines.join("\n");
    }
    tell(number, at, &first, mend, problems, questions);
}

/// As [`mend_text`], for the cells of a table.
pub fn mend_rows(table: &mut Table, mend: Option<bool>, questions: &mut Vec<Question>) {
    let Cells::Grid(rows) = &mut table.cells else { return };
    let is_found = |(_, cells): &&(usize, Vec<String>)| cells.iter().any(|cell| is_decoded_twice(cell));
    let mut found = rows.iter().filter(is_found);
    let Some((at, cells)) = found.next() else { return };
    let first = cells.iter().find(|cell| is_decoded_twice(cell)).cloned().unwrap_or_default();
    let (at, number) = (*at, 1 + found.count());
    if mend == Some(true) {
        for cell in rows.iter_mut().flat_map(|(_, cells)| cells) {
            if let Some(once) = mended(cell) {
                *cell = once;
            }
        }
    }
    tell(number, at, &first, mend, &mut table.problems, questions);
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
