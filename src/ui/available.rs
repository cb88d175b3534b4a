//! What stands in the way of a command now, and what it applies to. What commands are called and which keys they have is for
//! [`command`](super::command).

use super::command::Command;
use super::read_only::ReadOnly;
use crate::text::visible;

/// What decides whether a command can run now.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// Why the timeline cannot be edited or saved, where it cannot.
    pub read_only: Option<ReadOnly>,
    /// A file is being read.
    pub reading: bool,
    /// What is shown is part of that file, and changes when more of it has come.
    pub partial: bool,
    /// The timeline comes from a file on disk.
    pub on_disk: bool,
    /// An event is selected, or several are.
    pub selected: bool,
    /// Several events are selected.
    pub several: bool,
    /// Two events are selected.
    pub pair: bool,
    /// An event is selected that has a date.
    pub dated: bool,
    /// A source is selected.
    pub source_selected: bool,
    /// There is at least one source.
    pub any_source: bool,
    /// There is at least one event.
    pub any_event: bool,
    /// There is at least one problem.
    pub any_problem: bool,
    /// The last import left rows out, or did not take them as they stood.
    pub any_rejected: bool,
    /// Only what was known on a date is shown.
    pub known_on: bool,
    /// A question is asked.
    pub asks: bool,
    /// Another program has changed the file, which was taken in.
    pub changed_outside: bool,
    /// It was changed here and in the file, and that has not been brought together.
    pub diverged: bool,
    /// How many views are saved.
    pub views: usize,
    /// A saved view was opened that is still there.
    pub view_open: bool,
    /// Something else is shown than what that view holds.
    pub view_changed: bool,
    /// What undo would take back.
    pub undo: Option<&'a str>,
    /// What redo would do again.
    pub redo: Option<&'a str>,
}

impl Command {
    /// Its name with what it applies to: "Undo Move “Signing”".
    pub fn full_label(self, facts: &Facts<'_>) -> String {
        match (self, facts.undo, facts.redo) {
            (Self::EditEvent | Self::DuplicateEvent | Self::DeleteEvent, ..) if facts.several => {
                format!("{}s", self.label())
            }
            (Self::Undo, Some(step), _) | (Self::Redo, _, Some(step)) => {
                format!("{}: {}", self.label(), visible(step))
            }
            _ => self.label().to_owned(),
        }
    }

    /// Whether it changes the timeline or its file, without taking back a change.
    const fn writes(self) -> bool {
        matches!(
            self,
            Self::Save
                | Self::SaveAs
                | Self::AddEvent
                | Self::AddSource
                | Self::ImportEvents
                | Self::ImportFolder
                | Self::ImportSources
                | Self::CutEvents
                | Self::PasteEvents
                | Self::DuplicateEvent
                | Self::DateEvent
                | Self::RemoveDate
                | Self::MergeEvents
                | Self::DeleteEvent
                | Self::FixProblem
                | Self::CiteSource
                | Self::DeleteSource
                | Self::MergeSources
                | Self::AttachCapture
                | Self::SaveView
                | Self::LinkEvents
                | Self::OrderUp
                | Self::OrderDown
                | Self::AddLane
                | Self::AddEra
                | Self::UpdateView
        )
    }

    /// Why it cannot run now; none where it can.
    pub const fn unavailable(self, facts: &Facts<'_>) -> Option<&'static str> {
        match self {
            _ if facts.partial
                && (self.writes()
                    || matches!(self, Self::ExportSources | Self::Export | Self::Compare | Self::EarlierVersions)) =>
            {
                Some("The file is still being read")
            }
            Self::SaveRejected if !facts.any_rejected => Some("The last import took every row as it stands"),
            Self::CancelReading if !facts.reading => Some("No file is being read"),
            Self::SaveAs if matches!(facts.read_only, Some(reason) if reason.allows_save_as()) => None,
            _ if facts.read_only.is_some() && (self.writes() || matches!(self, Self::Undo | Self::Redo)) => {
                match facts.read_only {
                    Some(reason) => Some(reason.remedy()),
                    None => None,
                }
            }
            Self::TakeOver if !matches!(facts.read_only, Some(ReadOnly::Released)) => match facts.read_only {
                Some(ReadOnly::Held) => Some("The other window still has the file open"),
                _ => Some("No other window had the file open"),
            },
            Self::ClearSelection if facts.source_selected => None,
            Self::EditEvent
            | Self::CutEvents
            | Self::CopyEvents
            | Self::CopyTable
            | Self::DuplicateEvent
            | Self::DateEvent
            | Self::RemoveDate
            | Self::DeleteEvent
            | Self::CiteSource
            | Self::ZoomSelection
            | Self::MoveBandUp
            | Self::MoveBandDown
            | Self::CollapseBand
            | Self::HideBand
            | Self::ClearSelection
                if !facts.selected =>
            {
                Some("Select an event first")
            }
            Self::MergeEvents if !facts.several => Some("Select two events or more first"),
            Self::OrderUp | Self::OrderDown if facts.several => Some("Select one event alone first"),
            Self::OrderUp | Self::OrderDown if !facts.selected => Some("Select an event first"),
            Self::LinkEvents if !facts.pair => Some("Select two events first"),
            Self::RemoveDate if !facts.dated => Some("The event has no date"),
            Self::PreviousPublication | Self::NextPublication | Self::Replay if !facts.known_on => {
                Some("Switch on “As known on a date” first (K)")
            }
            Self::NextHit | Self::PreviousHit | Self::ZoomHits | Self::ClearQuestion if !facts.asks => {
                Some("Ask for something first (Ctrl+F)")
            }
            Self::DeleteSource | Self::AttachCapture if !facts.source_selected => Some("Select a source first"),
            Self::MergeSources | Self::ExportSources if !facts.any_source => Some("There are no sources yet"),
            Self::CheckCaptures if !facts.on_disk => Some("This timeline is not on disk yet"),
            Self::Reload | Self::EarlierVersions if !facts.on_disk => Some("This timeline is not on disk yet"),
            Self::MergeFile if !facts.diverged => Some("No other program has changed what was changed here"),
            Self::ShowChanges if !facts.changed_outside => Some("No other program has changed the file"),
            Self::FixProblem if !facts.any_problem => Some("There are no problems"),
            Self::UpdateView if !facts.view_open => Some("Show a saved view first"),
            Self::UpdateView if !facts.view_changed => Some("What is shown is what the view holds"),
            Self::ShowView1
            | Self::ShowView2
            | Self::ShowView3
            | Self::ShowView4
            | Self::ShowView5
            | Self::ShowView6
            | Self::ShowView7
            | Self::ShowView8
            | Self::ShowView9
                if !matches!(self.view_number(), Some(number) if number <= facts.views) =>
            {
                Some("There are not so many saved views: save one with V")
            }
            Self::Undo if facts.undo.is_none() => Some("Nothing to undo"),
            Self::Redo if facts.redo.is_none() => Some("Nothing to redo"),
            Self::Export
            | Self::KnownOn
            | Self::KnewOn
            | Self::NextEvent
            | Self::PreviousEvent
            | Self::FirstEvent
            | Self::LastEvent
            | Self::AlsoNextEvent
            | Self::AlsoPreviousEvent
            | Self::SelectAll
                if !facts.any_event =>
            {
                Some("There are no events yet")
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_needs_a_selection_says_so() {
        let facts = Facts { any_event: true, ..Facts::default() };
        assert_eq!(Command::DeleteEvent.unavailable(&facts), Some("Select an event first"));
        assert_eq!(Command::DeleteEvent.unavailable(&Facts { selected: true, ..facts }), None);
        assert!(Command::Save.unavailable(&Facts { read_only: Some(ReadOnly::Reading), ..facts }).is_some());
    }
}
