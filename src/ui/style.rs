//! The look of the window's chrome, made from a [`Theme`]: grey surfaces, hairlines, one accent, a 4-point grid.
//!
//! Owns how egui's own widgets look. Colours are named in `theme`; here they are only put to use.

use egui::style::{HandleShape, ScrollStyle, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Visuals, vec2};

use super::color32;
use super::fonts::semibold;
use crate::theme::{Theme, ThemeName};

/// The unit of every distance, in points.
pub const GRID_PT: f32 = 4.0;

/// Height of the top bar, in points.
pub const TOP_BAR_PT: f32 = 44.0;

/// Height of the status line, in points.
pub const STATUS_PT: f32 = 24.0;

/// The surfaces and inks of the chrome in one theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chrome {
    /// Bars and panels around the canvas.
    pub surface: Color32,
    /// Fields, menus, dialogs: above the surface.
    pub raised: Color32,
    /// Headings and every other row inside a panel.
    pub alternate: Color32,
    /// Under the pointer.
    pub hover: Color32,
    /// Pressed, or switched on.
    pub pressed: Color32,
    /// Hairlines.
    pub line: Color32,
    /// The edge of fields and buttons.
    pub edge: Color32,
    /// Text.
    pub text: Color32,
    /// Text of second rank.
    pub muted: Color32,
    /// Selection, focus, the main button.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Behind selected text and chosen rows.
    pub selected: Color32,
    /// Problems that keep a file from being saved.
    pub error: Color32,
    /// Problems that do not.
    pub warning: Color32,
    /// Good news.
    pub ok: Color32,
    /// Under popups and dialogs.
    pub shadow: Color32,
}

impl Chrome {
    /// The chrome that goes with a theme.
    pub fn of(theme: &Theme) -> Self {
        Self {
            surface: color32(theme.panel),
            raised: color32(theme.field),
            alternate: color32(theme.panel_alt),
            hover: color32(theme.hover),
            pressed: color32(theme.active),
            line: color32(theme.line),
            edge: color32(theme.outline),
            text: color32(theme.text),
            muted: color32(theme.text_muted),
            accent: color32(theme.accent),
            on_accent: color32(theme.on_accent),
            selected: color32(theme.selection),
            error: color32(theme.error),
            warning: color32(theme.warning),
            ok: color32(theme.ok),
            shadow: color32(theme.shadow),
        }
    }
}

/// Gives both of egui's themes our look.
pub fn install(ctx: &egui::Context) {
    for (slot, name) in [(egui::Theme::Light, ThemeName::Light), (egui::Theme::Dark, ThemeName::Dark)] {
        ctx.set_style_of(slot, style(&Theme::named(name)));
    }
}

/// The theme of the canvas that goes with what egui shows now.
pub fn theme_name(ctx: &egui::Context) -> ThemeName {
    match ctx.theme() {
        egui::Theme::Light => ThemeName::Light,
        egui::Theme::Dark => ThemeName::Dark,
    }
}

fn style(theme: &Theme) -> egui::Style {
    let chrome = Chrome::of(theme);
    let mut style = egui::Style { visuals: visuals(theme.name, chrome), animation_time: 0.1, ..egui::Style::default() };
    style.text_styles = [
        (TextStyle::Small, FontId::new(11.0, FontFamily::Proportional)),
        (TextStyle::Body, FontId::new(13.0, FontFamily::Proportional)),
        (TextStyle::Button, FontId::new(13.0, FontFamily::Proportional)),
        (TextStyle::Monospace, FontId::new(13.0, FontFamily::Monospace)),
        (TextStyle::Heading, FontId::new(15.0, semibold())),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(2.0 * GRID_PT, GRID_PT);
    spacing.button_padding = vec2(2.0 * GRID_PT, GRID_PT);
    spacing.interact_size = vec2(28.0, 24.0);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(4);
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 6.0;
    spacing.text_edit_width = 200.0;
    spacing.combo_width = 96.0;
    spacing.tooltip_width = 320.0;
    spacing.menu_width = 320.0;
    // Bars lie over what scrolls, so that nothing moves when they come.
    spacing.scroll = ScrollStyle { floating_allocated_width: 0.0, bar_width: 8.0, ..ScrollStyle::thin() };
    style.interaction.tooltip_delay = 0.5;
    // A drag over words of the window would select them, where it is meant for the track beside.
    style.interaction.selectable_labels = false;
    style
}

/// Scroll bars that are seen wherever the pointer is, for what nobody expects to scroll. They take so much room beside it.
pub fn plain_scroll_bars(beside_pt: f32) -> ScrollStyle {
    ScrollStyle {
        foreground_color: true,
        bar_width: 8.0,
        floating_width: 5.0,
        floating_allocated_width: beside_pt,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        dormant_handle_opacity: 0.5,
        active_handle_opacity: 0.5,
        ..ScrollStyle::thin()
    }
}

fn visuals(name: ThemeName, chrome: Chrome) -> Visuals {
    // Of egui's own only what is not named below, and that its widgets ask whether they are dark.
    let base = if name == ThemeName::Dark { Visuals::dark() } else { Visuals::light() };
    let shadow = |blur: u8, down: i8| Shadow { offset: [0, down], blur, spread: 0, color: chrome.shadow };
    Visuals {
        override_text_color: None,
        weak_text_color: Some(chrome.muted),
        widgets: widgets(chrome),
        selection: egui::style::Selection { bg_fill: chrome.selected, stroke: Stroke::new(1.0, chrome.text) },
        hyperlink_color: chrome.accent,
        faint_bg_color: chrome.alternate,
        extreme_bg_color: chrome.raised,
        text_edit_bg_color: Some(chrome.raised),
        code_bg_color: chrome.hover,
        warn_fg_color: chrome.warning,
        error_fg_color: chrome.error,
        window_corner_radius: CornerRadius::same(8),
        window_shadow: shadow(32, 8),
        window_fill: chrome.surface,
        window_stroke: Stroke::new(1.0, chrome.line),
        menu_corner_radius: CornerRadius::same(6),
        panel_fill: chrome.surface,
        popup_shadow: shadow(16, 4),
        button_frame: true,
        collapsing_header_frame: false,
        indent_has_left_vline: false,
        striped: false,
        slider_trailing_fill: true,
        handle_shape: HandleShape::Circle,
        interact_cursor: None,
        ..base
    }
}

fn widgets(chrome: Chrome) -> Widgets {
    let state = |fill: Color32, edge: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, edge),
        corner_radius: CornerRadius::same(4),
        fg_stroke: Stroke::new(1.0, text),
        // Nothing grows under the pointer: neighbours on the grid would touch.
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(chrome.surface, chrome.line, chrome.text),
        inactive: state(chrome.raised, chrome.edge, chrome.text),
        hovered: state(chrome.hover, chrome.edge, chrome.text),
        active: state(chrome.pressed, chrome.accent, chrome.text),
        open: state(chrome.pressed, chrome.edge, chrome.text),
    }
}
