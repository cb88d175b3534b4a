//! Files that belong to a timeline and stand beside it.

use std::path::{Path, PathBuf};

use super::atomic::resolve;

/// Where it is kept what imports of events gave, and how their columns were read: beside `NAME.ron` in `NAME.imports.ron`.
pub fn imports_file(timeline_path: &Path) -> PathBuf {
    let target = resolve(timeline_path).unwrap_or_else(|_| timeline_path.to_owned());
    let mut name = target.file_stem().unwrap_or_default().to_owned();
    name.push(".imports.ron");
    target.with_file_name(name)
}
