//! A scoped, thread-local memo: what was read before is lent to the work that reads on, so that equal things are read once.

use std::cell::RefCell;
use std::thread::LocalKey;

/// Where a thread keeps what it is lent.
pub(crate) type Place<T> = LocalKey<RefCell<Option<T>>>;

/// Does some work while `own` lies in its place; afterwards `own` is what the work has made of it, and what lay there before
/// lies there again, also where the work broke off.
pub(crate) fn lend<T: Default, R>(place: &'static Place<T>, own: &mut T, work: impl FnOnce() -> R) -> R {
    let before = place.replace(Some(std::mem::take(own)));
    let _lent = Lent { place, own, before };
    work()
}

struct Lent<'o, T: 'static> {
    place: &'static Place<T>,
    own: &'o mut T,
    before: Option<T>,
}

impl<T> Drop for Lent<'_, T> {
    fn drop(&mut self) {
        if let Some(own) = self.place.replace(self.before.take()) {
            *self.own = own;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static PLACE: RefCell<Option<u32>> = const { RefCell::new(None) };
    }

    fn add(number: u32) {
        PLACE.with_borrow_mut(|lent| lent.as_mut().map(|sum| *sum += number));
    }

    #[test]
    fn what_is_lent_comes_back_and_what_lay_there_before_too() {
        let (mut outer, mut inner) = (1, 10);
        add(100);
        lend(&PLACE, &mut outer, || {
            add(1);
            let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                lend(&PLACE, &mut inner, || {
                    add(2);
                    std::panic::resume_unwind(Box::new(()));
                });
            }));
            assert!(broken.is_err());
            add(4);
        });
        assert_eq!((outer, inner), (6, 12));
        assert!(PLACE.with_borrow(Option::is_none));
    }
}
