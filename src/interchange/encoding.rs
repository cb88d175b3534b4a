//! Bytes to text: UTF-8, UTF-16 where a byte order mark says so, else Windows-1252 as older programs write it.

use super::Problem;
use crate::diagnostic::Severity;

/// The characters of Windows-1252 from 0x80 to 0x9F; those it leaves open are the control characters of Unicode.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text, without a byte order mark. What is not UTF-8 is told.
pub(super) fn decoded(bytes: &[u8], problems: &mut Vec<Problem>) -> String {
    let told = |encoding: &str| {
        let message = format!("the file is not UTF-8 and was read as {encoding}; look at letters with accents");
        Problem::new(Severity::Info, "other-encoding", 1, message)
    };
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => {
            problems.push(told("UTF-16"));
            return utf16(rest, u16::from_le_bytes);
        }
        [0xFE, 0xFF, rest @ ..] => {
            problems.push(told("UTF-16"));
            return utf16(rest, u16::from_be_bytes);
        }
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => {
            problems.push(Problem { severity: Severity::Warning, ..told("Windows-1252") });
            bytes.iter().map(|&byte| character(byte)).collect()
        }
    }
}

fn character(byte: u8) -> char {
    let at = usize::from(byte.wrapping_sub(0x80));
    WINDOWS.get(at).copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_out_of_the_encodings_people_still_have() {
        let cases: &[(&[u8], &str, usize)] = &[
            ("\u{feff}Дума".as_bytes(), "Дума", 0),
            (b"\xFF\xFE\x14\x04\x43\x04", "Ду", 1),
            (b"\xFE\xFF\x04\x14", "Д", 1),
            (b"M\xFCller \x96 \x80", "Müller – €", 1),
            (b"", "", 0),
        ];
        for (bytes, text, told) in cases {
            let mut problems = Vec::new();
            assert_eq!(decoded(bytes, &mut problems), *text);
            assert_eq!(problems.len(), *told, "{text}");
        }
    }
}
