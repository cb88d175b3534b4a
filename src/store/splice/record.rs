//! One record changed field by field: the canonical texts of the old and the new one say which fields differ, and only
//! those are touched in the user's text.

use super::super::judge::{field_name, string_value};
use super::super::layout::{Printer, Source, quote_like};
use super::super::schema::{Leaf, Shape};
use super::super::tree::{Entry, Kind, Node};
use super::align::{Origin, align};
use super::patch::{Element, Patch, Tree};
use crate::diagnostic::Span;

/// A value as it was and as it shall be, both canonical.
pub(super) struct Change<'c> {
    pub old: (&'c Tree, &'c Node),
    pub new: (&'c Tree, &'c Node),
}

/// The fields of a struct in the user's text as they shall be, kept in the user's order.
pub(super) struct FieldPlan {
    elements: Vec<(Option<usize>, Element)>,
}

impl FieldPlan {
    /// All the fields there are.
    pub fn new(text: &str, user: &Node, shape: &Shape) -> Self {
        let position = |name: Span| shape.position(field_name(text, name));
        let fields = user.fields().iter().enumerate();
        Self { elements: fields.map(|(at, field)| (position(field.name), Element::Kept(at))).collect() }
    }

    /// Takes a field out.
    pub fn remove(&mut self, position: usize) {
        self.elements.retain(|(at, _)| *at != Some(position));
    }

    /// Puts a field after the nearest one that comes before it in the order of the format.
    pub fn insert(&mut self, position: usize, element: Element) {
        let before = self.elements.iter().enumerate().filter(|(_, (at, _))| at.is_some_and(|at| at < position));
        let after = before.max_by_key(|(_, (at, _))| *at).map_or(0, |(index, _)| index + 1);
        self.elements.insert(after, (Some(position), element));
    }

    pub fn into_elements(self) -> Vec<Element> {
        self.elements.into_iter().map(|(_, element)| element).collect()
    }
}

/// The span between a value's brackets.
pub(super) fn inside(node: &Node) -> Span {
    let start = node.inside_start().unwrap_or(node.span.start);
    Span::new(start, node.span.end.saturating_sub(1).max(start))
}

/// Changes the fields of a record that differ.
pub(super) fn change_record(patch: &mut Patch<'_>, user: &Node, change: &Change<'_>, shape: &'static Shape) {
    let mut plan = FieldPlan::new(patch.text, user, shape);
    change_fields(patch, user, change, shape, &mut plan);
    patch.sequence(inside(user), &user.slots(), plan.into_elements());
}

/// Changes values in place and enters fields that come and go into the plan.
pub(super) fn change_fields(
    patch: &mut Patch<'_>,
    user: &Node,
    change: &Change<'_>,
    shape: &'static Shape,
    plan: &mut FieldPlan,
) {
    let (old_tree, old) = change.old;
    let (new_tree, new) = change.new;
    for (position, field) in shape.fields.iter().enumerate() {
        let was = old.field(&old_tree.text, field.name).map(|f| &f.value);
        let shall = new.field(&new_tree.text, field.name).map(|f| &f.value);
        let there = user.fields().iter().find(|f| field_name(patch.text, f.name) == field.name).map(|f| &f.value);
        let is_same = was.map(|n| n.span.slice(&old_tree.text)) == shall.map(|n| n.span.slice(&new_tree.text));
        // A derived id equals what the text would give again, but it is time to write it.
        let is_id_due = field.name == "id"
            && there.is_none_or(|there| string_value(patch.text, there).is_some_and(|value| value.is_empty()));
        if is_same && !is_id_due {
            continue;
        }
        match (there, shall) {
            (Some(there), Some(shall)) => {
                let there = there.unwrapped(patch.text);
                change_value(patch, there, was.map(|was| (old_tree, was)), (new_tree, shall), field.leaf);
            }
            (None, Some(shall)) => {
                if let Some(tree) = new_tree.part(shall) {
                    plan.insert(position, Element::Printed { label: format!("{}: ", field.name), tree });
                }
            }
            (Some(_), None) => plan.remove(position),
            (None, None) => {}
        }
    }
}

fn change_value(patch: &mut Patch<'_>, user: &Node, old: Option<(&Tree, &Node)>, new: (&Tree, &Node), leaf: Leaf) {
    let (new_tree, shall) = new;
    if let Some((old_tree, was)) = old {
        if was.span.slice(&old_tree.text) == shall.span.slice(&new_tree.text) && user.kind != Kind::Text {
            return;
        }
        match (&user.kind, &was.kind, &shall.kind, leaf) {
            (Kind::List { items }, Kind::List { items: before }, Kind::List { .. }, Leaf::Texts | Leaf::Records(_))
                if items.len() == before.len() =>
            {
                change_list(patch, user, &Change { old: (old_tree, was), new }, leaf.item());
                return;
            }
            (Kind::Map { entries }, Kind::Map { entries: before }, Kind::Map { .. }, Leaf::Map)
                if entries.len() == before.len() =>
            {
                change_map(patch, user, &Change { old: (old_tree, was), new });
                return;
            }
            (_, Kind::Struct { .. }, Kind::Struct { .. }, Leaf::Record(shape)) if user.inside_start().is_some() => {
                change_record(patch, user, &Change { old: (old_tree, was), new }, shape);
                return;
            }
            _ => {}
        }
    }
    let literal = user.span.slice(patch.text);
    let text = match string_value(&new_tree.text, shall) {
        Some(value) if user.kind == Kind::Text => quote_like(&value, literal, patch.style.newline),
        _ => {
            let indent = patch.indent_at(user.span.start);
            Printer::new(&new_tree.text, &patch.style, Source::Canonical).value(shall, indent, indent.len())
        }
    };
    patch.replace(user.span, text);
}

fn change_list(patch: &mut Patch<'_>, user: &Node, change: &Change<'_>, leaf: Leaf) {
    let (old_tree, old) = change.old;
    let (new_tree, new) = change.new;
    let was: Vec<&str> = old.items().iter().map(|item| item.value.span.slice(&old_tree.text)).collect();
    let shall: Vec<&str> = new.items().iter().map(|item| item.value.span.slice(&new_tree.text)).collect();
    // The first field names the record: a citation's source, a link's other end.
    let first = |tree: &Tree, node: &Node| node.fields().first().map(|f| f.value.span.slice(&tree.text).to_owned());
    let is_one_for_one = was.len() == shall.len();
    let origins = align(&was, &shall, |at, to| match (old.items().get(at), new.items().get(to)) {
        (Some(was), Some(shall)) => {
            is_one_for_one || {
                let (a, b) = (first(old_tree, &was.value), first(new_tree, &shall.value));
                a.is_some() && a == b
            }
        }
        _ => false,
    });
    let slots = user.slots();
    let mut elements = Vec::with_capacity(origins.len());
    for (item, origin) in new.items().iter().zip(origins) {
        match origin {
            Origin::Kept(at) => {
                if let (Some(there), Some(was)) = (user.items().get(at), old.items().get(at)) {
                    change_value_if(patch, &there.value, (old_tree, &was.value), (new_tree, &item.value), leaf);
                }
                elements.push(Element::Kept(at));
            }
            Origin::Moved(at) => {
                let (above, after) = patch.belongings(inside(user), &slots, at);
                let value = slots.get(at).map_or("", |slot| slot.span.slice(patch.text)).to_owned();
                elements.push(Element::Moved { above, value, after });
            }
            Origin::New => {
                if let Some(tree) = new_tree.part(&item.value) {
                    elements.push(Element::Printed { label: String::new(), tree });
                }
            }
        }
    }
    patch.sequence(inside(user), &slots, elements);
}

/// Changes the entries of a map that differ. One that got another name and kept its text between the same neighbours is the same
/// entry.
fn change_map(patch: &mut Patch<'_>, user: &Node, change: &Change<'_>) {
    let (old_tree, old) = change.old;
    let (new_tree, new) = change.new;
    let (Kind::Map { entries: there }, Kind::Map { entries: was }, Kind::Map { entries: shall }) =
        (&user.kind, &old.kind, &new.kind)
    else {
        return;
    };
    let keys = |tree, entries: &[Entry]| entries.iter().map(|e| slice(tree, &e.key).to_owned()).collect::<Vec<_>>();
    let origins = align(&keys(old_tree, was), &keys(new_tree, shall), |at, to| {
        let pair = was.get(at).zip(shall.get(to));
        pair.is_some_and(|(was, shall)| slice(old_tree, &was.value) == slice(new_tree, &shall.value))
    });
    let slots = user.slots();
    let mut elements = Vec::with_capacity(origins.len());
    for (entry, origin) in shall.iter().zip(origins) {
        let from = match origin {
            Origin::Kept(at) | Origin::Moved(at) => there.get(at).zip(was.get(at)).map(|(there, was)| (at, there, was)),
            Origin::New => None,
        };
        let is_as_it_was = from.is_some_and(|(_, _, was)| {
            slice(old_tree, &was.key) == slice(new_tree, &entry.key)
                && slice(old_tree, &was.value) == slice(new_tree, &entry.value)
        });
        match (origin, from) {
            (Origin::Kept(at), Some((_, there, was))) => {
                for (there, was, shall) in
                    [(&there.key, &was.key, &entry.key), (&there.value, &was.value, &entry.value)]
                {
                    change_value_if(patch, there, (old_tree, was), (new_tree, shall), Leaf::Text);
                }
                elements.push(Element::Kept(at));
            }
            (Origin::Moved(at), Some(_)) if is_as_it_was => {
                let (above, after) = patch.belongings(inside(user), &slots, at);
                let value = slots.get(at).map_or("", |slot| slot.span.slice(patch.text)).to_owned();
                elements.push(Element::Moved { above, value, after });
            }
            _ => {
                if let Some(tree) = new_tree.part(&entry.value) {
                    elements.push(Element::Printed { label: format!("{}: ", slice(new_tree, &entry.key)), tree });
                }
            }
        }
    }
    patch.sequence(inside(user), &slots, elements);
}

fn slice<'t>(tree: &'t Tree, node: &Node) -> &'t str {
    node.span.slice(&tree.text)
}

fn change_value_if(patch: &mut Patch<'_>, user: &Node, old: (&Tree, &Node), new: (&Tree, &Node), leaf: Leaf) {
    if old.1.span.slice(&old.0.text) != new.1.span.slice(&new.0.text) {
        change_value(patch, user.unwrapped(patch.text), Some(old), new, leaf);
    }
}
