//! A mistake in a model folder as a value, and how it is shown to people and to programs.
//!
//! Refuses to know which mistakes there are (`mistakes.rs`) and what their codes mean (`code.rs`).

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use crate::source::{Source, Span, line_and_column};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// There is no catalog until it is mended.
    Error,
    /// Allowed, and probably not meant.
    Warning,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code, explained in [`crate::code`].
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What was expected there, or what exists.
    pub label: String,
    /// Other places that explain it.
    pub related: Vec<(Span, String)>,
    /// One next step.
    pub hint: Option<String>,
}

/// Every mistake of a folder, in the order of files and lines.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    sources: Vec<Source>,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// The mistakes of these sources.
    pub fn new(sources: &[Source], mut list: Vec<Diagnostic>) -> Diagnostics {
        list.sort_by(|left, right| {
            (left.span, left.code, &left.message).cmp(&(right.span, right.code, &right.message))
        });
        list.dedup();
        let sources = if list.is_empty() { Vec::new() } else { sources.to_vec() };
        Diagnostics { sources, list }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// As a compiler prints them: code, message, place, source line, hint; with colours if asked.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for diagnostic in &self.list {
            text.push_str(&renderer.render(&[self.group(diagnostic)]));
            text.push_str("\n\n");
        }
        text
    }

    /// As a JSON list of `{code, severity, message, path, line, column, end_line, end_column, label, related, hint}`.
    pub fn to_json(&self) -> serde_json::Value {
        self.list.iter().map(|diagnostic| self.object(diagnostic)).collect()
    }

    fn group<'a>(&'a self, diagnostic: &'a Diagnostic) -> Group<'a> {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
        let Some(source) = self.sources.get(diagnostic.span.file as usize) else {
            return Group::with_title(title);
        };
        let place = AnnotationKind::Primary.span(range(diagnostic.span)).label(diagnostic.label.as_str());
        let here = diagnostic.related.iter().filter(|(span, _)| span.file == diagnostic.span.file);
        let snippet = snippet_of(source)
            .annotation(place)
            .annotations(here.map(|(span, label)| AnnotationKind::Context.span(range(*span)).label(label.as_str())));
        let mut group = title.element(snippet);
        for (span, label) in diagnostic.related.iter().filter(|(span, _)| span.file != diagnostic.span.file) {
            if let Some(source) = self.sources.get(span.file as usize) {
                let annotation = AnnotationKind::Context.span(range(*span)).label(label.as_str());
                group = group.element(snippet_of(source).annotation(annotation));
            }
        }
        match &diagnostic.hint {
            Some(hint) => group.element(Level::HELP.message(hint.as_str())),
            None => group,
        }
    }

    fn object(&self, diagnostic: &Diagnostic) -> serde_json::Value {
        let (path, line, column) = self.place(diagnostic.span);
        let end = Span { start: diagnostic.span.end, ..diagnostic.span };
        let (_, end_line, end_column) = self.place(end);
        let related = diagnostic.related.iter().map(|(span, label)| {
            let (path, line, column) = self.place(*span);
            json!({"path": path, "line": line, "column": column, "label": label})
        });
        json!({
            "code": diagnostic.code,
            "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "message": diagnostic.message,
            "path": path,
            "line": line, "column": column, "end_line": end_line, "end_column": end_column,
            "label": diagnostic.label,
            "related": related.collect::<Vec<_>>(),
            "hint": diagnostic.hint,
        })
    }

    /// Path, line and column of a place's start.
    fn place(&self, span: Span) -> (Option<&str>, usize, usize) {
        let source = self.sources.get(span.file as usize);
        let (line, column) = source.map_or((1, 1), |source| line_and_column(&source.text, span.start as usize));
        (source.map(|source| source.path.as_str()), line, column)
    }
}

fn snippet_of(source: &Source) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(source.text.as_str()).path(source.path.as_str())
}

const fn range(span: Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}
