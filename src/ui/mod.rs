//! Panels, the painter of a `Scene`, commands and view state. Panels read and push [`Action`]s; nothing here touches a file
//! or starts a thread.

mod action;
mod canvas;
mod command;
mod field;
mod inspector;
mod navigation;
mod problems;
mod state;
mod table;

pub use action::Action;
pub use canvas::{CanvasState, canvas_ui};
pub use command::Command;
pub use inspector::{InspectorState, inspector_ui};
pub use navigation::navigate;
pub use problems::problems_ui;
pub use state::{Document, ViewState};
pub use table::{TableState, table_ui};
