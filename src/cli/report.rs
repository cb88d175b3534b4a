//! Problems in words on standard error, and files opened for a subcommand.

use std::io::{self, Write};
use std::path::Path;

use anyhow::anyhow;

use super::{Failure, when};
use crate::diagnostic::{Diagnostic, Severity};
use crate::store::{self, Backup, FileText, LoadError, Loaded, Retention, SaveError, Saved, Writer};
use crate::text::visible;

/// Attempts to change a file that programs which know of no lock write to meanwhile.
const MOST_ATTEMPTS: usize = 5;

/// Prints a problem on one line of standard error, with signs made visible that a terminal would obey; a closed standard
/// error is nobody's loss.
pub fn problem(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", visible(text));
}

/// Says on one line of standard error what the output leaves out; as [`problem`] otherwise.
pub fn note(text: &str) {
    problem(&format!("note: {text}"));
}

/// An error with what caused it, as far as it does not say so itself.
pub fn in_words(error: &anyhow::Error) -> String {
    let mut words = String::new();
    let said = |cause: &(dyn std::error::Error + 'static)| match cause.downcast_ref::<io::Error>() {
        Some(error) => store::cause(error),
        None => cause.to_string(),
    };
    for cause in error.chain().map(said) {
        if words.is_empty() {
            words = cause;
        } else if !words.contains(&cause) {
            words = format!("{words}: {cause}");
        }
    }
    words
}

/// Prints a problem with its remedy on a line of its own.
pub fn problem_with_help(text: &str, help: &str) {
    let _ = writeln!(io::stderr().lock(), "{}\n  help: {}", visible(text), visible(help));
}

/// Prints a problem of a file as `file:line:column: error[code]: message`, with its remedy.
pub fn diagnostic(path: &Path, text: &FileText, diagnostic: &Diagnostic) {
    let words = format!("{}: {}", head(path, text, diagnostic), diagnostic.message);
    match &diagnostic.hint {
        Some(hint) => problem_with_help(&words, hint),
        None => problem(&words),
    }
}

/// Where a problem of a file stands and of which kind it is: `file:line:column: error[code]`.
pub fn head(path: &Path, text: &FileText, diagnostic: &Diagnostic) -> String {
    let place = text.place(diagnostic.span.map_or(0, |span| span.start));
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    format!("{}:{}:{}: {severity}[{}]", path.display(), place.line, place.column, diagnostic.code)
}

/// Whether a path stands for standard input; a file of that name is `./-`.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a timeline from a file, or from standard input where the path is `-`.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    if is_standard(path) { store::load_from(path, io::stdin()) } else { store::load(path) }
}

/// Reads a timeline and tells its errors; whether it had any stands beside it. What else is wrong with what a large file means
/// is not looked for: that is told by `annalist check` alone.
pub fn open(path: &Path) -> Result<(Loaded, bool), LoadError> {
    let loaded = if is_standard(path) { load(path)? } else { store::load_unchecked(path)? };
    let has_errors = errors(&loaded);
    Ok((loaded, has_errors))
}

/// Tells the errors of a file; whether it had any.
pub fn errors(loaded: &Loaded) -> bool {
    let errors = store::errors(&loaded.read);
    errors.iter().for_each(|error| diagnostic(&loaded.path, &loaded.read.text, error));
    !errors.is_empty()
}

/// Where a subcommand keeps a file as it was before it changes it.
pub fn backup(writer: Writer) -> Backup {
    store::state_folder().map_or(Backup::Beside, |state| {
        let most = store::kept_versions(&state);
        Backup::Versions(Retention { state, most, at: when::now_utc(), writer })
    })
}

/// Changes a file: reads it, changes it and saves it, all in `change`. Where another program wrote to it meanwhile, that is
/// done again with what is there now. `change` is told whether it is the first time.
pub fn for_change<T>(
    path: &Path,
    mut change: impl FnMut(bool) -> Result<Result<T, SaveError>, Failure>,
) -> Result<T, Failure> {
    if is_standard(path) {
        let message = "standard input cannot be changed in place: name a file (./- is one of that name)";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut attempt = 1;
    loop {
        match change(attempt == 1)? {
            Ok(changed) => return Ok(changed),
            Err(SaveError::ChangedOnDisk(_)) if attempt < MOST_ATTEMPTS => attempt += 1,
            Err(error) => return Err(anyhow!(error).context(format!("{} was not changed", path.display())).into()),
        }
    }
}

/// Says what else came of a save, and which window has the file open.
pub fn saved(path: &Path, saved: &Saved) {
    saved.remarks.iter().for_each(|remark| problem(&format!("note: {} {remark}", path.display())));
    if saved.is_written {
        open_in_window(path);
    }
}

/// Says which window has a file open that has been written, where one has. The file is written all the same: a window keeps
/// other windows from it for as long as it is open, and a command changes a record or two.
pub fn open_in_window(path: &Path) {
    if let Some(holder) = store::holder_of(path) {
        let who = holder.words(when::now_utc());
        note(&format!("{} is open in a window {who}, which takes the change in", path.display()));
    }
}

/// The output of a subcommand that changes files, which never fails: what was done stays done when nobody can be told. What
/// could not be written stays in the buffer behind it, whose flush says so ([`untold`]).
pub struct Told<W>(pub W);

impl<W: Write> Write for Told<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.write_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Tells that what was done to files could not be printed.
pub fn untold(error: &io::Error) {
    // Whoever read our output has seen enough of it.
    if error.kind() != io::ErrorKind::BrokenPipe {
        problem(&format!("warning: what was done could not be printed ({}), but it is done", store::cause(error)));
    }
}
