//! Bytes to text: the encoding is told by a byte order mark, by the bytes themselves, or by the header of the file, as JabRef,
//! TeX editors and libraries' servers write one; else what is no UTF-8 is Windows-1252, as older programs write it.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Problem;
use crate::diagnostic::Severity;

/// Names that the standard of encodings (WHATWG) does not list: of Java, which JabRef writes, and of TeX.
const NAMES: [(&str, &str); 10] = [
    ("macroman", "macintosh"),
    ("applemac", "macintosh"),
    ("maccyrillic", "x-mac-cyrillic"),
    ("ansinew", "windows-1252"),
    ("latin9", "iso-8859-15"),
    ("latin-9", "iso-8859-15"),
    ("utf8x", "utf-8"),
    ("utf8mb4", "utf-8"),
    ("ms950", "big5"),
    ("ms936", "gbk"),
];

/// Lines before the first entry in which a header is looked for.
const HEADER_LINES: usize = 40;

/// The text, without a byte order mark, its lines ended by line feeds. An encoding that is not UTF-8 is told.
/// Text that is UTF-8 already is lent, and takes no more room than its bytes.
pub(super) fn decoded<'b>(bytes: &'b [u8], problems: &mut Vec<Problem>) -> Cow<'b, str> {
    let text = in_unicode(bytes, problems);
    // Old Macintosh programs end lines by a carriage return alone; as many bytes keep every place.
    let is_alone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.bytes().enumerate().any(|(at, byte)| byte == b'\r' && is_alone(at)) {
        return text;
    }
    text.char_indices().map(|(at, c)| if c == '\r' && is_alone(at) { '\n' } else { c }).collect::<String>().into()
}

fn in_unicode<'b>(bytes: &'b [u8], problems: &mut Vec<Problem>) -> Cow<'b, str> {
    let mut tell = |severity, message| problems.push(Problem::new(severity, "other-encoding", 1, message));
    let unmarked_utf_16 = match bytes {
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some((UTF_16LE, 0)),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some((UTF_16BE, 0)),
        _ => None,
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes).or(unmarked_utf_16) {
        let (text, is_broken) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        if is_broken {
            tell(
                Severity::Warning,
                format!("some bytes of the file are not {}; they stand as U+FFFD", encoding.name()),
            );
        } else if encoding != UTF_8 {
            tell(Severity::Info, format!("the file was read as {}", encoding.name()));
        }
        return text;
    }

    let header = named(bytes);
    let encoding = header.as_deref().and_then(of_name);
    if let (Some(name), None) = (&header, encoding) {
        let message = format!("the encoding \"{name}\" that the file names is not known; look at letters with accents");
        tell(Severity::Warning, message);
    }
    let utf_8 = std::str::from_utf8(bytes).ok();
    if let Some(encoding) = encoding.filter(|encoding| *encoding != UTF_8) {
        // Other encodings do not happen to be UTF-8, unless all is ASCII: then the file was saved anew since.
        if let Some(text) = utf_8.filter(|_| encoding != ISO_2022_JP) {
            if !text.is_ascii() {
                let name = encoding.name();
                tell(Severity::Info, format!("the file names {name}, but is UTF-8, and was read as that"));
            }
            return text.into();
        }
        let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
        let name = encoding.name();
        if is_broken {
            let message = format!("the file was read as {name}, which it names; bytes that are not stand as U+FFFD");
            tell(Severity::Warning, message);
        } else {
            tell(Severity::Info, format!("the file was read as {name}, which it names"));
        }
        return text;
    }
    if let Some(text) = utf_8 {
        return text.into();
    }
    let mut is_mixed = false;
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        is_mixed |= !chunk.valid().is_ascii();
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    let message = if is_mixed {
        "the file is UTF-8 only in part; the rest was read as Windows-1252: look at letters with accents"
    } else {
        "the file is not UTF-8 and was read as Windows-1252; look at letters with accents"
    };
    tell(Severity::Warning, message.to_owned());
    text.into()
}

/// The name of the encoding that a file gives before its first entry: "% Encoding: windows-1251",
/// "% !TeX encoding = latin1", "-*- coding: koi8-r -*-", "Content: text/plain; charset=\"UTF-8\"".
fn named(bytes: &[u8]) -> Option<String> {
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).take(HEADER_LINES);
    for line in lines {
        let line = String::from_utf8_lossy(line.get(..line.len().min(200))?).to_lowercase();
        let bare = line.trim_start();
        let is_entry = bare.starts_with('@') && !bare.starts_with("@comment") || bare.starts_with(['[', '{']);
        if is_entry || bare.starts_with("ty  -") {
            return None;
        }
        for word in ["encoding", "coding", "charset"] {
            let Some((_, rest)) = line.split_once(word) else { continue };
            let Some(rest) = rest.trim_start().strip_prefix([':', '=']) else { continue };
            let rest = rest.trim_start().trim_start_matches(['"', '\'']);
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')));
            let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            if !name.is_empty() {
                return Some(name.to_owned());
            }
        }
    }
    None
}

fn of_name(name: &str) -> Option<&'static Encoding> {
    let known = NAMES.iter().find(|(known, _)| *known == name).map_or(name, |(_, standard)| standard);
    let encoding = |name: &str| Encoding::for_label_no_replacement(name.as_bytes());
    encoding(known).or_else(|| encoding(&known.replace('_', "-")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<Severity>) {
        let mut problems = Vec::new();
        let text = decoded(bytes, &mut problems);
        (text.into_owned(), problems.into_iter().map(|problem| problem.severity).collect())
    }

    #[test]
    fn texts_come_out_of_the_encodings_people_still_have() {
        use Severity::{Info, Warning};
        let cases: &[(&[u8], &str, &[Severity])] = &[
            ("\u{feff}Дума".as_bytes(), "Дума", &[]),
            (b"\xFF\xFE\x14\x04\x43\x04", "Ду", &[Info]),
            (b"\xFE\xFF\x04\x14", "Д", &[Info]),
            (b"@\0m\0\x14\x04", "@mД", &[Info]),
            (b"\0@\0m\x04\x14", "@mД", &[Info]),
            (b"\xFF\xFEa", "\u{fffd}", &[Warning]),
            (b"M\xFCller \x96 \x80", "Müller – €", &[Warning]),
            (b"M\xC3\xBCller M\xFCller", "Müller Müller", &[Warning]),
            (b"% Encoding: windows-1251\n\xC4\xF3\xEC\xE0", "% Encoding: windows-1251\nДума", &[Info]),
            (b"% Encoding: Cp1251\r\n\xC4", "% Encoding: Cp1251\r\nД", &[Info]),
            (b"% !TeX encoding = ISO8859_1\nM\xFCller", "% !TeX encoding = ISO8859_1\nMüller", &[Info]),
            (b"% -*- coding: koi8-r -*-\n\xE4", "% -*- coding: koi8-r -*-\nД", &[Info]),
            (b"@comment{x-encoding: MacRoman}\nM\x9Fller", "@comment{x-encoding: MacRoman}\nMüller", &[Info]),
            (
                b"Content: text/plain; charset=\"shift_jis\"\n\x93\xFA",
                "Content: text/plain; charset=\"shift_jis\"\n日",
                &[Info],
            ),
            (b"% Encoding: ISO-2022-JP\n\x1B$BF|\x1B(B", "% Encoding: ISO-2022-JP\n日", &[Info]),
            (b"% Encoding: gb18030\n\xC8\xD5\xFF", "% Encoding: gb18030\n日\u{fffd}", &[Warning]),
            ("% Encoding: windows-1251\nДума".as_bytes(), "% Encoding: windows-1251\nДума", &[Info]),
            (b"% Encoding: windows-1251\nASCII", "% Encoding: windows-1251\nASCII", &[]),
            (b"% Encoding: UTF-8\nM\xFCller", "% Encoding: UTF-8\nMüller", &[Warning]),
            (b"% Encoding: klingon\nM\xFCller", "% Encoding: klingon\nMüller", &[Warning, Warning]),
            (b"@misc{a, title = {encoding: koi8-r \xE4}}", "@misc{a, title = {encoding: koi8-r ä}}", &[Warning]),
            (b"", "", &[]),
        ];
        for (bytes, text, told) in cases {
            let (found, severities) = read(bytes);
            assert_eq!((found.as_str(), severities.as_slice()), (*text, *told));
        }
    }

    #[test]
    fn carriage_returns_alone_end_lines_too() {
        assert_eq!(read(b"a\rb\r\nc\r\rd\r").0, "a\nb\r\nc\n\nd\n");
    }

    proptest! {
        #[test]
        fn what_an_encoding_can_write_comes_back(text in "[А-яЁё0-9 ,.]{1,40}", name in "windows-1251|koi8-r|iso-8859-5|utf-8") {
            let file = format!("% Encoding: {name}\n{text}");
            let (bytes, ..) = of_name(&name).unwrap().encode(&file);
            // A few letters may happen to be UTF-8 as well, and are then read as that: "бЁ" in KOI8-R is "³£".
            prop_assume!(name == "utf-8" || std::str::from_utf8(&bytes).is_err() || file.is_ascii());
            prop_assert_eq!(read(&bytes).0, file);
        }
    }
}
