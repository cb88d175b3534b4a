//! Remnants of HTML in the titles and names of references: entities, and tags that only change the look.
//!
//! Only what cannot be meant otherwise is read: a known entity with its semicolon, a known tag that is closed.

/// Tags that change the look of what is between them.
const TAGS: [&str; 10] = ["i", "b", "em", "strong", "u", "sc", "scp", "span", "sub", "sup"];

const ENTITIES: [(&str, &str); 12] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
];

/// What stands raised behind a number and says the same beside it.
const ORDINALS: [&str; 8] = ["st", "nd", "rd", "th", "e", "er", "re", "ème"];

const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾nⁿiⁱ";
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑoₒxₓiᵢjⱼnₙ";

/// More tags than these in each other are no title's.
const DEEPEST: usize = 8;

/// The text without them. An index or exponent keeps its tags where no signs are as high or low.
pub(super) fn removed(text: &str) -> String {
    // Entities last: a tag that was written with them is a word of the title.
    without_entities(&without_tags(text))
}

/// The digits and signs of an index or exponent raised or lowered; none where one of them cannot be.
pub(super) fn shifted(text: &str, is_raised: bool) -> Option<String> {
    let table = if is_raised { RAISED } else { LOWERED };
    let one = |c: char| {
        let mut signs = table.chars();
        while let (Some(plain), Some(shifted)) = (signs.next(), signs.next()) {
            if plain == c {
                return Some(shifted);
            }
        }
        None
    };
    text.chars().map(one).collect()
}

fn without_tags(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    // Tags that are open: their names, and where they stand in what is written.
    let mut open: Vec<(&str, usize, usize)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tagged) = rest.split_at_checked(at).unwrap_or_default();
        written.push_str(before);
        let Some((tag, name, is_closing)) = tag(tagged) else {
            written.push('<');
            rest = tagged.get(1..).unwrap_or_default();
            continue;
        };
        rest = tagged.get(tag.len()..).unwrap_or_default();
        if !is_closing && open.len() < DEEPEST {
            open.push((name, written.len(), tag.len()));
            written.push_str(tag);
        } else if is_closing && open.last().is_some_and(|(known, ..)| *known == name) {
            let (_, start, length) = open.pop().unwrap_or_default();
            let inner = written.get(start + length..).unwrap_or_default().to_owned();
            let plain = match name {
                "sup" if ORDINALS.contains(&&*inner) => Some(inner),
                "sub" | "sup" => shifted(&inner, name == "sup"),
                _ => Some(inner),
            };
            match plain {
                Some(plain) => {
                    written.truncate(start);
                    written.push_str(&plain);
                }
                None => written.push_str(tag),
            }
        } else {
            written.push_str(tag);
        }
    }
    written + rest
}

/// The known tag that a text begins with, its name, and whether it closes.
fn tag(text: &str) -> Option<(&str, &'static str, bool)> {
    let inner = text.strip_prefix('<')?;
    let (inner, is_closing) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let end = inner.find(|c: char| !c.is_ascii_alphabetic())?;
    let name = inner.get(..end)?.to_ascii_lowercase();
    let name = TAGS.into_iter().find(|known| *known == name)?;
    let after = inner.get(end..)?;
    // Only a span says something of itself: <span class="nocase">.
    let length = if name == "span" && !is_closing {
        after.find(['>', '<']).filter(|end| after.get(*end..).is_some_and(|rest| rest.starts_with('>')))?
    } else {
        0
    };
    after.get(length..)?.starts_with('>').then_some(())?;
    let length = text.len() - after.len() + length + 1;
    Some((text.get(..length)?, name, is_closing))
}

fn without_entities(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at_checked(at).unwrap_or_default();
        written.push_str(before);
        match sign(entity) {
            Some((sign, after)) => {
                written.push_str(&sign);
                rest = after;
            }
            None => {
                written.push('&');
                rest = entity.get(1..).unwrap_or_default();
            }
        }
    }
    written + rest
}

/// The sign of the entity that a text begins with, and what follows it.
fn sign(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '#')?;
    let (name, after) = inner.split_at_checked(end)?;
    let after = after.strip_prefix(';')?;
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    let counted = number.and_then(char::from_u32).filter(|c| !c.is_control()).map(String::from);
    let named = || ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, sign)| (*sign).to_owned());
    Some((counted.or_else(named)?, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_leaves_becomes_text_where_it_can_mean_nothing_else() {
        let cases = [
            ("War &amp; peace", "War & peace"),
            ("A&#8211;B, A&#x2013;B, 5&nbsp;km", "A–B, A–B, 5 km"),
            ("&lt;i&gt; is a tag", "<i> is a tag"),
            ("&amp;amp;", "&amp;"),
            ("AT&T; R&D &c. &unknown; &#0; &", "AT&T; R&D &c. &unknown; &#0; &"),
            ("On <i>Homo <b>sapiens</b></i> and <I>us</I>", "On Homo sapiens and us"),
            ("<span class=\"nocase\">iPod</span>, <span style=\"font-variant:small-caps;\">a</span>", "iPod, a"),
            ("H<sub>2</sub>O and 10<sup>6</sup>", "H₂O and 10⁶"),
            ("the 19<sup>th</sup>, le XIX<sup>e</sup>", "the 19th, le XIXe"),
            ("x<sup>q</sup>", "x<sup>q</sup>"),
            ("a < b, a <b and c>, <i> alone, </b>, <em>a</i>", "a < b, a <b and c>, <i> alone, </b>, <em>a</i>"),
        ];
        for (text, expected) in cases {
            assert_eq!(removed(text), expected, "{text}");
        }
        for piece in ["<", "<i>", "<span ", "&", "&#"] {
            removed(&piece.repeat(100_000));
        }
    }
}
