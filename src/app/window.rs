//! One frame: what has come in, the panels in their places, dialogs and notices on top, keys, then what all of them ask for.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{CentralPanel, Context, Frame, Margin, OpenUrl, Panel, Rect, Ui, UiBuilder, Vec2, ViewportCommand, pos2};

use super::act::document as asked_document;
use super::captures::open_file;
use super::files::{Next, RESTORED};
use super::follow::Standing;
use super::jobs::JobKind;
use super::session::Origin;
use super::{App, Dialog};
use crate::account::AccountBy;
use crate::interchange::events::Format as EventFormat;
use crate::interchange::sources::Format;
use crate::model::KnownOn;
use crate::query::{Hits, Matches};
use crate::text::visible;
use crate::theme::Theme;
use crate::ui::Facts;
use crate::ui::dialog::{OpenAnswer, Opening, about_ui, compared_ui, open_ui};
use crate::ui::keyboard::{KeyboardOwner, clipboard, pressed};
use crate::ui::style::{Chrome, STATUS_PT, theme_name};
use crate::ui::{
    Action, CanvasInput, Found, OVERVIEW_PT, Part, ReadOnly, SaveState, Summary, TypedChoice, canvas_ui, drawer_ui,
    exporting_ui, facets_ui, focus_ring_ui, held_ui, import_ui, inspector_ui, known_on_ui, legend_ui, note_chosen,
    notices_ui, palette_ui, reading_ui, recovered_ui, selected_ids, shortcuts_ui, status_ui, take_menu_key,
    take_typed_choice, top_bar_ui, undated_ui,
};

/// Widths of the inspector in points: least, usual, most.
const INSPECTOR_PT: (f32, f32, f32) = (320.0, 360.0, 480.0);

/// How much room the panels beside and below the track take from what is free for all of them, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Around {
    /// At the left and above.
    min: Vec2,
    /// At the right and below.
    max: Vec2,
}

impl Around {
    /// What is taken from a place where this is left.
    fn of(free: Rect, left: Rect) -> Self {
        Self { min: left.min - free.min, max: free.max - left.max }
    }

    /// What is left of a place.
    fn within(self, free: Rect) -> Rect {
        let min = (free.min + self.min).min(free.max);
        Rect { min, max: (free.max - self.max).max(min) }
    }
}

/// What a file that is dropped on the window is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DropUse {
    /// It is opened.
    Open,
    /// Its sources are added.
    Import,
    /// What would become of its events is shown.
    ImportEvents,
    /// It is kept as evidence of the source whose form is open.
    Attach,
}

/// How long a long timeline is left alone before it is checked, in seconds: the picture of an edit comes first, and so does
/// the next edit.
const CHECKED_AFTER: f64 = 0.3;

impl App {
    /// Has a long timeline checked soon after an edit, one check at a time.
    fn check_if_due(&mut self, ctx: &Context) {
        let (revision, now) = (self.session.revision(), ctx.input(|input| input.time));
        if self.session.is_checked() || self.jobs.is_running(JobKind::Check) {
            return;
        }
        let known = self.check_due.filter(|(known, _)| *known == revision);
        let (_, due) = *self.check_due.insert(known.unwrap_or((revision, now + CHECKED_AFTER)));
        if now < due {
            ctx.request_repaint_after(Duration::from_secs_f64(due - now));
        } else if let Some(unchecked) = self.session.unchecked() {
            self.jobs.start(
                JobKind::Check,
                move || unchecked.check(),
                |app, found| {
                    let before = app.session.checked(found);
                    app.jobs.drop_elsewhere(before);
                },
            );
        }
    }

    /// Runs one frame.
    pub(super) fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let name = theme_name(&ctx);
        if self.theme.name != name {
            self.theme = Theme::named(name);
        }
        for finished in self.jobs.finished() {
            self.finish(finished);
        }
        self.look_at_part();
        self.go_on(&ctx);
        self.give_back_typed();
        self.look_for_late_journals(&ctx);
        self.watch_holder(&ctx);
        self.follow_file(&ctx);
        self.watch_captures();
        self.check_if_due(&ctx);
        self.incoming(&ctx);
        self.regrouping.group(&mut self.jobs, &mut self.session, &self.view.place);
        let popup_was_open = egui::Popup::is_any_open(&ctx);
        let was_typing = self.panels.was_typing || ctx.text_edit_focused();

        let now = self.session.revision();
        // Changes that were put back may be taken back: then there is nothing to save.
        let is_saved = !self.session.is_unsaved();
        self.notices.retain(|notice| notice.holds_at(now) && !(is_saved && notice.text.starts_with(RESTORED)));
        let mut actions = Vec::new();
        self.panels_ui(ui, &mut actions);
        self.drop_target_ui(&ctx);
        let dialog_open = self.dialog.is_some();
        self.offer_recovered();
        self.dialogs_ui(&ctx, &mut actions);

        if !dialog_open && self.dialog.is_none() && !popup_was_open {
            let owner = self.keyboard_owner(&ctx, was_typing);
            actions.extend(pressed(&ctx, owner).into_iter().map(Action::Run));
            actions.extend(clipboard(&ctx, owner));
            // What has the keyboard has seen the key of menus by now.
            if ctx.memory(|memory| memory.focused().is_none()) && take_menu_key(&ctx) {
                self.panels.canvas.open_menu();
                ctx.request_repaint();
            }
        }
        self.panels.was_typing = ctx.text_edit_focused();
        self.panels.ring.settle(&ctx);
        focus_ring_ui(&ctx, &self.theme);
        let revision = self.session.revision();
        let typed = take_typed_choice(&ctx);
        if typed == Some(TypedChoice::Again) {
            self.take_back_typed_choice(&mut actions);
        }
        let before = self.session.revision();
        self.act(&ctx, actions);
        if typed.is_some() {
            self.typed_choice = Some(self.session.revision()).filter(|after| *after != before);
        }
        if self.session.revision() != revision {
            // What came of it is shown in this frame, not in the next.
            ctx.request_discard("the timeline has changed");
        }
        self.settle_selection();
        self.read_thumbnails();
        self.journal_typed(&ctx);
        // What came in with this frame is in the timeline or in a form by now.
        self.end_if_asked(&ctx);
        self.tell_settings_trouble();
        self.title(&ctx);
    }

    /// Whom the keys of this frame belong to. A text that had the keyboard when the last frame ended, or has it since, takes
    /// letters for itself; so does a form that is open while the keyboard is nowhere else.
    fn keyboard_owner(&self, ctx: &Context, was_typing: bool) -> KeyboardOwner {
        let in_form = self.settings.inspector && self.panels.inspector.takes_letters(ctx);
        let has_focus = ctx.memory(|memory| memory.focused().is_some());
        if was_typing || ctx.text_edit_focused() {
            KeyboardOwner::Text
        } else if in_form && !has_focus && self.panels.inspector.adds_event() {
            KeyboardOwner::NewEvent
        } else if in_form {
            KeyboardOwner::Text
        } else if has_focus {
            KeyboardOwner::Widget
        } else {
            KeyboardOwner::Free
        }
    }

    fn use_of(&self, path: &Path) -> DropUse {
        let editable = self.dialog.is_none() && self.session.read_only().is_none();
        let shows_source = self.view.transient.source.is_some() && self.settings.inspector;
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) || !editable {
            DropUse::Open
        } else if Format::of_name(path).is_some() {
            DropUse::Import
        } else if !shows_source && (EventFormat::of_name(path).is_some() || path.is_dir()) {
            DropUse::ImportEvents
        } else if shows_source {
            DropUse::Attach
        } else {
            DropUse::Open
        }
    }

    /// Files dropped on the window, and the wish to close it.
    fn incoming(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if let Some(first) = dropped.first() {
            match self.use_of(first) {
                DropUse::Open => self.request(ctx, Next::Open(first.clone())),
                DropUse::Import => self.start_import(first.clone()),
                DropUse::ImportEvents => self.start_import_events(first.clone()),
                DropUse::Attach => self.attach_dropped(&dropped),
            }
        }
        if ctx.input(|input| input.viewport().close_requested()) {
            self.close_requested(ctx);
        }
    }

    /// Puts the panels in their places, and notices over the track.
    fn panels_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let reading = self.reading_facts(ui.ctx());
        let exporting = self.export_facts(ui.ctx());
        let recovered = self.recovery_facts();
        let waits_for = self.waits_for();
        let held = self.held_facts();
        let known_on = self.known_on();
        self.settle_hits();
        self.search.keep_selected(&self.view.place.query, || selected_ids(&self.view));
        self.view.transient.visited.settle(&self.view.place, ui.input(|input| input.time));
        if !self.search.found.answers(self.session.revision(), &self.view.place.query, known_on.as_ref()) {
            // A question comes first.
            self.counting.call_off();
        }
        if self.panels.top_bar.query.has_focus() {
            self.search.prepare(&mut self.jobs, &self.session);
        }
        self.search.ask(&mut self.jobs, &self.session, &self.view.place.query, known_on.as_ref(), self.platform.now());
        let every = self.session.timeline().events().len();
        let fault = self.search.found.fault().cloned();
        let answered = self.search.found.query();
        let save_state = self.save_state();
        let (name, theme) = (self.session.name(), self.theme.clone());
        let chrome = Chrome::of(&theme);
        let summary = Summary {
            timeline: self.session.timeline(),
            revision: self.session.revision(),
            title: &self.session.timeline().header().title,
            name: &name,
            save_state,
            recent: &self.settings.recent,
            matching: self.search.found.matches().map_or(every, Matches::count),
            only_possible: self.search.found.hits().map_or(0, Hits::only_possible),
            query_fault: fault.as_ref(),
            answered: answered.text(),
            problems: self.session.problems().total(),
            worst_problem: self.session.worst_problem(),
            facts: Facts {
                reading: self.reading.is_some(),
                changed_outside: self.has_changes(),
                diverged: self.following.standing == Standing::Diverged,
                any_rejected: self.panels.rejected.is_some(),
                ..super::sources::facts_of(&self.session, &self.view)
            },
            preferences: self.settings.preferences(),
            theme_choice: self.settings.theme,
            facets: self.settings.facets,
            inspector: self.settings.inspector,
            drawer: self.settings.drawer,
            // The strip says more of a file being read.
            busy: waits_for.as_deref().or_else(|| {
                let busy = self.jobs.busy();
                busy.filter(|kind| reading.is_none() || *kind != JobKind::Open).map(JobKind::label)
            }),
        };
        let (view, panels) = (&mut self.view, &mut self.panels);
        view.transient.is_partial = self.session.is_part();
        panels.ring.begin();
        let free = ui.available_rect_before_wrap();
        top_bar_ui(ui, &summary, view, chrome, &mut panels.top_bar, actions);
        panels.ring.put_between(Part::Bar, free, ui.available_rect_before_wrap());
        self.search.offer(&mut self.jobs, &self.session, &mut panels.top_bar.query);
        if let Some(reading) = &reading {
            reading_ui(ui, reading, chrome, actions);
        }
        if let Some(exporting) = &exporting {
            exporting_ui(ui, exporting, chrome, actions);
        }
        if let Some(text) = &recovered {
            recovered_ui(ui, text, chrome, actions);
        }
        if let Some((reason, holder)) = &held {
            held_ui(ui, *reason, holder, chrome, actions);
        }
        let now = self.platform.now();
        let asked = asked_document(&self.session, &self.search, view.place.hides_possible, now);
        known_on_ui(ui, asked, view, chrome, &mut panels.known_on, actions);
        // The query field and the date stand above: what was entered there counts from here on.
        let known_on = view.place.asked_on(self.session.timeline().zone());
        self.search.keep_selected(&view.place.query, || selected_ids(view));
        self.search.ask(&mut self.jobs, &self.session, &view.place.query, known_on.as_ref(), self.platform.now());
        let matches = self.search.found.matches();
        let fault = self.search.found.fault().cloned();
        let answered = self.search.found.query();
        let summary = Summary {
            matching: matches.map_or(every, Matches::count),
            only_possible: self.search.found.hits().map_or(0, Hits::only_possible),
            query_fault: fault.as_ref(),
            answered: answered.text(),
            ..summary
        };
        if self.settings.facets {
            self.counting.ask(&mut self.jobs, &self.session, &mut self.search, &panels.facets, now);
        }
        if summary.drawer == Some(crate::ui::DrawerTab::Table) {
            self.sorting.ask(&mut self.jobs, &self.session, &mut self.search, &mut panels.drawer.table);
        }
        let document = asked_document(&self.session, &self.search, view.place.hides_possible, now);
        let document = crate::ui::Document { thumbnails: Some(&self.thumbnails), ..document };
        let timeline = self.session.timeline();
        match AccountBy::of(view.place.grouping) {
            Some(by) => self.accounts.derive(&mut self.jobs, timeline, by, &view.place.arrangement, document),
            // Until other bands are there they stay.
            None if self.regrouping.is_asking() => self.accounts.call_off(),
            None => self.accounts.forget(&self.jobs),
        }
        let tracked = self.accounts.document(document);
        let derived = self.accounts.derived();
        self.colors.choose(&mut self.jobs, timeline, derived, tracked, view.place.color_by);
        let tracked = crate::ui::Document { colored: self.colors.shown(), ..tracked };
        if view.transient.marks_gaps || summary.drawer == Some(crate::ui::DrawerTab::Gaps) {
            self.activity.look(&mut self.jobs, timeline, derived, self.search.found.hits(), tracked);
        } else {
            self.activity.forget();
        }
        let activity = self.activity.shown();
        let tracked = crate::ui::Document { activity, ..tracked };
        let preferences = summary.preferences;
        let mut facets_pt = None;
        // In the order of the screen, as Tab goes and screen readers read: the status line comes last though its room is the first
        // to be kept free, and the track before the panels beside and below it, which take the room that they took last.
        let mut middle = ui.available_rect_before_wrap();
        middle.max.y = (middle.max.y - STATUS_PT).max(middle.min.y);
        let mut middle = ui.new_child(UiBuilder::new().id_salt("middle").max_rect(middle));
        let free = middle.available_rect_before_wrap();
        if summary.facets {
            let shown = self.counting.shown();
            let state = &mut panels.facets;
            let width_pt = facets_ui(&mut middle, shown, self.settings.facets_pt, view, chrome, state, actions);
            facets_pt = Some(width_pt);
        }
        let free_of_facets = middle.available_rect_before_wrap();
        panels.ring.put_between(Part::Facets, free, free_of_facets);
        let column = panels.around.within(free_of_facets);
        let track = panels.tray.within(column);
        let ground = crate::ui::color32(theme.background);
        let mut central = middle.new_child(UiBuilder::new().id_salt("track").max_rect(track));
        CentralPanel::default().frame(Frame::new().fill(ground).inner_margin(Margin::ZERO)).show(&mut central, |ui| {
            let input = CanvasInput { doc: tracked, theme: &theme, preferences };
            canvas_ui(ui, input, view, &mut self.shaper, &mut panels.canvas, actions);
            legend_ui(ui, input, view, (&panels.canvas, &mut panels.legend), &mut self.shaper, actions);
        });
        panels.ring.put(Part::Track, track);
        let above_overview = Rect { max: pos2(track.max.x, track.max.y - OVERVIEW_PT as f32), ..track };
        notices_ui(ui.ctx(), above_overview, &mut self.notices, chrome, actions);
        let mut below = middle.new_child(UiBuilder::new().id_salt("below the track").max_rect(column));
        undated_ui(&mut below, document, view, &theme, preferences, &mut panels.undated, actions);
        let tray = Around::of(column, below.available_rect_before_wrap());
        if summary.inspector {
            let (least, usual, most) = INSPECTOR_PT;
            Panel::right("inspector")
                .resizable(true)
                .default_size(usual)
                .size_range(least..=most)
                .frame(Frame::new().fill(chrome.surface))
                .show(&mut middle, |ui| {
                    inspector_ui(ui, document, view, &theme, preferences, &mut panels.inspector, actions);
                });
        }
        let free = middle.available_rect_before_wrap();
        panels.ring.put_between(Part::Inspector, free_of_facets, free);
        // Gaps are those of the bands of the track; whatever else is listed is so of the timeline itself.
        let listed = if summary.drawer == Some(crate::ui::DrawerTab::Gaps) { tracked } else { document };
        drawer_ui(&mut middle, listed, &summary, view, &theme, &mut panels.drawer, actions);
        panels.ring.put_between(Part::Drawer, free, middle.available_rect_before_wrap());
        let around = Around::of(free_of_facets, middle.available_rect_before_wrap());
        if around.within(free_of_facets) != column || tray.within(column) != track {
            (panels.around, panels.tray) = (around, tray);
            ui.ctx().request_discard("the panels around the track take other room");
            ui.ctx().request_repaint();
        }
        status_ui(ui, document, &summary, view, chrome, actions);
        if self.settings.table != *panels.drawer.table.columns() {
            self.settings.table.clone_from(panels.drawer.table.columns());
        }
        if let Some(width_pt) = facets_pt {
            self.settings.facets_pt = width_pt;
        }
    }

    /// What was known on the date that the view asks about.
    pub(super) fn known_on(&self) -> Option<KnownOn> {
        self.view.place.asked_on(self.session.timeline().zone())
    }

    fn save_state(&self) -> SaveState {
        if self.session.is_part() {
            return SaveState::Reading;
        }
        if self.session.read_only().is_some() {
            return SaveState::ReadOnly;
        }
        if self.jobs.is_running(JobKind::Save) {
            return SaveState::Saving;
        }
        if self.session.is_gone() {
            return SaveState::Gone;
        }
        match self.following.standing {
            Standing::InStep => {}
            Standing::Unreadable => return SaveState::Unreadable,
            Standing::Diverged => return SaveState::Diverged,
        }
        if let Some(why) = self.session.unwritable() {
            return SaveState::Unwritable { why, is_unsaved: self.session.is_unsaved() };
        }
        match (self.session.is_unsaved(), self.session.origin()) {
            (true, _) => SaveState::Unsaved,
            (false, Origin::Sample) => SaveState::Sample,
            (false, Origin::Untitled) => SaveState::Untitled,
            (false, Origin::File(_)) => SaveState::Saved,
        }
    }

    /// Says, while a file is held over the window, what dropping it does.
    fn drop_target_ui(&self, ctx: &Context) {
        let hovered = ctx.input(|input| input.raw.hovered_files.first().map(|file| file.path.clone()));
        let Some(hovered) = hovered else { return };
        let words = match hovered.map_or(DropUse::Open, |path| self.use_of(&path)) {
            DropUse::Open => "Drop the file to open it",
            DropUse::Import => "Drop the file to import its sources",
            DropUse::ImportEvents => "Drop the file to import its events",
            DropUse::Attach => "Drop the file to attach it to this source",
        };
        let chrome = Chrome::of(&self.theme);
        let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop target"));
        let (painter, rect) = (ctx.layer_painter(layer), ctx.content_rect());
        painter.rect_filled(rect, 0.0, chrome.surface.gamma_multiply(0.85));
        let edge = egui::Stroke::new(2.0, chrome.accent);
        painter.rect_stroke(rect.shrink(12.0), 8.0, edge, egui::StrokeKind::Inside);
        let font = egui::TextStyle::Heading.resolve(&ctx.global_style());
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, words, font, chrome.text);
    }

    fn dialogs_ui(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        let chrome = Chrome::of(&self.theme);
        match self.dialog.take() {
            None => {}
            Some(Dialog::Open(opening)) => self.open_dialog(ctx, opening),
            Some(Dialog::Unsaved(next)) => self.unsaved_dialog(ctx, next),
            Some(Dialog::Recover(dialog)) => self.recover_dialog(ctx, dialog),
            Some(Dialog::Diverged(dialog)) => self.diverged_dialog(ctx, dialog),
            Some(Dialog::Collided(dialog)) => self.collided_dialog(ctx, dialog),
            Some(Dialog::Gone(then)) => self.gone_dialog(ctx, then),
            Some(Dialog::Path(form, then)) => self.path_dialog(ctx, form, then),
            Some(Dialog::Export(dialog)) => self.export_dialog(ctx, dialog),
            Some(Dialog::Compared(compared)) => {
                self.dialog = compared_ui(ctx, &compared, chrome).then_some(Dialog::Compared(compared));
            }
            Some(Dialog::Versions(dialog)) => self.versions_dialog(ctx, dialog),
            Some(Dialog::Events(dialog)) => self.events_dialog(ctx, dialog),
            Some(Dialog::Imported(report)) => {
                self.dialog = import_ui(ctx, &report, chrome).then_some(Dialog::Imported(report));
            }
            Some(Dialog::Merge(state)) => self.merge_dialog(ctx, state, actions),
            Some(Dialog::Era(form)) => self.era_dialog(ctx, form),
            Some(Dialog::Link(form)) => self.link_dialog(ctx, form),
            Some(Dialog::Lane(form)) => self.lane_dialog(ctx, form),
            Some(Dialog::Name(form)) => self.name_dialog(ctx, form),
            Some(Dialog::Palette(mut state)) => {
                let lately = std::mem::take(&mut self.panels.chosen_lately);
                let beside = (&self.facts(), lately.as_slice());
                let (open, found) = palette_ui(ctx, &mut state, self.asked_document(), beside, chrome);
                self.panels.chosen_lately = lately;
                if open {
                    self.dialog = Some(Dialog::Palette(state));
                }
                if let Some(found) = found {
                    note_chosen(&mut self.panels.chosen_lately, found.clone());
                    actions.push(match found {
                        Found::Command(command) => Action::Run(command),
                        Found::Date(date) => Action::GoTo(date),
                        Found::Lane(id) => Action::ShowLane(id),
                        Found::View(id) => Action::ShowView(id),
                        Found::Event(id) => Action::Reveal(id),
                        Found::Source(id) => Action::ShowSource(Some(id)),
                        Found::Zone(zone) => Action::ShowIn(zone),
                    });
                }
            }
            Some(Dialog::Shortcuts) => self.dialog = shortcuts_ui(ctx, chrome).then_some(Dialog::Shortcuts),
            Some(Dialog::About) => self.dialog = about_ui(ctx, chrome).then_some(Dialog::About),
        }
    }

    /// Asks before the system gets an address or a file.
    fn open_dialog(&mut self, ctx: &Context, opening: Opening) {
        match open_ui(ctx, &opening, Chrome::of(&self.theme)) {
            None => self.dialog = Some(Dialog::Open(opening)),
            Some(OpenAnswer::Open) => match &opening {
                Opening::Address(address) => ctx.open_url(OpenUrl::new_tab(address.as_str())),
                Opening::Capture(path) => open_file(ctx, path),
            },
            Some(OpenAnswer::Copy) => ctx.copy_text(opening.text().into_owned()),
            Some(OpenAnswer::Cancel) => {}
        }
    }

    /// Keeps the window's title: the unsaved mark, the name of the file, whether another window has it, the program.
    fn title(&mut self, ctx: &Context) {
        let mark = if self.session.is_unsaved() { "• " } else { "" };
        let held = match self.session.read_only() {
            Some(ReadOnly::Held | ReadOnly::Released) => " (read-only)",
            None if self.session.unwritable().is_some() => " (cannot be written)",
            _ => "",
        };
        let title = format!("{mark}{}{held} — Annalist", visible(&self.session.name()));
        if title != self.panels.window_title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.panels.window_title = title;
        }
    }

    /// The title of the window.
    pub fn window_title(&self) -> &str {
        &self.panels.window_title
    }
}
