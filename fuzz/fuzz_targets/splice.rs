#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static CHECK: LazyLock<fn(&[u8])> = LazyLock::new(|| annalist_fuzz::check_of("splice"));

fuzz_target!(|bytes: &[u8]| CHECK(bytes));
