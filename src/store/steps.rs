//! The steps of a durable write: the system calls of which each can fail, and a seam by which tests let each of them fail in turn.
//!
//! Owns nothing in the program: [`step`] is then `Ok`, and [`write_all`] writes. In the tests of this crate both first ask the fault
//! plan of their thread, which holds as long as `failing` runs a closure and nowhere else.

use std::fs::File;
use std::io::{self, Write as _};

/// A step of a durable write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A temporary file or a segment of a journal is made.
    Create,
    /// Bytes are written.
    Write,
    /// A file's bytes are flushed.
    Flush,
    /// A file gets a second name.
    Link,
    /// A file takes the place of another.
    Rename,
    /// The names in a folder are flushed.
    FlushFolder,
    /// A file is removed.
    Remove,
}

/// Stands before each step of a durable write.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "in tests a step can fail")]
pub(super) const fn step(_: Step) -> io::Result<()> {
    Ok(())
}

/// Writes bytes as one step.
#[cfg(not(test))]
pub(super) fn write_all(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)
}

#[cfg(test)]
pub(crate) use plan::{Fault, failing};
#[cfg(test)]
pub(super) use plan::{step, write_all};

#[cfg(test)]
mod plan {
    use std::cell::RefCell;
    use std::io::ErrorKind;

    use super::*;

    /// What becomes of the steps that a plan names.
    #[derive(Debug, Clone, Copy)]
    pub enum Fault {
        /// The system refuses them for this reason.
        Refused(ErrorKind),
        /// The program panics there.
        Panic,
    }

    struct Plan {
        fault: Fault,
        /// Whether a step fails, by its number from 0 on.
        fails: Box<dyn FnMut(usize, Step) -> bool>,
        taken: Vec<Step>,
    }

    thread_local! {
        static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
    }

    /// Runs a closure whose steps fail where `fails` says so of their number and kind; with the steps that were taken.
    pub fn failing<T>(
        fault: Fault,
        fails: impl FnMut(usize, Step) -> bool + 'static,
        run: impl FnOnce() -> T,
    ) -> (T, Vec<Step>) {
        /// Ends the plan, also where the closure panics.
        struct Ends;
        impl Drop for Ends {
            fn drop(&mut self) {
                PLAN.with_borrow_mut(Option::take);
            }
        }
        PLAN.set(Some(Plan { fault, fails: Box::new(fails), taken: Vec::new() }));
        let ends = Ends;
        let given = run();
        let taken = PLAN.with_borrow_mut(|plan| plan.take().map(|plan| plan.taken)).unwrap_or_default();
        drop(ends);
        (given, taken)
    }

    pub fn step(step: Step) -> io::Result<()> {
        let fault = PLAN.with_borrow_mut(|plan| {
            let plan = plan.as_mut()?;
            let number = plan.taken.len();
            plan.taken.push(step);
            (plan.fails)(number, step).then_some(plan.fault)
        });
        match fault {
            None => Ok(()),
            Some(Fault::Refused(kind)) => Err(kind.into()),
            Some(Fault::Panic) => panic!("a fault of the program itself"),
        }
    }

    pub fn write_all(file: &mut File, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = step(Step::Write) {
            // A disk that fills up takes the first part.
            file.write_all(&bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        file.write_all(bytes)
    }
}

#[cfg(test)]
mod tests;
