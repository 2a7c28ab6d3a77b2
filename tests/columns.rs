//! Column names are a public interface: statistics packages must take them, and no change goes
//! unsaid.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::path::{Path, PathBuf};

use parallax::base::sha256_hex;
use parallax::report::{declarations, dictionary, write_grid};

/// Words that SPSS does not take as a variable name.
const RESERVED: [&str; 13] =
    ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];

fn complaint(name: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(plain) {
        Some("is not lower snake case")
    } else if name.ends_with('_') || name.contains("__") {
        Some("has a stray underscore")
    } else if name.len() > 32 {
        Some("is longer than 32 characters")
    } else if RESERVED.contains(&name) {
        Some("is a reserved word of SPSS")
    } else {
        None
    }
}

#[test]
fn statistics_packages_take_every_column_name() {
    for declaration in declarations() {
        for column in &declaration.columns {
            let wrong = complaint(column.name);
            assert_eq!(wrong, None, "{}.{}", declaration.table, column.name);
            assert!(!column.meaning.is_empty(), "{} has no meaning", column.name);
        }
        for key in declaration.key {
            let known = declaration.columns.iter().any(|column| column.name == *key);
            assert!(known, "{} has no key column {key}", declaration.table);
        }
    }
}

#[test]
fn a_name_that_a_package_refuses_is_found() {
    for name in ["Outlet", "not", "1st", "a b", "ends_", "x".repeat(33).as_str()] {
        assert!(complaint(name).is_some(), "{name}");
    }
    assert_eq!(complaint("per_1k_words"), None);
}

fn root(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

#[test]
fn a_changed_column_stands_in_the_changelog() {
    let mut bytes = Vec::new();
    write_grid(&dictionary(&declarations()), &mut bytes).unwrap();
    let file = root("docs/columns.csv");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(root("docs")).unwrap();
        std::fs::write(&file, &bytes).unwrap();
    }
    let committed = std::fs::read(&file).unwrap_or_default();
    assert!(committed == bytes, "docs/columns.csv is old: run this test with UPDATE_GOLDEN=1");
    let mark = format!("columns `{}`", &sha256_hex(&bytes).0[..12]);
    let changelog = std::fs::read_to_string(root("CHANGELOG.md")).unwrap_or_default();
    assert!(
        changelog.contains(&mark),
        "a column changed: say so in CHANGELOG.md and write {mark} there"
    );
}
