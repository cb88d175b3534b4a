//! What words mean: one table a language. A word that several languages have with one meaning stands in each of their tables.
//!
//! All lower case; entries of several words are matched whole, the longest first. Korean and Chinese entries are matched
//! inside a run of letters, since those scripts may leave out the spaces. What a meaning does to a date, and beside what it
//! may stand, is said by the rules in `parts` and `statement`.

mod chinese;
mod dutch;
mod english;
mod french;
mod german;
mod italian;
mod korean;
mod polish;
mod portuguese;
mod russian;
mod spanish;
mod ukrainian;

use std::collections::HashMap;
use std::sync::OnceLock;

/// The meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mean {
    /// "the": before a part of a date.
    Article,
    /// "in", "on", "dated": before a part of a date.
    Preposition,
    /// "of": between two parts of a date.
    Of,
    /// Korean 에, "at": behind a part of a date.
    Postposition,
    /// 第: before the number of what is counted.
    Nth,
    /// Russian "в": "in", and short for "век" (century) behind a numeral.
    InOrCentury,
    /// "c.": "about", and short for "century" behind an ordinal.
    CircaOrCentury,
    /// "est.": an estimate, and Eastern Standard Time beside a time.
    EstimateOrZone,
    /// 1–12.
    Month(u8),
    /// A code of ISO 8601-2, 4.8.
    Season(u8),
    /// 1 is Monday.
    Weekday(u8),
    Part(Part),
    /// "first", "second".
    Ordinal(u8),
    Half,
    Quarter,
    /// "third" is an ordinal; thirds of a month in Russian ("декада") and Chinese.
    Decade,
    Century,
    Millennium,
    Grain(Grain),
    /// "days", "weeks": a number of them.
    Grains(Grain),
    /// "W": before the number of an ISO week.
    Week,
    /// 주차: behind the number of a week.
    WeekBehind,
    /// "week of", "week beginning", "week ending": before or behind a day.
    WeekOf(WeekOf),
    /// "as seen from today": "last year" in one word, by how many and of what.
    Near(i8, Grain),
    Hour,
    Minute,
    Second,
    /// "hrs", "o'clock": behind a time.
    Hours,
    Am,
    Pm,
    /// Before the era.
    Bc,
    /// Of the era.
    Ad,
    /// Before a date: "about".
    Approximate,
    /// Behind a date: "or so", 경.
    ApproximateBehind,
    /// Before or behind a date: "approx.".
    ApproximateBeside,
    /// Before or behind a date: "possibly".
    Uncertain,
    /// "unknown", as the end of a span.
    Unknown,
    /// "now", "present": an end that has not come.
    Present,
    Before,
    By,
    After,
    From,
    /// "no earlier than": as "from", but never the start of a span.
    NotBefore,
    Since,
    Until,
    /// "on": before a part of a date, and "onwards" behind a whole one.
    On,
    /// "onwards": it goes on.
    Onwards,
    /// "to the present".
    ToPresent,
    Between,
    /// 사이, 之间: behind two dates.
    Amid,
    Either,
    And,
    Or,
    /// Joins the ends of a span.
    To,
    /// Days from today.
    Today(i8),
    Ago,
    /// Seen from today, or at the end of something longer.
    Last,
    /// Seen from today alone: "прошлая".
    Previous,
    /// At the end of something longer alone: "последняя".
    Final,
    This,
    Next,
    /// "time" after a city's name.
    Time,
    /// "local time": behind a time without its zone.
    LocalTime,
    /// An IANA zone.
    Zone(&'static str),
    Utc,
    /// "Z".
    Zulu,
    /// Minutes ahead of UTC.
    Offset(i16),
    /// "old style", "н. ст.": the calendar that a date is counted in.
    Calendar,
}

/// A third of a longer stretch, as sources say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Mid,
    Late,
}

/// A unit that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Day,
    Week,
    Month,
    Year,
}

/// Which seven days a day stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WeekOf {
    /// The week that it lies in or begins.
    Holding,
    /// From it on.
    From,
    /// Up to it.
    To,
}

/// A row of a language: a meaning and the words for it.
type Row = (Mean, &'static [&'static str]);

const SPACED: [&[Row]; 10] = [
    english::WORDS,
    russian::WORDS,
    ukrainian::WORDS,
    german::WORDS,
    french::WORDS,
    spanish::WORDS,
    italian::WORDS,
    portuguese::WORDS,
    dutch::WORDS,
    polish::WORDS,
];
const UNSPACED: [&[Row]; 2] = [korean::WORDS, chinese::WORDS];

/// Every entry of some languages with its meaning.
fn entries(languages: &'static [&'static [Row]]) -> impl Iterator<Item = (&'static str, Mean)> {
    let rows = languages.iter().copied().flatten();
    rows.flat_map(|(mean, entries)| entries.iter().map(move |entry| (*entry, *mean)))
}

/// The entries of the spaced languages by their first word.
fn by_first_word() -> &'static HashMap<&'static str, Vec<(&'static str, Mean)>> {
    static ENTRIES: OnceLock<HashMap<&str, Vec<(&str, Mean)>>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let mut found: HashMap<&str, Vec<(&str, Mean)>> = HashMap::new();
        for (entry, mean) in entries(&SPACED) {
            let first = entry.split(' ').next().unwrap_or(entry);
            found.entry(first).or_default().push((entry, mean));
        }
        found
    })
}

/// The longest entry that `words` begin with, and how many of them it takes.
pub(super) fn meaning(words: &[&str]) -> Option<(Mean, usize)> {
    let known = by_first_word().get(words.first()?)?;
    known
        .iter()
        .filter_map(|(entry, mean)| {
            let taken = entry.split(' ').count();
            entry.split(' ').eq(words.get(..taken)?.iter().copied()).then_some((*mean, taken))
        })
        .max_by_key(|(_, taken)| *taken)
}

/// The longest entry of an unspaced script that `text` begins with, and its bytes.
pub(super) fn unspaced_meaning(text: &str) -> Option<(Mean, usize)> {
    entries(&UNSPACED)
        .filter(|(entry, _)| text.starts_with(entry))
        .max_by_key(|(entry, _)| entry.len())
        .map(|(entry, mean)| (mean, entry.len()))
}

/// Whether a word that bounds stands behind its date ("or later", 까지, 以前) and not before it.
pub(super) fn stands_behind(word: &str) -> bool {
    let is_korean = word.starts_with(|c: char| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    let is_chinese = word.starts_with(['起', '止', '为', '為', '以', '之', '前', '后', '後']);
    is_korean
        || is_chinese
        || ["or ", "at the ", "oder ", "ou ", "o ", "of ", "lub "].iter().any(|or| word.starts_with(or))
}

/// Whether a text says that there is no date: "n.d.", "undated", "б. д.".
pub(super) fn says_undated(text: &str) -> bool {
    const WORDS: [&str; 36] = [
        "undated",
        "nd",
        "no date",
        "no date given",
        "not dated",
        "without date",
        "date unknown",
        "unknown date",
        "unknown",
        "sd",
        "s d",
        "sine dato",
        "sine anno",
        "sa",
        "s a",
        "oj",
        "o j",
        "n d",
        "na",
        "none",
        "бд",
        "б д",
        "бг",
        "б г",
        "без даты",
        "без дати",
        "без года",
        "без року",
        "дата неизвестна",
        "дата невідома",
        "날짜 없음",
        "날짜 미상",
        "일자 미상",
        "日期不详",
        "日期不詳",
        "无日期",
    ];
    let mut words = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '.' | '/' | '[' | ']' | '(' | ')' => {}
            _ if c.is_whitespace() && words.ends_with(' ') => {}
            _ if c.is_whitespace() => words.push(' '),
            _ => words.push(c),
        }
    }
    WORDS.contains(&words.trim())
}

#[cfg(test)]
pub(super) fn every_word() -> impl Iterator<Item = (&'static str, Mean)> {
    entries(&SPACED).chain(entries(&UNSPACED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_means_two_things_and_every_zone_exists() {
        for table in [entries(&SPACED).collect::<Vec<_>>(), entries(&UNSPACED).collect()] {
            let mut known = HashMap::new();
            for (entry, mean) in table {
                assert_eq!(*known.entry(entry).or_insert(mean), mean, "{entry}");
                assert_eq!(entry, entry.to_lowercase());
                if let Mean::Zone(name) = mean {
                    assert!(crate::time::Zone::parse(name).is_ok(), "{name}");
                }
            }
        }
    }

    #[test]
    fn texts_that_deny_a_date_are_known() {
        for text in ["undated", "n.d.", "[n. d.]", "s.d.", "S. d.", "б. д.", "Б/д", "No date", "日期不详"] {
            assert!(says_undated(text), "{text}");
        }
        assert!(!says_undated("d. 1960"));
    }
}
