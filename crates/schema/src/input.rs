//! Input values wherever they stand, in the document or in the variables, behind one face.
//!
//! Refuses to know: the catalog, what a value is for.

use async_graphql_value::Value;
use purlin_plan::query::{PathStep, VariableBase, VariablePath};
use serde_json::Value as Json;

/// An input value and where it stands.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// In the document; its parts may still be variables.
    Document(&'a Value),
    /// In the variables, at this place.
    Variable(&'a Json, VariablePath),
}

/// An input value by its kind.
#[derive(Debug)]
pub enum Node<'a> {
    /// `null`, or a variable without a value.
    Null,
    /// A boolean.
    Boolean,
    /// A number.
    Number,
    /// A string.
    String(&'a str),
    /// An enum value of the document.
    Enum(&'a str),
    /// A list.
    List(Vec<Input<'a>>),
    /// An object; its members in the order given.
    Object(Vec<(&'a str, Input<'a>)>),
}

/// What stands for a variable without a value.
pub static NULL: Value = Value::Null;

impl<'a> Input<'a> {
    /// The value by its kind. A variable of the document has been resolved before.
    pub fn node(&self) -> Node<'a> {
        match self {
            Input::Document(value) => match *value {
                Value::Null | Value::Variable(_) | Value::Binary(_) => Node::Null,
                Value::Number(_) => Node::Number,
                Value::String(text) => Node::String(text),
                Value::Boolean(_) => Node::Boolean,
                Value::Enum(name) => Node::Enum(name),
                Value::List(items) => Node::List(items.iter().map(Input::Document).collect()),
                Value::Object(members) => {
                    Node::Object(members.iter().map(|(name, value)| (name.as_str(), Input::Document(value))).collect())
                }
            },
            Input::Variable(value, place) => match *value {
                Json::Null => Node::Null,
                Json::Bool(_) => Node::Boolean,
                Json::Number(_) => Node::Number,
                Json::String(text) => Node::String(text),
                Json::Array(items) => {
                    let item = |(index, item)| Input::Variable(item, below(place, PathStep::Index(index)));
                    Node::List(items.iter().enumerate().map(item).collect())
                }
                Json::Object(members) => {
                    let member = |(name, value): (&'a String, &'a Json)| {
                        (name.as_str(), Input::Variable(value, below(place, PathStep::Key(name.as_str().into()))))
                    };
                    Node::Object(members.iter().map(member).collect())
                }
            },
        }
    }

    /// Whether it is `null` (variables resolved).
    pub fn is_null(&self) -> bool {
        matches!(self, Input::Document(Value::Null) | Input::Variable(Json::Null, _))
    }

    /// Its kind in words, with its article.
    pub fn kind(&self) -> &'static str {
        match self {
            Input::Document(value) => match value {
                Value::Null | Value::Variable(_) | Value::Binary(_) => "null",
                Value::Number(number) if number.is_f64() => "a float",
                Value::Number(_) => "an integer",
                Value::String(_) => "a string",
                Value::Boolean(_) => "a boolean",
                Value::Enum(_) => "an enum value",
                Value::List(_) => "a list",
                Value::Object(_) => "an object",
            },
            Input::Variable(value, _) => purlin_model::value::kind_of(value),
        }
    }
}

/// The place one step further down.
pub fn below(place: &VariablePath, step: PathStep) -> VariablePath {
    let mut steps = Vec::with_capacity(place.steps.len() + 1);
    steps.extend_from_slice(&place.steps);
    steps.push(step);
    VariablePath { base: place.base.clone(), steps }
}

/// The whole variable of this name.
pub fn variable(name: &str) -> VariablePath {
    VariablePath { base: VariableBase::Variable(name.into()), steps: Vec::new() }
}
