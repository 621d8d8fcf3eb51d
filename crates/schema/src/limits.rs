//! The named limits of a document, each with its default, its setting and the refusal it gives.

use crate::error::{Limit, Refusal};

macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $name:ident = $default:expr;)+) => {
        /// The named limits of a document; every one has a setting `limits.<name>`.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $doc])+ pub $name: usize,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Limits { $($name: $default,)+ }
            }
        }

        impl Limits {
            $(
                /// Refuses `found` when it is more than this limit allows.
                ///
                /// # Errors
                /// `limit-exceeded`, naming the limit.
                pub(crate) fn $name(&self, found: usize) -> Result<(), Refusal> {
                    if found <= self.$name {
                        return Ok(());
                    }
                    let setting = concat!("limits.", stringify!($name));
                    let limit = Limit { name: stringify!($name), value: self.$name as u64, setting };
                    Err(Refusal::limit(limit, "$.query"))
                }
            )+
        }
    };
}

limits! {
    /// Bytes of the document's text.
    query_bytes = 256 * 1024;
    /// Tokens of the document.
    tokens = 15_000;
    /// Brackets of any kind inside each other.
    nesting = 64;
    /// Fields inside each other, fragments expanded.
    depth = 25;
    /// Selections of all operations, fragments counted as often as they are used.
    selections = 10_000;
    /// Aliases.
    aliases = 200;
    /// Root fields of an operation, fragments expanded.
    root_fields = 50;
    /// Directives of the document.
    directives = 50;
    /// Directives of one field, fragment or operation.
    directives_per_place = 10;
    /// Operations.
    operations = 50;
    /// Fragments.
    fragments = 200;
    /// Variables of an operation.
    variables = 200;
    /// Members of a list that a column is compared with (`_in`, `_nin`).
    list_members = 10_000;
    /// Conditions in one `_and` or `_or`.
    branches = 1_000;
    /// Members of input objects and lists, counted as often as a fragment repeats them.
    inputs = 50_000;
    /// Relations inside each other in one filter or sort key.
    hops = 10;
}
