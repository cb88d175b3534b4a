//! Panels, the painter of a `Scene`, commands and view state. Panels read and push [`Action`]s; nothing here touches a file
//! or starts a thread.

mod action;
mod available;
mod bands;
mod bidi;
mod canvas;
mod chord;
pub mod command;
mod command_words;
mod context;
mod crowd_card;
mod crowd_list;
pub mod dialog;
mod drawer;
mod edit;
mod event_rows;
mod exact_key;
mod exporting;
mod facets;
mod field;
mod focus_ring;
pub mod fonts;
mod gaps;
mod held;
mod hover_card;
mod icon;
mod import_events;
mod inspector;
pub mod keyboard;
mod known_on;
mod legend;
mod letters;
mod link_card;
mod measure;
mod menu;
mod navigation;
mod notice;
mod paint;
mod palette;
mod panel_ring;
mod problems;
mod query_field;
mod read_only;
mod reading;
mod recovered;
mod selected;
mod shortcuts;
mod sources;
mod state;
mod status;
pub mod style;
mod table;
mod terms;
mod undated;
mod visited;

pub use action::Action;
pub use available::Facts;
pub use bands::{arrange_ui, arranged_by, moved as moved_band};
pub use canvas::{CanvasInput, CanvasState, NEW_LABELS, OVERVIEW_PT, canvas_ui};
pub use command::Command;
pub use crowd_card::crowd_card;
pub use drawer::{DrawerState, drawer_ui};
pub use exporting::{ExportFacts, exporting_ui};
pub use facets::{Facets, FacetsState, facets_ui};
pub use focus_ring::{draws_its_own, focus_ring_ui};
pub use gaps::{GapsState, gaps_ui};
pub use held::held_ui;
pub use hover_card::{Anchor, hover_card};
pub use import_events::{EventsAnswer, EventsForm, EventsRead, TrackPreview, import_events_ui};
pub use inspector::{InspectorState, Typed, Unfinished, inspector_ui};
pub use known_on::{KnownOnState, Step, known_on_ui};
pub use legend::{Corner, LegendPlace, LegendState, legend_ui};
use link_card::link_card;
pub use menu::{TopBarState, file_name, top_bar_ui};
pub use navigation::{go_to, navigate, reveal};
pub use notice::{Notice, NoticeKind, notices_ui};
pub use paint::{color32, font_id, paint_scene};
pub use palette::{Found, PaletteState, Scope, note_chosen, palette_ui};
pub use panel_ring::{PanelRing, Part};
pub use problems::{ProblemsState, problems_ui};
pub use query_field::QueryFieldState;
pub use read_only::ReadOnly;
pub use reading::{ReadingFacts, reading_ui};
pub use recovered::recovered_ui;
pub use selected::{
    Picking, Selected, clear_selection, pick, picked, select_all, select_also, select_many, select_one, select_range,
    selected_ids, selected_positions, settle,
};
pub use shortcuts::shortcuts_ui;
pub use sources::{ImportReport, MergeState, SourcesState, import_ui, merge_ui, sources_ui};
pub use state::{
    CaptureCheck, Document, DrawerTab, Place, Preferences, SaveState, Summary, ThemeChoice, Transient, ViewState,
};
pub use status::status_ui;
pub use table::{Sorted, Sorting, TableColumns, TableState, table_ui};
pub use undated::{UndatedState, undated_ui};
