//! Finding sources by a question, among many and while one types.
//!
//! Owns which find is best; what of a source is searched is said in the tables of `model`. A word must occur, however it
//! is written, in any text of the source. The texts are folded once a revision, so that a keystroke costs one pass over them.

use memchr::memmem::Finder;

use super::column::{Column, Growing};
use super::language::read_for_sources;
use super::test::Ground;
use super::{Asking, CitationTest, Expr, Hits, Matches, QueryFault, fold};
use crate::model::{Kind, Search, Source, SourceField, Timeline, Value, leaves};
use crate::time::Answer;

/// The searchable texts of the sources of one revision.
#[derive(Debug, Clone, Default)]
pub struct SourceSearch {
    revision: Option<u64>,
    /// A record a source, in the order of the file: title, id and everything else in lines, all folded.
    records: Column<u8>,
}

impl SourceSearch {
    /// Brings the texts up to date with a revision of the timeline.
    pub fn refresh(&mut self, timeline: &Timeline, revision: u64) {
        if self.revision == Some(revision) {
            return;
        }
        let mut records = Growing::default();
        let mut record = String::new();
        for source in timeline.sources().iter() {
            record.clear();
            write_record(source, &mut record);
            records.all.extend_from_slice(record.as_bytes());
            records.end();
        }
        self.records = records.into();
        self.revision = Some(revision);
    }

    /// The positions of the sources that answer a question for certain, in the order of the file; all where nothing is asked.
    ///
    /// # Errors
    /// Where the question cannot be read, or asks for what is not in a source.
    pub fn asked(&self, question: &str, asking: Asking<'_>) -> Result<Vec<usize>, QueryFault> {
        let expr = read_for_sources(question, asking)?;
        let ground = Ground { timeline: asking.timeline, zone: asking.timeline.zone() };
        let sources = asking.timeline.sources();
        let found = expr.evaluate(self.records.len(), &mut |test: &CitationTest, _| match test {
            CitationTest::Word(word) => Some(self.holding(word)),
            test => {
                let answer = |at: usize| {
                    let source = sources.get(at);
                    source.map_or(Answer::No, |source| test.answer_source(Value::Text(&source.id), ground))
                };
                let answers: Vec<Answer> = (0..self.records.len()).map(answer).collect();
                let those = |least: Answer| {
                    Matches::from_fn(answers.len(), |at| answers.get(at).is_some_and(|answer| *answer >= least))
                };
                Some(Hits::new(those(Answer::Yes), those(Answer::Possibly)))
            }
        });
        Ok(found.unwrap_or_default().certain().iter().collect())
    }

    /// The positions of the sources in which every word of `typed` occurs, in the order of the file; all where nothing is
    /// typed.
    pub fn matching(&self, typed: &str) -> Vec<usize> {
        let question = Expr::all_of(words(typed));
        let found = question.evaluate(self.records.len(), &mut |word: &String, _| Some(self.holding(word)));
        found.unwrap_or_default().certain().iter().collect()
    }

    /// The sources that hold a folded text.
    fn holding(&self, wanted: &str) -> Hits {
        let mut bits = vec![0; self.records.len().div_ceil(64)];
        self.records.mark(&Finder::new(wanted.as_bytes()), &[], &mut bits);
        Hits::exact(Matches::from_words(bits, self.records.len()))
    }

    /// The positions of at most `most` sources in which every word of `typed` occurs, best first, and whether there are
    /// more. Best are those whose title begins with what is typed, then those with every word in the title or the id.
    pub fn best(&self, typed: &str, most: usize) -> (Vec<usize>, bool) {
        let words = words(typed);
        let whole = words.join(" ");
        let mut found: Vec<(u8, usize)> =
            self.matching(typed).into_iter().map(|at| (rank(self.record(at), &whole, &words), at)).collect();
        let more = found.len() > most;
        if more && most > 0 {
            found.select_nth_unstable(most - 1);
            found.truncate(most);
        }
        found.sort_unstable();
        (found.into_iter().map(|(_, at)| at).take(most).collect(), more)
    }

    fn record(&self, at: usize) -> &str {
        std::str::from_utf8(self.records.get(at)).unwrap_or_default()
    }
}

fn words(typed: &str) -> Vec<String> {
    fold(typed).split_whitespace().map(str::to_owned).collect()
}

/// The lower, the better.
fn rank(record: &str, whole: &str, words: &[String]) -> u8 {
    let mut lines = record.lines();
    let (title, id) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let begins_a_word = |word: &String| {
        let starts = title.match_indices(word.as_str()).map(|(at, _)| at);
        starts.into_iter().any(|at| title.get(..at).is_none_or(|before| !before.ends_with(char::is_alphanumeric)))
    };
    if title == whole || id == whole {
        0
    } else if title.starts_with(whole) {
        1
    } else if words.iter().all(begins_a_word) {
        2
    } else if words.iter().all(|word| title.contains(word.as_str()) || id.contains(word.as_str())) {
        3
    } else {
        4
    }
}

fn write_record(source: &Source, text: &mut String) {
    let mut line = |part: &str| {
        let lines = part.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        for (at, line) in lines.enumerate() {
            if at > 0 {
                text.push(' ');
            }
            text.push_str(&fold(line));
        }
        text.push('\n');
    };
    // The first two lines are what a find is ranked by.
    line(&source.title);
    line(&source.id);
    leaves::<SourceField>(source, &mut |info, value| match (info.search, info.kind, value) {
        (Search::Skipped | Search::Title, ..) | (_, Kind::Id, _) => {}
        (.., Value::Date(date)) => {
            line(date.as_str());
            line(&date.describe());
        }
        (.., value) => value.each_text(&mut line),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Date;

    fn search(titles: &[&str]) -> SourceSearch {
        let sources = titles.iter().map(|title| Source::new(title.to_lowercase().replace(' ', "-"), *title)).collect();
        search_in(sources)
    }

    fn search_in(sources: Vec<Source>) -> SourceSearch {
        let header = Timeline::empty("t").header().clone();
        let timeline = Timeline::from_records(header, Vec::new(), sources, Vec::new(), Vec::new(), Vec::new());
        let mut search = SourceSearch::default();
        search.refresh(&timeline, 1);
        search
    }

    #[test]
    fn every_word_must_occur_in_one_source_in_whatever_case_or_script() {
        let search = search(&["Duma ratifies", "Duma debates", "Договор ратифицирован", "조약 비준"]);
        let cases: [(&str, &[usize]); 7] = [
            ("", &[0, 1, 2, 3]),
            ("duma", &[0, 1]),
            ("RATIFIES duma", &[0]),
            ("duma debates ratifies", &[]),
            ("ДОГОВОР", &[2]),
            ("비준", &[3]),
            ("a d", &[0, 1]),
        ];
        for (typed, expected) in cases {
            assert_eq!(search.matching(typed), expected, "{typed}");
        }
    }

    #[test]
    fn every_text_of_a_source_is_searched() {
        let mut source = Source::new("s1", "Title");
        source.author = Some("An Author".into());
        source.publisher = Some("Interfax".into());
        source.url = Some("https://example.org/Page?id=7".into());
        source.published = Date::parse("2024-10").ok();
        source.note = Some("first line\nsecond line".into());
        let search = search_in(vec![source]);
        for typed in ["author", "interfax", "example.org/page?id=7", "2024-10", "oct", "second first", "s1", "other"] {
            assert_eq!(search.matching(typed), [0], "{typed}");
        }
        assert!(search.matching("line second").len() == 1 && search.matching("\n").len() == 1);
    }

    #[test]
    fn a_question_asks_words_and_fields_of_sources() {
        let source = |id: &str, publisher: &str, published: &str| Source {
            publisher: (!publisher.is_empty()).then(|| publisher.into()),
            published: Date::parse(published).ok(),
            ..Source::new(id, format!("Report {id}"))
        };
        let sources = vec![
            source("a", "Northern Wire", "2024-10-24"),
            source("b", "Tide", "2024"),
            source("c", "", ""),
            source("d", "Northern Wire", "2023-01"),
        ];
        let header = Timeline::empty("t").header().clone();
        let timeline = Timeline::from_records(header, Vec::new(), sources, Vec::new(), Vec::new(), Vec::new());
        let mut search = SourceSearch::default();
        search.refresh(&timeline, 1);
        let asking = Asking::new(&timeline, crate::time::Instant::default());
        let cases: [(&str, &[usize]); 9] = [
            ("", &[0, 1, 2, 3]),
            ("wire", &[0, 3]),
            ("publisher:wire -published.before:2024", &[0]),
            ("publisher:none OR tide", &[1, 2]),
            ("-publisher:wire", &[1, 2]),
            ("published.during:2024-10", &[0]),
            ("?published.during:2024-10", &[0, 1, 2]),
            ("id:=c -publisher:*", &[2]),
            ("(tide OR wire) -report", &[]),
        ];
        for (question, expected) in cases {
            assert_eq!(search.asked(question, asking).unwrap(), expected, "{question}");
        }
        for (question, message) in [
            ("lane:x", "“lane” is asked of events, not of sources"),
            ("publishr:x", "“publishr” is no field of sources"),
            ("cite(x)", "cite(…) and link(…) are asked of events"),
            ("before:2024", "“before” is asked of events, not of sources"),
        ] {
            assert_eq!(search.asked(question, asking).unwrap_err().message, message, "{question}");
        }
    }

    #[test]
    fn the_best_come_first_and_no_more_than_wanted() {
        let search = search(&["The treaty", "On a retreat", "Treaty text", "treaty", "A mistreaty"]);
        let (found, more) = search.best("treaty", 3);
        assert_eq!((found, more), (vec![3, 2, 0], true));
        let (found, more) = search.best("treaty", 9);
        assert_eq!((found, more), (vec![3, 2, 0, 4], false));
        assert_eq!(search.best("treaty", 0), (Vec::new(), true));
    }
}
