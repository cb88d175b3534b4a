//! What every command is called, what it does in one line, and its keys.

use egui::Key;

use super::chord::Chord::{self, Alt, Ctrl, CtrlShift, Plain, Shift};
use super::command::Command;

/// Label, tooltip, keys (the first is the one shown).
pub(super) struct Words(pub &'static str, pub &'static str, pub &'static [Chord]);

impl Command {
    /// What it is called.
    pub(super) const fn words(self) -> Words {
        match self {
            Self::New => Words("New timeline", "Start an empty timeline", &[Ctrl(Key::N)]),
            Self::Open => Words("Open…", "Open a timeline file", &[Ctrl(Key::O)]),
            Self::OpenPath => Words("Open by path…", "Type or paste the path of a timeline file", &[]),
            Self::OpenSample => Words("Open sample timeline", "Open the timeline that comes with Annalist", &[]),
            Self::Save => Words("Save", "Write the changes to the file", &[Ctrl(Key::S)]),
            Self::SaveAs => Words("Save as…", "Write the timeline to another file", &[CtrlShift(Key::S)]),
            Self::Reload => Words("Reload from disk", "Read the file again as it is on disk", &[]),
            Self::TakeOver => Words("Take over", "Change the file here, now that the other window has closed it", &[]),
            Self::MergeFile => Words(
                "Merge with the file…",
                "Bring together what was changed here and what another program changed in the file",
                &[],
            ),
            Self::ShowChanges => Words("Show what changed", "Say what another program changed in the file", &[]),
            Self::EarlierVersions => Words(
                "Earlier versions…",
                "List the file as it was before earlier sessions, say what differs, and bring a version back",
                &[],
            ),
            Self::CancelReading => {
                Words("Cancel reading", "Stop reading the file, and go back to what was open before", &[])
            }
            Self::Compare => Words("Compare with…", "Say what differs between another timeline file and this one", &[]),
            Self::Export => Words("Export…", "Write the timeline as a picture or as a brief", &[Ctrl(Key::E)]),
            Self::ImportEvents => {
                Words("Import events…", "Add the events of a table or of another program's chronology", &[])
            }
            Self::ImportFolder => {
                Words("Import a folder of notes…", "Add the events of a folder of Markdown notes, one event each", &[])
            }
            Self::SaveRejected => Words(
                "Save the rejected rows…",
                "Write the rows that the last import could not take, or not as they stood, as a table with the reasons",
                &[],
            ),
            Self::ImportSources => Words("Import sources…", "Add the sources of a BibTeX, CSL-JSON or RIS file", &[]),
            Self::ExportSources => {
                Words("Export sources…", "Write the sources as BibTeX or CSL-JSON, for a reference manager", &[])
            }
            Self::Quit => Words("Quit", "Close Annalist", &[Ctrl(Key::Q)]),
            Self::Undo => Words("Undo", "Take back the last change", &[Ctrl(Key::Z)]),
            Self::Redo => Words("Redo", "Do again what was taken back last", &[CtrlShift(Key::Z), Ctrl(Key::Y)]),
            Self::AddEvent => Words("Add event", "Add an event to the timeline", &[Plain(Key::N), Plain(Key::Insert)]),
            Self::EditEvent => Words("Edit event", "Edit the selected event", &[Plain(Key::Enter), Plain(Key::F2)]),
            Self::CutEvents => {
                Words("Cut", "Copy the selected events, and remove them from the timeline", &[Ctrl(Key::X)])
            }
            Self::CopyEvents => {
                Words("Copy", "Copy the selected events whole, as text that another window pastes", &[Ctrl(Key::C)])
            }
            Self::CopyTable => Words(
                "Copy as table",
                "Copy the selected events as rows for a spreadsheet: date, title, address and more",
                &[CtrlShift(Key::C)],
            ),
            Self::PasteEvents => Words(
                "Paste",
                "Add the events that were copied, or a line for each: a date, a title, an address",
                &[Ctrl(Key::V)],
            ),
            Self::DuplicateEvent => Words("Duplicate event", "Add a copy of each selected event", &[Ctrl(Key::D)]),
            Self::DateEvent => Words("Date…", "Write the date of the selected event", &[Plain(Key::D)]),
            Self::RemoveDate => {
                Words("Remove date", "Take their dates from the selected events: they are listed as undated then", &[])
            }
            Self::MergeEvents => Words(
                "Merge events",
                "Make one event of those selected: citations, links, tags and notes of all stay",
                &[],
            ),
            Self::LinkEvents => Words(
                "Link the selected…",
                "Say how the first of two selected events relates to the other",
                &[Shift(Key::R)],
            ),
            Self::OrderUp => Words(
                "Earlier among its date",
                "Put the selected event before the one above it that has the same date, in the file too",
                &[Alt(Key::ArrowUp)],
            ),
            Self::OrderDown => Words(
                "Later among its date",
                "Put the selected event after the one below it that has the same date, in the file too",
                &[Alt(Key::ArrowDown)],
            ),
            Self::DeleteEvent => Words(
                "Delete event",
                "Remove the selected events and the links that lead to them",
                &[Plain(Key::Delete), Plain(Key::Backspace)],
            ),
            Self::FixProblem => Words(
                "Fix problem",
                "Mend the problem chosen in the Problems drawer the likeliest way",
                &[Ctrl(Key::Period)],
            ),
            Self::CiteSource => {
                Words("Cite a source…", "Add a citation to the selected event: who says so", &[Plain(Key::C)])
            }
            Self::AddSource => Words("Add source…", "Add a source by its title, its address or a reference", &[]),
            Self::DeleteSource => Words("Delete source", "Remove the selected source", &[]),
            Self::MergeSources => {
                Words("Merge duplicates…", "Compare sources that may be the same, and make one of them", &[])
            }
            Self::AttachCapture => {
                Words("Attach a capture…", "Keep a copy of a file as evidence of the selected source", &[])
            }
            Self::CheckCaptures => Words("Check captures", "Compare the captured files with their hashes again", &[]),
            Self::AddLane => Words("New lane…", "Add a lane below the others", &[]),
            Self::AddEra => Words("New era…", "Add a period that is drawn behind all lanes", &[]),
            Self::Find => Words("Find…", "Ask for events by words, fields and dates", &[Ctrl(Key::F)]),
            Self::ClearQuestion => Words(
                "Clear the question",
                "Show everything again, and go back to where you were before you asked",
                &[CtrlShift(Key::F)],
            ),
            Self::SelectAll => Words("Select all", "Select all events that match, or all there are", &[Ctrl(Key::A)]),
            Self::ClearSelection => {
                Words("Clear selection", "Select nothing; of several events, only the last one", &[Plain(Key::Escape)])
            }
            Self::ZoomIn => Words("Zoom in", "Show less time in more detail", &[Plain(Key::Plus), Plain(Key::Equals)]),
            Self::ZoomOut => Words("Zoom out", "Show more time", &[Plain(Key::Minus)]),
            Self::ZoomAll => Words(
                "Show all",
                "Fit all events into the window, or all that match while something is asked for",
                &[Plain(Key::Num0)],
            ),
            Self::ZoomHits => Words("Zoom to matches", "Fit the events that match into the window", &[Plain(Key::M)]),
            Self::FoldTime => Words(
                "Fold empty time",
                "Leave out long stretches in which nothing happens, or show all time at one scale",
                &[Plain(Key::T)],
            ),
            Self::ZoomSelection => Words("Show selection", "Fit the selected events into the window", &[Plain(Key::F)]),
            Self::GoTo => Words(
                "Go to…",
                "Go to a date in words, or to an event, a source, a view or a lane by its name",
                &[Ctrl(Key::G)],
            ),
            Self::Back => Words("Back", "Go back to where you were before", &[Alt(Key::ArrowLeft)]),
            Self::Forward => Words("Forward", "Go again to where you came back from", &[Alt(Key::ArrowRight)]),
            Self::SaveView => Words(
                "Save this view…",
                "Keep the window in time with question, bands, colours, folds and export settings under a name",
                &[Plain(Key::V)],
            ),
            Self::UpdateView => Words(
                "Update the view",
                "Keep what is shown now in the saved view that was opened last",
                &[Shift(Key::V)],
            ),
            Self::ShowView1 => Words("Show view 1", "Show the first of the saved views", &[Plain(Key::Num1)]),
            Self::ShowView2 => Words("Show view 2", "Show the second of the saved views", &[Plain(Key::Num2)]),
            Self::ShowView3 => Words("Show view 3", "Show the third of the saved views", &[Plain(Key::Num3)]),
            Self::ShowView4 => Words("Show view 4", "Show the fourth of the saved views", &[Plain(Key::Num4)]),
            Self::ShowView5 => Words("Show view 5", "Show the fifth of the saved views", &[Plain(Key::Num5)]),
            Self::ShowView6 => Words("Show view 6", "Show the sixth of the saved views", &[Plain(Key::Num6)]),
            Self::ShowView7 => Words("Show view 7", "Show the seventh of the saved views", &[Plain(Key::Num7)]),
            Self::ShowView8 => Words("Show view 8", "Show the eighth of the saved views", &[Plain(Key::Num8)]),
            Self::ShowView9 => Words("Show view 9", "Show the ninth of the saved views", &[Plain(Key::Num9)]),
            Self::PanLeft => Words("Earlier", "Move the window to earlier time", &[Plain(Key::ArrowLeft)]),
            Self::PanRight => Words("Later", "Move the window to later time", &[Plain(Key::ArrowRight)]),
            Self::PanUp => Words("Lanes above", "Scroll to the lanes above", &[Plain(Key::ArrowUp)]),
            Self::PanDown => Words("Lanes below", "Scroll to the lanes below", &[Plain(Key::ArrowDown)]),
            Self::NextEvent => Words("Next event", "Select the next event in time", &[Plain(Key::Period)]),
            Self::PreviousEvent => Words("Previous event", "Select the previous event in time", &[Plain(Key::Comma)]),
            Self::FirstEvent => Words("First event", "Select the earliest event", &[Plain(Key::Home)]),
            Self::LastEvent => Words("Last event", "Select the latest event", &[Plain(Key::End)]),
            Self::AlsoNextEvent => Words(
                "Next event too",
                "Select the next event in time beside those that are selected",
                &[Ctrl(Key::ArrowRight)],
            ),
            Self::AlsoPreviousEvent => Words(
                "Previous event too",
                "Select the previous event in time beside those that are selected",
                &[Ctrl(Key::ArrowLeft)],
            ),
            Self::NextHit => Words("Next match", "Select the next event that matches, in time", &[Plain(Key::F3)]),
            Self::PreviousHit => {
                Words("Previous match", "Select the previous event that matches, in time", &[Shift(Key::F3)])
            }
            Self::PossibleHits => Words(
                "Possible matches",
                "Show in pale what only may match, because its date is vague, or leave it out",
                &[CtrlShift(Key::M)],
            ),
            Self::ThemeSystem => Words("Theme: as the system", "Light or dark as the system is set", &[]),
            Self::ThemeLight => Words("Theme: light", "Dark text on a light ground", &[]),
            Self::ThemeDark => Words("Theme: dark", "Light text on a dark ground", &[]),
            Self::IsoWeeks => {
                Words("ISO week numbers", "Name the weeks on the ruler where days or weeks have room", &[])
            }
            Self::GroupByLane => Words("Group by lane", "A band a lane", &[]),
            Self::GroupByStanding => Words("Group by standing", "A band for each way in which events stand", &[]),
            Self::GroupByActor => {
                Words("Group by actor", "A band for each actor; an event of several stands in each of theirs", &[])
            }
            Self::GroupByPlace => Words("Group by place", "A band for each place", &[]),
            Self::GroupByTag => {
                Words("Group by tag", "A band for each tag; an event of several stands in each of theirs", &[])
            }
            Self::GroupBySource => {
                Words("Group by source", "A band for each source; an event that cites several stands in each", &[])
            }
            Self::GroupByOrigin => Words(
                "Group by origin",
                "A band for each source at the root of others: what goes back to one voice stands together",
                &[],
            ),
            Self::GroupByPublisher => Words(
                "Group by publisher",
                "A band for each publisher of what is cited; an event of several stands in each",
                &[],
            ),
            Self::GroupByAuthor => Words(
                "Group by author",
                "A band for each author of what is cited; an event of several stands in each",
                &[],
            ),
            Self::GroupBySourceKind => Words(
                "Group by kind of source",
                "A band for each kind of source that is cited; an event of several stands in each",
                &[],
            ),
            Self::GroupByLanguage => Words(
                "Group by language",
                "A band for each language of what is cited; an event of several stands in each",
                &[],
            ),
            Self::GroupByReliability => Words(
                "Group by best reliability",
                "A band for the best grade among the sources that support an event",
                &[],
            ),
            Self::GroupByStance => Words(
                "Group by stance",
                "A band for what cited sources say of an event: support, dispute, denial, mention",
                &[],
            ),
            Self::GroupByAccounts => Words(
                "Accounts side by side",
                "A band for each source, with what it tells of the events at the dates it gives, and what it leaves out",
                &[],
            ),
            Self::GroupByOriginAccounts => Words(
                "Accounts by origin",
                "As accounts side by side, with the sources that go back to one as one account",
                &[],
            ),
            Self::GroupByPublisherAccounts => Words(
                "Accounts by publisher",
                "As accounts side by side, with all that one publisher has published as one account",
                &[],
            ),
            Self::GroupByWeight => Words("Group by weight", "A band for each weight, the heaviest first", &[]),
            Self::GroupByLikelihood => Words("Group by likelihood", "A band for each term of likelihood", &[]),
            Self::GroupByConfidence => Words("Group by confidence", "A band for each level of confidence", &[]),
            Self::GroupByYear => {
                Words("Group by year", "A band for each year, and one for what may lie in several", &[])
            }
            Self::GroupByDecade => {
                Words("Group by decade", "A band for each decade, and one for what may lie in several", &[])
            }
            Self::GroupByProblem => {
                Words("Group by problem", "A band for each kind of problem that events have by themselves", &[])
            }
            Self::GroupByNothing => Words("Group by nothing", "All events in one band", &[]),
            Self::ColorByLane => Words("Colour by lane", "Each mark has the colour of its lane", &[]),
            Self::ColorByStanding => Words("Colour by standing", "Colours say how events stand", &[]),
            Self::ColorByReliability => Words(
                "Colour by best reliability",
                "Colours say how reliable the best source is that supports an event; grey is not judged",
                &[],
            ),
            Self::ColorByWeight => Words("Colour by weight", "Colours say how heavy events are", &[]),
            Self::SourcingSigns => Words(
                "Sourcing signs",
                "Show beside a mark that it is unsourced, of a single origin, or contradicted",
                &[],
            ),
            Self::TrackImages => Words(
                "Images on the track",
                "Show beside the title of an event a small image of it, where no title or date is lost by that",
                &[],
            ),
            Self::AllLinks => Words(
                "All links",
                "Draw the links between all events as lines, and not only those of the selected event",
                &[Plain(Key::R)],
            ),
            Self::DateLabels => {
                Words("Dates on labels", "Show behind the title of an event its date, where there is room", &[])
            }
            Self::ShowIn => Words(
                "Show times in…",
                "Choose the zone on whose clock times are shown; days stay, and nothing of the file changes",
                &[],
            ),
            Self::KnownOn => Words(
                "As known on a date",
                "Hide what no source had told of by a date, and replay how it became known",
                &[Plain(Key::K)],
            ),
            Self::KnewOn => Words(
                "As we knew on a date",
                "Hide what we had not recorded by a date, and replay how our record grew",
                &[CtrlShift(Key::K)],
            ),
            Self::PreviousPublication => Words(
                "Previous publication",
                "Go back to when the source before came out, or to the day of entry before",
                &[Plain(Key::OpenBracket)],
            ),
            Self::NextPublication => Words(
                "Next publication",
                "Go on to when the next source came out, or to the next day of entry",
                &[Plain(Key::CloseBracket)],
            ),
            Self::Replay => Words(
                "Play or pause the replay",
                "Go from publication to publication, or from entry to entry, by itself",
                &[Plain(Key::P)],
            ),
            Self::WheelZooms => Words("Wheel zooms", "The mouse wheel zooms at the pointer", &[]),
            Self::WheelPans => {
                Words("Wheel pans", "The mouse wheel moves through time; Ctrl with the wheel zooms", &[])
            }
            Self::ReduceMotion => Words("Reduce motion", "Nothing moves by itself: jumps in place of glides", &[]),
            Self::NextPart => Words(
                "Next part of the window",
                "Take the keyboard on: from the bar to the facets, the track, the inspector and the drawer",
                &[Plain(Key::F6)],
            ),
            Self::PreviousPart => {
                Words("Previous part of the window", "Take the keyboard back to the part before", &[Shift(Key::F6)])
            }
            Self::ToggleFacets => {
                Words("Facets", "Show or hide how many events have each value, to pick some", &[Ctrl(Key::L)])
            }
            Self::ToggleInspector => {
                Words("Inspector", "Show or hide what is known of the selected event, and its form", &[Ctrl(Key::I)])
            }
            Self::ToggleForm => {
                Words("Read or edit", "Read what is known of an event, or edit it; remembered", &[Plain(Key::E)])
            }
            Self::ToggleTable => Words("Table", "Show or hide the events as a table", &[Ctrl(Key::T)]),
            Self::ToggleSources => Words("Sources", "Show or hide the sources", &[Ctrl(Key::B)]),
            Self::ToggleProblems => Words("Problems", "Show or hide the problems of the file", &[Ctrl(Key::P)]),
            Self::ToggleGaps => Words(
                "Gaps and bursts",
                "Show or hide the stretches in which nothing happens, and those in which much does",
                &[],
            ),
            Self::ToggleViews => Words(
                "Saved views",
                "Show or hide the saved views, to open, rename, sort and delete them",
                &[Alt(Key::V)],
            ),
            Self::MarkGaps => {
                Words("Mark gaps", "Hatch the stretches of each band in which nothing happens, and mark bursts", &[])
            }
            Self::MoveBandUp => {
                Words("Move band up", "The band of the selected event stands one higher", &[CtrlShift(Key::ArrowUp)])
            }
            Self::MoveBandDown => {
                Words("Move band down", "The band of the selected event stands one lower", &[CtrlShift(Key::ArrowDown)])
            }
            Self::CollapseBand => Words(
                "Collapse band",
                "The band of the selected event is one line high, or as high as it needs again",
                &[CtrlShift(Key::L)],
            ),
            Self::HideBand => Words("Hide band", "The band of the selected event is not shown", &[CtrlShift(Key::H)]),
            Self::ShowBands => Words("Show all bands", "Bands that were hidden are shown again", &[CtrlShift(Key::B)]),
            Self::Palette => {
                Words("Command palette…", "Find a command, or anything else, by its name", &[Ctrl(Key::K)])
            }
            Self::Legend => Words("Legend", "What the marks say of dates and standings", &[Plain(Key::L)]),
            Self::Shortcuts => Words("Keyboard shortcuts", "List every key and gesture", &[Plain(Key::Questionmark)]),
            Self::About => Words("About Annalist", "Version and licences", &[]),
        }
    }
}
