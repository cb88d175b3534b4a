//! Names of languages, as BibLaTeX and people have them, and their BCP 47 tags.

/// Tag; the name in BibLaTeX's `langid`; the code of ISO 639-2 where a program may write it; further names.
const LANGUAGES: &[(&str, &str, &[&str])] = &[
    ("en", "english", &["eng", "englisch", "anglais", "английский"]),
    ("en-US", "american", &["usenglish", "american english"]),
    ("en-GB", "british", &["ukenglish", "british english"]),
    ("en-AU", "australian", &[]),
    ("en-CA", "canadian", &[]),
    ("ru", "russian", &["rus", "русский", "russisch", "russe"]),
    ("uk", "ukrainian", &["ukr", "українська", "украинский"]),
    ("de", "german", &["ger", "deu", "ngerman", "deutsch", "allemand", "немецкий"]),
    ("de-AT", "austrian", &["naustrian"]),
    ("de-CH", "swissgerman", &["nswissgerman"]),
    ("fr", "french", &["fre", "fra", "francais", "français", "französisch", "французский"]),
    ("fr-CA", "canadien", &[]),
    ("es", "spanish", &["spa", "español", "castellano"]),
    ("it", "italian", &["ita", "italiano"]),
    ("pt", "portuguese", &["por", "português"]),
    ("pt-BR", "brazilian", &["brazil"]),
    ("nl", "dutch", &["dut", "nld", "nederlands"]),
    ("pl", "polish", &["pol", "polski"]),
    ("cs", "czech", &["cze", "ces", "čeština"]),
    ("sk", "slovak", &["slo", "slk"]),
    ("sl", "slovene", &["slv", "slovenian"]),
    ("hu", "hungarian", &["hun", "magyar"]),
    ("ro", "romanian", &["rum", "ron"]),
    ("bg", "bulgarian", &["bul"]),
    ("sr", "serbian", &["srp"]),
    ("hr", "croatian", &["hrv"]),
    ("bs", "bosnian", &["bos"]),
    ("mk", "macedonian", &["mac", "mkd"]),
    ("sq", "albanian", &["alb", "sqi"]),
    ("el", "greek", &["gre", "ell"]),
    ("grc", "ancientgreek", &[]),
    ("la", "latin", &["lat"]),
    ("tr", "turkish", &["tur", "türkçe"]),
    ("ar", "arabic", &["ara", "العربية"]),
    ("he", "hebrew", &["heb", "עברית"]),
    ("fa", "persian", &["per", "fas", "farsi"]),
    ("ps", "pashto", &["pus"]),
    ("ur", "urdu", &["urd"]),
    ("hi", "hindi", &["hin"]),
    ("bn", "bengali", &["ben"]),
    ("ta", "tamil", &["tam"]),
    ("zh", "chinese", &["chi", "zho", "中文", "китайский"]),
    ("ja", "japanese", &["jpn", "日本語"]),
    ("ko", "korean", &["kor", "한국어", "корейский"]),
    ("vi", "vietnamese", &["vie"]),
    ("th", "thai", &["tha"]),
    ("id", "indonesian", &["ind", "bahasai"]),
    ("ms", "malay", &["may", "msa", "bahasam"]),
    ("mn", "mongolian", &["mon"]),
    ("kk", "kazakh", &["kaz"]),
    ("uz", "uzbek", &["uzb"]),
    ("az", "azerbaijani", &["aze"]),
    ("hy", "armenian", &["arm", "hye"]),
    ("ka", "georgian", &["geo", "kat"]),
    ("be", "belarusian", &["bel"]),
    ("sv", "swedish", &["swe", "svenska"]),
    ("da", "danish", &["dan", "dansk"]),
    ("nb", "norwegian", &["nor", "nob", "norsk"]),
    ("nn", "nynorsk", &["nno"]),
    ("fi", "finnish", &["fin", "suomi"]),
    ("is", "icelandic", &["ice", "isl"]),
    ("et", "estonian", &["est"]),
    ("lv", "latvian", &["lav"]),
    ("lt", "lithuanian", &["lit"]),
    ("ga", "irish", &["gle"]),
    ("ca", "catalan", &["cat"]),
    ("gl", "galician", &["glg"]),
    ("eu", "basque", &["baq", "eus"]),
];

/// The tag that a language's name, code or tag means; none where it means none for certain.
pub(super) fn tag(text: &str) -> Option<String> {
    let text = text.trim();
    let name = text.to_lowercase();
    let known = LANGUAGES.iter().find(|(_, id, names)| *id == name || names.contains(&name.as_str()));
    if let Some((tag, ..)) = known {
        return Some((*tag).to_owned());
    }
    let tag = text.replace('_', "-");
    is_tag(&tag).then_some(tag)
}

/// The name BibLaTeX has for a tag, where the tag comes back from it.
pub(super) fn langid(tag: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|(known, ..)| *known == tag).map(|(_, id, _)| *id)
}

/// Whether a text is built as a tag (RFC 5646, section 2.1): a language of two or three letters, then parts of up to eight.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    matches!(language.len(), 2 | 3)
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_codes_and_tags_become_tags() {
        let cases = [
            ("Russian", Some("ru")),
            ("rus", Some("ru")),
            ("ngerman", Some("de")),
            ("en_US", Some("en-US")),
            ("zh-Hans-CN", Some("zh-Hans-CN")),
            (" british ", Some("en-GB")),
            ("Klingon of the second age", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(tag(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_name_for_biblatex_comes_back_as_its_tag() {
        for (known, ..) in LANGUAGES {
            assert_eq!(tag(langid(known).unwrap()).as_deref(), Some(*known));
        }
    }
}
