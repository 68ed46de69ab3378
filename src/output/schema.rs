//! The JSON Schema of the record.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, RestrictFormats};
use serde_json::Value;

use crate::record::PolicyRecord;

/// JSON Schema (draft 2020-12) of the records that this version writes. Fields that it does not name are allowed, so
/// that a later version of `sayasat/1` may add some.
pub fn schema() -> Value {
    // draft 2020-12 knows no "uint"; validators that insist on known formats would stumble
    let mut formats = RestrictFormats::default();
    formats.infer_from_meta_schema = true;
    let settings = SchemaSettings::draft2020_12()
        .for_serialize()
        .with_transform(formats)
        .with_transform(RecursiveTransform(absent_is_not_null));
    let mut schema = settings.into_generator().into_root_schema_for::<PolicyRecord>();
    schema.insert("$id".to_owned(), "urn:sayasat:record:1".into());
    schema.to_value()
}

/// A field that may be left out is left out, and never written as `null`.
fn absent_is_not_null(schema: &mut schemars::Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    let required: Vec<Value> = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (name, property) in properties {
        let Some(property) = property.as_object_mut() else { continue };
        if required.contains(&Value::from(name.as_str())) {
            continue;
        }
        if let Some(Value::Array(types)) = property.get_mut("type") {
            types.retain(|kind| kind != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                property.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(choices)) = property.get_mut("anyOf") {
            choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
            if let [Value::Object(only)] = choices.as_slice() {
                let only = only.clone();
                property.remove("anyOf");
                property.extend(only);
            }
        }
    }
}
