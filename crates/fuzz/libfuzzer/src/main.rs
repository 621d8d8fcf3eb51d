//! libFuzzer looks for inputs of the target that `PURLIN_FUZZ_TARGET` names. Refuses to know: what targets expect.

#![no_main]

use std::sync::OnceLock;

use purlin_fuzz::Target;

static TARGET: OnceLock<Target> = OnceLock::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let target = TARGET.get_or_init(|| {
        let name = std::env::var("PURLIN_FUZZ_TARGET").unwrap_or_default();
        Target::named(&name).unwrap_or_else(|| panic!("`PURLIN_FUZZ_TARGET` names no target: `{name}`"))
    });
    (target.run)(bytes);
});
