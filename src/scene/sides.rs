//! The sides of their marks on which the labels of a picture stand, kept from frame to frame: a label does not change its side
//! while the window is moved, as long as it has room there. And which labels of it are not whole, for rows that have room for them
//! once the window has come to rest.

use super::SceneInput;
use super::shown::Mark;
use crate::index::Folds;
use crate::layout::{Label, LabelSide};

/// Where labels beside their marks stood in a picture.
#[derive(Debug, Clone, Default)]
pub struct LabelSides {
    /// The zoom and the folds of that picture: at others labels find their places anew.
    scale: Option<(u64, Folds)>,
    /// Sorted by the mark.
    sides: Vec<(Mark, LabelSide)>,
    cut: Vec<Mark>,
}

impl LabelSides {
    /// Those of the labels of marks, in any order, of which those of `cut` marks are not whole.
    pub(super) fn of<'l>(
        input: &SceneInput<'_>,
        labels: impl Iterator<Item = (Mark, &'l Option<Label>)>,
        cut: Vec<Mark>,
    ) -> Self {
        let labels = labels.filter_map(|(mark, label)| Some((mark, label.as_ref()?)));
        let beside = labels.filter(|(_, label)| label.side != LabelSide::Inside && !label.run.text.is_empty());
        let mut sides: Vec<(Mark, LabelSide)> = beside.map(|(mark, label)| (mark, label.side)).collect();
        sides.sort_unstable_by_key(|(mark, _)| *mark);
        Self { scale: Some(scale(input)), sides, cut }
    }

    /// The marks in sight whose labels are cut or have no room at all.
    pub fn cut(&self) -> &[Mark] {
        &self.cut
    }

    /// Where the label of a mark stood, in a picture of the same zoom.
    pub(super) fn get(&self, input: &SceneInput<'_>, mark: Mark) -> Option<LabelSide> {
        let sides = Some(&self.sides).filter(|_| self.scale == Some(scale(input)))?;
        let at = sides.binary_search_by_key(&mark, |(mark, _)| *mark).ok()?;
        sides.get(at).map(|(_, side)| *side)
    }
}

fn scale(input: &SceneInput<'_>) -> (u64, Folds) {
    (input.viewport.micros_per_pt.to_bits(), input.viewport.folds)
}
