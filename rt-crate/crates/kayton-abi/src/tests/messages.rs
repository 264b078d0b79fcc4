//! The document that lists the run-time errors and the constructors that make them name the same texts.

use std::collections::BTreeSet;

/// The templates of `errors.rs`: the string literals that follow an equals sign.
fn made() -> BTreeSet<String> {
    let source = include_str!("../errors.rs");
    let table = source.split_once("\nmessages! {").map_or("", |(_, table)| table);
    let templates = table.split("= \"").skip(1).filter_map(|rest| rest.split('"').next());
    templates.map(str::to_owned).collect()
}

/// The templates in the first column of the document's tables.
fn listed() -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/errors-at-run-time.md");
    let document = std::fs::read_to_string(path).unwrap();
    let first_table = document.split("\n## Texts inside").next().unwrap_or("");
    let rows = first_table.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split('`').next()).map(str::to_owned).collect()
}

#[test]
fn every_message_is_listed_and_every_listed_message_is_made() {
    let (made, mut listed) = (made(), listed());
    assert!(made.len() > 40, "{made:?}");
    // Those that have functions of their own.
    for special in
        ["expected {wanted} arguments, found {found}", "expected a tuple of {wanted}, found a tuple of {found}"]
    {
        assert!(listed.remove(special), "not listed: {special}");
    }
    assert_eq!(made, listed);
}
