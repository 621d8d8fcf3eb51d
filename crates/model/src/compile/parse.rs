//! Text → [`Document`]: the first arrow. A definition with a syntax error is named as broken and left out, so that
//! one missing bracket is one mistake.

use apollo_parser::cst::{self, CstNode};
use apollo_parser::{Parser, SyntaxNode};

use super::syntax::{
    Argument, ArgumentDefinition, Arguments, Directive, Document, EnumDefinition, EnumValueDefinition, FieldDefinition,
    Literal, LiteralKind, Name, ScalarDefinition, TypeDefinition, TypeReference, TypeReferenceKind,
};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::source::{Source, Span};

/// Brackets and types may nest so deep.
const MAX_NESTING: usize = 64;

/// A file has at most so many bytes: places are 32-bit.
const MAX_SOURCE_BYTES: usize = 16 * 1024 * 1024;

/// Reads every file.
pub fn parse(sources: &[Source], diagnostics: &mut Vec<Diagnostic>) -> Document {
    let mut document = Document::default();
    for (index, source) in sources.iter().enumerate() {
        let reader = Reader { file: index as u32 };
        if source.text.len() > MAX_SOURCE_BYTES {
            diagnostics.push(mistakes::file_too_large(reader.place(0, 0), MAX_SOURCE_BYTES));
            document.incomplete = true;
        } else if source.text.lines().any(|line| !line.split('#').next().unwrap_or("").trim().is_empty()) {
            reader.file(&source.text, &mut document, diagnostics);
        }
    }
    document
}

/// Turns the parser's tree of one file into ours.
struct Reader {
    file: u32,
}

impl Reader {
    fn file(&self, text: &str, document: &mut Document, diagnostics: &mut Vec<Diagnostic>) {
        let tree = Parser::new(text).recursion_limit(MAX_NESTING).parse();
        let definitions: Vec<cst::Definition> = tree.document().definitions().collect();
        let mut errors: Vec<(usize, usize, &str)> = tree
            .errors()
            .map(|error| {
                let start = error.index().min(text.len());
                (start, (start + error.data().len()).min(text.len()), error.message())
            })
            .collect();
        errors.sort_by_key(|error| error.0);
        let broken = self.report(text, &definitions, &errors, document, diagnostics);
        for (definition, broken) in definitions.into_iter().zip(broken) {
            if broken {
                match definition.name() {
                    Some(name) => document.broken.push(self.name(&name)),
                    None => document.incomplete = true,
                }
            } else {
                self.definition(definition, document, diagnostics);
            }
        }
    }

    /// Reports the first syntax error of every definition; says which definitions have one.
    fn report(
        &self,
        text: &str,
        definitions: &[cst::Definition],
        errors: &[(usize, usize, &str)],
        document: &mut Document,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<bool> {
        let mut broken = vec![false; definitions.len()];
        let starts: Vec<usize> =
            definitions.iter().map(|definition| self.node(definition.syntax()).start as usize).collect();
        let mut stray = false;
        for (start, end, message) in errors {
            // What follows in the file may have been swallowed: unknown names are no mistakes of their own then.
            document.incomplete = true;
            // An error belongs to the last definition that starts before it: the parser gave up inside that one. The
            // braces behind a definition that was given up look like an operation, and are no definition.
            let before = starts.partition_point(|first| first <= start);
            let owner = definitions[..before].iter().rposition(|definition| !is_rest(definition, text));
            let known = match owner {
                Some(index) => std::mem::replace(&mut broken[index], true),
                None => std::mem::replace(&mut stray, true),
            };
            if known {
                continue;
            }
            // A string that is not closed reaches to the end of the file; its first line is enough.
            let line = text.get(*start..*end).and_then(|rest| rest.find('\n')).map_or(*end, |length| start + length);
            let open = owner.and_then(|index| definitions[index].name()).map(|name| self.name(&name));
            if message.contains("limit reached") {
                diagnostics.push(mistakes::nested_too_deep(self.place(*start, line), MAX_NESTING));
                continue;
            }
            diagnostics.push(match (keyword_before(text, *start), open) {
                (Some(keyword), Some(open)) => mistakes::missing_brace(self.place(*start, line), keyword, &open),
                _ => mistakes::syntax_error(self.place(*start, line), message, text.get(*start..line)),
            });
        }
        for (index, definition) in definitions.iter().enumerate() {
            broken[index] |= document.incomplete && is_rest(definition, text);
        }
        broken
    }

    fn definition(&self, definition: cst::Definition, document: &mut Document, diagnostics: &mut Vec<Diagnostic>) {
        let place = self.node(definition.syntax());
        match definition {
            cst::Definition::ObjectTypeDefinition(it) => document.types.extend(self.object_type(
                false,
                (it.name(), it.description(), it.directives(), it.fields_definition()),
                it.implements_interfaces(),
                diagnostics,
            )),
            cst::Definition::ObjectTypeExtension(it) => document.types.extend(self.object_type(
                true,
                (it.name(), None, it.directives(), it.fields_definition()),
                it.implements_interfaces(),
                diagnostics,
            )),
            cst::Definition::EnumTypeDefinition(it) => document.enums.extend(self.enumeration(
                false,
                it.name(),
                it.description(),
                it.directives(),
                it.enum_values_definition(),
            )),
            cst::Definition::EnumTypeExtension(it) => document.enums.extend(self.enumeration(
                true,
                it.name(),
                None,
                it.directives(),
                it.enum_values_definition(),
            )),
            cst::Definition::ScalarTypeDefinition(it) => {
                if let Some(name) = it.name() {
                    let directives = self.directives(it.directives());
                    document.scalars.push(ScalarDefinition { name: self.name(&name), directives });
                }
            }
            cst::Definition::SchemaExtension(it) if it.root_operation_type_definitions().next().is_none() => {
                document.schema.extend(self.directives(it.directives()));
            }
            other => {
                let place = other.name().map_or(place, |name| self.node(name.syntax()));
                if let Some(name) = other.name() {
                    document.broken.push(self.name(&name));
                }
                diagnostics.push(mistakes::unsupported_definition(place, definition_keyword(&other)));
            }
        }
    }

    #[allow(clippy::type_complexity)] // the four parts of a type or an extension
    fn object_type(
        &self,
        extends: bool,
        parts: (Option<cst::Name>, Option<cst::Description>, Option<cst::Directives>, Option<cst::FieldsDefinition>),
        interfaces: Option<cst::ImplementsInterfaces>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<TypeDefinition> {
        let (name, description, directives, fields) = parts;
        if let Some(interfaces) = interfaces {
            diagnostics.push(mistakes::unsupported_definition(self.node(interfaces.syntax()), "implements"));
        }
        Some(TypeDefinition {
            extends,
            name: self.name(&name?),
            description: describe(description),
            directives: self.directives(directives),
            fields: fields
                .into_iter()
                .flat_map(|fields| fields.field_definitions())
                .filter_map(|field| self.field(&field))
                .collect(),
        })
    }

    fn field(&self, field: &cst::FieldDefinition) -> Option<FieldDefinition> {
        Some(FieldDefinition {
            name: self.name(&field.name()?),
            description: describe(field.description()),
            field_type: self.type_reference(&field.ty()?)?,
            arguments: field.arguments_definition().map(|arguments| Arguments {
                span: self.node(arguments.syntax()),
                list: arguments.input_value_definitions().filter_map(|one| self.argument_definition(&one)).collect(),
            }),
            directives: self.directives(field.directives()),
        })
    }

    fn argument_definition(&self, argument: &cst::InputValueDefinition) -> Option<ArgumentDefinition> {
        let definition = FieldDefinition {
            name: self.name(&argument.name()?),
            description: describe(argument.description()),
            field_type: self.type_reference(&argument.ty()?)?,
            arguments: None,
            directives: self.directives(argument.directives()),
        };
        let default = argument.default_value().and_then(|default| default.value());
        Some(ArgumentDefinition { definition, default: default.map(|value| self.literal(&value)) })
    }

    fn type_reference(&self, reference: &cst::Type) -> Option<TypeReference> {
        let span = self.node(reference.syntax());
        let (required, kind) = match reference {
            cst::Type::NamedType(named) => (false, TypeReferenceKind::Named(self.name(&named.name()?))),
            cst::Type::ListType(list) => (false, TypeReferenceKind::List(Box::new(self.type_reference(&list.ty()?)?))),
            cst::Type::NonNullType(inner) => match (inner.named_type(), inner.list_type()) {
                (Some(named), _) => (true, TypeReferenceKind::Named(self.name(&named.name()?))),
                (None, list) => (true, TypeReferenceKind::List(Box::new(self.type_reference(&list?.ty()?)?))),
            },
        };
        Some(TypeReference { span, required, kind })
    }

    fn enumeration(
        &self,
        extends: bool,
        name: Option<cst::Name>,
        description: Option<cst::Description>,
        directives: Option<cst::Directives>,
        values: Option<cst::EnumValuesDefinition>,
    ) -> Option<EnumDefinition> {
        let value = |value: cst::EnumValueDefinition| {
            Some(EnumValueDefinition {
                name: self.name(&value.enum_value()?.name()?),
                description: describe(value.description()),
                directives: self.directives(value.directives()),
            })
        };
        Some(EnumDefinition {
            extends,
            name: self.name(&name?),
            description: describe(description),
            directives: self.directives(directives),
            values: values.into_iter().flat_map(|values| values.enum_value_definitions()).filter_map(value).collect(),
        })
    }

    fn directives(&self, directives: Option<cst::Directives>) -> Vec<Directive> {
        let one = |directive: cst::Directive| {
            let span = self.node(directive.syntax());
            let mut name = self.name(&directive.name()?);
            name.span = span.to(name.span);
            let arguments = directive.arguments().into_iter().flat_map(|arguments| arguments.arguments());
            let arguments = arguments.filter_map(|argument| self.argument(argument.name(), argument.value()));
            Some(Directive { name, arguments: exactly(arguments) })
        };
        directives.into_iter().flat_map(|directives| directives.directives()).filter_map(one).collect()
    }

    fn argument(&self, name: Option<cst::Name>, value: Option<cst::Value>) -> Option<Argument> {
        Some(Argument { name: self.name(&name?), value: self.literal(&value?) })
    }

    fn literal(&self, value: &cst::Value) -> Literal {
        let text = || value.syntax().first_token().map_or_else(Box::default, |token| Box::from(token.text()));
        let kind = match value {
            // The grammar refuses variables in a constant; a tree without syntax errors holds none.
            cst::Value::Variable(_) | cst::Value::NullValue(_) => LiteralKind::Null,
            cst::Value::StringValue(string) => LiteralKind::Text(String::from(string).into()),
            cst::Value::FloatValue(_) => LiteralKind::Decimal(text()),
            cst::Value::IntValue(_) => LiteralKind::Integer(text()),
            cst::Value::BooleanValue(boolean) => LiteralKind::Boolean(boolean.true_token().is_some()),
            cst::Value::EnumValue(_) => LiteralKind::Word(text()),
            cst::Value::ListValue(list) => {
                LiteralKind::List(exactly(list.values().map(|member| self.literal(&member))))
            }
            cst::Value::ObjectValue(object) => {
                let members = object.object_fields().filter_map(|field| self.argument(field.name(), field.value()));
                LiteralKind::Object(exactly(members))
            }
        };
        Literal { span: self.node(value.syntax()), kind }
    }

    fn name(&self, name: &cst::Name) -> Name {
        let text = name.text().to_string();
        let start = u32::from(name.syntax().text_range().start());
        Name { span: Span { file: self.file, start, end: start + text.len() as u32 }, text: text.into() }
    }

    /// A node's place without the white space, comments and commas the tree hangs on its end.
    fn node(&self, node: &SyntaxNode) -> Span {
        let range = node.text_range();
        // From the end: the parser leaves what it ignores at the end of the node before.
        let last = std::iter::successors(node.last_token(), |token| token.prev_token())
            .take_while(|token| token.text_range().start() >= range.start())
            .find(|token| !is_ignored_token(token));
        let end = last.map_or(range.end(), |token| token.text_range().end());
        Span { file: self.file, start: u32::from(range.start()), end: u32::from(end) }
    }

    const fn place(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: start as u32, end: end as u32 }
    }
}

/// A list without spare room: rules are many small objects, and most hold one member.
fn exactly<T>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut list: Vec<T> = items.collect();
    list.shrink_to_fit();
    list
}

/// Whether a definition is only the braces behind another one: an operation without a keyword.
fn is_rest(definition: &cst::Definition, text: &str) -> bool {
    let start = usize::from(definition.syntax().text_range().start());
    matches!(definition, cst::Definition::OperationDefinition(_))
        && text.get(start..).is_some_and(|it| it.starts_with('{'))
}

/// The keyword of a definition, if it alone stands before `offset` in its line.
fn keyword_before(text: &str, offset: usize) -> Option<&str> {
    let line = text.get(..offset)?.rsplit('\n').next()?.trim();
    ["type", "extend", "extend type", "enum", "scalar"].into_iter().find(|keyword| *keyword == line).and(Some(line))
}

fn is_ignored_token(token: &apollo_parser::SyntaxToken) -> bool {
    use apollo_parser::SyntaxKind::{COMMA, COMMENT, WHITESPACE};
    matches!(token.kind(), COMMA | COMMENT | WHITESPACE)
}

fn describe(description: Option<cst::Description>) -> Option<Box<str>> {
    let text = String::from(&description?.string_value()?);
    (!text.is_empty()).then(|| text.into())
}

const fn definition_keyword(definition: &cst::Definition) -> &'static str {
    match definition {
        cst::Definition::OperationDefinition(_) => "an operation",
        cst::Definition::FragmentDefinition(_) => "fragment",
        cst::Definition::DirectiveDefinition(_) => "directive",
        cst::Definition::SchemaDefinition(_) => "schema",
        cst::Definition::InterfaceTypeDefinition(_) | cst::Definition::InterfaceTypeExtension(_) => "interface",
        cst::Definition::UnionTypeDefinition(_) | cst::Definition::UnionTypeExtension(_) => "union",
        cst::Definition::InputObjectTypeDefinition(_) | cst::Definition::InputObjectTypeExtension(_) => "input",
        cst::Definition::SchemaExtension(_) => "extend schema",
        cst::Definition::ScalarTypeExtension(_) => "extend scalar",
        _ => "this definition",
    }
}
