//! The parts of a formatted reference, told apart by the marks that are certain.
//!
//! Works on text alone; what the parts mean is `formatted`'s.

use crate::interchange::dates::{self, Found};
use crate::time::Date;

/// Words before an address, in small letters.
const LEADS: [&str; 22] = [
    "archived from the original",
    "archived from",
    "archived at",
    "available at",
    "available from",
    "available online at",
    "available online",
    "available",
    "retrieved from",
    "url",
    "online at",
    "link",
    "from",
    "verfügbar unter",
    "abrufbar unter",
    "online unter",
    "disponible sur",
    "disponible à l'adresse",
    "en ligne",
    "режим доступа",
    "online",
    "at",
];

/// The quotation marks that titles stand in.
const QUOTES: [(char, &[char]); 7] =
    [('“', &['”']), ('„', &['“', '”']), ('«', &['»']), ('»', &['«']), ('"', &['"']), ('‘', &['’']), ('\'', &['\''])];

/// "Author (date). The rest": parts before, in and behind the first parentheses that hold a date, or say that there is
/// none. A title may follow without a stop where a name is certain, and an address says that it is a reference.
pub(super) fn author_date(text: &str, has_address: bool) -> Option<(&str, Option<Date>, &str)> {
    const NO_DATE: [&str; 6] = ["n.d.", "o. j.", "o.j.", "s.d.", "s. d.", "б. г."];
    let (start, end) = bracketed(text, 0, '(', ')')?;
    let inner = text.get(start + 1..end - 1)?;
    let author = text.get(..start)?.trim();
    let tail = text.get(end..)?;
    let is_author = !author.is_empty()
        && author.chars().count() <= 200
        && !author.contains(|c| QUOTES.iter().any(|(open, _)| *open == c && *open != '\''))
        && !author.contains(|c: char| c.is_ascii_digit())
        && !author.ends_with([':', ';']);
    let is_name = author.ends_with('.')
        || author.contains(", ")
        || author.split_whitespace().count() <= 3
            && author.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let is_titled = has_address && is_name && tail.trim_start().starts_with(char::is_uppercase);
    let is_followed = tail.starts_with(['.', ',', ':'])
        || is_titled
        || quoted(tail.trim()).is_some_and(|(before, ..)| before.is_empty());
    if !is_author || !is_followed || is_sentence(author) {
        return None;
    }
    let date = dates::read(inner);
    let is_dateless = NO_DATE.contains(&inner.to_lowercase().as_str());
    let tail = tail.trim_start_matches(['.', ',', ':']).trim();
    (!tail.is_empty() && (is_dateless || date.as_ref().is_some_and(|_| inner.chars().any(|c| c.is_ascii_digit()))))
        .then_some((author, date, tail))
}

/// Whether a text reads as running words, not as a name: many small words without a comma.
fn is_sentence(text: &str) -> bool {
    let small = text
        .split([' ', ','])
        .filter(|word| word.chars().next().is_some_and(char::is_lowercase))
        .filter(|word| {
            !matches!(
                *word,
                "and"
                    | "und"
                    | "et"
                    | "y"
                    | "и"
                    | "al."
                    | "al"
                    | "of"
                    | "the"
                    | "de"
                    | "von"
                    | "van"
                    | "der"
                    | "for"
                    | "la"
                    | "le"
                    | "del"
                    | "für"
                    | "des"
                    | "du"
                    | "by"
            )
        })
        .count();
    small > 2
}

/// A title in quotation marks with what stands before and behind it. Quotation marks around a word of a title are none.
pub(super) fn quoted(text: &str) -> Option<(&str, &str, &str)> {
    let (start, open) = text.char_indices().find(|&(at, c)| {
        let before = text.get(..at).unwrap_or_default();
        QUOTES.iter().any(|(open, _)| *open == c) && !before.ends_with(char::is_alphanumeric)
    })?;
    let closes = QUOTES.iter().find(|(mark, _)| *mark == open)?.1;
    let from = start + open.len_utf8();
    let inside = text.get(from..)?;
    let mut depth = 0_usize;
    let (length, close) = inside.char_indices().find(|&(at, c)| {
        if c == open && !closes.contains(&open) {
            depth += 1;
            return false;
        }
        let is_close = closes.contains(&c)
            && !(matches!(c, '’' | '\'')
                && inside.get(at + c.len_utf8()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)));
        if is_close && depth > 0 {
            depth -= 1;
            return false;
        }
        is_close
    })?;
    let title = inside.get(..length)?;
    let before = text.get(..start)?.trim();
    let after = inside.get(length + close.len_utf8()..)?;
    let begins = before.is_empty() || before.ends_with([',', '.', ':', ')', ';']);
    let ends = after.trim().is_empty()
        || after.trim_start().starts_with([',', '.', ';', '(', '–', '—', '/', ':'])
        || title.trim_end_matches(['’', '\'', '”', '»']).ends_with([',', '.', '?', '!'])
        || after.trim_start().to_lowercase().starts_with("in ");
    let title = trimmed(title);
    (begins && ends && !title.is_empty()).then_some((before, title, after.trim()))
}

/// What a title is contained in: behind "//" (GOST) or "In:" (German).
pub(super) fn contained(text: &str) -> Option<(&str, &str)> {
    let (left, right) =
        [" // ", ". In: ", ", in: ", "? In: ", "! In: ", " In: "].iter().find_map(|mark| text.split_once(mark))?;
    let (left, right) = (trimmed(left), right.trim());
    (!left.is_empty() && !right.is_empty()).then_some((left, right))
}

/// "Müller, Hans: Titel", "Иванов И. И. Название", "Название / И. И. Иванов".
pub(super) fn author_and_title(text: &str) -> (Option<&str>, &str) {
    if let Some((title, author)) = text.split_once(" / ") {
        // The heading of a Russian record says the author a first time.
        let title = heading_and_title(title).map_or(title, |(_, title)| title);
        return (Some(author.trim()), trimmed(title));
    }
    if let Some((author, title)) = text.split_once(": ")
        && author.split_whitespace().count() <= 6
        && !is_sentence(author)
        && (author.contains([',', '.']) || author.split_whitespace().count() <= 3)
    {
        return (Some(author.trim()), trimmed(title));
    }
    heading_and_title(text).map_or((None, text), |(author, title)| (Some(author), title))
}

/// Surnames with one or two initials each, and the title behind them: "Иванов И. И., Петров А. Название".
fn heading_and_title(text: &str) -> Option<(&str, &str)> {
    let mut end = None;
    let mut words = text.split_inclusive(' ').scan(0, |at, word| {
        *at += word.len();
        Some((*at, word.trim()))
    });
    while let Some((_, surname)) = words.next() {
        let is_surname = surname.starts_with(char::is_uppercase) && surname.chars().count() > 1;
        let Some((mut at, first)) = words.next() else { break };
        if !is_surname || !is_initials(first) {
            break;
        }
        let mut last = first;
        while !last.ends_with(',') {
            let mut ahead = words.clone();
            let Some((next, word)) = ahead.next().filter(|(_, word)| is_initials(word)) else { break };
            (at, last, words) = (next, word, ahead);
        }
        end = Some(at);
        if !last.ends_with(',') {
            break;
        }
    }
    let (author, title) = text.split_at_checked(end?)?;
    (!trimmed(title).is_empty()).then(|| (author.trim(), trimmed(title)))
}

/// "И.", "И.И.", "J.,".
fn is_initials(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    word.ends_with('.')
        && word.split('.').filter(|part| !part.is_empty()).all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        })
}

/// "Title. Publisher." where the last sentence is short enough for a name.
pub(super) fn last_sentence(text: &str) -> Option<(&str, &str)> {
    let text = text.trim().trim_end_matches('.');
    let at = text
        .match_indices(['.', '?', '!'])
        .filter(|(at, _)| text.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')))
        .filter(|(at, _)| {
            let word = text.get(..*at).and_then(|left| left.rsplit([' ', '.']).next()).unwrap_or_default();
            word.chars().count() > 2
        })
        .map(|(at, _)| at)
        .next_back()?;
    let (title, place) = text.split_at_checked(at + 1)?;
    let place = place.trim();
    let name = place.split([',', '(']).next().unwrap_or_default();
    let is_name = name.split_whitespace().count() <= 7 && is_publisher(name) && !is_sentence(name);
    let title = title.strip_suffix('.').unwrap_or(title).trim();
    (is_name && !title.is_empty()).then_some((title, place))
}

/// The parts between commas and full stops; a full stop behind an abbreviation does not end one.
pub(super) fn segments(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut depth = 0_i32;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        let is_spaced = chars.peek().is_none_or(|next| next.is_whitespace());
        let word_length = found.last().map_or(0, |part| part.chars().rev().take_while(|c| c.is_alphanumeric()).count());
        let is_end = depth <= 0
            && is_spaced
            && match c {
                ',' | ';' | '–' | '—' | '|' => true,
                '.' => word_length > 2 || found.last().is_some_and(|part| part.ends_with(|c: char| c.is_ascii_digit())),
                _ => false,
            };
        match found.last_mut() {
            Some(part) if !is_end => part.push(c),
            _ => found.push(String::new()),
        }
    }
    let parts = found.iter().map(|part| trimmed(part)).map(without_in);
    parts.filter(|part| !part.is_empty() && !leads_to_a_date(part)).map(str::to_owned).collect()
}

fn without_in(text: &str) -> &str {
    ["in: ", "In: ", "in ", "In ", "dans ", "Dans ", "// "]
        .iter()
        .find_map(|lead| text.strip_prefix(lead))
        .unwrap_or(text)
        .trim()
}

/// "Published on", without the date.
fn leads_to_a_date(text: &str) -> bool {
    const LEADS: [&str; 16] = [
        "published",
        "published on",
        "publié",
        "publié le",
        "posted",
        "posted on",
        "veröffentlicht am",
        "veröffentlicht",
        "erschienen am",
        "erschienen",
        "stand",
        "vom",
        "le",
        "on",
        "опубликовано",
        "publicado el",
    ];
    LEADS.contains(&text.trim_end_matches(':').to_lowercase().as_str())
}

/// A name of a publisher begins with a letter and not with "p." or "vol.".
pub(super) fn is_publisher(text: &str) -> bool {
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_locator = text.contains(' ') && first.ends_with('.') && dates::is_locator(first);
    text.chars().next().is_some_and(char::is_alphabetic) && !is_locator && !is_word_of_change(first)
}

/// Whether the date says when something was changed, not when it came out.
pub(super) fn is_updating(text: &str, found: &Found) -> bool {
    let before = text.get(..found.range.start).unwrap_or_default();
    before.split_whitespace().next_back().is_some_and(is_word_of_change) || before.trim_end().ends_with("updated on")
}

fn is_word_of_change(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    matches!(word.as_str(), "updated" | "modified" | "aktualisiert" | "revised" | "обновлено")
}

/// An author's name without the punctuation around it; none where there is none.
pub(super) fn as_name<T: From<String>>(text: &str) -> Option<T> {
    let text = text.trim().trim_end_matches([',', ':', ';']).trim();
    let text = ["By ", "by ", "Von ", "von "].iter().find_map(|lead| text.strip_prefix(lead)).unwrap_or(text);
    let last = text.trim_end_matches('.').rsplit([' ', '.']).next().unwrap_or_default();
    let keeps_stop = is_letter(last) || matches!(last, "al" | "Jr" | "Sr" | "eds" | "ed" | "Hg" | "Hrsg");
    let text = if keeps_stop { text } else { text.trim_end_matches('.') };
    (!text.is_empty()).then(|| text.to_owned().into())
}

/// Without spaces, brackets left open and stops at either end.
pub(super) fn trimmed(text: &str) -> &str {
    let text = text.trim().trim_start_matches([',', '.', ';', ':', '|']).trim_start();
    let text = text.trim_end_matches([',', ';', ':', '|', ' ', '(', '[', '–', '—', '<']);
    let is_left_open = text.starts_with('(') && !text.contains(')');
    let text = if is_left_open { text.trim_start_matches('(') } else { text };
    let last = text.trim_end_matches('.');
    let text = if text.ends_with("..") || last.rsplit([' ', '.']).next().is_some_and(is_letter) { text } else { last };
    match (text.strip_prefix(')'), text.strip_prefix(']')) {
        (Some(rest), _) | (_, Some(rest)) => rest.trim(),
        _ => text.trim(),
    }
}

/// A letter alone, such as an initial; or nothing.
fn is_letter(word: &str) -> bool {
    word.chars().count() <= 1 && word.chars().all(char::is_alphabetic)
}

/// Without the words that lead to an address at the end of a text.
pub(super) fn without_lead(text: &str) -> &str {
    let bare = text.trim_end().trim_end_matches(['<', '(', '[']).trim_end();
    let unmarked = bare.trim_end_matches(':').trim_end();
    for lead in LEADS {
        let Some(start) = unmarked.len().checked_sub(lead.len()) else { continue };
        let Some((before, found)) = unmarked.split_at_checked(start) else { continue };
        // "from" and "at" belong to the address only behind a date or with a colon.
        let is_whole = !before.ends_with(char::is_alphanumeric);
        let is_weak = matches!(lead, "from" | "at" | "available" | "link" | "online" | "en ligne")
            && unmarked.len() == bare.len();
        let is_led = !is_weak || before.trim_end().ends_with([',', '.']);
        if is_whole && is_led && found.to_lowercase() == lead {
            return before;
        }
    }
    bare
}

/// The first place where words stand, whatever their case.
pub(super) fn find_words(text: &str, words: &str) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(start, _)| {
        if text.get(..start)?.ends_with(char::is_alphanumeric) {
            return None;
        }
        let mut rest = text.get(start..)?.char_indices();
        for wanted in words.chars() {
            let (_, found) = rest.next()?;
            if !found.to_lowercase().eq(std::iter::once(wanted)) {
                return None;
            }
        }
        let end = rest.next().map_or(text.len(), |(at, _)| start + at);
        (!text.get(end..)?.starts_with(char::is_alphanumeric)).then_some((start, end))
    })
}

/// The first brackets at or after a byte, with what is in them.
pub(super) fn bracketed(text: &str, from: usize, open: char, close: char) -> Option<(usize, usize)> {
    let start = from + text.get(from..)?.find(open)?;
    let end = start + text.get(start..)?.find(close)? + close.len_utf8();
    Some((start, end))
}
