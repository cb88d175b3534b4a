//! Panels, the painter of a `Scene`, commands and view state. Panels read and push [`Action`]s; nothing here touches a file
//! or starts a thread.

mod action;
mod canvas;
mod command;
mod field;
mod hover_card;
mod inspector;
mod navigation;
mod paint;
mod problems;
mod state;
mod table;

pub use action::Action;
pub use canvas::{CanvasState, canvas_ui};
pub use command::Command;
pub use hover_card::hover_card;
pub use inspector::{InspectorState, inspector_ui};
pub use navigation::{navigate, reveal};
pub use paint::{color32, font_id, paint_scene};
pub use problems::problems_ui;
pub use state::{Document, ViewState};
pub use table::{TableState, table_ui};
