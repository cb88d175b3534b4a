//! Annalist: a timeline for analysts — what happened, when, and who says so.
//!
//! The crate reads top to bottom; each module may use those above it (the exceptions stand in `ARCHITECTURE.md` and are
//! held by `tests/it/layers.rs`).
//!
//! | module | owns |
//! |---|---|
//! | `memo` | scoped, thread-local state: what was read before |
//! | `ahead` | prefetching: many things read before the first is worked on |
//! | `by_text` | a hash table by text, for passes over very many records |
//! | [`diagnostic`] | problems with a severity, a place and a remedy |
//! | [`time`] | instants, dates as vague as their sources, calendar ticks |
//! | [`geom`] | points, rectangles and sizes in `f64` points |
//! | [`bitmap`] | images as pixels: PNG and JPEG unpacked and made small |
//! | [`model`] | the timeline and its records |
//! | [`query`] | which events a question selects |
//! | [`activity`] | stretches of time in which nothing happens, and bursts |
//! | [`account`] | what each source tells of the events, as a timeline of its own |
//! | [`edit`] | the one way to change a timeline, and its undo |
//! | [`compare`] | what differs between two states of a timeline, and bringing them together |
//! | [`store`] | RON text, spans, splice-save, files |
//! | [`interchange`] | sources from and to other programs' formats |
//! | [`index`] | what is derived from a timeline for drawing |
//! | [`text`] | bundled fonts, shaping, measuring |
//! | [`theme`] | colours and spacings |
//! | [`layout`] | viewport, ruler, rows, labels |
//! | [`scene`] | the display list and its hit targets |
//! | [`export`] | scene to SVG and PNG bytes, timeline to brief |
//! | [`cli`] | arguments and subcommands |
//! | [`ui`], [`app`] | the window (feature `gui`) |

mod ahead;
mod by_text;
mod memo;

pub mod diagnostic;
pub mod time;

pub mod bitmap;
pub mod geom;
pub mod model;

pub mod query;

pub mod account;
pub mod activity;

pub mod edit;

pub mod compare;

pub mod store;

pub mod interchange;

pub mod index;
pub mod text;
pub mod theme;

pub mod layout;
pub mod scene;

pub mod export;

pub mod cli;

#[cfg(feature = "gui")]
pub mod ui;

#[cfg(feature = "gui")]
pub mod app;
