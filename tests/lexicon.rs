//! The lexicon loads.
#[test]
fn loads() {
    let lexicon = sayasat::lexicon::Lexicon::load(&[]);
    if let Err(e) = &lexicon {
        panic!("{e}");
    }
}
