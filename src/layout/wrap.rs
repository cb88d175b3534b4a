//! Breaks a text into lines of a width.

use std::borrow::Cow;
use std::iter;
use std::sync::Arc;

use crate::text::{MOST_BYTES, Run, Shaper, Style};

/// What stands between two facts of one line.
const SEPARATOR: &str = "·";

/// The text in at most `max_lines` lines no wider than `width_pt`, broken at spaces; what is left over, and a word too
/// wide for a line, is cut with an ellipsis.
pub fn wrap(text: &str, style: Style, width_pt: f64, max_lines: usize, shaper: &mut Shaper) -> Vec<Arc<Run>> {
    let mut lines: Vec<Arc<Run>> = Vec::new();
    let mut words = words(text).peekable();
    while lines.len() < max_lines && words.peek().is_some() {
        if lines.len() + 1 == max_lines {
            let mut rest = String::new();
            // Of more than can be shaped the shaper cuts what is too much.
            for word in words.by_ref() {
                rest.push_str(if rest.is_empty() { "" } else { " " });
                rest.push_str(&word);
                if rest.len() > MOST_BYTES {
                    break;
                }
            }
            lines.push(shaper.shape_to_fit(&rest, style, width_pt));
            break;
        }
        let mut line = words.next().unwrap_or_default().into_owned();
        while let Some(word) = words.peek() {
            let longer = format!("{line} {word}");
            if longer.len() > MOST_BYTES || shaper.shape(&longer, style).width_pt > width_pt {
                break;
            }
            line = longer;
            words.next();
        }
        lines.push(shaper.shape_to_fit(&line, style, width_pt));
    }
    lines
}

/// The words of a text. A separator is one with the word before it: no line begins with it.
fn words(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut words = text.split_whitespace().peekable();
    iter::from_fn(move || {
        let word = words.next()?;
        let is_followed = words.next_if_eq(&SEPARATOR).is_some();
        Some(if is_followed { format!("{word} {SEPARATOR}").into() } else { word.into() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_end_make_no_more_than_the_lines() {
        let mut shaper = Shaper::new();
        for text in ["word ".repeat(1_000_000), "x".repeat(1_000_000), "\u{301} ".repeat(1_000_000)] {
            let lines = wrap(&text, Style::regular(13.0), 160.0, 3, &mut shaper);
            assert!(lines.len() <= 3 && lines.iter().all(|line| line.width_pt <= 160.0));
            assert!(lines.last().is_some_and(|line| line.text.ends_with('…')), "{lines:?}");
        }
    }

    #[test]
    fn no_line_begins_with_a_separator() {
        let text = "31 sources in 57 citations · 5 events counted, not drawn · 1 event beyond the axis not drawn";
        let mut shaper = Shaper::new();
        for width_pt in 60..400 {
            let lines = wrap(text, Style::regular(13.0), f64::from(width_pt), 99, &mut shaper);
            assert!(lines.iter().all(|line| !line.text.starts_with('·')), "{lines:?}");
        }
    }

    #[test]
    fn no_line_is_too_wide_and_no_word_is_lost() {
        let text = "Treaty on Comprehensive Strategic Partnership, from signature to force";
        let mut shaper = Shaper::new();
        let lines = wrap(text, Style::regular(13.0), 160.0, 9, &mut shaper);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.width_pt <= 160.0));
        let joined: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
        assert_eq!(joined.join(" "), text);
        let two = wrap(text, Style::regular(13.0), 160.0, 2, &mut shaper);
        assert!(two.len() == 2 && two[1].text.ends_with('…') && two[1].width_pt <= 160.0);
        assert!(wrap("  ", Style::regular(13.0), 160.0, 2, &mut shaper).is_empty());
    }
}
