//! What a command could not do, for the person at the terminal: code, message, place, reasons, hint, exit status.

use std::fmt::Write;

use serde_json::{Value as Json, json};

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The user can mend it.
    Mistake = 1,
    /// The command line itself is wrong.
    Usage = 2,
    /// Ours.
    Bug = 70,
}

/// Why a command ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its stable code; `purlin explain CODE` says more.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// File, line and column, or whatever else names the place.
    pub place: Option<Box<str>>,
    /// What was expected or found, one sentence each.
    pub reasons: Vec<String>,
    /// One next step.
    pub hint: Option<String>,
    /// The exit status.
    pub exit: Exit,
    /// What says it all already, in place of the rest.
    pub listing: Option<Box<Listing>>,
}

/// Many mistakes, written by whoever found them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// For people.
    pub text: String,
    /// For programs.
    pub json: Json,
}

impl Problem {
    /// A mistake of the user.
    pub fn new(code: &'static str, message: impl Into<String>) -> Problem {
        Problem {
            code,
            message: message.into(),
            place: None,
            reasons: Vec::new(),
            hint: None,
            exit: Exit::Mistake,
            listing: None,
        }
    }

    /// At this place.
    pub fn at(mut self, place: impl Into<Box<str>>) -> Problem {
        self.place = Some(place.into());
        self
    }

    /// Because of this.
    pub fn because(mut self, reason: impl Into<String>) -> Problem {
        self.reasons.push(reason.into());
        self
    }

    /// With one next step.
    pub fn hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = Some(hint.into());
        self
    }

    /// A file or folder that could not be read or written.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Problem {
        Problem::new("file", format!("cannot use `{}`", path.display())).because(error.to_string())
    }

    /// As text for people.
    pub fn human(&self) -> String {
        if let Some(listing) = &self.listing {
            return listing.text.clone();
        }
        let mut text = format!("error[{}]: {}\n", self.code, self.message);
        if let Some(place) = &self.place {
            let _ = writeln!(text, " --> {place}");
        }
        for reason in &self.reasons {
            let _ = writeln!(text, "  = {reason}");
        }
        if let Some(hint) = &self.hint {
            let _ = writeln!(text, "help: {hint}");
        }
        text
    }

    /// As one JSON object for programs.
    pub fn json(&self) -> Json {
        let mut error = json!({ "code": self.code, "message": self.message, "place": self.place.as_deref(),
            "reasons": self.reasons, "hint": self.hint });
        if let Some(listing) = &self.listing {
            error["details"] = listing.json.clone();
        }
        json!({ "error": error })
    }
}
