//! What can be done with a band: how it comes to stand elsewhere, to be one line high, or not to be shown.

use super::Command;
use crate::index::Index;
use crate::model::{Arrangement, Text};

/// The arrangement after a command on a band, by its position; none where it changes nothing.
pub fn arranged_by(command: Command, index: &Index, band: usize, before: &Arrangement) -> Option<Arrangement> {
    let title = &index.bands().get(band)?.title;
    let mut after = before.clone();
    match command {
        Command::MoveBandUp => after.first = moved(index, band, band.checked_sub(1)?)?,
        Command::MoveBandDown => after.first = moved(index, band, band + 1)?,
        Command::CollapseBand => after.toggle_collapsed(title),
        // The last one stays: an empty track would leave nothing to point at.
        Command::HideBand if index.bands().len() > 1 => after.toggle_hidden(title),
        _ => return None,
    }
    Some(after)
}

/// The titles of all bands from the top, one of them at another position; those that are not shown keep theirs behind them.
pub fn moved(index: &Index, band: usize, to: usize) -> Option<Vec<Text>> {
    let mut titles: Vec<Text> = index.bands().iter().map(|band| band.title.as_str().into()).collect();
    if band >= titles.len() || to >= titles.len() || band == to {
        return None;
    }
    let own = titles.remove(band);
    titles.insert(to, own);
    titles.extend(index.hidden().iter().map(|band| Text::from(band.title.as_str())));
    Some(titles)
}
