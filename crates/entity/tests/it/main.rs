//! The entities are the system model's tables, column by column.

use purlin_model::catalog::Table;
use purlin_model::scalar::{ColumnType as ModelType, Scalar};
use sea_orm::entity::ColumnType;
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn};

fn compare<E: EntityTrait>(found: &mut Vec<String>) {
    let entity = E::default();
    let catalog = purlin_model::system::catalog().expect("the embedded model");
    let schema = entity.schema_name().expect("a schema").to_owned();
    let table: &Table = catalog
        .tables
        .iter()
        .find(|table| *table.db_name == *entity.table_name() && table.db_schema.as_deref() == Some(&schema))
        .unwrap_or_else(|| panic!("no table {schema}.{}", entity.table_name()));
    found.push(table.name.to_string());
    let columns: Vec<(String, String, bool)> = E::Column::iter()
        .map(|column| {
            let definition = column.def();
            (column.as_str().to_owned(), format!("{:?}", scalar(definition.get_column_type())), definition.is_null())
        })
        .collect();
    let modelled: Vec<(String, String, bool)> = table
        .columns
        .iter()
        .map(|column| {
            let ModelType::Scalar(scalar) = column.column_type else { panic!("{} is no scalar", column.name) };
            (column.db_name.to_string(), format!("{scalar:?}"), column.nullable)
        })
        .collect();
    assert_eq!(columns, modelled, "{}", table.name);
    let key: Vec<String> = E::PrimaryKey::iter().map(|key| key.into_column().as_str().to_owned()).collect();
    let modelled: Vec<String> = table.primary_key.iter().map(|it| table.column(*it).db_name.to_string()).collect();
    assert_eq!(key, modelled, "{}", table.name);
}

fn scalar(column: &ColumnType) -> Scalar {
    match column {
        ColumnType::String(_) | ColumnType::Text => Scalar::String,
        ColumnType::BigInteger => Scalar::BigInt,
        ColumnType::Integer => Scalar::Int,
        ColumnType::Boolean => Scalar::Boolean,
        ColumnType::TimestampWithTimeZone => Scalar::Timestamptz,
        other => panic!("{other:?} is in no system table"),
    }
}

#[test]
fn every_system_table_has_its_entity() {
    let mut found = Vec::new();
    compare::<purlin_entity::import::Entity>(&mut found);
    compare::<purlin_entity::migration::Entity>(&mut found);
    compare::<purlin_entity::seed::Entity>(&mut found);
    let catalog = purlin_model::system::catalog().expect("the embedded model");
    let tables: Vec<String> = catalog.tables.iter().map(|table| table.name.to_string()).collect();
    assert_eq!(found, tables);
}
