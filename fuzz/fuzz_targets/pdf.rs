#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sayasat_fuzz::check(bytes, Some(sayasat::record::Format::Pdf)));
