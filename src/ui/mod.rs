//! Panels, the painter of a `Scene`, commands and view state. Panels read and push [`Action`]s; nothing here touches a file
//! or starts a thread.

mod action;
mod command;
mod state;

pub use action::Action;
pub use command::Command;
pub use state::{Document, ViewState};
