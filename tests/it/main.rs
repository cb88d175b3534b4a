//! Tests across layers, one module a subject.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test that meets the unexpected should stop at once, and it may read files"
)]

#[cfg(feature = "gui")]
mod app;
#[cfg(feature = "gui")]
mod ask;
mod asked;
mod bands;
mod brief;
#[cfg(feature = "gui")]
mod canvas;
mod cases;
mod checks;
mod cli;
mod compare;
mod crash;
mod crowding;
mod dates;
#[cfg(feature = "gui")]
mod drafts;
#[cfg(feature = "gui")]
mod earlier_versions;
#[cfg(feature = "gui")]
mod era_gestures;
mod eras;
mod events_formats;
mod events_out;
mod events_round;
mod export;
mod exported_images;
#[cfg(feature = "gui")]
mod focus;
#[cfg(feature = "gui")]
mod fold_gestures;
mod folds;
#[cfg(feature = "gui")]
mod frames;
mod free_room;
#[cfg(unix)]
mod full_disk;
mod fuzzed;
#[cfg(feature = "gui")]
mod glyphs;
#[cfg(feature = "gui")]
mod grouping_jobs;
mod hostile;
#[cfg(feature = "gui")]
mod images;
#[cfg(feature = "gui")]
mod import_events;
mod import_window;
mod inspector;
mod interchange;
mod json_schema;
#[cfg(feature = "gui")]
mod kept_in_sight;
#[cfg(feature = "gui")]
mod kills;
mod known;
#[cfg(feature = "gui")]
mod known_on;
#[cfg(feature = "gui")]
mod lanes;
mod layers;
mod lines;
#[cfg(feature = "gui")]
mod link_gestures;
mod links;
#[cfg(feature = "gui")]
mod many;
#[cfg(feature = "gui")]
mod measure;
#[cfg(feature = "gui")]
mod menu_keys;
#[cfg(feature = "gui")]
mod menus;
mod moments;
#[cfg(feature = "gui")]
mod one_writer;
mod outlines;
mod output;
mod overflow;
#[cfg(feature = "gui")]
mod panics;
#[cfg(feature = "gui")]
mod pictures;
mod pixels;
mod places;
#[cfg(feature = "gui")]
mod problems;
mod profiles;
mod program;
mod questions;
#[cfg(feature = "gui")]
mod reading;
mod reads;
#[cfg(feature = "gui")]
mod regroup;
mod rows;
#[cfg(feature = "gui")]
mod same_date;
mod scale;
mod scene;
#[cfg(feature = "gui")]
mod search;
mod security;
#[cfg(all(feature = "gui", target_os = "linux"))]
mod settled;
mod small_disk;
#[cfg(feature = "gui")]
mod soak;
mod software;
#[cfg(feature = "gui")]
mod sources;
mod standing;
mod store;
mod store_files;
mod store_inputs;
mod store_kept;
mod store_splice;
mod store_writers;
#[cfg(feature = "gui")]
mod table;
#[cfg(feature = "gui")]
mod table_edits;
#[cfg(feature = "gui")]
mod taken_back;
#[cfg(feature = "gui")]
mod terms;
mod text;
mod threads;
mod timelines;
#[cfg(feature = "gui")]
mod top_bar;
#[cfg(feature = "gui")]
mod tray;
#[cfg(feature = "gui")]
mod typing;
mod undated;
mod versions;
#[cfg(feature = "gui")]
mod views;
#[cfg(feature = "gui")]
mod watched;
mod window;
#[cfg(feature = "gui")]
mod zones;
