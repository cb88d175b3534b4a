//! Other names under which commands are looked for: those of other programs, and what is wanted of them.

use crate::ui::Command;

/// A command with its other names, in small letters.
pub(super) const SYNONYMS: &[(Command, &[&str])] = &[
    (Command::New, &["create", "empty", "blank"]),
    (Command::Open, &["load", "file"]),
    (Command::Save, &["write", "store"]),
    (Command::SaveAs, &["rename file", "copy file"]),
    (Command::Reload, &["revert", "refresh"]),
    (Command::MergeFile, &["conflict", "reconcile"]),
    (Command::ShowChanges, &["diff", "external changes"]),
    (Command::EarlierVersions, &["history", "backup", "restore", "revert"]),
    (Command::Compare, &["diff", "difference"]),
    (
        Command::Export,
        &["picture", "image", "png", "svg", "pdf", "brief", "report", "print", "csv", "excel", "html", "markdown"],
    ),
    (Command::ImportFolder, &["markdown", "obsidian", "notes", "front matter", "yaml", "vault"]),
    (Command::SaveRejected, &["report", "rejects", "errors of the import", "left out"]),
    (Command::ImportEvents, &["csv", "excel", "spreadsheet", "table", "ics", "calendar", "json"]),
    (Command::ImportSources, &["bibtex", "zotero", "ris", "references", "bibliography"]),
    (Command::ExportSources, &["bibtex", "zotero", "references", "bibliography"]),
    (Command::Quit, &["exit", "close"]),
    (Command::Undo, &["back out", "revert"]),
    (Command::Redo, &["repeat"]),
    (Command::AddEvent, &["new event", "create event", "insert"]),
    (Command::EditEvent, &["change event", "form"]),
    (Command::CopyTable, &["spreadsheet", "tsv", "excel"]),
    (Command::DuplicateEvent, &["clone", "copy event"]),
    (Command::DateEvent, &["when", "set date", "redate"]),
    (Command::RemoveDate, &["undated", "no date"]),
    (Command::MergeEvents, &["combine", "join", "deduplicate"]),
    (Command::OrderUp, &["move up", "reorder", "sort by hand", "same day"]),
    (Command::OrderDown, &["move down", "reorder", "sort by hand", "same day"]),
    (Command::DeleteEvent, &["remove event"]),
    (Command::FixProblem, &["repair", "mend", "correct"]),
    (Command::CiteSource, &["citation", "reference", "evidence", "attribute"]),
    (Command::AddSource, &["new source", "reference", "url", "link"]),
    (Command::DeleteSource, &["remove source"]),
    (Command::MergeSources, &["combine sources", "deduplicate"]),
    (Command::AttachCapture, &["archive", "screenshot", "evidence", "snapshot"]),
    (Command::CheckCaptures, &["hash", "verify", "integrity", "archive"]),
    (Command::Find, &["search", "filter", "query", "ask"]),
    (Command::ClearQuestion, &["reset filter", "show everything", "clear search"]),
    (Command::ZoomAll, &["fit", "overview", "reset zoom", "whole"]),
    (Command::ZoomSelection, &["fit selection", "focus"]),
    (Command::ZoomHits, &["fit matches", "fit results"]),
    (Command::FoldTime, &["gap", "break", "compress", "squeeze", "collapse time"]),
    (Command::NextHit, &["next result", "find next"]),
    (Command::PreviousHit, &["previous result", "find previous"]),
    (Command::PossibleHits, &["vague", "uncertain", "maybe"]),
    (Command::ThemeDark, &["night", "black"]),
    (Command::ThemeLight, &["day", "white", "bright"]),
    (Command::IsoWeeks, &["calendar week"]),
    (Command::GroupByLane, &["bands", "swimlanes", "categories"]),
    (Command::GroupBySource, &["outlet", "who says"]),
    (Command::ColorByReliability, &["grade", "admiralty", "nato", "credibility"]),
    (Command::SourcingSigns, &["flags", "warning", "triangles", "unsourced"]),
    (Command::TrackImages, &["pictures", "photos", "thumbnails"]),
    (Command::AllLinks, &["relations", "arrows", "connections", "causes"]),
    (Command::DateLabels, &["captions"]),
    (Command::ShowIn, &["time zone", "timezone", "clock", "utc", "local time"]),
    (Command::KnownOn, &["as of", "replay", "publication", "hindsight"]),
    (Command::KnewOn, &["as of", "recorded", "our knowledge"]),
    (Command::Replay, &["animate", "animation"]),
    (Command::ReduceMotion, &["animation", "accessibility"]),
    (Command::ToggleFacets, &["filters", "values", "counts", "sidebar"]),
    (Command::ToggleForm, &["form", "summary", "view"]),
    (Command::ToggleInspector, &["form", "details", "properties", "sidebar"]),
    (Command::ToggleTable, &["list", "rows", "spreadsheet"]),
    (Command::ToggleSources, &["bibliography", "references"]),
    (Command::ToggleProblems, &["checks", "warnings", "errors", "lint"]),
    (Command::Back, &["previous place", "return"]),
    (Command::GoTo, &["jump", "date", "where"]),
    (Command::Legend, &["key", "symbols", "meaning"]),
    (Command::Shortcuts, &["keys", "hotkeys", "help"]),
    (Command::About, &["version", "licence", "license"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::fold;

    #[test]
    fn other_names_are_folded_and_no_command_has_two_rows() {
        let mut commands = std::collections::BTreeSet::new();
        for (command, words) in SYNONYMS {
            assert!(commands.insert(command), "{command:?} has two rows");
            for word in *words {
                assert_eq!(fold(word), *word, "{command:?}");
                assert!(!fold(command.label()).split(' ').any(|own| own == *word), "{command:?}: {word} is its name");
            }
        }
    }
}
