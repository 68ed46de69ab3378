#![no_main]

// The input is the text part, and behind a line of its own (`<!--numbering-->`, `<!--styles-->`) other parts.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (text, rest) = sayasat_fuzz::split(bytes, b"<!--numbering-->");
    let (numbering, styles) = sayasat_fuzz::split(rest, b"<!--styles-->");
    let parts = [
        ("word/document.xml", text),
        ("word/numbering.xml", numbering),
        ("word/styles.xml", styles),
        ("word/footnotes.xml", text),
    ];
    sayasat_fuzz::check(&sayasat_fuzz::archive(&parts), None);
});
