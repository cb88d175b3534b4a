//! Why a timeline cannot be changed, for whoever says so: a strip, a form, a command that is greyed.

/// The reason why a timeline cannot be edited or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnly {
    /// Its file is still being read.
    Reading,
    /// Its file has errors.
    Damaged {
        /// How many.
        errors: usize,
        /// Records that could not be read.
        unread: usize,
        /// The line in which it ends in the middle.
        cut_in_line: Option<usize>,
    },
    /// Another window has its file open.
    Held,
    /// The window that had its file open has closed it.
    Released,
}

impl ReadOnly {
    /// The reason in a sentence without a full stop.
    pub fn words(self) -> String {
        match self {
            Self::Reading => "The file is still being read".to_owned(),
            Self::Damaged { cut_in_line: Some(line), .. } => format!(
                "The file ends in the middle, in line {line}: what stood behind that is not there. It is shown read-only"
            ),
            Self::Damaged { errors, unread, cut_in_line: None } => {
                let noun = if errors == 1 { "error" } else { "errors" };
                let unread = match unread {
                    0 => String::new(),
                    1 => "; one of its records could not be read".to_owned(),
                    count => format!("; {count} of its records could not be read"),
                };
                format!("The file has {errors} {noun} and is shown read-only{unread}")
            }
            Self::Held => "The file is open in another window, which alone can change it".to_owned(),
            Self::Released => "The other window has closed the file: take it over to change it here".to_owned(),
        }
    }

    /// Why a command that changes the timeline cannot run, with what helps.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Reading => "The file is still being read",
            Self::Damaged { cut_in_line: Some(_), .. } => {
                "Read-only: the end of the file is missing. Look for it in an earlier version, or mend it in a text editor"
            }
            Self::Damaged { .. } => "Read-only: the file has errors. Mend it in a text editor, then reload",
            Self::Held => "Read-only: the file is open in another window",
            Self::Released => "Read-only until you take the file over",
        }
    }

    /// Whether the timeline can be saved under another name all the same.
    pub const fn allows_save_as(self) -> bool {
        matches!(self, Self::Held | Self::Released)
    }
}
