//! The program's types, variants, functions and trait implementations, as run time needs them.

use crate::host::Hook;
use crate::value::{KayVal, Tag};

/// Type id of `Option`.
pub const OPTION: u32 = 0;
/// Type id of `Result`.
pub const RESULT: u32 = 1;
/// The first type id of a program's own types.
pub const FIRST_TYPE: u32 = 2;
/// Variant id of `None`.
pub const NONE: u32 = 0;
/// Variant id of `Some`.
pub const SOME: u32 = 1;
/// Variant id of `Ok`.
pub const OK: u32 = 2;
/// Variant id of `Err`.
pub const ERR: u32 = 3;
/// The first variant id of a program's own enums.
pub const FIRST_VARIANT: u32 = 4;

/// The kinds of user types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// A value with fields.
    Struct,
    /// A reference with fields.
    Class,
    /// Variants.
    Enum,
}

/// A struct, class or enum.
#[derive(Clone, Debug)]
pub struct TypeInfo {
    /// Its own name, without module.
    pub name: String,
    /// What it is.
    pub kind: TypeKind,
    /// Field names in order; empty for enums.
    pub fields: Vec<String>,
    /// The functions that implement the well-known traits, by [`Hook`].
    pub hooks: [Option<u32>; Hook::COUNT],
}

/// How a variant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariantShape {
    /// `Empty`.
    Unit,
    /// `Circle(2.0)`.
    Positional,
    /// `Rect(w=1.0, h=2.0)`.
    Named,
}

/// An enum's variant.
#[derive(Clone, Debug)]
pub struct VariantInfo {
    /// Its name.
    pub name: String,
    /// The id of its enum.
    pub owner: u32,
    /// How it is written.
    pub shape: VariantShape,
    /// Names of the fields of a [`VariantShape::Named`] variant.
    pub fields: Vec<String>,
}

/// A trait that `dyn Trait` annotations name, with what implements it.
#[derive(Clone, Debug, Default)]
pub struct TraitInfo {
    /// Its name.
    pub name: String,
    /// Ids of the user types that implement it.
    pub types: Vec<u32>,
    /// Tags of the built-in types that implement it.
    pub builtins: Vec<Tag>,
}

/// All names and implementations that values refer to by number.
#[derive(Clone, Debug)]
pub struct TypeTable {
    /// By type id; `Option` and `Result` come first.
    pub types: Vec<TypeInfo>,
    /// By variant id; those of `Option` and `Result` come first.
    pub variants: Vec<VariantInfo>,
    /// Names of plain functions by index, as `<fn name>` shows them.
    pub functions: Vec<String>,
    /// Names of built-in functions by index.
    pub natives: Vec<&'static str>,
    /// Traits by the number that [`crate::Guard::Trait`] uses.
    pub traits: Vec<TraitInfo>,
    /// Implementations of well-known traits for built-in types: tag, hook, function.
    pub builtin_hooks: Vec<(Tag, Hook, u32)>,
}

impl Default for TypeTable {
    fn default() -> TypeTable {
        TypeTable::new()
    }
}

impl TypeTable {
    /// A table of `Option` and `Result` only.
    pub fn new() -> TypeTable {
        let builtin = |name: &str| TypeInfo::new(name, TypeKind::Enum, &[]);
        let variant = |name, owner, shape| VariantInfo::new(name, owner, shape, &[]);
        TypeTable {
            types: vec![builtin("Option"), builtin("Result")],
            variants: vec![
                variant("None", OPTION, VariantShape::Unit),
                variant("Some", OPTION, VariantShape::Positional),
                variant("Ok", RESULT, VariantShape::Positional),
                variant("Err", RESULT, VariantShape::Positional),
            ],
            functions: Vec::new(),
            natives: Vec::new(),
            traits: Vec::new(),
            builtin_hooks: Vec::new(),
        }
    }

    /// The id of the user type (or `Option`, `Result`) of a value.
    #[inline]
    pub fn type_id(&self, value: KayVal) -> Option<u32> {
        match value.tag {
            Tag::STRUCT | Tag::CLASS => Some(value.aux),
            Tag::VARIANT0 | Tag::ENUM => self.variants.get(value.aux as usize).map(|variant| variant.owner),
            _ => None,
        }
    }

    /// What `type_name(x)` gives, and errors say.
    pub fn type_name(&self, value: KayVal) -> &str {
        match self.type_id(value) {
            Some(id) => self.types.get(id as usize).map_or("?", |info| &info.name),
            None => builtin_name(value.tag),
        }
    }

    /// The function that implements a well-known trait for the type of `value`.
    #[inline]
    pub fn hook(&self, value: KayVal, hook: Hook) -> Option<KayVal> {
        let function = match self.type_id(value) {
            Some(id) => self.types.get(id as usize)?.hooks[hook as usize],
            None => self.builtin_hook(value.tag, hook),
        };
        function.map(KayVal::func)
    }

    fn builtin_hook(&self, tag: Tag, hook: Hook) -> Option<u32> {
        let implements = |(of, which, _): &&(Tag, Hook, u32)| *of == kind_of(tag) && *which == hook;
        self.builtin_hooks.iter().find(implements).map(|(_, _, function)| *function)
    }

    /// Whether the type of `value` implements trait number `index`.
    pub fn implements(&self, value: KayVal, index: u32) -> bool {
        let Some(info) = self.traits.get(index as usize) else {
            return false;
        };
        match self.type_id(value) {
            Some(id) => info.types.contains(&id),
            None => info.builtins.contains(&kind_of(value.tag)),
        }
    }

    /// The name of a plain or built-in function.
    pub fn function_name(&self, function: KayVal) -> &str {
        let index = function.aux as usize;
        match function.tag {
            Tag::FUNC => self.functions.get(index).map_or("?", String::as_str),
            Tag::NATIVE => self.natives.get(index).copied().unwrap_or("?"),
            _ => "?",
        }
    }
}

impl TypeInfo {
    /// A type without implementations yet.
    pub fn new(name: &str, kind: TypeKind, fields: &[&str]) -> TypeInfo {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        TypeInfo { name: name.to_owned(), kind, fields, hooks: [None; Hook::COUNT] }
    }
}

impl VariantInfo {
    /// A variant; `fields` are the names where its shape is [`VariantShape::Named`].
    pub fn new(name: &str, owner: u32, shape: VariantShape, fields: &[&str]) -> VariantInfo {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        VariantInfo { name: name.to_owned(), owner, shape, fields }
    }
}

/// One tag for the three kinds of functions.
fn kind_of(tag: Tag) -> Tag {
    if tag.is_function() {
        Tag::FUNC
    } else {
        tag
    }
}

/// The type name of values of a tag that no user type has.
pub fn builtin_name(tag: Tag) -> &'static str {
    match tag {
        Tag::INT => "i64",
        Tag::FLOAT => "f64",
        Tag::BOOL => "bool",
        Tag::UNIT => "()",
        Tag::STR => "str",
        Tag::LIST => "List",
        Tag::MAP => "Map",
        Tag::SET => "Set",
        Tag::TUPLE => "tuple",
        Tag::RANGE => "Range",
        Tag::FUNC | Tag::NATIVE | Tag::CLOSURE => "fn",
        Tag::BUILDER => "Builder",
        Tag::RNG => "Rng",
        Tag::VARIANT0 | Tag::ENUM => "enum",
        Tag::STRUCT => "struct",
        Tag::CLASS => "class",
        _ => "nothing",
    }
}
