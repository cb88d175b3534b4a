//! What panels ask for; `app` carries it out at the end of the frame.

use std::path::PathBuf;

use super::dialog::Naming;
use super::{Command, Corner, Picking};
use crate::edit::{Edit, EventChange, Renamed};
use crate::model::{Arrangement, EventField, Grouping, Text, WebAddress};
use crate::query::Matches;
use crate::time::{Date, Zone};

/// A request from a panel.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Runs a command, as its menu entry or key would.
    Run(Command),
    /// Changes the timeline as one undoable step.
    Edit {
        /// Names the step in the undo menu: "Move “Duma ratifies” to 25 Oct 2024".
        label: String,
        /// The change.
        edit: Edit,
        /// The event that is selected afterwards; none leaves the selection alone.
        select: Option<Text>,
    },
    /// Does what [`Action::Edit`] does, says so and offers to take it back: for what is done without a form, and for what
    /// takes records out.
    EditAndTell {
        /// As there.
        label: String,
        /// What was done, in the past tense: "Moved to 3 Nov 2024".
        said: String,
        /// As there.
        edit: Edit,
        /// As there.
        select: Option<Text>,
    },
    /// Takes back the edit that led to this revision, where nothing else was changed since.
    UndoRevision(u64),
    /// Selects an event, or nothing.
    Select(Option<Text>),
    /// Makes a change to each of the selected events, as one undoable step, and says what came of it.
    ChangeSelected(Box<EventChange>),
    /// Renames a tag, an actor or a place, from one name to another, in every event.
    RenameEverywhere(Renamed, Text, Text),
    /// Adds the events that a text from the clipboard holds.
    Paste(String),
    /// Changes the selection by an event that was clicked with a key held.
    Pick(Text, Picking),
    /// Selects the rows of a list from the event chosen last to this one, which has the focus then.
    SelectRange(Matches, Text),
    /// Selects the events that answer a question, of those that are listed.
    SelectMatching(String),
    /// Copies rows of text and says of how many events they are.
    CopyRows {
        /// Cells apart by tabs.
        text: String,
        /// How many rows there are below the headings.
        events: usize,
    },
    /// Adds these events to what is selected.
    SelectAlso(Matches),
    /// Selects these events and no others.
    SelectOnly(Matches),
    /// Selects an event and brings it into the window if it is outside.
    Reveal(Text),
    /// Brings a date into the middle of the window, which is zoomed where it would show too little or too much of it.
    GoTo(Date),
    /// Brings a lane into sight, by id.
    ShowLane(Text),
    /// Keeps the corner of the track in which the legend stands, in the settings.
    PlaceLegend(Corner),
    /// Opens a draft of a new event in the inspector.
    BeginEvent {
        /// Its date in EDTF, no finer than the zoom at which it was pointed at.
        date: String,
        /// The id of the lane pointed at.
        lane: Option<Text>,
    },
    /// Lets the bands of the track stand for something else.
    GroupBy(Grouping),
    /// Lets colours stand for something else.
    ColorBy(Grouping),
    /// Shows times on the clock of a zone; none is the timeline's.
    ShowIn(Option<Zone>),
    /// Arranges the bands of the track in another way.
    Arrange(Arrangement),
    /// Shows the window and the query of a view saved in the timeline, by id.
    ShowView(Text),
    /// Asks for the events that have a text in a field, alone.
    AskFor(EventField, Text),
    /// Keeps what is shown in a saved view, by id.
    UpdateView(Text),
    /// Asks what something is called.
    Name(Naming),
    /// Opens the form of a new era over a date in EDTF, empty where none was pointed at.
    BeginEra(String),
    /// Opens the form of an era, by id.
    EditEra(Text),
    /// Asks how one event relates to another, by their ids.
    Link(Text, Text),
    /// Opens the form of a link: of this event, at this position.
    EditLink(Text, usize),
    /// Does something with a lane.
    Lane(LaneAction),
    /// Opens a file (asking first about unsaved changes).
    Open(PathBuf),
    /// Calls off the export that goes on.
    CancelExport,
    /// Opens the sample that comes with the program.
    OpenSample,
    /// Asks again about the unsaved changes of an earlier run.
    ShowRecovered,
    /// Forgets the recent files.
    ForgetRecent,
    /// Shows an address, to open it in the browser or the mail program.
    OpenAddress(WebAddress),
    /// Selects a source, which shows it in the inspector, or no source.
    ShowSource(Option<Text>),
    /// Selects a source and gives its title the keyboard.
    EditSource(Text),
    /// Deletes a source, after asking where anything points to it.
    DeleteSource(Text),
    /// Asks for a file and keeps a copy of it as a capture of a source.
    AttachCapture {
        /// The id of the source.
        source: Text,
        /// The file of the capture that it was made from, where it is an alteration.
        alters: Option<Text>,
    },
    /// Keeps who captures what is attached, in the settings.
    NameCollector(String),
    /// Opens a captured file, named by its path from the folder of the timeline.
    OpenCapture(Text),
}

/// Something done with a lane, named by its id.
#[derive(Debug, Clone, PartialEq)]
pub enum LaneAction {
    /// Gives it another title.
    Rename(Text, Text),
    /// Gives it a colour of its own, or that of the theme.
    Color(Text, Option<Text>),
    /// Puts it before another lane of the file, or behind all of them.
    MoveBefore(Text, Option<Text>),
    /// Moves its events to another lane and takes it out.
    Merge(Text, Text),
    /// Takes it out, after asking what becomes of its events.
    Delete(Text),
    /// Selects all its events.
    Select(Text),
    /// Asks for its events alone.
    Only(Text),
}
