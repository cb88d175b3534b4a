//! The top bar: menus, title, query field, the buttons that are used most.

use std::path::Path;

use egui::style::StyleModifier;
use egui::{
    Align, Button, Frame, Layout, Margin, Panel, Popup, Response, RichText, Stroke, TextStyle, TextWrapMode, Ui,
    WidgetText, vec2,
};

use super::bidi::{has_rtl, visual_line};
use super::command::{Command, Group};
use super::context::{named_choice_ui, ticked_ui};
use super::fonts::semibold;
use super::icon::{self, Icon, icon_button};
use super::letters::{self, Letters, cut_label_ui};
use super::menu_popup::menu_button_ui;
use super::query_field::{QueryFieldState, query_field_ui};
use super::state::{DrawerTab, SaveState, Summary, ThemeChoice};
use super::style::{Chrome, GRID_PT, TOP_BAR_PT};
use super::views::{changed_sign, opened_view, views_menu};
use super::{Action, ViewState, arrange_ui};
use crate::account::AccountBy;
use crate::index::Facet;
use crate::layout::Folding;
use crate::model::{ColorBy, Grouping, ImageDisplay, KnownBy, LinkDisplay};
use crate::text::{Face, visible};
use crate::theme::font;

/// Width that the menus take, in points.
const MENUS_PT: f32 = 184.0;

/// Between buttons with an icon, in points.
const ICONS_GAP_PT: f32 = 2.0;

/// The least width of the title in the bar, in points: with less it is in the overflow menu.
const TITLE_LEAST_PT: f32 = 88.0;

/// Widths of the question field, in points: least and most.
const QUERY_PT: (f32, f32) = (150.0, 520.0);

/// What the buttons with words at the right read.
const OVERFLOW: &str = "…";
const EXPORT: &str = "Export…";
const ADD: &str = "Add event";

/// The most signs of a field's name on the button that tells what bands stand for.
const MOST_NAMED: usize = 20;

/// What the top bar remembers between frames.
#[derive(Debug, Default)]
pub struct TopBarState {
    /// The question field.
    pub query: QueryFieldState,
    /// Groupings by fields of the user's own, of a revision.
    own: Option<(u64, Vec<Grouping>)>,
    /// Width of all that stood right of the question field in the last frame, in points.
    right_pt: f32,
}

/// The bar across the top of the window.
pub fn top_bar_ui(
    ui: &mut Ui,
    summary: &Summary<'_>,
    view: &mut ViewState,
    chrome: Chrome,
    state: &mut TopBarState,
    actions: &mut Vec<Action>,
) {
    let frame = Frame::new().fill(chrome.surface).inner_margin(Margin::symmetric(8, 0));
    Panel::top("top bar").exact_size(TOP_BAR_PT).frame(frame).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            // A menu bar takes all the width it finds.
            ui.allocate_ui(vec2(MENUS_PT, TOP_BAR_PT), |ui| {
                menus_ui(ui, summary, view, &mut state.own, actions);
            });
            // From left to right, as Tab goes: title and query share what the others left free in the last frame. Where that has
            // changed, this frame is made once more with the new widths before anybody sees it.
            let gap = ui.spacing().item_spacing.x;
            let labels = Aspect::ALL.map(|aspect| aspect.label(summary, view));
            let fit = Fit::of(ui.available_width(), &Widths::of(ui, &labels));
            let room = ui.available_width() - state.right_pt - gap;
            let query_pt = if fit.title { room * 0.6 } else { room }.clamp(QUERY_PT.0, QUERY_PT.1);
            if fit.title {
                let title_pt = (room - query_pt - gap).max(0.0);
                ui.allocate_ui_with_layout(vec2(title_pt, TOP_BAR_PT), Layout::left_to_right(Align::Center), |ui| {
                    ui.set_width(title_pt);
                    title_ui(ui, summary, chrome);
                });
            }
            query_field_ui(ui, query_pt, summary, &mut view.place.query, chrome, &mut state.query, actions);
            let right = ui.scope(|ui| {
                ui.spacing_mut().item_spacing.x = ICONS_GAP_PT;
                ui.scope(|ui| {
                    ui.spacing_mut().item_spacing.x = gap;
                    for (aspect, label) in Aspect::ALL.into_iter().zip(labels).take(fit.aspects) {
                        aspect.ui(ui, format!("{label} ▾"), summary, view, &mut state.own, actions);
                    }
                    if fit != Fit::ALL {
                        overflow_ui(ui, fit, summary, view, &mut state.own, actions);
                    }
                });
                buttons_ui(ui, fit, summary, chrome, actions);
            });
            let before = std::mem::replace(&mut state.right_pt, right.response.rect.width());
            if (state.right_pt - before).abs() > 0.5 {
                ui.ctx().request_discard("the buttons of the top bar have another width");
            }
        });
    });
}

/// What of the bar has room; the rest is in its overflow menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fit {
    /// How many of the buttons that say what is shown, from the left.
    aspects: usize,
    /// The buttons with an icon.
    icons: bool,
    export: bool,
    title: bool,
}

/// Widths of what can leave the bar, in points.
#[derive(Debug, Clone, Copy)]
struct Widths {
    aspects: [f32; Aspect::ALL.len()],
    overflow: f32,
    export: f32,
    add: f32,
    /// Between two buttons.
    gap: f32,
}

impl Fit {
    const ALL: Self = Self { aspects: Aspect::ALL.len(), icons: true, export: true, title: true };

    /// From the whole bar to the least of it, in the order in which its parts give way.
    const STEPS: [Self; 7] = [
        Self::ALL,
        Self { aspects: 2, ..Self::ALL },
        Self { aspects: 1, ..Self::ALL },
        Self { aspects: 0, ..Self::ALL },
        Self { aspects: 0, icons: false, ..Self::ALL },
        Self { aspects: 0, icons: false, export: false, ..Self::ALL },
        Self { aspects: 0, icons: false, export: false, title: false },
    ];

    /// The most that has room right of the menus, with the least of title and question field.
    fn of(room_pt: f32, widths: &Widths) -> Self {
        let [.., least] = Self::STEPS;
        Self::STEPS.into_iter().find(|fit| fit.width_pt(widths) <= room_pt).unwrap_or(least)
    }

    fn width_pt(self, widths: &Widths) -> f32 {
        let Widths { aspects, overflow, export, add, gap } = *widths;
        let icons = 4.0 * icon::BUTTON_PT + 3.0 * ICONS_GAP_PT + 3.0 * GRID_PT;
        let parts = [
            (self.title, TITLE_LEAST_PT + gap),
            (true, QUERY_PT.0 + gap),
            (self != Self::ALL, overflow + gap),
            (self.icons, icons + gap),
            (self.export, export + gap),
            (true, add),
        ];
        let parts: f32 = parts.into_iter().filter(|(is_shown, _)| *is_shown).map(|(_, width)| width).sum();
        let aspects: f32 = aspects.into_iter().take(self.aspects).map(|width| width + gap).sum();
        parts + aspects
    }
}

impl Widths {
    fn of(ui: &Ui, aspects: &[String; Aspect::ALL.len()]) -> Self {
        let padding = 2.0 * ui.spacing().button_padding.x;
        let width = |text: WidgetText| {
            text.into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, TextStyle::Button).size().x + padding
        };
        Self {
            aspects: aspects.each_ref().map(|label| width(format!("{label} ▾").into())),
            overflow: width(OVERFLOW.into()),
            export: width(EXPORT.into()),
            add: width(RichText::new(ADD).family(semibold()).into()),
            gap: 2.0 * GRID_PT,
        }
    }
}

fn menus_ui(ui: &mut Ui, summary: &Summary<'_>, view: &ViewState, own: &mut OwnGroupings, actions: &mut Vec<Action>) {
    let config = egui::containers::menu::MenuConfig::new().style(StyleModifier::new(menu_style));
    egui::MenuBar::new().style(StyleModifier::new(menu_style)).config(config).ui(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for group in Group::ALL {
            menu_button_ui(ui, group.label(), |ui| {
                ui.set_min_width(232.0);
                match group {
                    Group::File => file_menu(ui, summary, actions),
                    Group::Edit => edit_menu(ui, summary, actions),
                    Group::View => view_menu(ui, summary, view, own, actions),
                    Group::Help => help_menu(ui, summary, actions),
                }
            });
        }
    });
}

fn menu_style(style: &mut egui::Style) {
    egui::containers::menu::menu_style(style);
    style.spacing.button_padding = vec2(8.0, 4.0);
    for visuals in [
        &mut style.visuals.widgets.inactive,
        &mut style.visuals.widgets.hovered,
        &mut style.visuals.widgets.active,
        &mut style.visuals.widgets.open,
    ] {
        visuals.bg_stroke = Stroke::NONE;
    }
}

fn file_menu(ui: &mut Ui, summary: &Summary<'_>, actions: &mut Vec<Action>) {
    commands_ui(ui, summary, &[Command::New, Command::Open, Command::OpenPath], actions);
    menu_button_ui(ui, "Recent files", |ui| {
        ui.set_min_width(280.0);
        if summary.recent.is_empty() {
            ui.add_enabled(false, Button::new("No recent files"));
            return;
        }
        for path in summary.recent {
            let name = file_name(path);
            // Names of files may be written from right to left, or hold signs that nobody sees.
            let entry = Button::new(visual_line(&visible(&name)).into_owned());
            let entry = entry.right_text(visible(&muted_folder(path)).into_owned());
            if ui.add(entry).on_hover_text(visible(&path.display().to_string())).clicked() {
                actions.push(Action::Open(path.clone()));
                leave_menu(ui);
            }
        }
        ui.separator();
        if ui.button("Forget recent files").clicked() {
            actions.push(Action::ForgetRecent);
            leave_menu(ui);
        }
    });
    ui.separator();
    let of_file = [
        Command::Save,
        Command::SaveAs,
        Command::Reload,
        Command::MergeFile,
        Command::TakeOver,
        Command::EarlierVersions,
        Command::CancelReading,
    ];
    commands_ui(ui, summary, &of_file, actions);
    ui.separator();
    commands_ui(
        ui,
        summary,
        &[
            Command::Compare,
            Command::Export,
            Command::ImportEvents,
            Command::ImportFolder,
            Command::SaveRejected,
            Command::ImportSources,
            Command::ExportSources,
        ],
        actions,
    );
    ui.separator();
    commands_ui(ui, summary, &[Command::Quit], actions);
}

fn edit_menu(ui: &mut Ui, summary: &Summary<'_>, actions: &mut Vec<Action>) {
    commands_ui(ui, summary, &[Command::Undo, Command::Redo], actions);
    ui.separator();
    let event = [
        Command::AddEvent,
        Command::EditEvent,
        Command::DateEvent,
        Command::RemoveDate,
        Command::MergeEvents,
        Command::LinkEvents,
        Command::DeleteEvent,
    ];
    commands_ui(ui, summary, &event, actions);
    ui.separator();
    let clipboard =
        [Command::CutEvents, Command::CopyEvents, Command::CopyTable, Command::PasteEvents, Command::DuplicateEvent];
    commands_ui(ui, summary, &clipboard, actions);
    ui.separator();
    let source = [
        Command::CiteSource,
        Command::AddSource,
        Command::DeleteSource,
        Command::MergeSources,
        Command::AttachCapture,
        Command::CheckCaptures,
    ];
    commands_ui(ui, summary, &source, actions);
    ui.separator();
    commands_ui(ui, summary, &[Command::AddLane, Command::AddEra], actions);
    ui.separator();
    commands_ui(
        ui,
        summary,
        &[Command::Find, Command::ClearQuestion, Command::FixProblem, Command::SelectAll, Command::ClearSelection],
        actions,
    );
}

fn view_menu(ui: &mut Ui, summary: &Summary<'_>, view: &ViewState, own: &mut OwnGroupings, actions: &mut Vec<Action>) {
    let zoom = [Command::ZoomIn, Command::ZoomOut, Command::ZoomAll, Command::ZoomHits, Command::ZoomSelection];
    commands_ui(ui, summary, &zoom, actions);
    commands_ui(ui, summary, &[Command::GoTo, Command::Back, Command::Forward], actions);
    choice_ui(ui, Command::FoldTime, view.place.folding != Folding::Off, actions);
    let go = [Command::PreviousEvent, Command::NextEvent, Command::FirstEvent, Command::LastEvent];
    let also = [Command::AlsoPreviousEvent, Command::AlsoNextEvent];
    menu_button_ui(ui, "Next and previous", |ui| {
        commands_ui(ui, summary, &go, actions);
        commands_ui(ui, summary, &also, actions);
        ui.separator();
        commands_ui(ui, summary, &[Command::PreviousHit, Command::NextHit], actions);
        ui.separator();
        commands_ui(ui, summary, &[Command::NextPart, Command::PreviousPart], actions);
    });
    choice_ui(ui, Command::PossibleHits, !view.place.hides_possible, actions);
    ui.separator();
    choice_ui(ui, Command::ToggleFacets, summary.facets, actions);
    choice_ui(ui, Command::ToggleInspector, summary.inspector, actions);
    choice_ui(ui, Command::ToggleForm, summary.preferences.edits, actions);
    choice_ui(ui, Command::ToggleTable, summary.drawer == Some(DrawerTab::Table), actions);
    choice_ui(ui, Command::ToggleSources, summary.drawer == Some(DrawerTab::Sources), actions);
    choice_ui(ui, Command::ToggleProblems, summary.drawer == Some(DrawerTab::Problems), actions);
    choice_ui(ui, Command::ToggleGaps, summary.drawer == Some(DrawerTab::Gaps), actions);
    menu_button_ui(ui, "Saved views", |ui| views_menu(ui, summary, view, actions));
    ui.separator();
    menu_button_ui(ui, "Group by", |ui| group_menu(ui, summary, view, own, actions));
    menu_button_ui(ui, "Colour by", |ui| color_menu(ui, summary, view, own, actions));
    choice_ui(ui, Command::DateLabels, view.shows_dates(summary.preferences), actions);
    choice_ui(ui, Command::SourcingSigns, !summary.preferences.hides_signs, actions);
    choice_ui(ui, Command::TrackImages, view.place.images == ImageDisplay::Track, actions);
    choice_ui(ui, Command::MarkGaps, view.transient.marks_gaps, actions);
    choice_ui(ui, Command::AllLinks, view.place.links == LinkDisplay::All, actions);
    commands_ui(ui, summary, &[Command::ShowIn], actions);
    let asked = view.place.known_on.as_ref().map(|_| view.place.known_by);
    choice_ui(ui, Command::KnownOn, asked == Some(KnownBy::Published), actions);
    choice_ui(ui, Command::KnewOn, asked == Some(KnownBy::Recorded), actions);
    ui.separator();
    menu_button_ui(ui, "Theme", |ui| {
        let choice = summary.theme_choice;
        named_choice_ui(ui, Command::ThemeSystem, "As the system", choice == ThemeChoice::System, actions);
        named_choice_ui(ui, Command::ThemeLight, "Light", choice == ThemeChoice::Light, actions);
        named_choice_ui(ui, Command::ThemeDark, "Dark", choice == ThemeChoice::Dark, actions);
    });
    menu_button_ui(ui, "Mouse wheel", |ui| {
        named_choice_ui(ui, Command::WheelZooms, "Zooms", !summary.preferences.wheel_pans, actions);
        named_choice_ui(ui, Command::WheelPans, "Pans", summary.preferences.wheel_pans, actions);
    });
    choice_ui(ui, Command::IsoWeeks, summary.preferences.iso_weeks, actions);
    choice_ui(ui, Command::ReduceMotion, summary.preferences.reduce_motion, actions);
}

/// Groupings by fields of the user's own, of a revision.
type OwnGroupings = Option<(u64, Vec<Grouping>)>;

/// Whose field it is that bands or colours can stand for: so many stand in one menu that those of sources have one of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Event,
    Sources,
    Accounts,
}

impl Whose {
    const fn of(grouping: Grouping) -> Self {
        match grouping {
            Grouping::Source
            | Grouping::Origin
            | Grouping::Publisher
            | Grouping::Author
            | Grouping::SourceKind
            | Grouping::Language
            | Grouping::Reliability
            | Grouping::Stance => Self::Sources,
            _ if AccountBy::of(grouping).is_some() => Self::Accounts,
            _ => Self::Event,
        }
    }
}

/// What the bands can stand for: fields of events, and by menus of their own those of sources, accounts, and the fields of the user's
/// own that some event has.
fn group_menu(ui: &mut Ui, summary: &Summary<'_>, view: &ViewState, own: &mut OwnGroupings, actions: &mut Vec<Action>) {
    let chosen = view.place.grouping;
    // A grouping that has a command is in the menu by that alone; those of the user's own have none.
    let choices = || Command::ALL.iter().filter_map(|command| Some((*command, command.grouping()?)));
    let of = |whose: Whose| choices().filter(move |(_, grouping)| Whose::of(*grouping) == whose);
    for (command, grouping) in of(Whose::Event) {
        named_choice_ui(ui, command, grouping.label(), chosen == grouping, actions);
    }
    ui.separator();
    for (whose, title) in [(Whose::Sources, "Of the sources"), (Whose::Accounts, "Accounts side by side")] {
        menu_button_ui(ui, title, |ui| {
            for (command, grouping) in of(whose) {
                named_choice_ui(ui, command, grouping.label(), chosen == grouping, actions);
            }
        });
    }
    own_menu(ui, summary, own, |ui, grouping, label| {
        if ticked_ui(ui, label, "", chosen == grouping).on_hover_text("A band for each of its values").clicked() {
            actions.push(Action::GroupBy(grouping));
            leave_menu(ui);
        }
    });
    ui.separator();
    arrange_ui(ui, &view.place.arrangement, actions);
}

/// The menu of the fields of the user's own, where there are any: an import may bring very many.
fn own_menu(
    ui: &mut Ui,
    summary: &Summary<'_>,
    own: &mut OwnGroupings,
    mut entry: impl FnMut(&mut Ui, Grouping, &str),
) {
    let fields = own_fields(summary, own);
    if fields.is_empty() {
        return;
    }
    menu_button_ui(ui, "Fields of your own", |ui| {
        for grouping in fields {
            entry(ui, *grouping, &visible(grouping.label()));
        }
    });
}

/// What colours can stand for: what has a scale of its own, then all else that bands can, but for accounts, which are bands.
fn color_menu(ui: &mut Ui, summary: &Summary<'_>, view: &ViewState, own: &mut OwnGroupings, actions: &mut Vec<Action>) {
    let chosen = view.place.color_by;
    let scales = [
        (Command::ColorByLane, ColorBy::Lane),
        (Command::ColorByStanding, ColorBy::Standing),
        (Command::ColorByReliability, ColorBy::Reliability),
        (Command::ColorByWeight, ColorBy::Weight),
    ];
    for (command, color_by) in scales {
        named_choice_ui(ui, command, color_by.label(), chosen == color_by, actions);
    }
    ui.separator();
    let mut entry = |ui: &mut Ui, grouping: Grouping, label: &str| {
        let entry = ticked_ui(ui, label, "", chosen == grouping);
        if entry.on_hover_text("The most frequent values have a colour each").clicked() {
            actions.push(Action::ColorBy(grouping));
            leave_menu(ui);
        }
    };
    // What has a scale of its own is listed above, and not again by its values.
    let is_scale = |grouping: Grouping| scales.iter().any(|(_, scale)| *scale == grouping);
    let of = |whose: Whose| Grouping::ALL.into_iter().filter(move |grouping| Whose::of(*grouping) == whose);
    of(Whose::Event).filter(|of| !is_scale(*of)).for_each(|grouping| entry(ui, grouping, grouping.label()));
    ui.separator();
    menu_button_ui(ui, "Of the sources", |ui| {
        of(Whose::Sources).filter(|of| !is_scale(*of)).for_each(|grouping| entry(ui, grouping, grouping.label()));
    });
    own_menu(ui, summary, own, entry);
}

/// The fields of the user's own that some event has.
fn own_fields<'o>(summary: &Summary<'_>, own: &'o mut OwnGroupings) -> &'o [Grouping] {
    // Every event is read for these, but for as long as nothing is changed only once.
    if own.as_ref().is_none_or(|(revision, _)| *revision != summary.revision) {
        let fields = Facet::own(summary.timeline).into_iter().filter_map(|facet| match facet {
            Facet::Own(name) => Some(Grouping::Own(name)),
            _ => None,
        });
        *own = Some((summary.revision, fields.collect()));
    }
    own.as_ref().map_or(&[], |(_, fields)| fields)
}

/// What is shown, as a button with the menu that changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aspect {
    Views,
    Group,
    Color,
}

impl Aspect {
    const ALL: [Self; 3] = [Self::Views, Self::Group, Self::Color];

    fn label(self, summary: &Summary<'_>, view: &ViewState) -> String {
        match self {
            Self::Views => opened_view(summary.timeline, view).map_or_else(
                || "Views".to_owned(),
                |opened| format!("View: {}{}", short(&visible(&opened.title)), changed_sign(&summary.facts)),
            ),
            Self::Group => format!("Group: {}", short(&visible(view.place.grouping.label()))),
            Self::Color => format!("Colour: {}", short(&visible(view.place.color_by.label()))),
        }
    }

    const fn tooltip(self) -> &'static str {
        match self {
            Self::Views => "Saved views: a window in time with its question, bands and colours",
            Self::Group => "What the bands of the track stand for",
            Self::Color => "What the colours of marks stand for",
        }
    }

    /// The button in the bar, or the entry of a menu.
    fn ui(
        self,
        ui: &mut Ui,
        label: String,
        summary: &Summary<'_>,
        view: &ViewState,
        own: &mut OwnGroupings,
        actions: &mut Vec<Action>,
    ) {
        let button = menu_button_ui(ui, label, |ui| match self {
            Self::Views => views_menu(ui, summary, view, actions),
            Self::Group => group_menu(ui, summary, view, own, actions),
            Self::Color => color_menu(ui, summary, view, own, actions),
        });
        button.on_hover_text(self.tooltip());
    }
}

/// The button of the overflow menu: what has no room in the bar, in the order of the bar.
fn overflow_ui(
    ui: &mut Ui,
    fit: Fit,
    summary: &Summary<'_>,
    view: &ViewState,
    own: &mut OwnGroupings,
    actions: &mut Vec<Action>,
) {
    let button = menu_button_ui(ui, OVERFLOW, |ui| {
        ui.set_min_width(220.0);
        if !fit.title {
            let (title, note) = title_words(summary);
            ui.label(RichText::new(visual_line(&title)).family(semibold()));
            ui.label(RichText::new(visual_line(&note)).small().weak());
            ui.separator();
        }
        for aspect in Aspect::ALL.into_iter().skip(fit.aspects) {
            aspect.ui(ui, aspect.label(summary, view), summary, view, own, actions);
        }
        if !fit.icons {
            ui.separator();
            let commands = [Command::ZoomOut, Command::ZoomIn, Command::ZoomAll, other_theme(ui).1];
            commands_ui(ui, summary, &commands, actions);
        }
        if !fit.export {
            ui.separator();
            commands_ui(ui, summary, &[Command::Export], actions);
        }
    });
    button.accessible_name("More of the bar").on_hover_text("What has no room in the bar");
}

fn help_menu(ui: &mut Ui, summary: &Summary<'_>, actions: &mut Vec<Action>) {
    commands_ui(ui, summary, &[Command::Legend, Command::Palette, Command::Shortcuts], actions);
    ui.separator();
    commands_ui(ui, summary, &[Command::OpenSample], actions);
    ui.separator();
    commands_ui(ui, summary, &[Command::About], actions);
}

fn commands_ui(ui: &mut Ui, summary: &Summary<'_>, commands: &[Command], actions: &mut Vec<Action>) {
    for &command in commands {
        let label = command.full_label(&summary.facts);
        let entry = Button::new(label).shortcut_text(command.shortcut_text(ui.ctx()));
        if command_button(ui, entry, command, summary).clicked() {
            actions.push(Action::Run(command));
            leave_menu(ui);
        }
    }
}

/// An entry that is switched on or chosen; a tick says so.
fn choice_ui(ui: &mut Ui, command: Command, chosen: bool, actions: &mut Vec<Action>) {
    named_choice_ui(ui, command, command.label(), chosen, actions);
}

/// A name as far as it has room on a button of the bar.
fn short(name: &str) -> String {
    if name.chars().count() <= MOST_NAMED {
        return name.to_owned();
    }
    let kept: String = name.chars().take(MOST_NAMED - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Closes the menus, which a click does by itself and Enter does not.
fn leave_menu(ui: &Ui) {
    Popup::close_all(ui.ctx());
}

/// A button for a command: greyed with the reason where the command cannot run, else with its tooltip and key.
fn command_button(ui: &mut Ui, button: Button<'_>, command: Command, summary: &Summary<'_>) -> Response {
    match command.unavailable(&summary.facts) {
        Some(reason) => ui.add_enabled(false, button).on_disabled_hover_text(reason),
        None => {
            let tooltip = tooltip(ui, command);
            ui.add(button).on_hover_text(tooltip)
        }
    }
}

fn tooltip(ui: &Ui, command: Command) -> String {
    let key = command.shortcut_text(ui.ctx());
    if key.is_empty() { command.tooltip().to_owned() } else { format!("{} ({key})", command.tooltip()) }
}

/// The theme that is not shown, and its icon.
fn other_theme(ui: &Ui) -> (Icon, Command) {
    if ui.visuals().dark_mode { (Icon::Sun, Command::ThemeLight) } else { (Icon::Moon, Command::ThemeDark) }
}

fn buttons_ui(ui: &mut Ui, fit: Fit, summary: &Summary<'_>, chrome: Chrome, actions: &mut Vec<Action>) {
    let mut run = |response: Response, command: Command| {
        if response.clicked() {
            actions.push(Action::Run(command));
        }
    };
    if fit.icons {
        // Of the two themes the one that is not shown: the button says what a click leads to.
        let theme = other_theme(ui);
        let zoom = [(Icon::Minus, Command::ZoomOut), (Icon::Plus, Command::ZoomIn), (Icon::Fit, Command::ZoomAll)];
        for (icon, command) in zoom.into_iter().chain([theme]) {
            let tooltip = tooltip(ui, command);
            run(icon_button(ui, icon, command.label(), chrome).on_hover_text(tooltip), command);
        }
        ui.add_space(3.0 * GRID_PT - ICONS_GAP_PT);
    } else {
        ui.add_space(2.0 * GRID_PT - ICONS_GAP_PT);
    }
    ui.spacing_mut().item_spacing.x = 2.0 * GRID_PT;
    if fit.export {
        run(command_button(ui, Button::new(EXPORT), Command::Export, summary), Command::Export);
    }
    let add = Button::new(RichText::new(ADD).color(chrome.on_accent).family(semibold()))
        .fill(chrome.accent)
        .stroke(Stroke::NONE);
    run(command_button(ui, add, Command::AddEvent, summary), Command::AddEvent);
}

/// The title, and below it the file and how it stands.
fn title_words(summary: &Summary<'_>) -> (String, String) {
    let title = if summary.title.trim().is_empty() { "Untitled timeline" } else { summary.title };
    let name = visible(summary.name);
    // A dot before the name says that changes are in no file yet.
    let note = match summary.save_state {
        SaveState::Sample => "Sample".to_owned(),
        SaveState::Untitled => "Not saved yet".to_owned(),
        SaveState::ReadOnly => format!("{name} · read-only"),
        SaveState::Saved | SaveState::Unreadable | SaveState::Saving | SaveState::Reading => name.into_owned(),
        SaveState::Unwritable { is_unsaved, .. } => {
            format!("{}{name} · cannot be written", if is_unsaved { "• " } else { "" })
        }
        SaveState::Unsaved | SaveState::Diverged | SaveState::Gone => format!("• {name}"),
    };
    (visible(title).into_owned(), note)
}

fn title_ui(ui: &mut Ui, summary: &Summary<'_>, chrome: Chrome) {
    ui.add_space(GRID_PT);
    let (title, note) = title_words(summary);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space((TOP_BAR_PT - 34.0) / 2.0);
        let letters = Letters { face: Face::SemiBold, size_pt: font::BODY, color: chrome.text };
        if has_rtl(&title) {
            letters::tooltip(cut_label_ui(ui, &title, letters), &title);
        } else {
            let label = egui::Label::new(RichText::new(&*title).family(semibold()).color(chrome.text)).truncate();
            ui.add(label).on_hover_text(title);
        }
        ui.add(egui::Label::new(RichText::new(note).small().color(chrome.muted)).truncate());
    });
}

/// The last part of a path.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn muted_folder(path: &Path) -> String {
    path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
