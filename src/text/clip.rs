//! Texts far longer than anybody reads, cut before they are laid out.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;

/// The text, or of one longer than `most_bytes` what fits into them, cut after a whole grapheme, with an ellipsis.
pub fn clipped(text: &str, most_bytes: usize) -> Cow<'_, str> {
    if text.len() <= most_bytes {
        return Cow::Borrowed(text);
    }
    let kept = text.get(..text.floor_char_boundary(most_bytes)).unwrap_or_default();
    // Where it was cut there may be a part of a grapheme; one that is larger than all that fits is cut apart.
    let whole = kept.grapheme_indices(true).next_back().map(|(start, _)| start).filter(|start| *start > 0);
    let kept = whole.and_then(|end| kept.get(..end)).unwrap_or(kept);
    Cow::Owned(format!("{}…", kept.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_graphemes() {
        assert_eq!(clipped("short", 5), "short");
        assert_eq!(clipped("a long text", 9), "a long t…");
        assert_eq!(clipped("договор", 5), "д…");
        assert_eq!(clipped("abce\u{301}e\u{301}", 7), "abce\u{301}…");
        assert_eq!(clipped(&"\u{301}".repeat(9), 7), "\u{301}\u{301}\u{301}…");
        assert_eq!(clipped("", 0), "");
    }
}
