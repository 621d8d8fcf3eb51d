//! What the oracle answers, and whether an answer of Purlin is that.

use serde_json::Value as Json;

use super::value::Value;

/// An answer, or a part of one.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The very same JSON, with all its digits.
    Exactly(Json),
    /// This double.
    Double(f64),
    /// A double near this one: it depends on the order in which doubles are added up.
    Near(f64),
    /// Members in this order.
    Object(Vec<(String, Answer)>),
    List(Vec<Answer>),
    /// These members in any order.
    Some(Vec<Answer>),
}

impl Answer {
    pub const NULL: Answer = Answer::Exactly(Json::Null);

    pub fn value(value: &Value) -> Answer {
        match value {
            Value::Double(double) => Answer::Double(*double),
            other => Answer::Exactly(other.json()),
        }
    }

    /// Whether this is the answer given.
    pub fn is(&self, given: &Json) -> bool {
        match (self, given) {
            (Answer::Exactly(json), _) => json == given,
            (Answer::Double(double), Json::Number(number)) => number.as_f64() == Some(*double),
            (Answer::Near(double), Json::Number(number)) => number
                .as_f64()
                .is_some_and(|given| (given - double).abs() <= 1e-9 * double.abs().max(given.abs()) + 1e-9),
            (Answer::Object(members), Json::Object(given)) => {
                members.len() == given.len()
                    && members.iter().zip(given).all(|((key, member), (name, given))| key == name && member.is(given))
            }
            (Answer::List(members), Json::Array(given)) => {
                members.len() == given.len() && members.iter().zip(given).all(|(member, given)| member.is(given))
            }
            (Answer::Some(members), Json::Array(given)) => {
                let mut left: Vec<&Json> = given.iter().collect();
                let mut takes = |member: &Answer| {
                    let place = left.iter().position(|given| member.is(given));
                    place.map(|place| left.swap_remove(place)).is_some()
                };
                members.len() == given.len() && members.iter().all(&mut takes)
            }
            _ => false,
        }
    }

    /// For people to read.
    pub fn json(&self) -> Json {
        match self {
            Answer::Exactly(json) => json.clone(),
            Answer::Double(double) | Answer::Near(double) => Json::from(*double),
            Answer::Object(members) => members.iter().map(|(key, member)| (key.clone(), member.json())).collect(),
            Answer::List(members) | Answer::Some(members) => members.iter().map(Answer::json).collect(),
        }
    }

    /// Whether there is a row, or a count of some, in it.
    pub fn is_something(&self) -> bool {
        match self {
            Answer::Exactly(json) => !json.is_null() && json.as_i64() != Some(0),
            Answer::Double(_) | Answer::Near(_) => true,
            Answer::Object(members) => members.iter().any(|(_, member)| member.is_something()),
            Answer::List(members) | Answer::Some(members) => !members.is_empty(),
        }
    }
}
