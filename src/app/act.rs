//! Where what panels ask for is done: every action and every command, once.

use std::sync::Arc;

use egui::Context;

use super::files::Next;
use super::follow::Standing;
use super::search::Search;
use super::{App, Dialog, Session};
use crate::diagnostic::Subject;
use crate::edit::{Edit, EventChange, redated};
use crate::model::{Arrangement, ColorBy, DateLabels, Event, Grouping, ImageDisplay, KnownBy, LinkDisplay, Text};
use crate::query::Hits;
use crate::time::Instant;
use crate::ui::dialog::{Naming, Opening, PathPurpose};
use crate::ui::keyboard::await_field;
use crate::ui::{
    Action, Command, Document, DrawerTab, Notice, NoticeKind, PaletteState, Scope, Step, ThemeChoice, navigate, pick,
    reveal, select_also, select_many, select_one, select_range,
};
use crate::ui::{Facts, arranged_by, lane_moved};

/// The problem that an event's date leaves what its citations say.
const OUTSIDE_SOURCES: &str = "date-outside-sources";

impl App {
    /// Does what was asked for, in the order in which it was.
    pub(super) fn act(&mut self, ctx: &Context, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Run(command) => {
                    if command.asks_for_text() {
                        await_field(ctx);
                    }
                    self.run_command(ctx, command);
                }
                Action::Edit { label, edit, select } => {
                    self.edit(label, &edit, select);
                }
                Action::EditAndTell { label, said, edit, select } => self.edit_and_tell(label, said, &edit, select),
                Action::UndoRevision(revision) => self.undo_revision(revision),
                Action::Select(selection) => select_one(&mut self.view, selection),
                Action::Pick(event, picking) => {
                    let hides_possible = self.view.place.hides_possible;
                    let document = document(&self.session, &self.search, hides_possible, self.platform.now());
                    pick(document, &mut self.view, &event, picking);
                }
                Action::SelectAlso(events) => {
                    let hides_possible = self.view.place.hides_possible;
                    let document = document(&self.session, &self.search, hides_possible, self.platform.now());
                    select_also(document, &mut self.view, &events);
                }
                Action::SelectOnly(events) => {
                    let hides_possible = self.view.place.hides_possible;
                    let document = document(&self.session, &self.search, hides_possible, self.platform.now());
                    select_many(document, &mut self.view, events);
                }
                Action::SelectRange(events, id) => {
                    let hides_possible = self.view.place.hides_possible;
                    let document = document(&self.session, &self.search, hides_possible, self.platform.now());
                    select_range(document, &mut self.view, events, id);
                }
                Action::SelectMatching(question) => self.select_matching(&question),
                Action::CopyRows { text, events } => {
                    ctx.copy_text(text);
                    self.tell_copied(events);
                }
                Action::ChangeSelected(change) => self.change_selected(&change),
                Action::RenameEverywhere(what, from, to) => self.rename_everywhere(what, &from, &to),
                Action::Paste(text) => match Command::PasteEvents.unavailable(&self.facts()) {
                    Some(_) => self.say_why_not(Command::PasteEvents),
                    None => self.paste(&text),
                },
                Action::Reveal(id) => self.reveal(id),
                Action::GoTo(date) => self.go_to(&date),
                Action::ShowLane(id) => self.show_lane(id),
                Action::ShowView(id) => self.show_view(&id),
                Action::UpdateView(id) => self.update_view(&id),
                Action::BeginEra(date) => {
                    await_field(ctx);
                    self.begin_era(date);
                }
                Action::EditEra(id) => self.edit_era(&id),
                Action::Link(from, to) => self.begin_link(from, to),
                Action::EditLink(from, nth) => self.edit_link(&from, nth),
                Action::AskFor(field, text) => self.ask_for(field, &text),
                Action::Lane(action) => self.act_on_lane(action),
                Action::Name(naming) => {
                    await_field(ctx);
                    self.begin_name(naming);
                }
                Action::BeginEvent { date, lane } => {
                    await_field(ctx);
                    self.begin_event(date, lane);
                }
                Action::Open(path) => self.request(ctx, Next::Open(path)),
                Action::CancelExport => self.cancel_export(),
                Action::OpenSample => self.request(ctx, Next::Sample),
                Action::ShowRecovered => self.show_recovered(),
                Action::ForgetRecent => self.settings.recent.clear(),
                Action::OpenAddress(address) => self.dialog = Some(Dialog::Open(Opening::Address(address))),
                Action::ShowSource(id) => self.show_source(id),
                Action::EditSource(id) => self.edit_source(id),
                Action::DeleteSource(id) => self.delete_source(id),
                Action::AttachCapture { source, alters } => self.attach_capture(source, alters),
                Action::NameCollector(name) => self.settings.collector = name,
                Action::OpenCapture(file) => self.open_capture(&file),
                Action::GroupBy(grouping) => self.group_by(grouping),
                Action::ShowIn(zone) => self.show_in(zone),
                Action::ColorBy(color_by) => self.view.place.color_by = color_by,
                Action::Arrange(arrangement) => self.arrange(arrangement),
                Action::PlaceLegend(corner) => self.settings.legend.corner = Some(corner),
            }
        }
    }

    /// What decides which commands can run.
    pub(super) fn facts(&self) -> Facts<'_> {
        Facts {
            reading: self.reading.is_some(),
            changed_outside: self.has_changes(),
            diverged: self.following.standing == Standing::Diverged,
            any_rejected: self.panels.rejected.is_some(),
            ..super::sources::facts_of(&self.session, &self.view)
        }
    }

    fn run_command(&mut self, ctx: &Context, command: Command) {
        if command == Command::ClearSelection && self.call_off_grouping() {
            return;
        }
        if command.unavailable(&self.facts()).is_some() {
            // Escape is struck without looking; the others deserve an answer.
            match command {
                Command::ClearSelection if self.facts().asks => self.clear_question(),
                Command::ClearSelection => {}
                _ => self.say_why_not(command),
            }
            return;
        }
        match command {
            Command::New => self.request(ctx, Next::New),
            Command::Open => self.pick(PathPurpose::Open, None),
            Command::OpenPath => self.ask_path(PathPurpose::Open, None),
            Command::OpenSample => self.request(ctx, Next::Sample),
            Command::Save => self.save_typed(false, None),
            Command::SaveAs => self.save_typed(true, None),
            // What was changed here is not asked about before it is known whether a save can keep it.
            Command::Reload | Command::MergeFile if self.session.is_unsaved() => self.meet_file(),
            Command::MergeFile => {}
            Command::ShowChanges => self.show_changes(),
            Command::Reload => {
                if let Some(path) = self.session.path() {
                    let path = path.to_owned();
                    self.request(ctx, Next::Open(path));
                }
            }
            Command::TakeOver => self.take_over(),
            Command::EarlierVersions => self.open_versions(),
            Command::CancelReading => self.cancel_reading(),
            Command::Compare => self.compare(),
            Command::Export => self.open_export(),
            Command::Quit => self.request(ctx, Next::Quit),
            Command::Undo => self.step(Session::undo),
            Command::Redo => self.step(Session::redo),
            Command::AddEvent if self.panels.inspector.resume_event() => self.settings.inspector = true,
            // Nothing was pointed at: the date is for whoever knows it.
            Command::AddEvent => self.begin_event(String::new(), self.lane_of_selection()),
            Command::EditEvent | Command::DateEvent | Command::CiteSource
                if !self.view.transient.selected.is_empty() =>
            {
                self.settings.inspector = true;
                self.panels.inspector.focus_many(command);
            }
            Command::EditEvent => {
                self.settings.inspector = true;
                self.panels.inspector.focus_title();
            }
            Command::DateEvent => {
                self.settings.inspector = true;
                self.panels.inspector.focus_date();
            }
            Command::RemoveDate if !self.view.transient.selected.is_empty() => {
                self.change_selected(&EventChange::RemoveDate);
            }
            Command::RemoveDate => self.remove_date(),
            Command::CutEvents => {
                if self.copy_selected(ctx) {
                    self.delete_selected();
                }
            }
            Command::CopyEvents => {
                self.copy_selected(ctx);
            }
            Command::CopyTable => self.copy_table(ctx),
            // What the clipboard holds comes as a paste by itself.
            Command::PasteEvents => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Command::DuplicateEvent => self.duplicate_selected(),
            Command::MergeEvents => self.merge_selected(),
            Command::LinkEvents => self.link_selected(),
            Command::OrderUp | Command::OrderDown => self.order_selected(command),
            Command::AddLane => {
                let at = self.session.timeline().lanes().len();
                self.begin_name(Naming::NewLane { at, takes_selected: false });
            }
            Command::AddEra => self.begin_era(self.span_in_view()),
            Command::DeleteEvent => self.delete_selected(),
            Command::ImportEvents => self.import_events(PathPurpose::ImportEvents),
            Command::ImportFolder => self.import_events(PathPurpose::ImportFolder),
            Command::SaveRejected => self.save_rejected(),
            Command::ImportSources => self.import_sources(),
            Command::ExportSources => self.export_sources(),
            Command::CiteSource => self.begin_citation(),
            Command::AddSource => self.begin_source(),
            Command::DeleteSource => {
                if let Some(id) = self.view.transient.source.clone() {
                    self.delete_source(id);
                }
            }
            Command::MergeSources => self.open_merge(),
            Command::AttachCapture => {
                if let Some(id) = self.view.transient.source.clone() {
                    self.attach_capture(id, None);
                }
            }
            Command::CheckCaptures => self.check_captures(),
            Command::Find => self.panels.top_bar.query.focus = true,
            Command::ThemeSystem => self.choose_theme(ctx, ThemeChoice::System),
            Command::ThemeLight => self.choose_theme(ctx, ThemeChoice::Light),
            Command::ThemeDark => self.choose_theme(ctx, ThemeChoice::Dark),
            Command::IsoWeeks => self.settings.iso_weeks = !self.settings.iso_weeks,
            Command::GroupByLane
            | Command::GroupByStanding
            | Command::GroupByActor
            | Command::GroupByPlace
            | Command::GroupByTag
            | Command::GroupBySource
            | Command::GroupByOrigin
            | Command::GroupByPublisher
            | Command::GroupByAuthor
            | Command::GroupBySourceKind
            | Command::GroupByLanguage
            | Command::GroupByReliability
            | Command::GroupByStance
            | Command::GroupByAccounts
            | Command::GroupByOriginAccounts
            | Command::GroupByPublisherAccounts
            | Command::GroupByWeight
            | Command::GroupByLikelihood
            | Command::GroupByConfidence
            | Command::GroupByYear
            | Command::GroupByDecade
            | Command::GroupByProblem
            | Command::GroupByNothing => {
                if let Some(grouping) = command.grouping() {
                    self.group_by(grouping);
                }
            }
            Command::ColorByLane => self.view.place.color_by = ColorBy::Lane,
            Command::ColorByStanding => self.view.place.color_by = ColorBy::Standing,
            Command::ColorByReliability => self.view.place.color_by = ColorBy::Reliability,
            Command::ColorByWeight => self.view.place.color_by = ColorBy::Weight,
            Command::DateLabels => {
                self.settings.hides_dates = self.view.shows_dates(self.settings.preferences());
                self.view.place.dates = DateLabels::Auto;
            }
            Command::TrackImages => {
                let shows = self.view.place.images == ImageDisplay::Hidden;
                self.view.place.images = if shows { ImageDisplay::Track } else { ImageDisplay::Hidden };
                // The next timeline is shown so too.
                self.settings.shows_images = shows;
            }
            Command::SourcingSigns => self.settings.hides_signs = !self.settings.hides_signs,
            Command::AllLinks => {
                let links = &mut self.view.place.links;
                *links = if *links == LinkDisplay::All { LinkDisplay::Selected } else { LinkDisplay::All };
                let is_asked = *links == LinkDisplay::All;
                if is_asked && self.session.timeline().events().iter().all(|event| event.links.is_empty()) {
                    let text = "No event has a link: there are no lines to draw.";
                    self.notices.retain(|notice| notice.text != text);
                    self.notices.push(Notice::new(NoticeKind::Done, text));
                }
            }
            Command::KnownOn | Command::KnewOn => {
                let by = if command == Command::KnownOn { KnownBy::Published } else { KnownBy::Recorded };
                let document = self.session.document(self.platform.now());
                if self.panels.known_on.toggle(document, &mut self.view, by) {
                    await_field(ctx);
                }
            }
            Command::PreviousPublication => self.step_known_on(Step::Previous),
            Command::NextPublication => self.step_known_on(Step::Next),
            Command::Replay => {
                let (document, now) = (self.session.document(self.platform.now()), ctx.input(|input| input.time));
                self.panels.known_on.play_or_pause(document, &mut self.view, now);
            }
            Command::WheelZooms | Command::WheelPans => self.settings.wheel_pans = command == Command::WheelPans,
            Command::ReduceMotion => self.settings.reduce_motion = !self.settings.reduce_motion,
            Command::NextHit | Command::PreviousHit => self.step_hit(command),
            Command::ZoomHits => self.view.transient.fit_pending = true,
            Command::ClearQuestion => self.clear_question(),
            Command::PossibleHits => self.view.place.hides_possible = !self.view.place.hides_possible,
            Command::NextPart | Command::PreviousPart => self.panels.ring.step(ctx, command == Command::NextPart),
            Command::ToggleFacets => {
                self.settings.facets = !self.settings.facets;
                self.panels.facets.focus = self.settings.facets;
            }
            Command::ToggleInspector => self.settings.inspector = !self.settings.inspector,
            Command::ToggleForm => {
                self.settings.edits = self.panels.inspector.toggle_form(self.settings.edits);
                self.settings.inspector = true;
            }
            Command::ToggleTable => self.toggle_drawer(DrawerTab::Table),
            Command::ToggleSources => {
                self.toggle_drawer(DrawerTab::Sources);
                self.panels.drawer.sources.focus();
            }
            Command::ToggleProblems => {
                self.toggle_drawer(DrawerTab::Problems);
                self.panels.drawer.problems.focus();
            }
            Command::ToggleGaps => self.toggle_drawer(DrawerTab::Gaps),
            Command::ToggleViews => self.toggle_drawer(DrawerTab::Views),
            Command::SaveView => self.begin_name(Naming::SaveView),
            Command::UpdateView => self.update_opened_view(),
            Command::ShowView1
            | Command::ShowView2
            | Command::ShowView3
            | Command::ShowView4
            | Command::ShowView5
            | Command::ShowView6
            | Command::ShowView7
            | Command::ShowView8
            | Command::ShowView9 => {
                if let Some(number) = command.view_number() {
                    self.show_view_number(number);
                }
            }
            Command::MarkGaps => self.view.transient.marks_gaps = !self.view.transient.marks_gaps,
            Command::MoveBandUp | Command::MoveBandDown | Command::CollapseBand | Command::HideBand => {
                self.arrange_band(command);
            }
            Command::ShowBands => {
                let shown = Arrangement { hidden: Vec::new(), ..Arrangement::clone(&self.view.place.arrangement) };
                self.arrange(shown);
            }
            Command::FixProblem => self.fix_problem(),
            Command::Palette => self.dialog = Some(Dialog::Palette(PaletteState::of(Scope::All))),
            Command::ShowIn => {
                self.dialog = Some(Dialog::Palette(PaletteState::of_zones(self.platform.zone())));
            }
            Command::GoTo => self.dialog = Some(Dialog::Palette(PaletteState::of(Scope::Places))),
            Command::Back | Command::Forward => self.step_place(command, ctx.input(|input| input.time)),
            Command::Legend => self.settings.legend.is_open = !self.settings.legend.is_open,
            Command::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            Command::About => self.dialog = Some(Dialog::About),
            Command::SelectAll
            | Command::ClearSelection
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomAll
            | Command::FoldTime
            | Command::ZoomSelection
            | Command::PanLeft
            | Command::PanRight
            | Command::PanUp
            | Command::PanDown
            | Command::NextEvent
            | Command::PreviousEvent
            | Command::FirstEvent
            | Command::LastEvent
            | Command::AlsoNextEvent
            | Command::AlsoPreviousEvent => {
                let (now, hides_possible) = (self.platform.now(), self.view.place.hides_possible);
                let document = document(&self.session, &self.search, hides_possible, now);
                navigate(command, document, &mut self.view);
            }
        }
    }

    /// Lets the bands stand for something else: what was said of the ones before says nothing of these.
    pub(super) fn group_by(&mut self, grouping: Grouping) {
        if self.view.place.grouping != grouping {
            let before = &self.view.place.arrangement;
            self.view.place.arrangement = Arc::new(Arrangement { order: before.order, ..Arrangement::default() });
        }
        self.group_in(grouping);
    }

    pub(super) fn group_in(&mut self, grouping: Grouping) {
        self.view.place.grouping = grouping;
        self.view.place.scroll_y = 0.0;
    }

    /// Arranges the bands in another way.
    pub(super) fn arrange(&mut self, arrangement: Arrangement) {
        self.view.place.arrangement = Arc::new(arrangement);
    }

    /// Does something to the band in which the selected event stands topmost.
    fn arrange_band(&mut self, command: Command) {
        let Some(id) = self.view.transient.selection.as_deref() else { return };
        let document = self.session.document(self.platform.now());
        // Bands of accounts are those of another timeline, in which an event stands once for each telling.
        let (index, positions): (_, Vec<usize>) = match self.accounts.shown() {
            Some((accounts, index)) => (index, accounts.positions(id).collect()),
            None => (document.index, document.timeline.event_position(id).into_iter().collect()),
        };
        let Some(band) = positions.into_iter().filter_map(|at| index.spot(at)).map(|spot| spot.band).min() else {
            return;
        };
        let band = band as usize;
        let above = match command {
            Command::MoveBandUp => band.checked_sub(1),
            Command::MoveBandDown => Some(band + 2).filter(|above| *above <= index.bands().len()),
            _ => None,
        };
        if self.accounts.shown().is_none()
            && let Some(moved) = above.and_then(|above| lane_moved(document, band, above))
        {
            self.act_on_lane(moved);
            return;
        }
        let arrangement = arranged_by(command, index, band, &self.view.place.arrangement);
        if let Some(arrangement) = arrangement {
            self.arrange(arrangement);
        }
    }

    fn step_known_on(&mut self, step: Step) {
        let document = self.session.document(self.platform.now());
        self.panels.known_on.step(document, &mut self.view, step);
    }

    fn choose_theme(&mut self, ctx: &Context, choice: ThemeChoice) {
        self.settings.theme = choice;
        self.apply_settings(ctx);
    }

    fn toggle_drawer(&mut self, tab: DrawerTab) {
        self.settings.drawer = if self.settings.drawer == Some(tab) { None } else { Some(tab) };
    }

    /// Mends the problem chosen in the drawer; where the drawer does not show problems, it does now.
    fn fix_problem(&mut self) {
        if self.settings.drawer != Some(DrawerTab::Problems) {
            self.settings.drawer = Some(DrawerTab::Problems);
            self.panels.drawer.problems.focus();
            return;
        }
        self.commit_pending();
        match self.panels.drawer.problems.fix_of_chosen(self.session.document(self.platform.now())) {
            Some(fix) => {
                let said = format!("Mended: {}", fix.label);
                self.edit_and_tell(fix.label, said, &fix.edit, None);
                self.panels.drawer.problems.focus();
            }
            None => {
                let text = "Only you can mend the chosen problem: what to do stands below it";
                self.notices.retain(|notice| notice.text != text);
                self.notices.push(Notice::new(NoticeKind::Done, text));
            }
        }
    }

    /// Says whether it was made.
    pub(super) fn edit(&mut self, label: String, edit: &Edit, select: Option<Text>) -> bool {
        match self.session.apply(label, edit) {
            Ok(()) => {
                if select.is_some() {
                    self.view.transient.selection = select;
                }
                self.drop_missing_selection();
                true
            }
            Err(error) => {
                self.notices.push(Notice::new(NoticeKind::Error, format!("Not changed: {error}")));
                false
            }
        }
    }

    /// Makes an edit, says so and offers to take it back.
    pub(super) fn edit_and_tell(&mut self, label: String, said: String, edit: &Edit, select: Option<Text>) {
        // Only what this edit brought about is told: a date that was outside before stays the check's to report.
        let before = select.as_deref().is_some_and(|id| self.is_outside_sources(id));
        let moved = select.clone();
        if !self.edit(label, edit, select) {
            return;
        }
        let leaves_sources = !before && moved.is_some_and(|id| self.is_outside_sources(&id));
        let said = if leaves_sources { format!("{said}. No source allows this date") } else { said };
        // A notice of an earlier edit would take back this one too.
        let revision = self.session.revision();
        self.notices.retain(|notice| notice.holds_at(revision));
        self.notices.push(Notice::undoable(said, revision));
    }

    /// Whether an event has a date that none of its sources allows.
    fn is_outside_sources(&self, event: &str) -> bool {
        let problems = self.session.problems();
        let found = problems.of(&Subject::Event(event.into()));
        found.into_iter().filter_map(|at| problems.get(at)).any(|problem| problem.code == OUTSIDE_SOURCES)
    }

    /// Takes back the edit that led to a revision. Where another came after it, however shortly, nothing is taken back.
    fn undo_revision(&mut self, revision: u64) {
        if self.session.revision() == revision {
            self.session.undo();
            self.drop_missing_selection();
        } else {
            let text = "Not taken back: something else was changed since. Undo goes back step by step";
            self.notices.push(Notice::new(NoticeKind::Done, text).offering(&[Command::Undo]));
        }
    }

    /// Takes back what the letters typed at a list before have chosen, where the same word chooses something else now: a word is one
    /// step. What leads back to where it began is none.
    pub(super) fn take_back_typed_choice(&mut self, actions: &mut Vec<Action>) {
        let is_change = |action: &Action| matches!(action, Action::Edit { .. } | Action::ChangeSelected(_));
        let is_last = self.typed_choice.take() == Some(self.session.revision());
        if is_last && actions.iter().any(is_change) {
            self.session.undo();
            let timeline = self.session.timeline();
            let is_idle = |action: &Action| matches!(action, Action::Edit { edit, .. } if edit.is_idle(timeline));
            actions.retain(|action| !is_idle(action));
        }
    }

    fn step(&mut self, step: fn(&mut Session) -> bool) {
        self.commit_pending();
        step(&mut self.session);
        self.drop_missing_selection();
    }

    pub(super) fn drop_missing_selection(&mut self) {
        if self.view.transient.selection.as_deref().is_some_and(|id| self.session.timeline().event(id).is_none()) {
            self.view.transient.selection = None;
        }
    }

    /// Changes what fields of the inspector hold and have not handed over yet.
    pub(super) fn commit_pending(&mut self) {
        let mut actions = Vec::new();
        let document = self.session.document(self.platform.now());
        self.panels.drawer.table.commit_pending(document, &mut actions);
        self.panels.inspector.commit_pending(document, &mut actions);
        self.edit_by(actions);
    }

    /// Does what forms of the inspector ask for when they are committed.
    pub(super) fn edit_by(&mut self, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Edit { label, edit, select } => {
                    self.edit(label, &edit, select);
                }
                Action::ShowSource(id) => self.show_source(id),
                _ => {}
            }
        }
    }

    fn reveal(&mut self, id: Text) {
        let document = self.session.document(self.platform.now());
        reveal(document, &mut self.view, &id);
        select_one(&mut self.view, Some(id));
    }

    fn begin_event(&mut self, date: String, lane: Option<Text>) {
        if self.session.read_only().is_some() {
            self.say_why_not(Command::AddEvent);
            return;
        }
        self.commit_pending();
        self.settings.inspector = true;
        self.panels.inspector.begin_event(date, lane);
    }

    /// Says why a command cannot run, once however often it is tried.
    pub(super) fn say_why_not(&mut self, command: Command) {
        if let Some(reason) = command.unavailable(&self.facts()) {
            let text = match self.session.read_only() {
                // What is true of all commands is not said of this one.
                Some(read_only) if read_only.remedy() == reason => reason.to_owned(),
                _ => format!("{}: {reason}", command.label().trim_end_matches('…')),
            };
            self.notices.retain(|notice| notice.text != text);
            self.notices.push(Notice::new(NoticeKind::Done, text));
        }
    }

    fn selected_event(&self) -> Option<&Event> {
        self.session.timeline().event(self.view.transient.selection.as_deref()?)
    }

    fn lane_of_selection(&self) -> Option<Text> {
        let own = self.selected_event().map(|event| event.lane.clone());
        own.unwrap_or_else(|| self.session.timeline().lanes().first().map(|lane| lane.id.clone()))
    }

    fn remove_date(&mut self) {
        self.commit_pending();
        let Some(event) = self.selected_event() else { return };
        let Some(date) = event.date.as_ref().map(|date| date.describe()) else { return };
        let undated = redated(event, None);
        let kept = event.citations.iter().zip(&undated.citations).filter(|(was, is)| was.date != is.date).count();
        let label = format!("Remove the date of “{}”", event.title);
        let mut said = format!("Removed the date {date}");
        match kept {
            0 => {}
            1 => said.push_str(". Its source keeps it"),
            count => said.push_str(&format!(". Its {count} sources keep it")),
        }
        let id = event.id.clone();
        self.edit_and_tell(label, said, &Edit::put_event(undated), Some(id));
    }
}

impl App {
    /// The document with what the query finds.
    pub(super) fn asked_document(&self) -> Document<'_> {
        document(&self.session, &self.search, self.view.place.hides_possible, self.platform.now())
    }

    /// Names what is shown of the answer.
    pub(super) fn answer_number(&self) -> u64 {
        self.search.found.number() * 2 + u64::from(self.view.place.hides_possible)
    }
}

/// The document with what the query finds; what only may match is shown or left out.
pub(super) fn document<'a>(
    session: &'a Session,
    search: &'a Search,
    hides_possible: bool,
    moment: Instant,
) -> Document<'a> {
    let hits = search.found.hits();
    Document {
        // With and without what only may match are two answers.
        answer: search.found.number() * 2 + u64::from(hides_possible),
        matches: hits.map(|hits| if hides_possible { hits.certain() } else { hits.possible() }),
        certain: hits.filter(|hits| !hides_possible && hits.only_possible() > 0).map(Hits::certain),
        known_on: search.found.known_on(),
        perhaps_known: search.found.perhaps_known(),
        ..session.document(moment)
    }
}
