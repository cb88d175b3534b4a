//! A list of short texts in one line: separated by commas, quoted where an item has one in it.

/// The items of a line, without blanks around them and without empty ones.
pub fn split(line: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut item = String::new();
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                item.push('"');
                characters.next();
            }
            '"' if quoted => quoted = false,
            '"' if item.trim().is_empty() => {
                item.clear();
                quoted = true;
            }
            ',' if !quoted => push(&mut items, &mut item),
            _ => item.push(character),
        }
    }
    push(&mut items, &mut item);
    items
}

fn push(items: &mut Vec<String>, item: &mut String) {
    let text = item.trim();
    if !text.is_empty() {
        items.push(text.to_owned());
    }
    item.clear();
}

/// The line that [`split`] takes apart into these items.
pub fn join(items: &[impl AsRef<str>]) -> String {
    items
        .iter()
        .map(|item| {
            let item = item.as_ref();
            if item.contains(',') || item.starts_with('"') {
                format!("\"{}\"", item.replace('"', "\"\""))
            } else {
                item.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_split_at_commas_outside_quotes() {
        assert_eq!(split(" State Duma,, Putin ,"), ["State Duma", "Putin"]);
        assert_eq!(split("\"Kim Jong Un, Chairman\", the \"West\""), ["Kim Jong Un, Chairman", "the \"West\""]);
        assert_eq!(split("  "), [""; 0]);
        assert_eq!(split("\"left open, so"), ["left open, so"]);
    }

    proptest! {
        #[test]
        fn splitting_undoes_joining(items in proptest::collection::vec("[a-c\", ]{1,6}", 0..4)) {
            let items: Vec<String> =
                items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect();
            prop_assert_eq!(split(&join(&items)), items);
        }
    }
}
