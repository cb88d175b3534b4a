//! Titles that begin alike, shortened to where they differ.
//!
//! ```text
//!   Secretary of State Powell, Interview on Fox News      …  Fox News
//!   Secretary of State Powell, Interview on Al Jazeera    …  Al Jazeera
//! ```

use std::cmp::Ordering;

/// What titles share is left out where it is at least so long, in bytes, and so many words.
const LEAST_SHARED: usize = 12;
const LEAST_WORDS: usize = 2;
/// How many titles before and behind are neighbours.
const NEAR: usize = 3;

/// A title with its first bytes beside it: of most neighbours these say that they begin differently, and the titles themselves lie
/// anywhere in memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Title<'a> {
    /// The whole of it.
    pub text: &'a str,
    /// Zeros behind a shorter one.
    beginning: [u8; LEAST_SHARED],
}

impl<'a> Title<'a> {
    /// Reads where it begins.
    pub fn of(text: &'a str) -> Self {
        let mut beginning = [0; LEAST_SHARED];
        beginning.iter_mut().zip(text.bytes()).for_each(|(kept, byte)| *kept = byte);
        Self { text, beginning }
    }
}

impl PartialOrd for Title<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// That of the texts.
impl Ord for Title<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.beginning.cmp(&other.beginning).then_with(|| self.text.cmp(other.text))
    }
}

/// For each title, which come in the order in which they stand, what is left of it without the words with which its neighbours
/// begin as well, behind an ellipsis; none where too few do, or nothing would be left. Of several neighbours that share
/// different beginnings the shortest counts: what it leaves tells a title from all of them.
pub fn distinct_endings(titles: &[Title<'_>]) -> Vec<Option<String>> {
    let ending = |(at, title): (usize, &Title<'_>)| {
        let near = titles.get(at.saturating_sub(NEAR)..(at + NEAR + 1).min(titles.len())).unwrap_or_default();
        let alike = near.iter().filter(|other| other.beginning == title.beginning && *other != title);
        let shared = alike.filter_map(|other| shared_beginning(title.text, other.text)).min()?;
        let rest = title.text.get(shared..)?.trim();
        (!rest.is_empty()).then(|| format!("… {rest}"))
    };
    titles.iter().enumerate().map(ending).collect()
}

/// What is left of a title without fewer words than an ending of it does without, the longest first: behind an ellipsis, whole words.
pub(super) fn longer_endings<'t>(title: &'t str, ending: &str) -> impl Iterator<Item = String> + use<'t> {
    let title = title.trim();
    let left_out = title.len() - ending.strip_prefix("… ").map_or(title.len(), |rest| rest.len().min(title.len()));
    let blanks = title.match_indices(' ').map(|(at, _)| at).take_while(move |at| at + 1 < left_out);
    blanks.filter_map(|at| Some(format!("… {}", title.get(at..)?.trim_start())))
}

/// How many bytes of whole words, with the blank behind the last, two titles begin with.
fn shared_beginning(title: &str, other: &str) -> Option<usize> {
    let alike = title.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let is_start = |at: &usize| title.as_bytes().get(at - 1) == Some(&b' ');
    let shared = (1..=alike).rev().find(is_start)?;
    let words = title.get(..shared)?.split_whitespace().count();
    (shared >= LEAST_SHARED && words >= LEAST_WORDS).then_some(shared)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn endings(titles: &[&str]) -> Vec<Option<String>> {
        distinct_endings(&titles.iter().copied().map(Title::of).collect::<Vec<_>>())
    }

    #[test]
    fn titles_are_shortened_where_they_differ() {
        let titles = [
            "Secretary of State Powell, Interview on Fox News Sunday",
            "Secretary of State Powell, Interview on Face the Nation",
            "Secretary of State Powell, Interview on Face the Nation",
            "Resolution adopted",
            "Secretary of State Powell, Interview",
        ];
        let endings = endings(&titles);
        let endings: Vec<Option<&str>> = endings.iter().map(Option::as_deref).collect();
        // The last shares less with the others, and what is near it is told from it too.
        let longer = Some("… Interview on Face the Nation");
        assert_eq!(endings, [Some("… Fox News Sunday"), longer, longer, None, Some("… Interview")]);
    }

    #[test]
    fn short_beginnings_and_halves_of_words_stay() {
        assert_eq!(endings(&["The vote fails", "The vote passes"]), [None, None]);
        assert_eq!(endings(&["Reconnaissance flight", "Reconnaissance flights end"]), [None, None]);
        assert_eq!(endings(&["Дума приняла договор", "Дума приняла поправку"])[0].as_deref(), Some("… договор"));
        assert_eq!(endings(&[]), Vec::<Option<String>>::new());
    }

    proptest! {
        #[test]
        fn titles_come_in_the_order_of_their_texts(a in "[a-c\0é]{0,16}", b in "[a-c\0é]{0,16}") {
            prop_assert_eq!(Title::of(&a).cmp(&Title::of(&b)), a.cmp(&b));
        }

        #[test]
        fn what_is_left_is_the_end_of_the_title_in_whole_words(titles in prop::collection::vec("(ab |cd |é 漢 ){0,8}[a-z]{0,3}", 0..9)) {
            let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
            for (title, ending) in titles.iter().zip(endings(&titles)) {
                let Some(ending) = ending else { continue };
                let rest = ending.strip_prefix("… ").unwrap();
                prop_assert!(!rest.is_empty() && title.trim_end().ends_with(&format!(" {rest}")), "{title:?}: {ending:?}");
            }
        }
    }
}
