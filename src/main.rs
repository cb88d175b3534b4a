//! The `annalist` program: the command line, and the window when no subcommand is given.

use std::process::ExitCode;

use annalist::cli;

/// egui allocates a great deal each frame; this allocator halves the time of a frame.
#[cfg(feature = "gui")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match cli::arguments() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    match arguments.command {
        Some(command) => cli::run(&command),
        None => open_window(arguments.file),
    }
}

#[cfg(feature = "gui")]
fn open_window(file: Option<std::path::PathBuf>) -> ExitCode {
    match annalist::app::run(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::problem(&format!("error: {error}"));
            ExitCode::from(1)
        }
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(_file: Option<std::path::PathBuf>) -> ExitCode {
    cli::problem("error: this build has no window; `annalist export FILE -o OUT.png` draws a timeline without one");
    ExitCode::from(1)
}
