//! Values printed in the one style as serde hands them over, with no text read in between.
//!
//! A value is written on one line first, with marks where its parts begin and end; from these it is printed, on as many lines as it
//! takes:
//!
//! ```text
//! Event(id: "x", title: "y", citations: [Citation(source: "z")])
//! │     └──────┘ └─────────┘ └────────────┬───────────────────┘│
//! │                                       └ part in a part     │
//! └────────────────────── part, which needs lines ─────────────┘
//! ```
//!
//! What comes out is what [`Printer`](super::Printer) makes of the canonical text of the same value, byte by byte: it knows a text and no
//! value, and this a value and no text.

use std::fmt::{Debug, Display, Write as _};

use serde::ser::{self, Serialize, Serializer};

use super::{WIDTH, escape};

/// One level of indentation, and its columns.
const UNIT: &str = "    ";

/// A value on one line, with its parts.
#[derive(Debug, Default)]
pub struct Sheet {
    line: String,
    /// Each before those that are in it.
    parts: Vec<Part>,
    /// Where the name or the key begins that was written for the next part.
    label: Option<usize>,
}

/// A value, by its places in the line.
#[derive(Debug)]
struct Part {
    /// Where its name or key begins; where it begins itself, if it has none.
    label: usize,
    start: usize,
    end: usize,
    /// Where the first part within its brackets may begin; none for a value without brackets.
    inside: Option<usize>,
    /// The place of the part behind those that are in it.
    next: usize,
    shape: Shape,
    /// Whether it takes several lines however short it is.
    needs_lines: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// An event or a source, which always begins a line of its own.
    Record,
    /// Other fields with names.
    Struct,
    List,
    /// Everything else.
    Other,
}

impl Sheet {
    /// Takes a value up in place of the last one.
    ///
    /// # Errors
    /// Never, for records.
    pub fn set(&mut self, value: &impl Serialize) -> Result<(), ron::Error> {
        self.line.clear();
        self.parts.clear();
        self.label = None;
        value.serialize(self)
    }

    /// The value, where a line begins that is indented so many levels.
    pub fn print(&self, out: &mut String, depth: usize) {
        self.print_part(out, 0, depth, depth * UNIT.len());
    }

    /// The value behind a name, in a line that is indented so many levels.
    pub fn print_field(&self, out: &mut String, name: &str, depth: usize) {
        out.push_str(name);
        out.push_str(": ");
        self.print_part(out, 0, depth, depth * UNIT.len() + name.len() + 2);
    }

    /// What is within the brackets of the value, a line for each, indented so many levels.
    pub fn print_inside(&self, out: &mut String, depth: usize) {
        self.print_parts(out, 0, depth);
    }

    fn text(&self, from: usize, to: usize) -> &str {
        self.line.get(from..to).unwrap_or_default()
    }

    /// A part whose first character has this column.
    fn print_part(&self, out: &mut String, at: usize, depth: usize, column: usize) {
        let Some(part) = self.parts.get(at) else { return };
        let whole = self.text(part.start, part.end);
        // A text has at least as many bytes as characters, which take longer to count.
        let fits = || column + whole.len() < WIDTH || column + whole.chars().count() < WIDTH;
        let Some(inside) = part.inside.filter(|_| part.next > at + 1 && (part.needs_lines || !fits())) else {
            out.push_str(whole);
            return;
        };
        out.push_str(self.text(part.start, inside));
        self.print_parts(out, at, depth + 1);
        begin_line(out, depth);
        out.push_str(self.text(part.end - 1, part.end));
    }

    fn print_parts(&self, out: &mut String, of: usize, depth: usize) {
        let next = self.parts.get(of).map_or(0, |part| part.next);
        let mut at = of + 1;
        while let Some(part) = self.parts.get(at).filter(|_| at < next) {
            begin_line(out, depth);
            let label = self.text(part.label, part.start);
            out.push_str(label);
            self.print_part(out, at, depth, depth * UNIT.len() + label.chars().count());
            out.push(',');
            at = part.next;
        }
    }

    /// Begins a part; its place.
    fn begin(&mut self, shape: Shape) -> usize {
        let start = self.line.len();
        let label = self.label.take().unwrap_or(start);
        let at = self.parts.len();
        self.parts.push(Part { label, start, end: start, inside: None, next: at + 1, shape, needs_lines: false });
        at
    }

    fn end(&mut self, at: usize) {
        let (end, next) = (self.line.len(), self.parts.len());
        if let Some(part) = self.parts.get_mut(at) {
            (part.end, part.next) = (end, next);
        }
    }

    /// A part without brackets.
    fn leaf(&mut self, write: impl FnOnce(&mut String)) {
        let at = self.begin(Shape::Other);
        write(&mut self.line);
        self.end(at);
    }

    /// Begins a part in brackets.
    fn open(&mut self, shape: Shape, name: &str, bracket: char) -> Bracketed<'_> {
        let at = self.begin(shape);
        self.line.push_str(name);
        self.line.push(bracket);
        let inside = self.line.len();
        if let Some(part) = self.parts.get_mut(at) {
            part.inside = Some(inside);
        }
        let close = match bracket {
            '[' => ']',
            '{' => '}',
            _ => ')',
        };
        Bracketed { sheet: self, at, name_needs_lines: name == "Timeline", close, is_empty: true }
    }
}

fn begin_line(out: &mut String, depth: usize) {
    out.push('\n');
    (0..depth).for_each(|_| out.push_str(UNIT));
}

/// The shape of a struct of this name.
fn shape_of(name: &str) -> Shape {
    if matches!(name, "Event" | "Source") { Shape::Record } else { Shape::Struct }
}

/// A part in brackets on its way.
pub struct Bracketed<'s> {
    sheet: &'s mut Sheet,
    at: usize,
    name_needs_lines: bool,
    close: char,
    is_empty: bool,
}

impl Bracketed<'_> {
    fn separate(&mut self) {
        if !std::mem::replace(&mut self.is_empty, false) {
            self.sheet.line.push_str(", ");
        }
    }

    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), ron::Error> {
        self.separate();
        value.serialize(&mut *self.sheet)
    }

    fn field(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), ron::Error> {
        self.separate();
        let line = &mut self.sheet.line;
        self.sheet.label = Some(line.len());
        line.push_str(name);
        line.push_str(": ");
        value.serialize(&mut *self.sheet)
    }

    /// A key, which is the label of the value behind it.
    fn key(&mut self, key: &(impl Serialize + ?Sized)) -> Result<(), ron::Error> {
        self.separate();
        let (start, parts) = (self.sheet.line.len(), self.sheet.parts.len());
        key.serialize(&mut *self.sheet)?;
        self.sheet.parts.truncate(parts);
        self.sheet.line.push_str(": ");
        self.sheet.label = Some(start);
        Ok(())
    }

    /// The parts directly in it.
    fn parts(&self) -> impl Iterator<Item = &Part> {
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            let part = self.sheet.parts.get(at)?;
            at = part.next;
            Some(part)
        })
    }

    fn close(self) {
        let shape = self.sheet.parts.get(self.at).map(|part| part.shape);
        let needs_lines = match shape {
            Some(Shape::Record) => !self.is_empty,
            Some(Shape::Struct) => {
                !self.is_empty && (self.name_needs_lines || self.parts().any(|part| part.needs_lines))
            }
            // Of several records each has a line.
            Some(Shape::List) => {
                let is_struct = |part: &&Part| matches!(part.shape, Shape::Record | Shape::Struct);
                self.parts().filter(is_struct).count() > 1 || self.parts().any(|part| part.needs_lines)
            }
            Some(Shape::Other) | None => false,
        };
        self.sheet.line.push(self.close);
        if let Some(part) = self.sheet.parts.get_mut(self.at) {
            part.needs_lines = needs_lines;
            // Without a field nothing tells it from a tuple.
            if self.is_empty && part.shape != Shape::List {
                part.shape = Shape::Other;
            }
        }
        self.sheet.end(self.at);
    }
}

/// Numbers and names as `ron` writes them.
fn literal(sheet: &mut Sheet, literal: impl Display) -> Result<(), ron::Error> {
    // Writing to a text cannot fail.
    sheet.leaf(|line| {
        let _ = write!(line, "{literal}");
    });
    Ok(())
}

/// As `ron` writes them: never to be read as an integer, and the sign of what is no number kept.
fn float(sheet: &mut Sheet, number: impl Debug, is_negative_nan: bool) -> Result<(), ron::Error> {
    let sign = if is_negative_nan { "-" } else { "" };
    sheet.leaf(|line| {
        let _ = write!(line, "{sign}{number:?}");
    });
    Ok(())
}

/// The methods of values that are one literal.
macro_rules! literals {
    ($($method:ident $type:ty),*) => {$(
        fn $method(self, v: $type) -> Result<(), ron::Error> {
            literal(self, v)
        }
    )*};
}

impl<'s> Serializer for &'s mut Sheet {
    type Ok = ();
    type Error = ron::Error;
    type SerializeSeq = Bracketed<'s>;
    type SerializeTuple = Bracketed<'s>;
    type SerializeTupleStruct = Bracketed<'s>;
    type SerializeTupleVariant = Bracketed<'s>;
    type SerializeMap = Bracketed<'s>;
    type SerializeStruct = Bracketed<'s>;
    type SerializeStructVariant = Bracketed<'s>;

    literals!(
        serialize_bool bool,
        serialize_i8 i8,
        serialize_i16 i16,
        serialize_i32 i32,
        serialize_i64 i64,
        serialize_u8 u8,
        serialize_u16 u16,
        serialize_u32 u32,
        serialize_u64 u64
    );

    fn serialize_f32(self, v: f32) -> Result<(), ron::Error> {
        float(self, v, v.is_nan() && v.is_sign_negative())
    }

    fn serialize_f64(self, v: f64) -> Result<(), ron::Error> {
        float(self, v, v.is_nan() && v.is_sign_negative())
    }

    fn serialize_char(self, v: char) -> Result<(), ron::Error> {
        let escape = if matches!(v, '\\' | '\'') { "\\" } else { "" };
        self.leaf(|line| {
            let _ = write!(line, "'{escape}{v}'");
        });
        Ok(())
    }

    fn serialize_str(self, v: &str) -> Result<(), ron::Error> {
        self.leaf(|line| {
            line.push('"');
            escape(v, line);
            line.push('"');
        });
        Ok(())
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<(), ron::Error> {
        self.leaf(|line| {
            let _ = write!(line, "b\"{}\"", v.escape_ascii());
        });
        Ok(())
    }

    fn serialize_none(self) -> Result<(), ron::Error> {
        literal(self, "None")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), ron::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), ron::Error> {
        self.open(Shape::Other, "", '(').close();
        Ok(())
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<(), ron::Error> {
        literal(self, name)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), ron::Error> {
        literal(self, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), ron::Error> {
        let mut bracketed = self.open(Shape::Other, name, '(');
        bracketed.element(value)?;
        bracketed.close();
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), ron::Error> {
        self.serialize_newtype_struct(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Bracketed<'s>, ron::Error> {
        Ok(self.open(Shape::List, "", '['))
    }

    fn serialize_tuple(self, _: usize) -> Result<Bracketed<'s>, ron::Error> {
        Ok(self.open(Shape::Other, "", '('))
    }

    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Bracketed<'s>, ron::Error> {
        Ok(self.open(Shape::Other, name, '('))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Bracketed<'s>, ron::Error> {
        Ok(self.open(Shape::Other, variant, '('))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Bracketed<'s>, ron::Error> {
        Ok(self.open(Shape::Other, "", '{'))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Bracketed<'s>, ron::Error> {
        Ok(self.open(shape_of(name), name, '('))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Bracketed<'s>, ron::Error> {
        Ok(self.open(shape_of(variant), variant, '('))
    }
}

/// The traits of values that are elements one behind the other.
macro_rules! elements {
    ($($name:ident $method:ident),*) => {$(
        impl ser::$name for Bracketed<'_> {
            type Ok = ();
            type Error = ron::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ron::Error> {
                self.element(value)
            }

            fn end(self) -> Result<(), ron::Error> {
                self.close();
                Ok(())
            }
        }
    )*};
}

elements!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

/// The traits of values that are fields.
macro_rules! fields {
    ($($name:ident),*) => {$(
        impl ser::$name for Bracketed<'_> {
            type Ok = ();
            type Error = ron::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), ron::Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), ron::Error> {
                self.close();
                Ok(())
            }
        }
    )*};
}

fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Bracketed<'_> {
    type Ok = ();
    type Error = ron::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ron::Error> {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ron::Error> {
        value.serialize(&mut *self.sheet)
    }

    fn end(self) -> Result<(), ron::Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Printer, Source, Style, canonical, event_lines, record_to_ron, to_ron};
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{Event, Record, RecordKind, Timeline, full};
    use crate::store::random::{Dice, dice};
    use crate::store::scan::scan_value;
    use crate::store::schema::{LISTS, list_name};
    use crate::store::splice::tests::random_timeline_of;

    /// A value as its canonical text is printed.
    fn printed(canonical: &str, indent: &str) -> String {
        let node = scan_value(canonical, Span::new(0, canonical.len())).unwrap();
        Printer::new(canonical, &Style::default(), Source::Canonical).value(&node, indent, indent.len())
    }

    #[track_caller]
    fn check(value: &impl Serialize) {
        let mut sheet = Sheet::default();
        sheet.set(value).unwrap();
        let canonical = canonical(value).unwrap();
        for (depth, indent) in [(0, ""), (2, "        ")] {
            let mut out = String::new();
            sheet.print(&mut out, depth);
            assert_eq!(out, printed(&canonical, indent));
        }
    }

    /// A whole timeline by way of its canonical text.
    fn whole(timeline: &Timeline) -> String {
        let list = |kind| {
            let list = match kind {
                RecordKind::Lane => canonical(&timeline.lanes()),
                RecordKind::Source => canonical(&timeline.sources().iter().collect::<Vec<_>>()),
                RecordKind::Event => canonical(&timeline.events().iter().collect::<Vec<_>>()),
                RecordKind::Era => canonical(&timeline.eras()),
                RecordKind::View => canonical(&timeline.views()),
                RecordKind::Header => unreachable!(),
            };
            list.unwrap()
        };
        let header = canonical(timeline.header()).unwrap();
        let mut text = header.replacen("Header(", "Timeline(", 1).trim_end_matches([')', ' ', ',']).to_owned();
        for kind in LISTS {
            let list = list(kind);
            if list != "[]" || kind == RecordKind::Event {
                text += &format!(", {}: {list}", list_name(kind));
            }
        }
        text.push(')');
        printed(&text, "") + "\n"
    }

    #[derive(serde::Serialize)]
    struct Odd {
        none: Option<u8>,
        some: Option<Vec<u8>>,
        unit: (),
        tuple: (f64, char, bool),
        variants: Vec<Variant>,
        pair: Pair,
        empty: Empty,
    }

    #[derive(serde::Serialize)]
    struct Pair(i64, &'static str);

    #[derive(serde::Serialize)]
    struct Empty {}

    #[derive(serde::Serialize)]
    enum Variant {
        Unit,
        New(Vec<Empty>),
        Tuple(f32, u8),
        Struct { a: Option<&'static str>, b: Box<Odd> },
    }

    fn odd(variants: Vec<Variant>) -> Odd {
        Odd {
            none: None,
            some: Some(vec![1, 2]),
            unit: (),
            tuple: (-0.0, '\'', true),
            variants,
            pair: Pair(-7, "\u{202e}\t\"é"),
            empty: Empty {},
        }
    }

    #[test]
    fn a_value_is_printed_as_its_canonical_text_is() {
        check(&full::header());
        check(&full::lane());
        check(&full::source());
        check(&full::event());
        check(&full::era());
        check(&full::view());
        check(&vec![full::lane(), full::lane()]);
        check(&vec![full::event()]);
        check(&Vec::<Event>::new());
        check(&odd(Vec::new()));
        check(&[odd(vec![Variant::Unit, Variant::New(vec![Empty {}, Empty {}]), Variant::Tuple(1e30, 7)])]);
        check(&odd(vec![
            Variant::Struct { a: Some("x"), b: Box::new(odd(Vec::new())) },
            Variant::Struct { a: None, b: Box::new(odd(vec![Variant::Unit])) },
        ]));
    }

    #[test]
    fn a_line_is_as_long_as_its_characters() {
        for length in 80..130 {
            for sign in ["x", "é", "\u{2028}"] {
                let mut era = full::era();
                era.title = sign.repeat(length).as_str().into();
                check(&era);
                let mut event = full::event();
                event.rare.fields.put(sign.repeat(length).as_str(), "y");
                event.actors = [sign.repeat(length / 2).as_str().into(), "z".into()].into_iter().collect();
                check(&event);
            }
        }
    }

    proptest! {
        #[test]
        fn any_timeline_is_printed_as_its_canonical_text_is(dice in dice()) {
            let timeline = random_timeline_of(&mut Dice::clone(&dice), 12);
            prop_assert_eq!(to_ron(&timeline), whole(&timeline));
            for event in timeline.events() {
                check(event);
                let text = record_to_ron(&Record::Event(event.clone().into()));
                prop_assert_eq!(text, printed(&canonical(event).unwrap(), ""));
                let mut line = String::new();
                event_lines([event], &mut line);
                prop_assert_eq!(line, format!("        {},\n", printed(&canonical(event).unwrap(), "        ")));
            }
        }

        #[test]
        fn any_text_is_printed_as_its_canonical_text_is(text in any::<String>(), key in any::<String>()) {
            let mut event = Event::undated("e", text.as_str());
            event.rare.fields.put(key.as_str(), text.as_str());
            check(&event);
        }
    }
}
