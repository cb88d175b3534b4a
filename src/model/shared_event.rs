//! The pointer by which lists, edits and steps of undo hold an event: to copy one is to count it.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use triomphe::Arc;

use super::Event;

/// A copy-on-write pointer to an event: copies share it until one of them is changed, which copies it first.
///
/// Of triomphe, whose pointers count no weak ones: an event and its count are 128 bytes, which an allocator gives as they are.
#[derive(Clone)]
pub struct SharedEvent(Arc<Event>);

impl SharedEvent {
    /// The event itself: copied only where something else holds it.
    pub fn into_event(self) -> Event {
        Arc::unwrap_or_clone(self.0)
    }

    /// Whether two are one event in memory.
    pub fn ptr_eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl From<Event> for SharedEvent {
    fn from(event: Event) -> Self {
        Self(Arc::new(event))
    }
}

impl Deref for SharedEvent {
    type Target = Event;

    fn deref(&self) -> &Event {
        &self.0
    }
}

impl DerefMut for SharedEvent {
    fn deref_mut(&mut self) -> &mut Event {
        Arc::make_mut(&mut self.0)
    }
}

impl PartialEq for SharedEvent {
    fn eq(&self, other: &Self) -> bool {
        self.ptr_eq(other) || **self == **other
    }
}

impl fmt::Debug for SharedEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl Serialize for SharedEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SharedEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Event::deserialize(deserializer).map(Self::from)
    }
}
