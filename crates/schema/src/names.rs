//! Names of the generated types of the dialect, both ways: what a position expects, and what a declared name means.
//!
//! Refuses to know: roles, documents, values.

use purlin_model::catalog::{Catalog, EnumId, NativeId, TableId};
use purlin_model::scalar::{ColumnType, Scalar};
use purlin_plan::query::AggregateFunction;

use crate::view::UpdateOperator;

/// A named type that may stand in an input position.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum InputType {
    /// A built-in scalar.
    Scalar(Scalar),
    /// An enum of the model.
    Enum(EnumId),
    /// A PostgreSQL type by its own name.
    Native(Box<str>),
    /// `order_by`
    Order,
    /// `X_comparison_exp` of a type by its name; `X_array_comparison_exp` of a list.
    Comparison {
        /// The name of the compared type.
        name: Box<str>,
        /// Whether lists of it are compared.
        list: bool,
    },
    /// `jsonb_cast_exp`: a document compared as its text.
    JsonbCast,
    /// `T_bool_exp`
    BoolExp(TableId),
    /// `T_order_by`
    OrderBy(TableId),
    /// `T_aggregate_order_by`
    AggregateOrderBy(TableId),
    /// `T_<function>_order_by`
    FunctionOrderBy(TableId, AggregateFunction),
    /// `T_select_column`
    SelectColumn(TableId),
    /// `T_update_column`
    UpdateColumn(TableId),
    /// `T_constraint`
    Constraint(TableId),
    /// `T_on_conflict`
    OnConflict(TableId),
    /// `T_insert_input`
    Insert(TableId),
    /// `T_obj_rel_insert_input`
    ObjectInsert(TableId),
    /// `T_arr_rel_insert_input`
    ArrayInsert(TableId),
    /// `T_set_input`, `T_inc_input`, …
    Operator(TableId, UpdateOperator),
    /// `T_pk_columns_input`
    PkColumns(TableId),
    /// `T_updates`
    Updates(TableId),
    /// `<field>_args` of a root field that is SQL of the model.
    Args(NativeId),
}

/// A way to make an input type of a table.
type OfTable = fn(TableId) -> InputType;

/// Suffixes of the types that each table has once.
const SUFFIXES: [(&str, OfTable); 18] = [
    ("_bool_exp", InputType::BoolExp),
    ("_order_by", InputType::OrderBy),
    ("_aggregate_order_by", InputType::AggregateOrderBy),
    ("_select_column", InputType::SelectColumn),
    ("_update_column", InputType::UpdateColumn),
    ("_constraint", InputType::Constraint),
    ("_on_conflict", InputType::OnConflict),
    ("_insert_input", InputType::Insert),
    ("_obj_rel_insert_input", InputType::ObjectInsert),
    ("_arr_rel_insert_input", InputType::ArrayInsert),
    ("_pk_columns_input", InputType::PkColumns),
    ("_set_input", |table| InputType::Operator(table, UpdateOperator::Set)),
    ("_inc_input", |table| InputType::Operator(table, UpdateOperator::Inc)),
    ("_append_input", |table| InputType::Operator(table, UpdateOperator::Append)),
    ("_prepend_input", |table| InputType::Operator(table, UpdateOperator::Prepend)),
    ("_delete_key_input", |table| InputType::Operator(table, UpdateOperator::DeleteKey)),
    ("_delete_elem_input", |table| InputType::Operator(table, UpdateOperator::DeleteElem)),
    ("_delete_at_path_input", |table| InputType::Operator(table, UpdateOperator::DeleteAtPath)),
];

impl InputType {
    /// The input type of a column's value, without its list brackets.
    pub fn of_column(column_type: &ColumnType) -> InputType {
        match column_type {
            ColumnType::Scalar(scalar) | ColumnType::List(scalar) => InputType::Scalar(*scalar),
            ColumnType::Enum(id) => InputType::Enum(*id),
            ColumnType::Native(name) => InputType::Native(name.clone()),
        }
    }

    /// The comparison input of a column.
    pub fn comparison(catalog: &Catalog, column_type: &ColumnType) -> InputType {
        InputType::Comparison { name: catalog.type_name(column_type).into(), list: column_type.is_list() }
    }

    /// Its name.
    pub fn name(&self, catalog: &Catalog) -> String {
        let table = |id: &TableId| &*catalog.table(*id).name;
        match self {
            InputType::Scalar(scalar) => scalar.name().to_owned(),
            InputType::Enum(id) => catalog.enumeration(*id).name.to_string(),
            InputType::Native(name) => name.to_string(),
            InputType::Order => "order_by".to_owned(),
            InputType::Comparison { name, list: false } => format!("{name}_comparison_exp"),
            InputType::Comparison { name, list: true } => format!("{name}_array_comparison_exp"),
            InputType::JsonbCast => "jsonb_cast_exp".to_owned(),
            InputType::FunctionOrderBy(id, function) => {
                format!("{}_{}_order_by", table(id), function_name(*function))
            }
            InputType::BoolExp(id)
            | InputType::OrderBy(id)
            | InputType::AggregateOrderBy(id)
            | InputType::SelectColumn(id)
            | InputType::UpdateColumn(id)
            | InputType::Constraint(id)
            | InputType::OnConflict(id)
            | InputType::Insert(id)
            | InputType::ObjectInsert(id)
            | InputType::ArrayInsert(id)
            | InputType::PkColumns(id)
            | InputType::Operator(id, _) => {
                let suffix = SUFFIXES.iter().find(|(_, of)| of(*id) == *self).map_or("", |(suffix, _)| suffix);
                format!("{}{suffix}", table(id))
            }
            InputType::Updates(id) => format!("{}_updates", table(id)),
            InputType::Args(id) => format!("{}_args", catalog.native(*id).name),
        }
    }

    /// What a declared name means: a generated type of some table, a scalar or an enum. Any other name is `None`
    /// (it may still be a native type of the database).
    pub fn by_name(catalog: &Catalog, name: &str) -> Option<InputType> {
        if name == "order_by" {
            return Some(InputType::Order);
        }
        if let Some(scalar) = Scalar::by_name(name) {
            return Some(InputType::Scalar(scalar));
        }
        if let Ok(index) = catalog.enums.binary_search_by(|candidate| (*candidate.name).cmp(name)) {
            return Some(InputType::Enum(EnumId(index as u32)));
        }
        let of_table = |suffix: &str| name.strip_suffix(suffix).and_then(|stem| catalog.table_by_name(stem));
        if let Some(found) = SUFFIXES.iter().find_map(|(suffix, of)| of_table(suffix).map(of)) {
            return Some(found);
        }
        if let Some(table) = of_table("_updates") {
            return Some(InputType::Updates(table));
        }
        if let Some(field) = name.strip_suffix("_args") {
            // A query and a mutation of one name may differ in their arguments; only their members matter here.
            let found = catalog.native_ids().find(|id| *catalog.native(*id).name == *field);
            return found.map(InputType::Args);
        }
        if name == "jsonb_cast_exp" {
            return Some(InputType::JsonbCast);
        }
        let compared = |suffix: &str, list| {
            name.strip_suffix(suffix).map(|stem| InputType::Comparison { name: stem.into(), list })
        };
        if let Some(found) = compared("_array_comparison_exp", true).or_else(|| compared("_comparison_exp", false)) {
            return Some(found);
        }
        AggregateFunction::ALL.iter().find_map(|(function_name, function)| {
            let stem = name.strip_suffix("_order_by")?.strip_suffix(function_name)?.strip_suffix('_')?;
            catalog.table_by_name(stem).map(|table| InputType::FunctionOrderBy(table, *function))
        })
    }
}

/// The function's name in the API.
pub fn function_name(function: AggregateFunction) -> &'static str {
    AggregateFunction::ALL.iter().find(|(_, candidate)| *candidate == function).map_or("", |(name, _)| name)
}

/// `T_aggregate`
pub fn aggregate(table: &str) -> String {
    format!("{table}_aggregate")
}

/// `T_aggregate_fields`
pub fn aggregate_fields(table: &str) -> String {
    format!("{table}_aggregate_fields")
}

/// `T_<function>_fields`
pub fn function_fields(table: &str, function: AggregateFunction) -> String {
    format!("{table}_{}_fields", function_name(function))
}

/// `T_mutation_response`
pub fn mutation_response(table: &str) -> String {
    format!("{table}_mutation_response")
}
