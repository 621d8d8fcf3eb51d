//! A role's GraphQL schema as plain, compact data: every list is sorted by name, every text is held once.
//!
//! Refuses to know: the Catalog, roles, documents. [`super::build()`] fills it, [`super::print()`] and
//! `introspection` read it.

use std::ops::Range;

/// Index of a text in its registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Text(pub(super) u32);

/// Index of a type in its registry; types are numbered in the order of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeId(pub(super) u32);

/// A run of fields, inputs or values in its registry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Members {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Members {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a type is. The API has no interfaces and no unions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A leaf whose values are described in the documentation of the model language.
    Scalar,
    /// An object of the answer.
    Object,
    /// A leaf with a fixed set of values.
    Enum,
    /// An object of arguments.
    Input,
}

impl Kind {
    /// Its name in `__TypeKind`.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Scalar => "SCALAR",
            Kind::Object => "OBJECT",
            Kind::Enum => "ENUM",
            Kind::Input => "INPUT_OBJECT",
        }
    }
}

/// One layer around a named type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// `…!`
    NonNull,
    /// `[…]`
    List,
}

impl Layer {
    /// Its name in `__TypeKind`.
    pub const fn name(self) -> &'static str {
        match self {
            Layer::NonNull => "NON_NULL",
            Layer::List => "LIST",
        }
    }
}

/// How a reference wraps the type it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrapping {
    /// `T`
    Nullable,
    /// `T!`
    Required,
    /// `[T!]`
    List,
    /// `[T!]!`
    RequiredList,
    /// `[T]`
    ListOfNullable,
}

impl Wrapping {
    /// The layers, outermost first.
    pub const fn layers(self) -> &'static [Layer] {
        match self {
            Wrapping::Nullable => &[],
            Wrapping::Required => &[Layer::NonNull],
            Wrapping::List => &[Layer::List, Layer::NonNull],
            Wrapping::RequiredList => &[Layer::NonNull, Layer::List, Layer::NonNull],
            Wrapping::ListOfNullable => &[Layer::List],
        }
    }

    /// `T!` or `T`.
    pub const fn required_if(required: bool) -> Wrapping {
        if required { Wrapping::Required } else { Wrapping::Nullable }
    }
}

/// A reference to a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeRef {
    /// The named type.
    pub base: TypeId,
    /// What is around it.
    pub wrapping: Wrapping,
}

/// A named type.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub description: Option<Text>,
    /// Fields of an object, inputs of an input object, values of an enum.
    pub(super) members: Members,
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub description: Option<Text>,
    pub(super) arguments: Members,
    /// What it answers.
    pub value: TypeRef,
}

/// An argument, or a field of an input object.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub description: Option<Text>,
    /// What it takes.
    pub value: TypeRef,
    /// What it is when absent, as a literal.
    pub default: Option<Text>,
}

/// A value of an enum.
#[derive(Clone, Copy, Debug)]
pub struct EnumValue {
    /// Its name.
    pub name: Text,
    /// What it means.
    pub description: Option<Text>,
}

/// A directive that documents may use.
#[derive(Clone, Copy, Debug)]
pub struct Directive {
    /// Its name, without `@`.
    pub name: Text,
    /// What it is for.
    pub description: Option<Text>,
    /// Where it may stand, as in `__DirectiveLocation`.
    pub locations: &'static [&'static str],
    pub(super) arguments: Members,
}

/// Everything that exists for one role.
#[derive(Clone, Debug)]
pub struct Registry {
    pub(super) texts: Texts,
    pub(super) types: Vec<Type>,
    pub(super) fields: Vec<Field>,
    pub(super) inputs: Vec<Input>,
    pub(super) values: Vec<EnumValue>,
    pub(super) directives: Vec<Directive>,
    pub(super) query: TypeId,
    pub(super) mutation: Option<TypeId>,
}

/// Texts laid end to end.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    pub(super) buffer: String,
    pub(super) ends: Vec<u32>,
}

impl Texts {
    pub(super) fn get(&self, text: Text) -> &str {
        let index = text.0 as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.buffer[start..self.ends[index] as usize]
    }
}

impl Registry {
    /// The text itself.
    pub fn text(&self, text: Text) -> &str {
        self.texts.get(text)
    }

    /// All types, sorted by name.
    pub fn types(&self) -> &[Type] {
        &self.types
    }

    /// The type with this id.
    pub fn type_of(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    /// Ids of all types, in the order of their names.
    pub fn type_ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.types.len() as u32).map(TypeId)
    }

    /// The type called `name`.
    pub fn type_id_by_name(&self, name: &str) -> Option<TypeId> {
        let index = self.types.binary_search_by(|found| self.text(found.name).cmp(name)).ok()?;
        Some(TypeId(index as u32))
    }

    /// The type called `name`.
    pub fn type_by_name(&self, name: &str) -> Option<&Type> {
        self.type_id_by_name(name).map(|id| self.type_of(id))
    }

    /// `query_root`.
    pub fn query_id(&self) -> TypeId {
        self.query
    }

    /// `mutation_root`, if there are mutations.
    pub fn mutation_id(&self) -> Option<TypeId> {
        self.mutation
    }

    /// Fields of an object, sorted by name; empty for other kinds.
    pub fn fields(&self, of: &Type) -> &[Field] {
        if of.kind == Kind::Object { &self.fields[of.members.range()] } else { &[] }
    }

    /// Fields of an input object, sorted by name; empty for other kinds.
    pub fn inputs(&self, of: &Type) -> &[Input] {
        if of.kind == Kind::Input { &self.inputs[of.members.range()] } else { &[] }
    }

    /// Values of an enum, sorted by name; empty for other kinds.
    pub fn values(&self, of: &Type) -> &[EnumValue] {
        if of.kind == Kind::Enum { &self.values[of.members.range()] } else { &[] }
    }

    /// Arguments of a field, sorted by name.
    pub fn arguments(&self, of: &Field) -> &[Input] {
        &self.inputs[of.arguments.range()]
    }

    /// Directives, sorted by name.
    pub fn directives(&self) -> &[Directive] {
        &self.directives
    }

    /// Arguments of a directive, sorted by name.
    pub fn directive_arguments(&self, of: &Directive) -> &[Input] {
        &self.inputs[of.arguments.range()]
    }

    /// A reference as SDL writes it: `[todos!]!`.
    pub fn reference(&self, reference: TypeRef) -> String {
        let name = self.text(self.type_of(reference.base).name);
        match reference.wrapping {
            Wrapping::Nullable => name.to_owned(),
            Wrapping::Required => format!("{name}!"),
            Wrapping::List => format!("[{name}!]"),
            Wrapping::RequiredList => format!("[{name}!]!"),
            Wrapping::ListOfNullable => format!("[{name}]"),
        }
    }

    /// Memory it holds, in bytes.
    pub fn size(&self) -> usize {
        size_of::<Registry>()
            + self.texts.buffer.capacity()
            + self.texts.ends.capacity() * size_of::<u32>()
            + self.types.capacity() * size_of::<Type>()
            + self.fields.capacity() * size_of::<Field>()
            + self.inputs.capacity() * size_of::<Input>()
            + self.values.capacity() * size_of::<EnumValue>()
            + self.directives.capacity() * size_of::<Directive>()
    }
}
