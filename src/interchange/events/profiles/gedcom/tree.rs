//! Lines of GEDCOM as a tree: a level, perhaps an identifier, a tag and a value each.

/// More levels than these are no GEDCOM.
const DEEPEST: usize = 99;

/// A line with those below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Structure {
    pub line: usize,
    /// `@I1@` without its signs.
    pub id: String,
    pub tag: String,
    /// With the lines that go on with it.
    pub value: String,
    pub below: Vec<Self>,
}

impl Structure {
    pub fn first(&self, tag: &str) -> Option<&Self> {
        self.below.iter().find(|structure| structure.tag == tag)
    }

    /// The value of the first structure of a tag.
    pub fn value_of(&self, tag: &str) -> &str {
        self.first(tag).map_or("", |structure| structure.value.as_str())
    }

    /// The identifier that its value points to; none where it is a text or points to nothing.
    pub fn pointer(&self) -> Option<&str> {
        let id = self.value.strip_prefix('@')?.strip_suffix('@')?;
        (!id.is_empty() && id != "VOID" && !id.contains('@')).then_some(id)
    }
}

/// The records of a text, and the lines that are none.
pub(super) fn records(text: &str) -> (Vec<Structure>, Vec<usize>) {
    let mut records: Vec<Structure> = Vec::new();
    let mut strays = Vec::new();
    // The structures that are open, the deepest last; the level of each is its place.
    let mut open: Vec<Structure> = Vec::new();
    for (at, text) in text.lines().enumerate() {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.trim().is_empty() {
            continue;
        }
        let Some((level, structure)) = read(text, at + 1).filter(|(level, _)| *level <= open.len()) else {
            strays.push(at + 1);
            continue;
        };
        close(&mut open, level, &mut records);
        if let Some(parent) = open.last_mut().filter(|_| matches!(structure.tag.as_str(), "CONT" | "CONC")) {
            if structure.tag == "CONT" {
                parent.value.push('\n');
            }
            parent.value.push_str(&structure.value);
            continue;
        }
        open.push(structure);
    }
    close(&mut open, 0, &mut records);
    (records, strays)
}

/// Puts the structures at a level and below into what holds them.
fn close(open: &mut Vec<Structure>, level: usize, records: &mut Vec<Structure>) {
    while open.len() > level {
        if let Some(done) = open.pop() {
            match open.last_mut() {
                Some(parent) => parent.below.push(done),
                None => records.push(done),
            }
        }
    }
}

fn read(text: &str, line: usize) -> Option<(usize, Structure)> {
    let (level, rest) = text.split_once([' ', '\t'])?;
    let level: usize = level.parse().ok().filter(|level| *level <= DEEPEST)?;
    let rest = rest.trim_start();
    let (id, rest) = match rest.strip_prefix('@').and_then(|rest| rest.split_once("@ ")) {
        Some((id, rest)) => (id, rest.trim_start()),
        None => ("", rest),
    };
    let (tag, value) = rest.split_once(' ').unwrap_or((rest.trim_end(), ""));
    let is_tag = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    // A doubled sign is one of the text.
    let value = if value.starts_with("@@") { value.get(1..).unwrap_or(value) } else { value };
    let structure = Structure {
        line,
        id: id.to_owned(),
        tag: tag.to_ascii_uppercase(),
        value: value.to_owned(),
        below: Vec::new(),
    };
    is_tag.then_some((level, structure))
}
