//! TeX's accents and letters that are commands.
//!
//! The `biblatex` crate reads an accent whose letter stands in braces, and takes the backslash of a command for the letter.
//! So each accent is given its letter in braces, and the commands that are letters become them.

/// Accents that are one mark.
const MARKS: [char; 7] = ['\'', '`', '^', '"', '~', '=', '.'];

/// Accents that are a letter.
const NAMES: [&str; 8] = ["u", "v", "H", "c", "d", "b", "r", "k"];

/// No language puts more accents on a letter.
const MOST_STACKED: usize = 3;

/// Ties the letters before and behind it.
const TIE: char = '\u{361}';

const LETTERS: [(&str, &str); 24] = [
    // Without their dots, which give way to an accent.
    ("i", "ı"),
    ("j", "ȷ"),
    ("aa", "å"),
    ("AA", "Å"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("ss", "ß"),
    ("SS", "ẞ"),
    ("dh", "ð"),
    ("DH", "Ð"),
    ("dj", "đ"),
    ("DJ", "Đ"),
    ("ng", "ŋ"),
    ("NG", "Ŋ"),
    ("th", "þ"),
    ("TH", "Þ"),
    ("imath", "ı"),
    ("jmath", "ȷ"),
];

/// The letter that a command is.
pub(super) fn letter(command: &str) -> Option<&'static str> {
    LETTERS.iter().find(|(name, _)| *name == command).map(|(_, letter)| *letter)
}

/// Reads the accents behind a backslash, and what they stand on: `'\i` is `\'{ı}`. Gives what follows; of a group in braces
/// under one accent that is the group itself. None where there is no accent, or nothing that could bear it.
pub(super) fn accented(tex: &str) -> Option<(String, &str)> {
    if let Some(letters) = tex.strip_prefix("t{") {
        return tied(letters);
    }
    let (first, mut rest) = accent(tex)?;
    // The outermost first: `\'\^e` is an acute on ê.
    let mut accents = vec![first];
    let (base, after) = loop {
        let bearer = rest.trim_start();
        let Some(command) = bearer.strip_prefix('\\') else {
            if bearer.starts_with('{') && accents.len() == 1 {
                return Some((format!("\\{first}"), bearer));
            }
            let c = bearer.chars().next().filter(|c| c.is_alphabetic())?;
            break bearer.split_at_checked(c.len_utf8())?;
        };
        if let Some((next, after)) = accent(command).filter(|_| accents.len() < MOST_STACKED) {
            accents.push(next);
            rest = after;
        } else {
            let (name, after) = name(command)?;
            break (letter(name)?, after.strip_prefix("{}").unwrap_or_else(|| after.trim_start()));
        }
    };
    let opened: String = accents.iter().map(|accent| format!("\\{accent}{{")).collect();
    Some((format!("{opened}{base}{}", "}".repeat(accents.len())), after))
}

/// The accent that a text behind a backslash begins with, and what follows.
fn accent(tex: &str) -> Option<(&str, &str)> {
    let (name, after) = name(tex)?;
    if NAMES.contains(&name) {
        return Some((name, after));
    }
    if name.is_empty() && tex.starts_with(MARKS) { tex.split_at_checked(1) } else { None }
}

/// The name of a command, which is all letters that follow the backslash.
fn name(tex: &str) -> Option<(&str, &str)> {
    tex.split_at_checked(tex.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tex.len()))
}

/// The letters up to a closing brace, tied, and what follows it.
fn tied(letters: &str) -> Option<(String, &str)> {
    let end = letters.find(|c: char| !c.is_alphabetic())?;
    let (letters, rest) = letters.split_at_checked(end)?;
    let mut chars = letters.chars();
    let text = format!("{}{TIE}{}", chars.next()?, chars.as_str());
    Some((text, rest.strip_prefix('}')?))
}
