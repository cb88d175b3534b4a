//! The checks of `tests/fuzz`, for the targets beside this library.

#[path = "../../tests/fuzz/checks/mod.rs"]
pub mod checks;

use checks::SUBJECTS;

/// The check of a subject, by its name.
pub fn check_of(name: &str) -> fn(&[u8]) {
    match SUBJECTS.iter().find(|subject| subject.name == name) {
        Some(subject) => subject.check,
        None => panic!("no subject is called {name}"),
    }
}
