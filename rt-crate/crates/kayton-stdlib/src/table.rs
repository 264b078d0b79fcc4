//! The table of all natives, and looking names up in it.

use std::collections::HashMap;
use std::sync::OnceLock;

use kayton_abi::types::{builtin_name, OPTION, RESULT};
use kayton_abi::{KayVal, Tag, TypeTable};

use crate::native::Native;

/// Where natives are declared, one slice a topic.
const TOPICS: &[&[Native]] = &[
    crate::globals::NATIVES,
    crate::ints::NATIVES,
    crate::floats::NATIVES,
    crate::strs::NATIVES,
    crate::strs_parts::NATIVES,
    crate::list_edit::NATIVES,
    crate::list_query::NATIVES,
    crate::list_cut::NATIVES,
    crate::list_sort::NATIVES,
    crate::list_functional::NATIVES,
    crate::maps::NATIVES,
    crate::sets::NATIVES,
    crate::ranges::NATIVES,
    crate::options::NATIVES,
    crate::std_math::NATIVES,
    crate::std_io::NATIVES,
    crate::std_env::NATIVES,
    crate::std_time::NATIVES,
    crate::std_random::NATIVES,
    crate::std_json::NATIVES,
    crate::std_text::NATIVES,
];

/// The list functions that ranges have too, besides those of any sequence.
const OF_RANGES: &[&str] = &[
    "is_empty",
    "first",
    "last",
    "index_of",
    "reversed",
    "sorted",
    "sorted_by_key",
    "flatten",
    "chunks",
    "windows",
    "join",
    "to_set",
];

/// The list functions of whatever has `Iterator` or `Iterable` (LANGUAGE §7).
const OF_SEQUENCES: &[&str] = &[
    "map",
    "filter",
    "fold",
    "reduce",
    "any",
    "all",
    "count",
    "sum",
    "product",
    "min",
    "max",
    "enumerate",
    "zip",
    "flat_map",
    "take",
    "skip",
    "to_list",
];

struct Table {
    natives: Vec<Native>,
    functions: HashMap<&'static str, u16>,
    /// By type name and method name.
    methods: HashMap<(&'static str, &'static str), u16>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let natives: Vec<Native> = TOPICS.iter().flat_map(|topic| topic.iter().copied()).collect();
        let (mut functions, mut methods) = (HashMap::new(), HashMap::new());
        for (index, native) in natives.iter().enumerate() {
            match native.name.split_once('.').filter(|_| native.receiver) {
                Some(key) => methods.insert(key, index as u16),
                None => functions.insert(native.name, index as u16),
            };
        }
        Table { natives, functions, methods }
    })
}

/// All natives by index.
pub fn natives() -> &'static [Native] {
    &table().natives
}

/// The function of this name: `print`, `std.math.sqrt`, `std.random.Rng`.
pub fn function(name: &str) -> Option<u16> {
    table().functions.get(name).copied()
}

/// The method of this name on values of a built-in type; `type_id` tells `Option` from `Result` for the tags of enums,
/// and is not looked at otherwise. Ranges have the list functions too.
pub fn method(tag: Tag, type_id: u32, name: &str) -> Option<u16> {
    let of = |ty: &str| table().methods.get(&(ty, name)).copied();
    match tag {
        Tag::VARIANT0 | Tag::ENUM if type_id == OPTION => of("Option"),
        Tag::VARIANT0 | Tag::ENUM if type_id == RESULT => of("Result"),
        Tag::RANGE => of("Range").or_else(|| {
            let shared = OF_RANGES.contains(&name) || OF_SEQUENCES.contains(&name);
            of("List").filter(|_| shared)
        }),
        _ => of(builtin_name(tag)),
    }
}

/// The list function of this name for a value of a user type that has `Iterator` or `Iterable`.
pub fn sequence_method(name: &str) -> Option<u16> {
    method(Tag::LIST, 0, name).filter(|_| OF_SEQUENCES.contains(&name))
}

/// The constant of this name: `std.math.PI`, `std.math.E`.
pub fn constant(name: &str) -> Option<KayVal> {
    crate::std_math::CONSTANTS.iter().find(|(known, _)| *known == name).map(|(_, value)| KayVal::float(*value))
}

/// The standard modules with the names of their functions and constants: `("std.math", ["PI", …])`.
pub fn modules() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut modules: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    let constants = crate::std_math::CONSTANTS.iter().map(|(name, _)| *name);
    let functions = natives().iter().filter(|native| !native.receiver).map(|native| native.name);
    for (module, name) in constants.chain(functions).filter_map(|name| name.rsplit_once('.')) {
        match modules.iter_mut().find(|(known, _)| *known == module) {
            Some((_, names)) => names.push(name),
            None => modules.push((module, vec![name])),
        }
    }
    modules
}

/// A type table of the built-in types only, which knows the natives' names.
pub fn type_table() -> TypeTable {
    TypeTable { natives: natives().iter().map(Native::short_name).collect(), ..TypeTable::new() }
}
