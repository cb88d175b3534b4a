//! The texts of cells: what stands for nothing, text that was decoded twice, lists, first sentences.

use encoding_rs::WINDOWS_1252;

/// What stands for nothing in most tables, beside the empty cell.
pub const NULLS: [&str; 14] =
    ["NA", "N/A", "n/a", "#N/A", "NULL", "null", "None", "nil", "NaN", "nan", "-", "--", "\u{2013}", "\u{2014}"];

/// A title longer than this is cut to its first sentence.
pub const LONGEST_TITLE: usize = 140;

/// Whether a text shows that UTF-8 was read as Windows-1252 and written anew: "â€œ" for a quotation mark, "Ã©" for é.
pub fn is_decoded_twice(text: &str) -> bool {
    !text.is_ascii()
        && (text.contains("â€") || text.contains('Ã') || text.contains("Â") || text.contains("Ð"))
        && mended(text).is_some()
}

/// The text that was decoded twice, decoded once; none where it is no such text.
pub fn mended(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    // Letters that Windows-1252 does not have were not made by it; whoever joins texts keeps some of them, so that each run of
    // the letters it has is mended by itself.
    let mut written = String::with_capacity(text.len());
    let mut is_mended = false;
    let mut run = String::new();
    let mut flush = |run: &mut String, written: &mut String| {
        if run.is_empty() {
            return;
        }
        match decoded_once(run) {
            Some(once) => {
                is_mended = true;
                written.push_str(&once);
            }
            None => written.push_str(run),
        }
        run.clear();
    };
    for c in text.chars() {
        if c.is_ascii() {
            flush(&mut run, &mut written);
            written.push(c);
        } else {
            run.push(c);
        }
    }
    flush(&mut run, &mut written);
    is_mended.then_some(written)
}

fn decoded_once(run: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(run.len());
    for c in run.chars() {
        let number = u32::from(c);
        // The five bytes that Windows-1252 leaves out stay as controls.
        if let Ok(byte @ (0x81 | 0x8D | 0x8F | 0x90 | 0x9D)) = u8::try_from(number) {
            bytes.push(byte);
            continue;
        }
        let text = c.to_string();
        let (encoded, _, is_lossy) = WINDOWS_1252.encode(&text);
        if is_lossy {
            return None;
        }
        bytes.extend_from_slice(&encoded);
    }
    let once = String::from_utf8(bytes).ok()?;
    (once.chars().count() < run.chars().count()).then_some(once)
}

/// The items of a list: apart by `||`, `|`, `;` or line ends; by commas only where `by_commas`.
pub fn items(text: &str, by_commas: bool) -> Vec<String> {
    let separator: &[char] = if text.contains("||") {
        &['|']
    } else if text.contains(['\n', ';']) {
        &['\n', ';']
    } else if text.contains('|') {
        &['|']
    } else if by_commas {
        &[',']
    } else {
        &[]
    };
    let bare = text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let mut items: Vec<String> = Vec::new();
    for item in bare.unwrap_or(text).split(separator) {
        let item = item.trim().trim_matches(['"', '\'']).trim();
        if !item.is_empty() && !items.iter().any(|known| known == item) {
            items.push(item.to_owned());
        }
    }
    items
}

/// The first sentence of a text that is too long for a title, with a sign that it goes on where that is cut too; none where the
/// text is short enough.
pub fn first_sentence(text: &str) -> Option<String> {
    let line = text.lines().next().unwrap_or_default().trim();
    if text.chars().count() <= LONGEST_TITLE && line.len() == text.trim().len() {
        return None;
    }
    let mut end = None;
    let mut before = ' ';
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let follows = chars.peek().map(|(_, next)| *next);
        let ends = match c {
            '!' | '?' | '\u{3002}' => true,
            // A letter alone before the dot is an initial.
            '.' => follows.is_none_or(char::is_whitespace) && at >= 24 && !before.is_uppercase(),
            _ => false,
        };
        if ends && at >= 12 {
            end = Some(at + c.len_utf8());
            break;
        }
        before = c;
    }
    let sentence = end.and_then(|end| line.get(..end)).unwrap_or(line).trim_end_matches(['.', '\u{3002}']);
    if sentence.chars().count() <= LONGEST_TITLE {
        return Some(sentence.to_owned());
    }
    let mut cut: String = sentence.chars().take(LONGEST_TITLE - 1).collect();
    if let Some(blank) = cut.rfind(' ').filter(|blank| *blank > LONGEST_TITLE / 2) {
        cut.truncate(blank);
    }
    Some(format!("{}\u{2026}", cut.trim_end_matches([' ', ',', ';', ':'])))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_that_was_decoded_twice_is_found_and_mended() {
        for (twice, once) in [
            ("â€œWordsâ€\u{9d} he said", "“Words” he said"),
            ("CafÃ© MÃ¼ller", "Café Müller"),
            ("5 â€“ 7 Â°C", "5 – 7 °C"),
        ] {
            assert!(is_decoded_twice(twice), "{twice}");
            assert_eq!(mended(twice).as_deref(), Some(once));
        }
        for text in ["Café Müller", "“Words”", "São Paulo, Ãvila", "Дума", "plain", "Â"] {
            assert_eq!(mended(text), None, "{text}");
        }
    }

    #[test]
    fn lists_are_cut_where_nothing_else_can_be_meant() {
        assert_eq!(items("a; b ;; a", false), ["a", "b"]);
        assert_eq!(items("a || b, c", false), ["a", "b, c"]);
        assert_eq!(items("Smith, John", false), ["Smith, John"]);
        assert_eq!(items("x, y", true), ["x", "y"]);
        assert_eq!(items("['x', 'y']", true), ["x", "y"]);
        assert_eq!(items("x|y", false), ["x", "y"]);
        assert!(items(" ; ", true).is_empty());
    }

    #[test]
    fn a_long_title_is_its_first_sentence() {
        assert_eq!(first_sentence("Short."), None);
        let long = format!("The council of the town met on the J. R. Bridge at noon. {}", "It went on. ".repeat(20));
        assert_eq!(first_sentence(&long).as_deref(), Some("The council of the town met on the J. R. Bridge at noon"));
        let cut = first_sentence(&"word ".repeat(60)).unwrap();
        assert!(cut.ends_with("word\u{2026}") && cut.chars().count() <= LONGEST_TITLE, "{cut}");
        assert_eq!(first_sentence("One\nTwo").as_deref(), Some("One"));
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in any::<String>()) {
            mended(&text);
            items(&text, true);
            if let Some(title) = first_sentence(&text) {
                prop_assert!(title.chars().count() <= LONGEST_TITLE);
            }
        }

        #[test]
        fn what_is_decoded_twice_comes_back(text in "[é“”–ü°€ñ a-z]{1,20}") {
            let (twice, _) = WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
            prop_assume!(!text.is_ascii());
            prop_assert_eq!(mended(&twice), Some(text));
        }
    }
}
