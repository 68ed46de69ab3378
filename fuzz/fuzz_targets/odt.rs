#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let parts = [("mimetype", b"application/vnd.oasis.opendocument.text".as_slice()), ("content.xml", bytes)];
    sayasat_fuzz::check(&sayasat_fuzz::archive(&parts), None);
});
