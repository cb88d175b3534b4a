//! Content lines and components of iCalendar (RFC 5545, 3.1 and 3.4), each with its line.

/// More components in each other than these are no calendar.
const DEEPEST: usize = 16;

/// A property: its name in capitals, its parameters and its value as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Property {
    pub name: String,
    pub parameters: Vec<(String, String)>,
    pub value: String,
}

/// A component with what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Component {
    pub name: String,
    pub line: usize,
    pub properties: Vec<Property>,
    pub components: Vec<Self>,
}

impl Property {
    /// Reads `NAME;PARAMETER=value;PARAMETER="value":value`. Quotation marks keep what ends a parameter.
    fn read(line: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let (mut start, mut is_quoted) = (0, false);
        let mut colon = None;
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                b'"' => is_quoted = !is_quoted,
                b';' if !is_quoted => {
                    parts.push(line.get(start..at)?);
                    start = at + 1;
                }
                b':' if !is_quoted => {
                    colon = Some(at);
                    break;
                }
                _ => {}
            }
        }
        // A quotation mark that is never closed hides the colon: then the first one ends the name.
        let colon = colon.or_else(|| line.find(':'))?;
        if start <= colon {
            parts.push(line.get(start..colon)?);
        }
        let mut parts = parts.into_iter();
        let name = parts.next()?.trim().to_ascii_uppercase();
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        let parameters = parts
            .filter_map(|part| part.split_once('='))
            .map(|(name, value)| (name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()));
        let parameters = parameters.collect();
        // A group may stand before a name.
        let name = name.rsplit('.').next().unwrap_or_default().to_owned();
        is_name.then(|| Self { name, parameters, value: line.get(colon + 1..).unwrap_or_default().to_owned() })
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Its value as a text (RFC 5545, 3.3.11).
    pub fn text(&self) -> String {
        unescaped(&self.value).trim().to_owned()
    }

    /// The texts of a list, which commas separate unless they are escaped.
    pub fn list(&self) -> Vec<String> {
        let mut texts = vec![String::new()];
        let mut chars = self.value.chars().peekable();
        while let Some(c) = chars.next() {
            let Some(last) = texts.last_mut() else { break };
            match c {
                '\\' => {
                    last.push(c);
                    last.extend(chars.next());
                }
                ',' => texts.push(String::new()),
                _ => last.push(c),
            }
        }
        texts.iter().map(|text| unescaped(text).trim().to_owned()).filter(|text| !text.is_empty()).collect()
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            _ => plain.push(c),
        }
    }
    plain
}

impl Component {
    /// The first property of a name.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    pub fn all<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }
}

/// The components at the top of a text, with the lines that are no property. A component that never ends, ends with what holds it.
pub(super) fn components(text: &str) -> (Vec<Component>, Vec<usize>) {
    let mut top = Vec::new();
    let mut open: Vec<Component> = Vec::new();
    let mut strays = Vec::new();
    let close = |open: &mut Vec<Component>, top: &mut Vec<Component>| {
        if let Some(done) = open.pop() {
            open.last_mut().map_or(top, |parent| &mut parent.components).push(done);
        }
    };
    for (line, content) in unfolded(text) {
        if content.trim().is_empty() {
            continue;
        }
        let Some(property) = Property::read(&content) else {
            strays.push(line);
            continue;
        };
        let name = property.value.trim().to_ascii_uppercase();
        match property.name.as_str() {
            "BEGIN" => {
                // An event within an event is one that was never ended.
                if open.last().is_some_and(|last| last.name == name && name.starts_with('V')) || open.len() >= DEEPEST {
                    close(&mut open, &mut top);
                }
                open.push(Component { name, line, ..Component::default() });
            }
            "END" => {
                if let Some(at) = open.iter().rposition(|component| component.name == name) {
                    while open.len() > at {
                        close(&mut open, &mut top);
                    }
                } else {
                    strays.push(line);
                }
            }
            _ => match open.last_mut() {
                Some(component) => component.properties.push(property),
                None => strays.push(line),
            },
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut top);
    }
    (top, strays)
}

/// Lines with those that go on with them, a blank or tab before each.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ => lines.push((at + 1, line.to_owned())),
        }
    }
    lines
}
