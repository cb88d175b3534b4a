//! Folded text: two writings of the same words are equal once folded. What is searched and what is searched for are folded alike.
//!
//! | equal | for example |
//! |---|---|
//! | upper and lower case, by full case folding | `ДУМА` дума, `STRASSE` straße, `ΣΟΦΟΣ` σοφος, `İzmir` IZMIR izmir |
//! | composed and decomposed letters ([UAX 15]) | é as one character and as e with an accent, 약 as one syllable and as three letters |
//! | full and half width, and other forms of one letter | `Ｎ２０２４` N2024, `ﾀﾞ` ダ, `ﬁ` fi, `𝕻` p, letters of Arabic as they are joined |
//! | ё and е | `Алёшин` Алешин |
//! | with and without signs that nobody sees | soft hyphens, joiners, marks of direction, variation selectors |
//!
//! Accents tell words apart (é is no e), and so do signs that only resemble words (№ is no "no", ² no 2).
//!
//! [UAX 15]: https://www.unicode.org/reports/tr15/

use unicode_normalization::UnicodeNormalization as _;

/// The folded form of a text.
///
/// ```
/// # use annalist::query::fold;
/// assert_eq!(fold("Алёшин"), fold("АЛЕШИН"));
/// assert_eq!(fold("Cafe\u{301}"), "café");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        match alone(character) {
            Some(character) => folded.push(character),
            // What follows may change what stands before: all of it is read anew.
            None => return fold_fully(text),
        }
    }
    folded
}

/// The folded form of a character that folds to one whatever stands beside it: most of what is written in Latin, Cyrillic and
/// Greek letters, in Chinese, Japanese and Korean, in Hebrew and Arabic. None of the others, which are looked up.
fn alone(character: char) -> Option<char> {
    match character {
        '\0'..='\x7f' => Some(character.to_ascii_lowercase()),
        'ё' | 'Ё' => Some('е'),
        'ς' => Some('σ'),
        '\u{ad}' | '\u{b5}' | 'ß' | 'İ' | 'ı' | 'ŉ' | 'ſ' | '\u{390}' | '\u{3b0}' => None,
        '\u{a0}'..='\u{17f}' | '\u{388}'..='\u{3ce}' | '\u{400}'..='\u{45f}' | 'Ґ' | 'ґ' => {
            let mut lower = character.to_lowercase();
            lower.next().filter(|_| lower.next().is_none())
        }
        'א'..='ת' | '\u{621}'..='\u{64a}' | '\u{660}'..='\u{669}' | '\u{671}'..='\u{6d3}' => Some(character),
        '\u{2010}'..='\u{2027}' | '€' | '№' | '、' | '。' => Some(character),
        'ぁ'..='ゖ' | 'ァ'..='ー' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '가'..='힣' => {
            Some(character)
        }
        _ => None,
    }
}

/// Decomposed first and composed last, as canonical caseless matching is defined (Unicode Standard, D145).
fn fold_fully(text: &str) -> String {
    let decomposed = text.chars().filter(|character| !is_unseen(*character)).flat_map(Forms::of).nfd();
    let mut before = '\0';
    let is_kept = |character: &char| {
        // Of İ the dot that i has anyway, of ё the two that are left out as often as not.
        let is_dropped = matches!((before, character), ('i', '\u{307}') | ('е', '\u{308}'));
        before = if is_dropped { before } else { *character };
        !is_dropped
    };
    decomposed.flat_map(folded_case).filter(is_kept).nfc().collect()
}

/// Case folding from the mappings of the standard library: ß has only an upper case of two letters, ẞ only a lower case.
fn folded_case(character: char) -> impl Iterator<Item = char> {
    character.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

/// A character, or those it is another form of.
enum Forms<D> {
    Own(Option<char>),
    Plain(D),
}

impl Forms<std::iter::Empty<char>> {
    fn of(character: char) -> Forms<impl Iterator<Item = char>> {
        if is_form(character) { Forms::Plain(character.nfkd()) } else { Forms::Own(Some(character)) }
    }
}

impl<D: Iterator<Item = char>> Iterator for Forms<D> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::Own(character) => character.take(),
            Self::Plain(plain) => plain.next(),
        }
    }
}

/// Whether a character is another by its width, its place in a word or its typeface alone.
const fn is_form(character: char) -> bool {
    matches!(
        character,
        '\u{3000}'
            | '\u{3131}'..='\u{318e}'
            | '\u{fb00}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{ff01}'..='\u{ffdc}'
            | '\u{ffe0}'..='\u{ffe2}'
            | '\u{ffe4}'..='\u{ffe6}'
            | '\u{1d400}'..='\u{1d7ff}'
    )
}

/// Whether a character has no look of its own.
const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn writings_of_the_same_words_are_equal() {
        for (one, other) in [
            ("State DUMA", "state duma"),
            ("Café", "Cafe\u{301}"),
            ("조약 비준", "\u{110c}\u{1169}\u{110b}\u{1163}\u{11a8} \u{1107}\u{1175}\u{110c}\u{116e}\u{11ab}"),
            ("Алёшин", "АЛЕШИН"),
            ("Але\u{308}шин", "алешин"),
            ("й", "и\u{306}"),
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("İzmir", "izmir"),
            ("I\u{307}ZMIR", "Izmir"),
            ("Diyarbakır", "DIYARBAKIR"),
            ("ΣΟΦΟΣ", "σοφος"),
            ("ΣΟΦΟΣ", "σοφοσ"),
            ("\u{1fb3}", "ΑΙ"),
            ("Ｎ２０２４", "n2024"),
            ("ﾀﾞﾑ", "ダム"),
            ("ダ", "タ\u{3099}"),
            ("ﾡ", "ㄱ"),
            ("a\u{3000}b", "a b"),
            ("ﬁnal", "FINAL"),
            ("𝕻𝖗𝖊𝖘𝖘", "press"),
            ("ﺔﻳﺑﺮﻋ", "ةيبرع"),
            ("rati\u{ad}fied", "ratified"),
            ("\u{feff}a\u{200d}b\u{202e}", "ab"),
            ("ſaß", "SASS"),
            ("5 µm", "5 μm"),
            ("ŉ", "ʼN"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (one, other) in
            [("é", "e"), ("й", "и"), ("№", "no"), ("x²", "x2"), ("ї", "і"), ("Ґ", "г"), ("か", "カ"), ("约", "約")]
        {
            assert_ne!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_folds_alone_folds_so_among_others() {
        for character in '\0'..=char::MAX {
            if let Some(folded) = alone(character) {
                assert_eq!(fold_fully(&character.to_string()), folded.to_string(), "{character:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn folding_asks_for_no_coding_and_ends_at_once(
            text in "[a-zß-ÿİıſА-Яа-яёЁЙйΑ-ώά-ᾯ가-힣ぁ-ヶｦ-ﾟＡ-ｚ\u{300}-\u{345}\u{3099}\u{1100}-\u{11c2}ء-ي\u{64b}-\u{655}\u{200d} ]{0,16}",
        ) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded.clone());
            prop_assert_eq!(fold(&text.nfc().collect::<String>()), folded.clone());
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert_eq!(fold(&text.to_lowercase()), folded);
        }
    }
}
