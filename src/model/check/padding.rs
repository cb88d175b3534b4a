//! Dates of a whole timeline that stand more often on the first of a month, on 1 January, on a fifteenth or at midnight than chance
//! has it: perhaps a program wrote them there for want of a day. No single date tells, so the timeline is asked.

use super::{About, Check, Report};
use crate::time::{Excess, Pad, Padding};

pub(super) fn check_padding(report: &mut Report<'_>) {
    if !report.wants(Check::DatesLookPadded) {
        return;
    }
    let mut padding = Padding::default();
    let dates = report.timeline.events().iter().filter_map(|event| event.date.as_ref());
    dates.for_each(|date| padding.count(date));
    let excesses = padding.excesses();
    let Some(worst) = excesses.iter().max_by(|a, b| a.share().total_cmp(&b.share())) else { return };
    let hint = match worst.what {
        Pad::Midnight => "where only the day is known, leave the time out: 2024-10-24",
        Pad::FirstOfMonth | Pad::Fifteenth => "where only the month is known, write the month: 2024-10",
        Pad::NewYear => "where only the year is known, write the year: 2024",
    };
    let figures: Vec<String> = excesses.iter().map(Excess::words).collect();
    report.tell(Check::DatesLookPadded, About::Timeline, &["events"], figures.join("; "), hint);
}
