//! Unseen signs made visible: controls that a terminal obeys, and marks that turn the order in which letters are shown.
//!
//! Texts come from other people's files. Shown raw, an escape sequence moves the cursor, renames the terminal's window or
//! hides a line, and a bidi override shows `exe.png` where `gnp.exe` is written (CVE-2021-42574). Joiners and blanks of no
//! width stay: they turn nothing, and several scripts need them.

use std::borrow::Cow;

/// Whether a sign acts on the text around it and is not itself shown: a control (C0, delete, C1), a line or paragraph
/// separator, or a character with the property Bidi_Control (Unicode Standard Annex 9, table 4).
pub fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
}

/// Whether a sign turns round the letters of a text that is written in one direction: an embedding, an override or an isolate
/// (Unicode Standard Annex 9, tables 1 and 2), or one of their ends. The marks of direction stand for a letter of theirs
/// and move only what has no direction beside it, as genuine text from right to left needs.
pub const fn turns_letters(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a sign is in a text without anybody seeing it there: an unseen one ([`is_unseen`]) other than a tab or a line end, or one
/// of no width. Joiners are not meant, which several scripts and emoji need.
fn is_hidden(sign: char) -> bool {
    match sign {
        '\t' | '\n' | '\r' => false,
        // Soft hyphen, grapheme joiner, blanks of no width, invisible operators of mathematics, tags.
        '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => true,
        '\u{e0001}'..='\u{e007f}' => true,
        _ => is_unseen(sign),
    }
}

/// The signs that are in a text without anybody seeing them there, each once, in their order, and written as [`visible`] writes them.
pub fn hidden_signs(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if shown_ascii(text.as_bytes()) < text.len() {
        for sign in text.chars().filter(|sign| is_hidden(*sign)) {
            let written =
                if is_unseen(sign) { visible(sign.encode_utf8(&mut [0; 4])).into_owned() } else { numbered(sign) };
            if !found.contains(&written) {
                found.push(written);
            }
        }
    }
    found
}

/// How many bytes at the beginning of a text are ASCII characters that show themselves. Blocks of 16 bytes are compared at
/// once, as most text is nothing else.
pub fn shown_ascii(bytes: &[u8]) -> usize {
    const BLOCK: usize = 16;
    // The compiler makes one comparison of a block out of this only where it does not stop early.
    let is_shown = |block: &[u8]| block.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    let blocks = bytes.chunks_exact(BLOCK).take_while(|block| is_shown(block)).count() * BLOCK;
    let rest = bytes.get(blocks..).unwrap_or_default();
    blocks + rest.iter().take_while(|byte| matches!(byte, b' '..=b'~')).count()
}

/// How many bytes the sign has with which a text begins, if it is beyond ASCII and certainly neither unseen
/// ([`is_unseen`]) nor a blank (the property White_Space); 0 where it must be looked at, and for ASCII. Its bytes tell:
/// few signs of either kind are beyond ASCII, and they have few first bytes.
pub fn shown_sign(bytes: &[u8]) -> usize {
    match bytes {
        // U+0080 to U+00A0: controls and the blank that does not break.
        [0xc2, ..=0xa0, ..] => 0,
        // U+061C, a mark of direction.
        [0xd8, 0x9c, ..] => 0,
        // U+1680 and U+3000, blanks.
        [0xe1, 0x9a, 0x80, ..] | [0xe3, 0x80, 0x80, ..] => 0,
        // Of U+2000 to U+207F, where blanks, marks of direction and separators are, dashes, quotation marks and the ellipsis
        // are frequent: U+2010 to U+2027.
        [0xe2, 0x80, 0x90..=0xa7, ..] => 3,
        [0xe2, 0x80..=0x81, ..] => 0,
        // What follows a first byte is as long as that says: the text is UTF-8.
        [0xc2..=0xdf, ..] => 2,
        [0xe0..=0xef, ..] => 3,
        [0xf0..=0xf4, ..] => 4,
        _ => 0,
    }
}

/// The text on one line with every unseen sign made visible, line ends included: `␛[31m`, `\u202e`.
pub fn visible(text: &str) -> Cow<'_, str> {
    let ascii = shown_ascii(text.as_bytes());
    if !text.get(ascii..).is_some_and(|rest| rest.contains(is_unseen)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        push_visible(&mut out, sign);
    }
    Cow::Owned(out)
}

/// The text with every unseen sign made visible but its line ends: for what is shown in lines.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(|sign| sign != '\n' && is_unseen(sign)) {
        return Cow::Borrowed(text);
    }
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n").into()
}

/// Appends a sign, or what stands for it: its control picture where Unicode has one, else its number as JSON writes it.
pub fn push_visible(out: &mut String, sign: char) {
    match u32::from(sign) {
        _ if !is_unseen(sign) => out.push(sign),
        c0 @ 0..=0x1f => out.extend(char::from_u32(0x2400 + c0)),
        _ => out.push_str(&numbered(sign)),
    }
}

fn numbered(sign: char) -> String {
    format!("\\u{:04x}", u32::from(sign))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        let cases = [
            ("plain, кириллица, 漢字, é, 👩‍👩‍👧", "plain, кириллица, 漢字, é, 👩‍👩‍👧"),
            ("\u{1b}[31mred\u{1b}[0m\u{7}", "␛[31mred␛[0m␇"),
            ("\u{1b}]8;;http://x\u{7}", "␛]8;;http://x␇"),
            ("one\ntwo\r\nthree\tfour", "one␊two␍␊three␉four"),
            ("\u{0}\u{7f}\u{9b}31m\u{85}", "␀\\u007f\\u009b31m\\u0085"),
            ("\u{202e}gnp\u{2066}x\u{2069}\u{200e}\u{200f}\u{61c}", "\\u202egnp\\u2066x\\u2069\\u200e\\u200f\\u061c"),
            ("a\u{2028}b\u{2029}", "a\\u2028b\\u2029"),
        ];
        for (text, expected) in cases {
            assert_eq!(visible(text), expected);
        }
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(visible_lines("one\ntwo\u{202e}\nthree\t"), "one\ntwo\\u202e\nthree␉");
        assert!(matches!(visible_lines("one\ntwo"), Cow::Borrowed(_)));
    }

    #[test]
    fn signs_that_nobody_sees_are_named_once_each() {
        let cases = [
            ("plain, кириллица, é, 👩‍👩‍👧, می\u{200c}خواهم, one\ntwo\r\nthree\tfour", ""),
            ("a\u{202e}b\u{202e}c\u{202c}", "\\u202e \\u202c"),
            ("\u{feff}a\u{200b}b\u{1b}[0m\u{e0041}", "\\ufeff \\u200b ␛ \\ue0041"),
        ];
        for (text, expected) in cases {
            assert_eq!(hidden_signs(text).join(" "), expected);
        }
    }

    #[test]
    fn a_run_of_ascii_ends_at_its_first_other_sign() {
        let text = "An event that is longer than two blocks of it";
        for at in 0..text.len() {
            for sign in ['\n', '\u{7f}', '\0', 'é', '\u{202e}'] {
                let mut text = text.to_owned();
                text.insert(at, sign);
                assert_eq!(shown_ascii(text.as_bytes()), at, "{text:?}");
            }
        }
        assert_eq!(shown_ascii(text.as_bytes()), text.len());
    }

    #[test]
    fn signs_that_show_themselves_are_told_by_their_bytes() {
        let mut passed = 0;
        for sign in ('\0'..=char::MAX).filter(|sign| !sign.is_ascii()) {
            let text = format!("{sign}x");
            let length = shown_sign(text.as_bytes());
            assert!(length == 0 || length == sign.len_utf8(), "{sign:?}");
            assert!(length == 0 || !(is_unseen(sign) || sign.is_whitespace()), "{sign:?}");
            passed += usize::from(length == 0);
        }
        // Whatever else is looked at stands beside the marks of U+2000 to U+207F.
        assert!(passed < 180, "{passed}");
        assert_eq!(shown_sign(b"x"), 0);
        assert_eq!(shown_sign(b""), 0);
    }

    proptest! {
        #[test]
        fn nothing_unseen_is_left_and_nothing_seen_is_changed(text in any::<String>()) {
            let shown = visible(&text);
            prop_assert!(!shown.contains(is_unseen));
            prop_assert_eq!(visible(&shown), shown.as_ref());
            prop_assert!(text.contains(is_unseen) || *shown == *text);
        }
    }
}
