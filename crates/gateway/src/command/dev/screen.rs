//! Lines for people at a terminal: with colours there, without elsewhere.
//!
//! Refuses to know: what they are about.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Plain,
    Added,
    Removed,
    Changed,
}

/// A line of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    text: String,
    look: Look,
}

/// A titled part of a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    title: &'static str,
    lines: Vec<Line>,
}

impl Line {
    /// As it is.
    pub fn plain(text: &str) -> Line {
        Line { text: text.to_owned(), look: Look::Plain }
    }

    /// Something to look at.
    pub fn warning(text: &str) -> Line {
        Line { text: text.to_owned(), look: Look::Changed }
    }

    /// A line of a difference, by its sign.
    pub fn signed(text: String) -> Line {
        let look = match text.as_bytes().first() {
            Some(b'+') => Look::Added,
            Some(b'-') => Look::Removed,
            _ => Look::Changed,
        };
        Line { text, look }
    }
}

impl Section {
    /// A section of at most so many lines; none if there is nothing in it. `rest` says where those left out are.
    pub fn new(title: &'static str, mut lines: Vec<Line>, most: usize, rest: &str) -> Option<Section> {
        let left_out = lines.len().saturating_sub(most);
        if left_out > 0 {
            lines.truncate(most);
            lines.push(Line::plain(&format!("… {left_out} more lines; {rest}")));
        }
        (!lines.is_empty()).then_some(Section { title, lines })
    }

    /// Its lines, the title before the first.
    pub fn text(&self, color: bool) -> String {
        let mut text = String::new();
        for (index, line) in self.lines.iter().enumerate() {
            let title = if index == 0 { self.title } else { "" };
            let title = format!("{title:8}");
            let _ = writeln!(text, "  {}{}", paint(&title, bold(), color), paint(&line.text, style(line.look), color));
        }
        text
    }
}

/// The text in a style, where colours are shown.
pub fn paint(text: &str, style: Style, color: bool) -> String {
    if color && style != Style::new() { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// For titles and names.
pub fn bold() -> Style {
    Style::new().bold()
}

/// For what is good.
pub fn good() -> Style {
    AnsiColor::Green.on_default()
}

/// For what needs somebody.
pub fn bad() -> Style {
    AnsiColor::Red.on_default()
}

fn style(look: Look) -> Style {
    match look {
        Look::Plain => Style::new(),
        Look::Added => good(),
        Look::Removed => bad(),
        Look::Changed => AnsiColor::Yellow.on_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_as_long_as_a_screen_allows() {
        let lines = ["+ a", "- b", "~ c"].map(|text| Line::signed(text.to_owned())).to_vec();
        let section = Section::new("API", lines.clone(), 2, "there").unwrap();
        assert_eq!(section.text(false), "  API     + a\n          - b\n          … 1 more lines; there\n");
        assert!(section.text(true).contains("\u{1b}[32m+ a\u{1b}[0m"));
        assert_eq!(Section::new("API", Vec::new(), 2, ""), None);
    }
}
