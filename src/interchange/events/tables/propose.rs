//! What the columns of a table may be, from their headers and their values, each with the reason.
//!
//! A proposal and no more: lane, source and actors above all are for the analyst to decide.

use super::facts::Facts;
use super::grid::{Table, is_unnamed};
use crate::diagnostic::counted;
use crate::interchange::events::mapping::{Column, Mapping, Target};
use crate::model::Standing;

/// Headers by what they mean, in small letters and without signs.
const HEADERS: &[(Target, &[&str])] = &[
    (
        Target::Key,
        &[
            "id",
            "key",
            "uid",
            "event id",
            "eventid",
            "unique id",
            "internal identifier",
            "identifier",
            "record number",
            "display id",
            "ref no",
        ],
    ),
    (
        Target::Title,
        &[
            "title",
            "headline",
            "event",
            "event title",
            "subject",
            "label",
            "message",
            "summary",
            "what",
            "name",
            "event name",
            "titel",
            "titre",
            "título",
            "ereignis",
        ],
    ),
    (
        Target::Note,
        &[
            "note",
            "notes",
            "description",
            "text",
            "details",
            "body",
            "content",
            "comment",
            "comments",
            "remarks",
            "narrative",
            "event description",
            "beschreibung",
            "notiz",
        ],
    ),
    (Target::Wording, &["wording", "display date", "date text", "date in words", "date display", "displaydate"]),
    (Target::Precision, &["precision", "date precision", "accuracy", "granularity", "time precision"]),
    (
        Target::Date,
        &[
            "date",
            "datetime",
            "date time",
            "when",
            "start",
            "start date",
            "startdate",
            "start time and date",
            "from",
            "begin",
            "begins",
            "beginning",
            "event date",
            "timestamp",
            "time stamp",
            "date of event",
            "datum",
            "fecha",
            "data",
            "earliest",
            "not before",
            "edtf",
        ],
    ),
    (Target::End, &["end", "end date", "enddate", "to", "until", "finish", "ends", "latest", "not after", "ende"]),
    (Target::LatestStart, &["latest start", "latest start date"]),
    (Target::EarliestEnd, &["earliest end", "earliest end date"]),
    (Target::Time, &["time", "start time", "time of day", "hour", "uhrzeit"]),
    (Target::EndTime, &["end time"]),
    (Target::Zone, &["timezone", "time zone", "zone", "tz", "utc offset", "event tz"]),
    (Target::Year, &["year", "start year", "jahr", "année", "año"]),
    (Target::Month, &["month", "start month", "monat"]),
    (Target::Day, &["day", "start day", "tag"]),
    (Target::EndYear, &["end year"]),
    (Target::EndMonth, &["end month"]),
    (Target::EndDay, &["end day"]),
    (
        Target::Lane,
        &[
            "lane",
            "category",
            "categories",
            "group",
            "track",
            "theme",
            "topic",
            "type",
            "event type",
            "kind",
            "layer",
            "kategorie",
        ],
    ),
    (
        Target::Actors,
        &[
            "actors",
            "actor",
            "who",
            "people",
            "persons",
            "person",
            "participants",
            "participant",
            "parties",
            "organisations",
            "organizations",
            "akteure",
        ],
    ),
    (
        Target::Place,
        &[
            "place",
            "location",
            "where",
            "location name",
            "place name",
            "city",
            "venue",
            "town",
            "country",
            "region",
            "ort",
            "lieu",
            "lugar",
        ],
    ),
    (Target::Latitude, &["latitude", "lat", "location lat", "location latitude"]),
    (Target::Longitude, &["longitude", "lon", "lng", "long", "location lon", "location lng", "location longitude"]),
    (Target::Coordinates, &["coordinates", "latlon", "lat lon", "geo", "gps"]),
    (Target::Tags, &["tags", "tag", "keywords", "labels", "schlagwörter"]),
    (Target::Standing, &["standing", "status", "verification", "verified"]),
    (Target::Weight, &["weight", "importance", "priority", "significance"]),
    (
        Target::Url,
        &[
            "url",
            "link",
            "links",
            "source url",
            "source link",
            "web",
            "hyperlink",
            "address",
            "source urls",
            "website",
            "web page",
        ],
    ),
    (
        Target::Source,
        &[
            "source",
            "sources",
            "source title",
            "reference",
            "references",
            "citation",
            "citations",
            "quelle",
            "quellen",
            "outlet",
            "fuente",
        ],
    ),
    (Target::Author, &["source author", "author", "byline"]),
    (Target::Publisher, &["publisher", "source publisher", "publication", "news outlet"]),
    (Target::Published, &["published", "source date", "publication date", "date published"]),
    (Target::Quote, &["quote", "quotation", "source text", "excerpt"]),
    (Target::Related, &["related", "related events", "links to"]),
];

/// Headers of sources that stand in numbered groups: "News1", "News1 URL".
const GROUPS: [&str; 14] = [
    "source",
    "news",
    "link",
    "url",
    "reference",
    "ref",
    "citation",
    "article",
    "report",
    "media",
    "evidence",
    "document",
    "press",
    "web",
];

/// What stands behind the number of such a group.
const IN_GROUP: [(&str, Target); 14] = [
    ("url", Target::Url),
    ("link", Target::Url),
    ("address", Target::Url),
    ("href", Target::Url),
    ("title", Target::Source),
    ("name", Target::Source),
    ("headline", Target::Source),
    ("author", Target::Author),
    ("publisher", Target::Publisher),
    ("outlet", Target::Publisher),
    ("date", Target::Published),
    ("published", Target::Published),
    ("quote", Target::Quote),
    ("text", Target::Quote),
];

/// Words for a standing, in small letters.
const STANDINGS: [(&str, Standing); 34] = [
    ("confirmed", Standing::Confirmed),
    ("verified", Standing::Confirmed),
    ("true", Standing::Confirmed),
    ("certain", Standing::Confirmed),
    ("established", Standing::Confirmed),
    ("yes", Standing::Confirmed),
    ("reported", Standing::Reported),
    ("unverified", Standing::Reported),
    ("unconfirmed", Standing::Reported),
    ("developing", Standing::Reported),
    ("no", Standing::Reported),
    ("alleged", Standing::Alleged),
    ("claimed", Standing::Alleged),
    ("rumour", Standing::Alleged),
    ("rumor", Standing::Alleged),
    ("suspected", Standing::Alleged),
    ("disputed", Standing::Disputed),
    ("contested", Standing::Disputed),
    ("conflicting", Standing::Disputed),
    ("contradicted", Standing::Disputed),
    ("denied", Standing::Denied),
    ("false", Standing::Denied),
    ("refuted", Standing::Denied),
    ("debunked", Standing::Denied),
    ("retracted", Standing::Retracted),
    ("withdrawn", Standing::Retracted),
    ("cancelled", Standing::Retracted),
    ("canceled", Standing::Retracted),
    ("expected", Standing::Expected),
    ("planned", Standing::Expected),
    ("scheduled", Standing::Expected),
    ("tentative", Standing::Expected),
    ("upcoming", Standing::Expected),
    ("future", Standing::Expected),
];

/// Words for a weight, in small letters.
const WEIGHTS: [(&str, u8); 13] = [
    ("critical", 5),
    ("highest", 5),
    ("very high", 5),
    ("major", 5),
    ("high", 4),
    ("important", 4),
    ("medium", 3),
    ("moderate", 3),
    ("normal", 3),
    ("low", 2),
    ("minor", 2),
    ("very low", 1),
    ("trivial", 1),
];

/// The standing that a word is.
pub fn standing(word: &str) -> Option<Standing> {
    let word = word.trim().to_lowercase();
    STANDINGS.iter().find(|(known, _)| *known == word).map(|(_, standing)| *standing)
}

/// The weight that a word or a number from 1 to 5 is.
pub fn weight(word: &str) -> Option<u8> {
    let word = word.trim().to_lowercase();
    let number = word.parse().ok().filter(|weight| (1..=5).contains(weight));
    number.or_else(|| WEIGHTS.iter().find(|(known, _)| *known == word).map(|(_, weight)| *weight))
}

/// A header in small letters, its words apart: "StartDate" and "start_date" are "start date".
pub fn normal(header: &str) -> String {
    let mut words = String::with_capacity(header.len());
    let mut before = ' ';
    for c in header.chars() {
        let begins_a_word = c.is_uppercase() && before.is_lowercase();
        if begins_a_word || !c.is_alphanumeric() && !words.ends_with(' ') {
            words.push(' ');
        }
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        }
        before = c;
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether headers speak of an event that happened once between two dates, and did not last from one to the other.
pub fn is_within(columns: &[Column]) -> bool {
    let says = |column: &Column| {
        let name = normal(&column.name);
        matches!(column.to, Target::Date | Target::End)
            && (name.contains("earliest")
                || name.contains("latest")
                || name.contains("not before")
                || name.contains("not after"))
    };
    columns.iter().any(says)
}

/// Proposes what every column becomes.
pub fn propose(table: &Table<'_>, facts: &[Facts]) -> Mapping {
    let mut columns: Vec<Column> =
        table.columns.iter().map(|name| Column::new(name.clone(), Target::Own, "it has no field")).collect();
    by_groups(&mut columns, facts);
    by_headers(&mut columns, facts);
    by_values(&mut columns, facts);
    let mut mapping = Mapping { columns, ..Mapping::default() };
    value_tables(&mut mapping, facts);
    mapping
}

fn set(column: Option<&mut Column>, to: Target, why: String) {
    if let Some(column) = column {
        column.to = to;
        column.why = why;
    }
}

/// Numbered groups of columns, each of which is a source.
fn by_groups(columns: &mut [Column], facts: &[Facts]) {
    let split = |name: &str| -> Option<(String, usize, String)> {
        let name = normal(name);
        let start = name.find(|c: char| c.is_ascii_digit())?;
        let end = start + name.get(start..)?.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len() - start);
        let number = name.get(start..end)?.parse().ok().filter(|number| (1..100).contains(number))?;
        Some((name.get(..start)?.trim().to_owned(), number, name.get(end..)?.trim().to_owned()))
    };
    let parts: Vec<Option<(String, usize, String)>> = columns.iter().map(|column| split(&column.name)).collect();
    for (at, part) in parts.iter().enumerate() {
        let Some((stem, number, rest)) = part else { continue };
        // "Source Url 1" has its kind before the number.
        let (stem, rest) = match stem.rsplit_once(' ') {
            Some((stem, kind)) if rest.is_empty() => (stem, kind),
            _ => (stem.as_str(), rest.as_str()),
        };
        let is_source = GROUPS.contains(&stem) || GROUPS.contains(&stem.trim_end_matches('s'));
        let fellows = parts.iter().flatten().filter(|(other, _, _)| other.starts_with(stem)).count();
        let facts_of = facts.get(at);
        let is_url = facts_of.is_some_and(|facts| facts.is_mostly(facts.urls, 60));
        if !(is_source || is_url && fellows > 1) {
            continue;
        }
        let known = IN_GROUP.iter().find(|(word, _)| rest.contains(word)).map(|(_, target)| *target);
        let to = if is_url { Target::Url } else { known.unwrap_or(Target::Source) };
        set(columns.get_mut(at), to, format!("it is numbered: source {number}"));
        if let Some(column) = columns.get_mut(at) {
            column.group = *number;
        }
    }
}

/// Targets that several columns may have.
const fn takes_several(target: Target) -> bool {
    matches!(target, Target::Note | Target::Actors | Target::Tags | Target::Place | Target::Url | Target::Own)
}

fn by_headers(columns: &mut [Column], facts: &[Facts]) {
    let names: Vec<String> = columns.iter().map(|column| normal(&column.name)).collect();
    let has_exact_date = names.iter().any(|name| matches!(name.as_str(), "date" | "start" | "start date" | "edtf"));
    let most = facts.iter().map(|facts| facts.filled).max().unwrap_or_default();
    for (target, known) in HEADERS {
        // Names stand in the order of how sure they are.
        for known in *known {
            for at in 0..columns.len() {
                let is_free =
                    columns.get(at).is_some_and(|column| column.to == Target::Own && column.why == "it has no field");
                if !is_free || names.get(at).map(String::as_str) != Some(*known) {
                    continue;
                }
                let Some(facts) = facts.get(at) else { continue };
                if matches!(*known, "earliest" | "latest") && has_exact_date {
                    set(columns.get_mut(at), Target::Ignore, "it follows from the date".to_owned());
                    continue;
                }
                if !fits(*target, facts, most)
                    || !takes_several(*target) && columns.iter().any(|column| column.to == *target)
                {
                    continue;
                }
                let to = match target {
                    // A lane for each of a hundred values would be none.
                    Target::Lane if facts.filled > 0 && (facts.has_many_values || facts.values.len() > 20) => {
                        Target::Tags
                    }
                    Target::Source if facts.is_mostly(facts.urls, 60) => Target::Url,
                    target => *target,
                };
                set(columns.get_mut(at), to, format!("its header is \"{known}\""));
            }
        }
    }
}

/// Whether the values of a column do not speak against what its header says.
fn fits(target: Target, facts: &Facts, most: usize) -> bool {
    if facts.filled == 0 {
        return target != Target::Title;
    }
    match target {
        // The same key twice would be two events of one name.
        Target::Key => facts.is_unique(),
        Target::Date | Target::End | Target::LatestStart | Target::EarliestEnd | Target::Published => {
            facts.is_mostly(facts.dates.dated, 50)
        }
        Target::Time | Target::EndTime => facts.is_mostly(facts.clocks, 50),
        Target::Year | Target::EndYear | Target::Day | Target::EndDay | Target::Latitude | Target::Longitude => {
            facts.is_mostly(facts.numbers, 50)
        }
        Target::Url => facts.is_mostly(facts.urls, 30),
        Target::Standing => {
            let known: usize =
                facts.values.iter().filter(|(word, _)| standing(word).is_some()).map(|(_, count)| count).sum();
            !facts.has_many_values && facts.is_mostly(known, 60)
        }
        Target::Weight => {
            let known: usize =
                facts.values.iter().filter(|(word, _)| any_weight(word).is_some()).map(|(_, count)| count).sum();
            !facts.has_many_values && facts.is_mostly(known, 80)
        }
        // What most rows leave empty is no title.
        Target::Title => {
            facts.filled * 2 >= most && !facts.is_mostly(facts.numbers, 50) && !facts.is_mostly(facts.urls, 50)
        }
        Target::Lane => !facts.is_mostly(facts.urls, 50),
        _ => true,
    }
}

/// A weight on a scale to 5 or to 10.
fn any_weight(word: &str) -> Option<u8> {
    let number = || word.trim().parse::<u8>().ok().filter(|number| (1..=10).contains(number));
    weight(word).or_else(|| Some(number()?.div_ceil(2)))
}

fn by_values(columns: &mut [Column], facts: &[Facts]) {
    let has = |columns: &[Column], target| columns.iter().any(|column| column.to == target);
    let is_free = |columns: &[Column], at: usize| {
        columns.get(at).is_some_and(|column| column.to == Target::Own && column.why == "it has no field")
    };
    let find = |columns: &[Column], is_it: &dyn Fn(&Facts) -> bool| {
        facts.iter().enumerate().find(|(at, facts)| is_free(columns, *at) && is_it(facts)).map(|(at, _)| at)
    };
    if !has(columns, Target::Date) && !has(columns, Target::Year) {
        let is_dates = |facts: &Facts| facts.dates.is_of_dates() && !facts.is_mostly(facts.numbers, 90);
        let at = find(columns, &is_dates).or_else(|| find(columns, &|facts| facts.dates.is_of_moments()));
        if let Some((at, facts)) = at.and_then(|at| Some((at, facts.get(at)?))) {
            let why = share(facts.dates.dated, facts.filled, ["is a date", "are dates"]);
            set(columns.get_mut(at), Target::Date, why);
        } else if columns.iter().all(|column| is_unnamed(&column.name))
            && let Some((at, facts)) = find(columns, &Facts::is_of_days).and_then(|at| Some((at, facts.get(at)?)))
        {
            // Under a header that names no date a number is a number; without any header nothing else says so.
            let why = format!("its {} values count days of our time, as spreadsheets do", facts.filled);
            set(columns.get_mut(at), Target::Date, why);
        }
    }
    for (at, facts) in facts.iter().enumerate() {
        if is_free(columns, at) && facts.is_mostly(facts.urls, 60) {
            set(columns.get_mut(at), Target::Url, share(facts.urls, facts.filled, ["is an address", "are addresses"]));
        }
    }
    if !has(columns, Target::Title) {
        let is_words = |facts: &Facts| {
            (8..=200).contains(&facts.length())
                && facts.categories().is_none()
                && !facts.is_mostly(facts.numbers, 50)
                && !facts.dates.is_of_dates()
        };
        match find(columns, &is_words) {
            Some(at) => set(columns.get_mut(at), Target::Title, "it has short texts that differ".to_owned()),
            // A table of one text has it as its title: the rest goes to the note.
            None => {
                let note = columns.iter_mut().find(|column| column.to == Target::Note);
                set(note, Target::Title, "no other column can be the title".to_owned());
            }
        }
    }
    if !has(columns, Target::Lane) {
        let is_lane = |facts: &Facts| {
            facts.categories().is_some()
                && (2..=40).contains(&facts.length())
                && !facts.is_mostly(facts.numbers, 50)
                && !facts.dates.is_of_dates()
        };
        if let Some((at, facts)) = find(columns, &is_lane).and_then(|at| Some((at, facts.get(at)?))) {
            let why = format!("it has {}, each of several rows", counted(facts.values.len(), "value"));
            set(columns.get_mut(at), Target::Lane, why);
        }
    }
}

/// "12 of its 14 values are dates".
fn share(number: usize, of: usize, [is, are]: [&str; 2]) -> String {
    format!("{number} of its {} {}", counted(of, "value"), if number == 1 { is } else { are })
}

/// What the words of standing and weight mean, so that it can be seen and changed.
fn value_tables(mapping: &mut Mapping, facts: &[Facts]) {
    let words = |target| {
        let at = mapping.columns.iter().position(|column| column.to == target);
        let facts = at.and_then(|at| facts.get(at));
        let mut words: Vec<String> = facts.map(|facts| facts.values.keys().cloned().collect()).unwrap_or_default();
        words.sort();
        words
    };
    // A word that nobody knows has no meaning until somebody gives it one.
    let standings = words(Target::Standing).into_iter().map(|word| (standing(&word), word));
    mapping.standings = standings.map(|(meant, word)| (word, meant)).collect();
    let weights = words(Target::Weight);
    let is_to_ten = weights.iter().any(|word| word.parse::<u8>().is_ok_and(|number| number > 5));
    let meant = |word: &str| if is_to_ten { any_weight_of_ten(word) } else { weight(word) };
    mapping.weights = weights.into_iter().map(|word| (meant(&word), word)).map(|(meant, word)| (word, meant)).collect();
}

fn any_weight_of_ten(word: &str) -> Option<u8> {
    let number = word.trim().parse::<u8>().ok().filter(|number| (1..=10).contains(number));
    number.map_or_else(|| weight(word), |number| Some(number.div_ceil(2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::events::tables::delimited;
    use crate::interchange::events::tables::facts::facts;

    fn proposed(csv: &str) -> Vec<(String, Target)> {
        let (table, _) = delimited::read(csv.as_bytes(), None, None);
        let facts = facts(&table, str::is_empty);
        propose(&table, &facts).columns.into_iter().map(|column| (column.name, column.to)).collect()
    }

    #[track_caller]
    fn check(csv: &str, expected: &[Target]) {
        let found = proposed(csv);
        assert_eq!(found.iter().map(|(_, to)| *to).collect::<Vec<_>>(), expected, "{found:?}");
    }

    #[test]
    fn headers_say_what_they_mean_in_several_spellings() {
        check(
            "StartDate,end_date,Event Title,Description,City,Lat,Lng\n2024-01-02,2024-02-03,A,B,C,1.5,2.5\n",
            &[
                Target::Date,
                Target::End,
                Target::Title,
                Target::Note,
                Target::Place,
                Target::Latitude,
                Target::Longitude,
            ],
        );
    }

    #[test]
    fn values_speak_where_headers_do_not() {
        let rows: String = (1..=8)
            .map(|at| {
                format!(
                    "2024-03-{at:02},Pump {at} was repaired,{},https://a.example/{at}\n",
                    ["North", "South"][at % 2]
                )
            })
            .collect();
        check(&format!("x,y,z,w\n{rows}"), &[Target::Date, Target::Title, Target::Lane, Target::Url]);
    }

    #[test]
    fn a_row_with_a_date_is_no_row_of_headers() {
        let found = proposed(
            "June 2024,The pump at the north gate was repaired,Rome,Ann\n2024-07-02,The pump at the south gate was inspected,Oslo,Ben\n\"August 5, 2024\",The pump at the west gate was taken away,Bonn,Cid\n",
        );
        let targets = [Target::Date, Target::Title, Target::Own, Target::Own];
        let names = ["Column A", "Column B", "Column C", "Column D"].map(str::to_owned);
        assert_eq!(found, names.into_iter().zip(targets).collect::<Vec<_>>());
    }

    #[test]
    fn day_numbers_are_dates_where_no_header_says_otherwise() {
        let rows = "45444,The pump at the north gate was repaired\n45445.5,The pump at the south gate was inspected\n45446,The pump at the west gate was taken away\n";
        check(rows, &[Target::Date, Target::Title]);
        check(&format!("Ref,What\n{rows}"), &[Target::Own, Target::Title]);
        check(&rows.replace("4544", "9944"), &[Target::Own, Target::Title]);
    }

    #[test]
    fn numbered_columns_are_sources() {
        check(
            "Date,Event,News1,News1 URL,News2,News2 URL\n2024-01-02,A,The Herald,https://a.example,The Post,https://b.example\n",
            &[Target::Date, Target::Title, Target::Source, Target::Url, Target::Source, Target::Url],
        );
    }

    #[test]
    fn a_header_does_not_hold_against_its_values() {
        check(
            "Date,Status,Title\n2024-01-02,open,A\n2024-01-03,closed,B\n",
            &[Target::Date, Target::Own, Target::Title],
        );
        check(
            "Date,Status,Title\n2024-01-02,confirmed,A\n2024-01-03,denied,B\n",
            &[Target::Date, Target::Standing, Target::Title],
        );
        check(
            "date,earliest,latest,title\n2024-01,2024-01-01,2024-01-31,A\n",
            &[Target::Date, Target::Ignore, Target::Ignore, Target::Title],
        );
    }
}
