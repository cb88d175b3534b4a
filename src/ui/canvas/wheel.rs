//! The wheel and the pinch.

/// What the wheel asks for in one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wheel {
    /// Above 1 shows less time.
    pub(super) zoom: f64,
    /// Points by which the picture moves to the right.
    pub(super) pan_x: f64,
    /// Points by which the picture moves down.
    pub(super) pan_y: f64,
}

impl Wheel {
    /// Reads the wheel: it zooms, or pans where `pans`, Ctrl and a pinch always zoom, Shift and a horizontal wheel pan
    /// time, Alt scrolls the lanes, and so does the wheel over their names.
    pub(super) fn read(ui: &egui::Ui, pans: bool, over_names: bool, alt: &mut Alt) -> Self {
        let zoom_speed = ui.ctx().options(|options| options.input_options.scroll_zoom_speed);
        let (delta, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
        let alt = alt.read(ui);
        let zoom = f64::from(zoom);
        let (dx, dy) = (f64::from(delta.x), f64::from(delta.y));
        if alt || over_names {
            Self { zoom, pan_x: dx, pan_y: dy }
        } else if pans {
            Self { zoom, pan_x: dx + dy, pan_y: 0.0 }
        } else {
            Self { zoom: zoom * (dy * f64::from(zoom_speed)).exp(), pan_x: dx, pan_y: 0.0 }
        }
    }

    /// Whether it asks for anything.
    pub(super) fn turns(&self) -> bool {
        self.zoom != 1.0 || self.pan_x != 0.0 || self.pan_y != 0.0
    }
}

/// Whether Alt was held when the wheel was last turned: egui spreads one turn over several frames, in which the key may
/// already be up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Alt(bool);

impl Alt {
    fn read(&mut self, ui: &egui::Ui) -> bool {
        let turned = ui.input(|input| {
            input.events.iter().rev().find_map(|event| match event {
                egui::Event::MouseWheel { modifiers, .. } => Some(modifiers.alt),
                _ => None,
            })
        });
        if let Some(alt) = turned {
            self.0 = alt;
        }
        self.0
    }
}
