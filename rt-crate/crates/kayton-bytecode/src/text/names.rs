//! How items of the tables are written: by name or value where that finds the same item again, else `#index`.

use std::collections::HashMap;
use std::hash::Hash;

use crate::module::{Const, Field, Guard, Module, Part, Path, Site, Switch};

use super::lexer::{bare_or_quoted, dotted_or_quoted, quote};

/// The first index of each name or value: the one that the assembler finds.
pub(super) struct Names<'a> {
    pub module: &'a Module,
    strings: HashMap<&'a str, u32>,
    functions: HashMap<&'a str, u32>,
    types: HashMap<&'a str, u32>,
    /// Type and place in it of each variant.
    variants: Vec<(u32, usize)>,
    constants: HashMap<&'a Const, u32>,
    guards: HashMap<&'a Guard, u32>,
    globals: HashMap<&'a u32, u32>,
    natives: HashMap<&'a u32, u32>,
    sites: HashMap<&'a Site, u32>,
    paths: HashMap<&'a Path, u32>,
    switches: HashMap<&'a Switch, u32>,
    /// The lines of each source.
    lines: Vec<Vec<&'a str>>,
}

fn firsts<K: Hash + Eq>(keys: impl Iterator<Item = Option<K>>) -> HashMap<K, u32> {
    let mut found = HashMap::new();
    for (index, key) in keys.enumerate() {
        if let Some(key) = key {
            found.entry(key).or_insert(index as u32);
        }
    }
    found
}

impl<'a> Names<'a> {
    pub(super) fn of(module: &'a Module) -> Names<'a> {
        let text = |index: u32| module.strings.get(index as usize).map(String::as_str);
        let places = |(index, count)| (0..count).map(move |place| (index, place));
        let counts = module.types.iter().map(|ty| ty.variants.len());
        Names {
            module,
            strings: firsts(module.strings.iter().map(|text| Some(text.as_str()))),
            functions: firsts(module.functions.iter().map(|function| text(function.name))),
            types: firsts(module.types.iter().map(|ty| text(ty.name))),
            variants: (0..).zip(counts).flat_map(places).collect(),
            constants: firsts(module.constants.iter().map(Some)),
            guards: firsts(module.guards.iter().map(Some)),
            globals: firsts(module.globals.iter().map(Some)),
            natives: firsts(module.natives.iter().map(Some)),
            sites: firsts(module.sites.iter().map(Some)),
            paths: firsts(module.paths.iter().map(Some)),
            switches: firsts(module.switches.iter().map(Some)),
            lines: module.sources.iter().map(|source| source.text.lines().collect()).collect(),
        }
    }

    fn string(&self, index: u32) -> Option<&'a str> {
        self.module.strings.get(index as usize).map(String::as_str)
    }

    /// The string, if it is the first one with this text.
    fn first_string(&self, index: u32) -> Option<&'a str> {
        self.string(index).filter(|text| self.strings.get(text) == Some(&index))
    }

    /// A string that is a name without dots.
    pub(super) fn name(&self, index: u32) -> String {
        self.first_string(index).map_or_else(|| numbered(index), bare_or_quoted)
    }

    /// A string that is a name, perhaps with dots.
    pub(super) fn dotted(&self, index: u32) -> String {
        self.first_string(index).map_or_else(|| numbered(index), dotted_or_quoted)
    }

    /// A string that is a text.
    pub(super) fn text(&self, index: u32) -> String {
        self.first_string(index).map_or_else(|| numbered(index), quote)
    }

    pub(super) fn function(&self, index: u32) -> String {
        let name = self.module.functions.get(index as usize).and_then(|function| self.string(function.name));
        match name.filter(|name| self.functions.get(name) == Some(&index)) {
            Some(name) => dotted_or_quoted(name),
            None => numbered(index),
        }
    }

    pub(super) fn ty(&self, index: u32) -> String {
        self.type_name(index).map_or_else(|| numbered(index), dotted_or_quoted)
    }

    /// The name of the type, if it is the first one of this name.
    fn type_name(&self, index: u32) -> Option<&'a str> {
        let name = self.module.types.get(index as usize).and_then(|ty| self.string(ty.name))?;
        (self.types.get(name) == Some(&index)).then_some(name)
    }

    pub(super) fn variant(&self, id: u32) -> String {
        self.variant_name(id).unwrap_or_else(|| numbered(id))
    }

    fn variant_name(&self, id: u32) -> Option<String> {
        let (ty, place) = *self.variants.get(id as usize)?;
        let type_name = self.type_name(ty)?;
        let variants = &self.module.types.get(ty as usize)?.variants;
        let name = self.string(variants.get(place)?.name)?;
        let first = variants.iter().position(|variant| self.string(variant.name) == Some(name));
        (first == Some(place)).then(|| format!("{}.{}", dotted_or_quoted(type_name), bare_or_quoted(name)))
    }

    pub(super) fn constant(&self, index: u32) -> String {
        first(&self.module.constants, &self.constants, index)
            .map_or_else(|| numbered(index), |constant| self.constant_item(*constant))
    }

    pub(super) fn constant_item(&self, constant: Const) -> String {
        match constant {
            Const::Int(value) => value.to_string(),
            Const::Float(value) if value.is_finite() => format!("{value:?}"),
            Const::Float(value) => format!("float {:#x}", value.to_bits()),
            Const::Str(index) => match self.first_string(index) {
                Some(text) => quote(text),
                None => format!("str {}", numbered(index)),
            },
        }
    }

    pub(super) fn guard(&self, index: u32) -> String {
        first(&self.module.guards, &self.guards, index).map_or_else(|| numbered(index), |guard| self.guard_item(*guard))
    }

    pub(super) fn guard_item(&self, guard: Guard) -> String {
        match guard {
            Guard::Type(index) => format!("type {}", self.ty(index)),
            Guard::Dyn(index) => format!("dyn {}", self.ty(index)),
            _ => guard_word(guard).to_owned(),
        }
    }

    pub(super) fn global(&self, index: u32) -> String {
        self.table_name(&self.module.globals, &self.globals, index)
    }

    pub(super) fn native(&self, index: u32) -> String {
        self.table_name(&self.module.natives, &self.natives, index)
    }

    fn table_name(&self, table: &[u32], firsts: &HashMap<&u32, u32>, index: u32) -> String {
        match first(table, firsts, index).and_then(|name| self.first_string(*name)) {
            Some(name) => dotted_or_quoted(name),
            None => numbered(index),
        }
    }

    pub(super) fn site(&self, index: u32) -> String {
        first(&self.module.sites, &self.sites, index).map_or_else(|| numbered(index), |site| self.site_item(site))
    }

    pub(super) fn site_item(&self, site: &Site) -> String {
        let mut text = site.name.map_or("_".to_owned(), |name| format!(".{}", self.name(name)));
        if site.mut_mask != 0 {
            text += &format!(" mut {}", site.mut_mask);
        }
        if !site.keywords.is_empty() {
            text += " keys";
        }
        for keyword in &site.keywords {
            text += &format!(" {}", self.name(*keyword));
        }
        text
    }

    pub(super) fn path(&self, index: u32) -> String {
        first(&self.module.paths, &self.paths, index).map_or_else(|| numbered(index), |path| self.path_item(path))
    }

    pub(super) fn path_item(&self, path: &Path) -> String {
        let step = |part: &Part| match part {
            Part::Field(name) => format!(".{}", self.name(*name)),
            Part::Index => "[]".to_owned(),
            Part::Part(number) => format!("({number})"),
        };
        let mut text: String = path.parts.iter().map(step).collect();
        if path.frozen {
            text += " frozen";
        }
        if let Some(method) = path.method {
            text += &format!(" then {}", self.name(method));
        }
        text
    }

    /// The switch, if it is the first one like this.
    pub(super) fn first_switch(&self, index: u32) -> Option<&'a Switch> {
        first(&self.module.switches, &self.switches, index)
    }

    /// A line of a source; lines count from 1.
    pub(super) fn source_line(&self, source: u32, number: u32) -> Option<&'a str> {
        let line = number.checked_sub(1)?;
        self.lines.get(source as usize)?.get(line as usize).copied()
    }

    pub(super) fn field(&self, field: &Field) -> String {
        let name = self.name(field.name);
        match field.guard {
            Some(guard) => format!("{name}: {}", self.guard(guard)),
            None => name,
        }
    }
}

/// The item, if it is the first one like this in its table.
fn first<'a, T: Hash + Eq>(table: &'a [T], firsts: &HashMap<&T, u32>, index: u32) -> Option<&'a T> {
    table.get(index as usize).filter(|item| firsts.get(item) == Some(&index))
}

/// An item by its index.
pub(super) fn numbered(index: u32) -> String {
    format!("#{index}")
}

/// The word for a guard without an argument.
pub(super) fn guard_word(guard: Guard) -> &'static str {
    match guard {
        Guard::Any => "any",
        Guard::Bool => "bool",
        Guard::Int => "i64",
        Guard::Float => "f64",
        Guard::Str => "str",
        Guard::Unit => "unit",
        Guard::List => "List",
        Guard::Map => "Map",
        Guard::Set => "Set",
        Guard::Range => "Range",
        Guard::Tuple => "tuple",
        Guard::Fn => "fn",
        Guard::Type(_) => "type",
        Guard::Dyn(_) => "dyn",
    }
}
