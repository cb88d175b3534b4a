//! By which column the table is sorted, and the order that came of it.

use std::sync::Arc;

use super::column::Column;
use crate::model::Events;

/// By which column rows are sorted, and which way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorting {
    /// The column.
    pub column: Column,
    /// From the last to the first.
    pub descending: bool,
}

impl Sorting {
    /// What a click on the heading of a column asks for, where the table is sorted so or, without, in time order: ascending,
    /// then descending, then time order again. A table in time order is sorted by date already.
    pub fn clicked(sorting: Option<&Self>, column: &Column) -> Option<Self> {
        let sorted = |descending| Some(Self { column: column.clone(), descending });
        match sorting {
            Some(own) if own.column == *column => {
                if own.descending {
                    None
                } else {
                    sorted(true)
                }
            }
            None if column.is_time() => sorted(true),
            Some(_) if column.is_time() => None,
            _ => sorted(false),
        }
    }

    /// Which way a column is sorted, where it is: descending or not.
    pub fn way(sorting: Option<&Self>, column: &Column) -> Option<bool> {
        match sorting {
            Some(sorting) => (sorting.column == *column).then_some(sorting.descending),
            None => column.is_time().then_some(false),
        }
    }
}

/// Events in the order of a column.
#[derive(Debug, Clone)]
pub struct Sorted {
    /// Of which column.
    pub sorting: Sorting,
    /// What was sorted: a copy that shares everything. While a later timeline is being sorted, this order is shown.
    pub events: Events,
    /// Their positions, in order.
    pub order: Arc<[u32]>,
    /// Tells this order from any other.
    pub number: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventField;

    #[test]
    fn clicks_lead_from_ascending_over_descending_back_to_time_order() {
        let ways = |field: EventField, from: Option<Sorting>| {
            let mut sorting = from;
            let mut ways = Vec::new();
            for _ in 0..4 {
                sorting = Sorting::clicked(sorting.as_ref(), &Column::Field(field));
                ways.push(sorting.as_ref().map(|sorting| sorting.descending));
            }
            ways
        };
        assert_eq!(ways(EventField::Title, None), [Some(false), Some(true), None, Some(false)]);
        assert_eq!(ways(EventField::Date, None), [Some(true), None, Some(true), None]);
        let by_title = Sorting { column: Column::Field(EventField::Title), descending: false };
        assert_eq!(ways(EventField::Date, Some(by_title.clone())), [None, Some(true), None, Some(true)]);
        assert_eq!(ways(EventField::Lane, Some(by_title))[..2], [Some(false), Some(true)]);
    }
}
