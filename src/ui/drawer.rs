//! The drawer below the canvas: the events as a table, the sources, or the problems of the file.

use egui::{Align, Button, Color32, Frame, Layout, Margin, Panel, RichText, Stroke, Ui, vec2};

use super::fonts::semibold;
use super::icon::{self, Icon, icon_button};
use super::state::{DrawerTab, Summary};
use super::style::Chrome;
use super::{
    Action, Command, Document, GapsState, ProblemsState, SourcesState, TableState, ViewState, ViewsState, gaps_ui,
    problems_ui, sources_ui, table_ui, views_ui,
};
use crate::theme::Theme;

/// What the tabs of the drawer remember between frames.
#[derive(Debug, Default)]
pub struct DrawerState {
    /// The events.
    pub table: TableState,
    /// The sources.
    pub sources: SourcesState,
    /// The problems.
    pub problems: ProblemsState,
    /// Gaps and bursts.
    pub gaps: GapsState,
    /// The saved views.
    pub views: ViewsState,
}

/// The drawer, where it is open.
pub fn drawer_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    summary: &Summary<'_>,
    view: &mut ViewState,
    theme: &Theme,
    state: &mut DrawerState,
    actions: &mut Vec<Action>,
) {
    let Some(tab) = summary.drawer else { return };
    let chrome = Chrome::of(theme);
    let highest = (ui.available_height() - 200.0).max(120.0);
    Panel::bottom("drawer")
        .resizable(true)
        .default_size(220.0)
        .size_range(120.0..=highest)
        .frame(Frame::new().fill(chrome.surface))
        .show(ui, |ui| {
            Frame::new().inner_margin(Margin { left: 8, right: 8, top: 4, bottom: 4 }).show(ui, |ui| {
                ui.horizontal(|ui| {
                    // Between facets and inspector the tabs of a small window take two lines.
                    let room = ui.available_width() - icon::BUTTON_PT - ui.spacing().item_spacing.x;
                    let size = vec2(room, ui.spacing().interact_size.y);
                    let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
                    ui.allocate_ui_with_layout(size, layout, |ui| tabs_ui(ui, tab, summary, chrome, actions));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        if icon_button(ui, Icon::Cross, "Close the drawer", chrome).clicked() {
                            actions.push(Action::Run(toggle(tab)));
                        }
                    });
                });
            });
            Frame::new().inner_margin(Margin { left: 8, right: 8, top: 0, bottom: 4 }).show(ui, |ui| {
                ui.take_available_width();
                match tab {
                    DrawerTab::Table => table_ui(ui, doc, view, theme, &mut state.table, actions),
                    DrawerTab::Sources => sources_ui(ui, doc, view, theme, &mut state.sources, actions),
                    DrawerTab::Problems => problems_ui(ui, doc, view, theme, &mut state.problems, actions),
                    DrawerTab::Gaps => gaps_ui(ui, doc, view, theme, &mut state.gaps),
                    DrawerTab::Views => views_ui(ui, doc, summary, view, theme, &mut state.views, actions),
                }
                ui.take_available_height();
            });
        });
}

const fn toggle(tab: DrawerTab) -> Command {
    match tab {
        DrawerTab::Table => Command::ToggleTable,
        DrawerTab::Sources => Command::ToggleSources,
        DrawerTab::Problems => Command::ToggleProblems,
        DrawerTab::Gaps => Command::ToggleGaps,
        DrawerTab::Views => Command::ToggleViews,
    }
}

fn tabs_ui(ui: &mut Ui, shown: DrawerTab, summary: &Summary<'_>, chrome: Chrome, actions: &mut Vec<Action>) {
    for (tab, label) in [
        (DrawerTab::Table, "Events".to_owned()),
        (DrawerTab::Sources, "Sources".to_owned()),
        (DrawerTab::Problems, format!("Problems ({})", summary.problems)),
        (DrawerTab::Gaps, "Gaps".to_owned()),
        (DrawerTab::Views, "Views".to_owned()),
    ] {
        let chosen = tab == shown;
        let text = RichText::new(label).color(if chosen { chrome.text } else { chrome.muted });
        let text = if chosen { text.family(semibold()) } else { text };
        let fill = if chosen { chrome.pressed } else { Color32::TRANSPARENT };
        if ui.add(Button::new(text).fill(fill).stroke(Stroke::NONE)).clicked() && !chosen {
            actions.push(Action::Run(toggle(tab)));
        }
    }
}
