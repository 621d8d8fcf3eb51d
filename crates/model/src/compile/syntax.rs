//! The model folder as written: definitions, directives and literals, each with its place.
//!
//! Refuses to know what any name means.

use crate::source::Span;

/// Every definition of the folder, in the order of the files.
#[derive(Debug, Default)]
pub struct Document {
    /// `type` and `extend type`.
    pub types: Vec<TypeDefinition>,
    /// `enum` and `extend enum`.
    pub enums: Vec<EnumDefinition>,
    /// `scalar`.
    pub scalars: Vec<ScalarDefinition>,
    /// Directives of every `extend schema`.
    pub schema: Vec<Directive>,
    /// Names of definitions with a syntax error inside: known, and not to be looked at.
    pub broken: Vec<Name>,
    /// Whether a syntax error hides a definition whose name is unknown.
    pub incomplete: bool,
}

/// A name and where it stands.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: Box<str>,
    /// Its place.
    pub span: Span,
}

/// `type` or `extend type`.
#[derive(Debug)]
pub struct TypeDefinition {
    /// Whether it is `extend type`.
    pub extends: bool,
    /// Its name.
    pub name: Name,
    /// Its description.
    pub description: Option<Box<str>>,
    /// Its directives.
    pub directives: Vec<Directive>,
    /// Its fields.
    pub fields: Vec<FieldDefinition>,
}

/// A field of a type.
#[derive(Debug)]
pub struct FieldDefinition {
    /// Its name.
    pub name: Name,
    /// Its description.
    pub description: Option<Box<str>>,
    /// Its type.
    pub field_type: TypeReference,
    /// Its arguments, if it has any.
    pub arguments: Option<Arguments>,
    /// Its directives.
    pub directives: Vec<Directive>,
}

/// `(a: T, b: U = 1)` behind a field's name.
#[derive(Debug)]
pub struct Arguments {
    /// The whole list.
    pub span: Span,
    /// Each of them.
    pub list: Vec<ArgumentDefinition>,
}

/// An argument of a field.
#[derive(Debug)]
pub struct ArgumentDefinition {
    /// Its name, type and directives: an argument is written like a field.
    pub definition: FieldDefinition,
    /// What it is when nobody gives it.
    pub default: Option<Literal>,
}

/// `T`, `T!`, `[T]`, `[T!]!` …
#[derive(Debug)]
pub struct TypeReference {
    /// The whole reference.
    pub span: Span,
    /// Whether it ends in `!`.
    pub required: bool,
    /// What it refers to.
    pub kind: TypeReferenceKind,
}

/// What a type reference refers to.
#[derive(Debug)]
pub enum TypeReferenceKind {
    /// A named type.
    Named(Name),
    /// A list.
    List(Box<TypeReference>),
}

impl TypeReference {
    /// The name inside all brackets.
    pub fn name(&self) -> &Name {
        match &self.kind {
            TypeReferenceKind::Named(name) => name,
            TypeReferenceKind::List(inner) => inner.name(),
        }
    }
}

/// `enum` or `extend enum`.
#[derive(Debug)]
pub struct EnumDefinition {
    /// Whether it is `extend enum`.
    pub extends: bool,
    /// Its name.
    pub name: Name,
    /// Its description.
    pub description: Option<Box<str>>,
    /// Its directives.
    pub directives: Vec<Directive>,
    /// Its values.
    pub values: Vec<EnumValueDefinition>,
}

/// A value of an enum.
#[derive(Debug)]
pub struct EnumValueDefinition {
    /// Its name.
    pub name: Name,
    /// Its description.
    pub description: Option<Box<str>>,
    /// Its directives.
    pub directives: Vec<Directive>,
}

/// `scalar`.
#[derive(Debug)]
pub struct ScalarDefinition {
    /// Its name.
    pub name: Name,
    /// Its directives.
    pub directives: Vec<Directive>,
}

/// `@name(arguments)`.
#[derive(Debug)]
pub struct Directive {
    /// Its name, without `@`; the span includes the `@`.
    pub name: Name,
    /// Its arguments.
    pub arguments: Vec<Argument>,
}

/// `name: value`, of a directive or inside an object.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Literal,
}

/// A literal.
#[derive(Debug)]
pub struct Literal {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: LiteralKind,
}

/// What a literal is.
#[derive(Debug)]
pub enum LiteralKind {
    /// `1`, all its digits.
    Integer(Box<str>),
    /// `1.5`, all its digits.
    Decimal(Box<str>),
    /// `"text"`
    Text(Box<str>),
    /// `true`
    Boolean(bool),
    /// `null`
    Null,
    /// `word`
    Word(Box<str>),
    /// `[1, 2]`
    List(Vec<Literal>),
    /// `{a: 1}`
    Object(Vec<Argument>),
}

impl Literal {
    /// What it is, for a sentence.
    pub const fn kind_name(&self) -> &'static str {
        match self.kind {
            LiteralKind::Integer(_) => "an integer",
            LiteralKind::Decimal(_) => "a decimal",
            LiteralKind::Text(_) => "a string",
            LiteralKind::Boolean(_) => "a boolean",
            LiteralKind::Null => "null",
            LiteralKind::Word(_) => "a word",
            LiteralKind::List(_) => "a list",
            LiteralKind::Object(_) => "an object",
        }
    }

    /// The text of a word or a string: where names are expected, both mean the same.
    pub fn as_name(&self) -> Option<&str> {
        match &self.kind {
            LiteralKind::Word(text) | LiteralKind::Text(text) => Some(text),
            _ => None,
        }
    }
}
