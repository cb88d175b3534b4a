//! Panels, the painter of a `Scene`, commands and view state. Panels read and push [`Action`]s; nothing here touches a file
//! or starts a thread.

mod action;
mod canvas;
mod command;
mod navigation;
mod state;

pub use action::Action;
pub use canvas::{CanvasState, canvas_ui};
pub use command::Command;
pub use navigation::navigate;
pub use state::{Document, ViewState};
