//! Days counted from another.

use crate::time::{CivilDay, DateError};

/// The day so many days after another; an error where it can no longer be counted or written.
pub(super) fn days_after(day: CivilDay, days: i64, at: usize) -> Result<CivilDay, DateError> {
    let number = day.number().checked_add(days);
    // Beyond this no day can be counted and written again.
    let number = number.filter(|number| number.unsigned_abs() < u64::MAX / 1000);
    number.map(CivilDay::from_number).ok_or_else(|| DateError::at(at, "this is beyond what can be written", None))
}

/// Monday to Sunday.
pub(super) fn week_holding(day: CivilDay, at: usize) -> Result<(CivilDay, CivilDay), DateError> {
    let monday = days_after(day, 1 - i64::from(day.weekday()), at)?;
    Ok((monday, days_after(monday, 6, at)?))
}
