//! Every command once: group, label, tooltip, keys. Menus, palette, keyboard and the shortcut list read them from here, so
//! they cannot disagree. Whether one can run now is for `available`, what it does for `app`.

use egui::KeyboardShortcut;

use super::chord::shortcut_text;
use crate::model::Grouping;

/// Something the user can do that needs no further input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the labels are the documentation")]
pub enum Command {
    New,
    Open,
    OpenPath,
    OpenSample,
    Save,
    SaveAs,
    Reload,
    TakeOver,
    MergeFile,
    ShowChanges,
    EarlierVersions,
    CancelReading,
    Compare,
    Export,
    ImportEvents,
    ImportFolder,
    SaveRejected,
    ImportSources,
    ExportSources,
    Quit,
    Undo,
    Redo,
    AddEvent,
    EditEvent,
    CutEvents,
    CopyEvents,
    CopyTable,
    PasteEvents,
    DuplicateEvent,
    DateEvent,
    RemoveDate,
    MergeEvents,
    LinkEvents,
    OrderUp,
    OrderDown,
    DeleteEvent,
    FixProblem,
    CiteSource,
    AddSource,
    DeleteSource,
    MergeSources,
    AttachCapture,
    CheckCaptures,
    AddLane,
    AddEra,
    Find,
    ClearQuestion,
    SelectAll,
    ClearSelection,
    ZoomIn,
    ZoomOut,
    ZoomAll,
    ZoomHits,
    FoldTime,
    ZoomSelection,
    GoTo,
    Back,
    Forward,
    SaveView,
    UpdateView,
    ShowView1,
    ShowView2,
    ShowView3,
    ShowView4,
    ShowView5,
    ShowView6,
    ShowView7,
    ShowView8,
    ShowView9,
    PanLeft,
    PanRight,
    PanUp,
    PanDown,
    NextEvent,
    PreviousEvent,
    FirstEvent,
    LastEvent,
    AlsoNextEvent,
    AlsoPreviousEvent,
    NextHit,
    PreviousHit,
    PossibleHits,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    IsoWeeks,
    GroupByLane,
    GroupByStanding,
    GroupByActor,
    GroupByPlace,
    GroupByTag,
    GroupBySource,
    GroupByOrigin,
    GroupByPublisher,
    GroupByAuthor,
    GroupBySourceKind,
    GroupByLanguage,
    GroupByReliability,
    GroupByStance,
    GroupByAccounts,
    GroupByOriginAccounts,
    GroupByPublisherAccounts,
    GroupByWeight,
    GroupByLikelihood,
    GroupByConfidence,
    GroupByYear,
    GroupByDecade,
    GroupByProblem,
    GroupByNothing,
    ColorByLane,
    ColorByStanding,
    ColorByReliability,
    ColorByWeight,
    SourcingSigns,
    TrackImages,
    AllLinks,
    DateLabels,
    ShowIn,
    KnownOn,
    KnewOn,
    PreviousPublication,
    NextPublication,
    Replay,
    WheelZooms,
    WheelPans,
    ReduceMotion,
    NextPart,
    PreviousPart,
    ToggleFacets,
    ToggleInspector,
    ToggleForm,
    ToggleTable,
    ToggleSources,
    ToggleProblems,
    ToggleGaps,
    ToggleViews,
    MarkGaps,
    MoveBandUp,
    MoveBandDown,
    CollapseBand,
    HideBand,
    ShowBands,
    Palette,
    Legend,
    Shortcuts,
    About,
}

/// The part of the menu a command belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the labels are the documentation")]
pub enum Group {
    File,
    Edit,
    View,
    Help,
}

impl Group {
    /// Every group, in the order of the menu bar.
    pub const ALL: [Self; 4] = [Self::File, Self::Edit, Self::View, Self::Help];

    /// The title of its menu.
    pub const fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

impl Command {
    /// Every command, in the order of the menus.
    pub const ALL: [Self; 146] = [
        Self::New,
        Self::Open,
        Self::OpenPath,
        Self::OpenSample,
        Self::Save,
        Self::SaveAs,
        Self::Reload,
        Self::TakeOver,
        Self::MergeFile,
        Self::ShowChanges,
        Self::EarlierVersions,
        Self::CancelReading,
        Self::Compare,
        Self::Export,
        Self::ImportEvents,
        Self::ImportFolder,
        Self::SaveRejected,
        Self::ImportSources,
        Self::ExportSources,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::AddEvent,
        Self::EditEvent,
        Self::CutEvents,
        Self::CopyEvents,
        Self::CopyTable,
        Self::PasteEvents,
        Self::DuplicateEvent,
        Self::DateEvent,
        Self::RemoveDate,
        Self::MergeEvents,
        Self::LinkEvents,
        Self::OrderUp,
        Self::OrderDown,
        Self::DeleteEvent,
        Self::FixProblem,
        Self::CiteSource,
        Self::AddSource,
        Self::DeleteSource,
        Self::MergeSources,
        Self::AttachCapture,
        Self::CheckCaptures,
        Self::AddLane,
        Self::AddEra,
        Self::Find,
        Self::ClearQuestion,
        Self::SelectAll,
        Self::ClearSelection,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomAll,
        Self::ZoomHits,
        Self::FoldTime,
        Self::ZoomSelection,
        Self::GoTo,
        Self::Back,
        Self::Forward,
        Self::SaveView,
        Self::UpdateView,
        Self::ShowView1,
        Self::ShowView2,
        Self::ShowView3,
        Self::ShowView4,
        Self::ShowView5,
        Self::ShowView6,
        Self::ShowView7,
        Self::ShowView8,
        Self::ShowView9,
        Self::PanLeft,
        Self::PanRight,
        Self::PanUp,
        Self::PanDown,
        Self::NextEvent,
        Self::PreviousEvent,
        Self::FirstEvent,
        Self::LastEvent,
        Self::AlsoNextEvent,
        Self::AlsoPreviousEvent,
        Self::NextHit,
        Self::PreviousHit,
        Self::PossibleHits,
        Self::ThemeSystem,
        Self::ThemeLight,
        Self::ThemeDark,
        Self::IsoWeeks,
        Self::GroupByLane,
        Self::GroupByStanding,
        Self::GroupByActor,
        Self::GroupByPlace,
        Self::GroupByTag,
        Self::GroupBySource,
        Self::GroupByOrigin,
        Self::GroupByPublisher,
        Self::GroupByAuthor,
        Self::GroupBySourceKind,
        Self::GroupByLanguage,
        Self::GroupByReliability,
        Self::GroupByStance,
        Self::GroupByAccounts,
        Self::GroupByOriginAccounts,
        Self::GroupByPublisherAccounts,
        Self::GroupByWeight,
        Self::GroupByLikelihood,
        Self::GroupByConfidence,
        Self::GroupByYear,
        Self::GroupByDecade,
        Self::GroupByProblem,
        Self::GroupByNothing,
        Self::ColorByLane,
        Self::ColorByStanding,
        Self::ColorByReliability,
        Self::ColorByWeight,
        Self::SourcingSigns,
        Self::TrackImages,
        Self::AllLinks,
        Self::DateLabels,
        Self::ShowIn,
        Self::KnownOn,
        Self::KnewOn,
        Self::PreviousPublication,
        Self::NextPublication,
        Self::Replay,
        Self::WheelZooms,
        Self::WheelPans,
        Self::ReduceMotion,
        Self::NextPart,
        Self::PreviousPart,
        Self::ToggleFacets,
        Self::ToggleInspector,
        Self::ToggleForm,
        Self::ToggleTable,
        Self::ToggleSources,
        Self::ToggleProblems,
        Self::ToggleGaps,
        Self::ToggleViews,
        Self::MarkGaps,
        Self::MoveBandUp,
        Self::MoveBandDown,
        Self::CollapseBand,
        Self::HideBand,
        Self::ShowBands,
        Self::Palette,
        Self::Legend,
        Self::Shortcuts,
        Self::About,
    ];

    /// The part of the menu it belongs to.
    pub const fn group(self) -> Group {
        match self {
            Self::New
            | Self::Open
            | Self::OpenPath
            | Self::Save
            | Self::SaveAs
            | Self::Reload
            | Self::TakeOver
            | Self::MergeFile
            | Self::ShowChanges
            | Self::EarlierVersions
            | Self::CancelReading
            | Self::Compare
            | Self::Export
            | Self::ImportEvents
            | Self::ImportFolder
            | Self::SaveRejected
            | Self::ImportSources
            | Self::ExportSources
            | Self::Quit => Group::File,
            Self::Undo
            | Self::Redo
            | Self::AddEvent
            | Self::EditEvent
            | Self::CutEvents
            | Self::CopyEvents
            | Self::CopyTable
            | Self::PasteEvents
            | Self::DuplicateEvent
            | Self::DateEvent
            | Self::RemoveDate
            | Self::MergeEvents
            | Self::LinkEvents
            | Self::OrderUp
            | Self::OrderDown
            | Self::DeleteEvent
            | Self::FixProblem
            | Self::CiteSource
            | Self::AddSource
            | Self::DeleteSource
            | Self::MergeSources
            | Self::AttachCapture
            | Self::CheckCaptures
            | Self::AddLane
            | Self::AddEra
            | Self::Find
            | Self::ClearQuestion
            | Self::SelectAll
            | Self::ClearSelection => Group::Edit,
            Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomAll
            | Self::ZoomHits
            | Self::FoldTime
            | Self::ZoomSelection
            | Self::GoTo
            | Self::Back
            | Self::Forward
            | Self::SaveView
            | Self::UpdateView
            | Self::ShowView1
            | Self::ShowView2
            | Self::ShowView3
            | Self::ShowView4
            | Self::ShowView5
            | Self::ShowView6
            | Self::ShowView7
            | Self::ShowView8
            | Self::ShowView9
            | Self::PanLeft
            | Self::PanRight
            | Self::PanUp
            | Self::PanDown
            | Self::NextEvent
            | Self::PreviousEvent
            | Self::FirstEvent
            | Self::LastEvent
            | Self::AlsoNextEvent
            | Self::AlsoPreviousEvent
            | Self::NextHit
            | Self::PreviousHit
            | Self::PossibleHits
            | Self::ThemeSystem
            | Self::ThemeLight
            | Self::ThemeDark
            | Self::IsoWeeks
            | Self::GroupByLane
            | Self::GroupByStanding
            | Self::GroupByActor
            | Self::GroupByPlace
            | Self::GroupByTag
            | Self::GroupBySource
            | Self::GroupByOrigin
            | Self::GroupByPublisher
            | Self::GroupByAuthor
            | Self::GroupBySourceKind
            | Self::GroupByLanguage
            | Self::GroupByReliability
            | Self::GroupByStance
            | Self::GroupByAccounts
            | Self::GroupByOriginAccounts
            | Self::GroupByPublisherAccounts
            | Self::GroupByWeight
            | Self::GroupByLikelihood
            | Self::GroupByConfidence
            | Self::GroupByYear
            | Self::GroupByDecade
            | Self::GroupByProblem
            | Self::GroupByNothing
            | Self::ColorByLane
            | Self::ColorByStanding
            | Self::ColorByReliability
            | Self::ColorByWeight
            | Self::SourcingSigns
            | Self::TrackImages
            | Self::AllLinks
            | Self::DateLabels
            | Self::ShowIn
            | Self::KnownOn
            | Self::KnewOn
            | Self::PreviousPublication
            | Self::NextPublication
            | Self::Replay
            | Self::WheelZooms
            | Self::WheelPans
            | Self::ReduceMotion
            | Self::NextPart
            | Self::PreviousPart
            | Self::ToggleFacets
            | Self::ToggleInspector
            | Self::ToggleForm
            | Self::ToggleTable
            | Self::ToggleSources
            | Self::ToggleProblems
            | Self::ToggleGaps
            | Self::ToggleViews
            | Self::MarkGaps
            | Self::MoveBandUp
            | Self::MoveBandDown
            | Self::CollapseBand
            | Self::HideBand
            | Self::ShowBands => Group::View,
            Self::OpenSample | Self::Legend | Self::Palette | Self::Shortcuts | Self::About => Group::Help,
        }
    }

    /// What the bands stand for after it; none where it does not group.
    pub const fn grouping(self) -> Option<Grouping> {
        match self {
            Self::GroupByLane => Some(Grouping::Lane),
            Self::GroupByStanding => Some(Grouping::Standing),
            Self::GroupByActor => Some(Grouping::Actor),
            Self::GroupByPlace => Some(Grouping::Place),
            Self::GroupByTag => Some(Grouping::Tag),
            Self::GroupBySource => Some(Grouping::Source),
            Self::GroupByOrigin => Some(Grouping::Origin),
            Self::GroupByPublisher => Some(Grouping::Publisher),
            Self::GroupByAuthor => Some(Grouping::Author),
            Self::GroupBySourceKind => Some(Grouping::SourceKind),
            Self::GroupByLanguage => Some(Grouping::Language),
            Self::GroupByReliability => Some(Grouping::Reliability),
            Self::GroupByStance => Some(Grouping::Stance),
            Self::GroupByAccounts => Some(Grouping::Accounts),
            Self::GroupByOriginAccounts => Some(Grouping::OriginAccounts),
            Self::GroupByPublisherAccounts => Some(Grouping::PublisherAccounts),
            Self::GroupByWeight => Some(Grouping::Weight),
            Self::GroupByLikelihood => Some(Grouping::Likelihood),
            Self::GroupByConfidence => Some(Grouping::Confidence),
            Self::GroupByYear => Some(Grouping::Year),
            Self::GroupByDecade => Some(Grouping::Decade),
            Self::GroupByProblem => Some(Grouping::Problem),
            Self::GroupByNothing => Some(Grouping::Nothing),
            _ => None,
        }
    }

    /// Its name in menus and on buttons.
    pub const fn label(self) -> &'static str {
        self.words().0
    }

    /// Whether it opens a field of text, to which the keys struck after it belong.
    pub const fn asks_for_text(self) -> bool {
        matches!(
            self,
            Self::OpenPath
                | Self::AddEvent
                | Self::EditEvent
                | Self::DateEvent
                | Self::CiteSource
                | Self::AddSource
                | Self::Find
                | Self::GoTo
                | Self::ShowIn
                | Self::SaveView
                | Self::AddLane
                | Self::AddEra
                | Self::ToggleSources
                | Self::Palette
        )
    }

    /// The number of the saved view that it shows, from one.
    pub const fn view_number(self) -> Option<usize> {
        match self {
            Self::ShowView1 => Some(1),
            Self::ShowView2 => Some(2),
            Self::ShowView3 => Some(3),
            Self::ShowView4 => Some(4),
            Self::ShowView5 => Some(5),
            Self::ShowView6 => Some(6),
            Self::ShowView7 => Some(7),
            Self::ShowView8 => Some(8),
            Self::ShowView9 => Some(9),
            _ => None,
        }
    }

    /// What it does, in one line.
    pub const fn tooltip(self) -> &'static str {
        self.words().1
    }

    /// Its keys; the first is the one menus show.
    pub fn shortcuts(self) -> impl Iterator<Item = KeyboardShortcut> {
        self.words().2.iter().map(|chord| chord.shortcut())
    }

    /// Its first key as menus write it; empty where it has none.
    pub fn shortcut_text(self, ctx: &egui::Context) -> String {
        self.shortcuts().next().map(|shortcut| shortcut_text(ctx, &shortcut)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_every_command_once_in_order() {
        assert!(Command::ALL.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(Command::ALL.len(), Command::About as usize + 1);
    }

    #[test]
    fn no_two_commands_share_a_key_or_a_label() {
        let mut keys = std::collections::HashMap::new();
        let mut labels = std::collections::HashSet::new();
        for command in Command::ALL {
            assert!(labels.insert(command.label()), "{command:?} has the label of another command");
            assert!(!command.tooltip().is_empty() && !command.tooltip().ends_with('.'), "{command:?}");
            for key in command.shortcuts() {
                if let Some(other) = keys.insert(key, command) {
                    assert_eq!(other, command, "{key:?} runs both");
                }
            }
        }
    }
}
