//! Every command once: label, tooltip, shortcut. Menus, palette, keys and the shortcut list read it from here.

/// Something the user can do that needs no further input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the labels are the documentation")]
pub enum Command {
    New,
    Open,
    Save,
    SaveAs,
    Export,
    Quit,
    Undo,
    Redo,
    AddEvent,
    DuplicateEvent,
    DeleteEvent,
    EditEvent,
    ZoomIn,
    ZoomOut,
    ZoomAll,
    ZoomSelection,
    PanLeft,
    PanRight,
    NextEvent,
    PreviousEvent,
    FirstEvent,
    LastEvent,
    Find,
    ClearSelection,
    ThemeLight,
    ThemeDark,
    ToggleInspector,
    ToggleDrawer,
    Palette,
    Shortcuts,
    About,
}
