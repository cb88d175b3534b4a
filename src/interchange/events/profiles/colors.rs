//! Colours as formats name them.

/// Names of colours that people write in timelines, as CSS has them.
const NAMES: [(&str, &str); 16] = [
    ("black", "#000000"),
    ("blue", "#0000ff"),
    ("brown", "#a52a2a"),
    ("cyan", "#00ffff"),
    ("gold", "#ffd700"),
    ("gray", "#808080"),
    ("green", "#008000"),
    ("grey", "#808080"),
    ("lime", "#00ff00"),
    ("magenta", "#ff00ff"),
    ("orange", "#ffa500"),
    ("pink", "#ffc0cb"),
    ("purple", "#800080"),
    ("red", "#ff0000"),
    ("teal", "#008080"),
    ("yellow", "#ffff00"),
];

/// `#rrggbb` of a name or of three or six digits behind `#`; none where it is no colour.
pub(super) fn hex(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    if let Some((_, hex)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some((*hex).to_owned());
    }
    let digits = text.strip_prefix('#')?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match digits.len() {
        6 if is_hex => Some(text),
        3 if is_hex => Some(digits.chars().fold("#".to_owned(), |hex, digit| hex + &digit.to_string().repeat(2))),
        _ => None,
    }
}
