//! What happens while `dev` runs, told on standard output: for people, or as one JSON object per line.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write};

use purlin_model::Diagnostics;
use serde_json::{Value as Json, json};

use super::change::Change;
use super::screen::{bad, bold, good, paint};
use crate::problem::Problem;
use crate::settings::Format;

/// Names of saved files that are shown.
const SAVED: usize = 3;

/// Something that happened.
pub enum Event {
    /// The server can be reached.
    Serving {
        /// Where GraphQL is.
        url: String,
        /// Where the console is, if it is served.
        console: Option<String>,
        /// The development secret, if it has one.
        admin_secret: Option<String>,
        /// The database, without secrets.
        database: String,
        /// Migrations applied at the start.
        applied: Vec<String>,
        /// Seed files loaded at the start, each with its number of rows.
        loaded: Vec<(String, u64)>,
        /// What is allowed and probably not meant.
        warnings: Diagnostics,
    },
    /// A migration takes its time.
    Applying {
        /// Its name.
        name: String,
    },
    /// What was saved is served.
    Changed {
        /// The files.
        saved: Vec<String>,
        /// What it changes.
        change: Change,
        /// Whether somebody has just seen that and agreed.
        agreed: bool,
        /// Migrations applied for it.
        applied: Vec<String>,
        /// From the first sign of the save.
        milliseconds: u128,
        /// What is allowed and probably not meant.
        warnings: Diagnostics,
    },
    /// Files were saved that say what they said.
    Unchanged {
        /// The files.
        saved: Vec<String>,
    },
    /// Saved operations were checked, and are those that may be asked where that matters.
    Operations {
        /// The files.
        saved: Vec<String>,
    },
    /// What was saved has mistakes or could not be applied; what was served goes on.
    Mistakes {
        /// All of them.
        problems: Vec<Problem>,
        /// Whether anything was served.
        serving: bool,
    },
    /// Mistakes are gone, and nothing else has changed.
    Fixed,
    /// What was saved would lose data, and nobody said that this is meant.
    Refused {
        /// The files.
        saved: Vec<String>,
        /// What it changes.
        change: Change,
        /// What would be lost, one sentence each.
        losses: Vec<String>,
        /// Whether somebody is asked.
        asks: bool,
        /// What does it.
        hint: Option<String>,
    },
    /// Somebody said no.
    Declined,
    /// Seeds were loaded.
    Loaded {
        /// The files that were new or had changed, each with its number of rows.
        loaded: Vec<(String, u64)>,
    },
    /// Settings were changed.
    Settings {
        /// Keys of those that hold now.
        taken: Vec<&'static str>,
        /// Keys of those that are otherwise than at the start and need another one.
        restart: Vec<&'static str>,
    },
    /// The database is not as the migrations left it.
    Drift {
        /// One sentence each.
        differences: Vec<String>,
    },
}

/// Tells events.
#[derive(Clone, Copy, Debug)]
pub struct Events {
    format: Format,
    terminal: bool,
    color: bool,
}

impl Events {
    /// In this format; with colours at a terminal, unless `NO_COLOR` is set.
    pub fn new(format: Format) -> Events {
        let terminal = std::io::stdout().is_terminal();
        let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Events { format, terminal, color }
    }

    /// Whether somebody looks at them at a terminal.
    pub fn is_watched(self) -> bool {
        self.terminal && self.format == Format::Human
    }

    /// Tells one.
    pub fn print(self, event: &Event) {
        let text = match self.format {
            Format::Human => event.human(self.color),
            Format::Json => format!("{}\n", event.json()),
        };
        let mut out = std::io::stdout();
        // A closed pipe must not stop a server.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}

impl Event {
    /// For people.
    pub fn human(&self, color: bool) -> String {
        match self {
            Event::Serving { url, console, admin_secret, database, applied, loaded, warnings } => {
                let mut text = warnings.render(color);
                let mut line = |title: &str, value: &str| {
                    let _ = writeln!(text, "  {}{value}", paint(&format!("{title:14}"), bold(), color));
                };
                line("GraphQL", url);
                match (console, admin_secret) {
                    // Behind `#` it is for the page alone: browsers do not send that part of an address.
                    (Some(console), Some(secret)) => line("console", &format!("{console}#admin-secret={secret}")),
                    (Some(console), None) => line("console", console),
                    (None, _) => {}
                }
                if let Some(secret) = admin_secret {
                    line("admin secret", &format!("{secret}   (x-hasura-admin-secret)"));
                }
                line("database", database);
                text.push_str(&lines("applied", applied));
                text.push_str(&seeds(loaded));
                text.push_str("\nwatching the model, its seeds, migrations and settings; Ctrl-C ends\n");
                text
            }
            Event::Applying { name } => format!("applying `{name}` …\n"),
            Event::Changed { saved, change, agreed, applied, milliseconds, warnings } => {
                let mut text = String::new();
                if !agreed {
                    text.push_str(&heading(saved, color));
                    text.push_str(&warnings.render(color));
                    text.extend(change.sections().iter().map(|section| section.text(color)));
                }
                text.push_str(&lines("applied", applied));
                let _ = writeln!(text, "{}", paint(&format!("served after {milliseconds} ms"), good(), color));
                text
            }
            Event::Unchanged { saved } => format!("{}nothing changes\n", heading(saved, color)),
            Event::Operations { saved } => format!("{}the saved operations are fine\n", heading(saved, color)),
            Event::Mistakes { problems, serving } => {
                let mut text = "\n".to_owned();
                text.extend(problems.iter().map(Problem::human));
                let then = if *serving { "what was served before goes on" } else { "waiting for the next save" };
                let _ = writeln!(text, "{}", paint(then, bad(), color));
                text
            }
            Event::Fixed => paint("\nthe mistakes are gone; nothing else changes\n", good(), color),
            Event::Refused { saved, change, losses, asks, hint } => {
                let mut text = heading(saved, color);
                text.extend(change.sections().iter().map(|section| section.text(color)));
                text.push_str(&paint("this may lose data or fail on existing rows:\n", bad(), color));
                text.extend(losses.iter().map(|loss| format!("  {loss}\n")));
                match (asks, hint) {
                    (true, _) => text.push_str("do it? [y/N] "),
                    (false, Some(hint)) => {
                        let _ = writeln!(text, "what was served before goes on\nhelp: {hint}");
                    }
                    (false, None) => text.push_str("what was served before goes on\n"),
                }
                text
            }
            Event::Declined => "not done; what was served before goes on\n".to_owned(),
            Event::Loaded { loaded } if loaded.is_empty() => "no seeds to load\n".to_owned(),
            Event::Loaded { loaded } => seeds(loaded),
            Event::Settings { taken, restart } => {
                let mut text = "\n".to_owned();
                text.push_str(&sentence(taken, "now in force"));
                text.push_str(&sentence(restart, "in force once `purlin dev` is started again"));
                text
            }
            Event::Drift { differences } => {
                let mut text = paint("\nthe database is not as its migrations left it:\n", bad(), color);
                text.extend(differences.iter().map(|difference| format!("  {difference}\n")));
                text.push_str(
                    "help: bring the change into the model, or undo it; migrations are not applied until then\n",
                );
                text
            }
        }
    }

    /// For programs.
    fn json(&self) -> Json {
        let rows = |loaded: &[(String, u64)]| -> Json {
            loaded.iter().map(|(file, added)| json!({ "file": file, "added": added })).collect()
        };
        match self {
            Event::Serving { url, console, admin_secret, database, applied, loaded, warnings } => {
                json!({ "event": "serving", "url": url, "console": console, "admin_secret": admin_secret, "database": database,
                    "applied": applied, "loaded": rows(loaded), "warnings": warnings.to_json() })
            }
            Event::Applying { name } => json!({ "event": "applying", "migration": name }),
            Event::Changed { saved, change, applied, milliseconds, warnings, .. } => with(
                json!({ "event": "changed", "saved": saved, "applied": applied,
                    "milliseconds": u64::try_from(*milliseconds).unwrap_or(u64::MAX),
                    "model_warnings": warnings.to_json() }),
                change.to_json(),
            ),
            Event::Unchanged { saved } => json!({ "event": "unchanged", "saved": saved }),
            Event::Operations { saved } => json!({ "event": "operations", "saved": saved }),
            Event::Mistakes { problems, .. } => {
                let errors: Vec<Json> = problems.iter().map(|problem| problem.json()["error"].clone()).collect();
                json!({ "event": "mistakes", "errors": errors })
            }
            Event::Fixed => json!({ "event": "fixed" }),
            Event::Refused { saved, change, losses, asks, hint } => with(
                json!({ "event": "refused", "saved": saved, "losses": losses, "asks": asks, "hint": hint }),
                change.to_json(),
            ),
            Event::Declined => json!({ "event": "declined" }),
            Event::Loaded { loaded } => json!({ "event": "loaded", "loaded": rows(loaded) }),
            Event::Settings { taken, restart } => json!({ "event": "settings", "taken": taken, "restart": restart }),
            Event::Drift { differences } => json!({ "event": "drift", "differences": differences }),
        }
    }
}

/// Both objects as one.
fn with(mut object: Json, more: Json) -> Json {
    if let (Json::Object(object), Json::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}

fn heading(saved: &[String], color: bool) -> String {
    let mut names: Vec<&str> = saved.iter().take(SAVED).map(String::as_str).collect();
    let more = format!("{} more", saved.len() - names.len());
    names.extend((saved.len() > SAVED).then_some(more.as_str()));
    format!("\n{}\n", paint(&names.join(", "), bold(), color))
}

fn sentence(keys: &[&str], what: &str) -> String {
    let names: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    match keys.len() {
        0 => String::new(),
        1 => format!("setting {}: {what}\n", names[0]),
        _ => format!("settings {}: {what}\n", names.join(", ")),
    }
}

fn lines(word: &str, items: &[String]) -> String {
    items.iter().map(|item| format!("{word} {item}\n")).collect()
}

fn seeds(loaded: &[(String, u64)]) -> String {
    loaded.iter().map(|(file, added)| format!("loaded {file}: {added} rows added\n")).collect()
}
