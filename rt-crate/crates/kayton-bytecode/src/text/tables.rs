//! The tables while a module is read: what has a name or a value is found again, or added.

use std::collections::HashMap;
use std::hash::Hash;

use crate::module::{Const, Guard, Module, Part, Path, Site, Switch};

use super::lexer::{Cursor, Res, Token};
use super::names::guard_word;
use super::TextErrorKind;

/// A table of a module, and the first index of each item.
struct Table<T> {
    items: Vec<T>,
    first: HashMap<T, u32>,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { items: Vec::new(), first: HashMap::new() }
    }
}

impl<T: Hash + Eq + Clone> Table<T> {
    /// Adds an item, also one that is there already.
    fn push(&mut self, item: T) -> u32 {
        let index = self.items.len() as u32;
        self.first.entry(item.clone()).or_insert(index);
        self.items.push(item);
        index
    }

    /// The first index of the item, which is added if it is not there.
    fn intern(&mut self, item: T) -> u32 {
        self.first.get(&item).copied().unwrap_or_else(|| self.push(item))
    }
}

/// The tables, and the names of functions, types and variants.
#[derive(Default)]
pub(super) struct Tables {
    strings: Table<String>,
    constants: Table<Const>,
    guards: Table<Guard>,
    globals: Table<u32>,
    natives: Table<u32>,
    sites: Table<Site>,
    paths: Table<Path>,
    switches: Table<Switch>,
    functions: HashMap<String, u32>,
    types: HashMap<String, u32>,
    variants: HashMap<(u32, String), u32>,
    variant_count: u32,
}

impl Tables {
    /// Completes the module with the tables.
    pub(super) fn into_module(self, module: Module) -> Module {
        Module {
            strings: self.strings.items,
            constants: self.constants.items,
            guards: self.guards.items,
            globals: self.globals.items,
            natives: self.natives.items,
            sites: self.sites.items,
            paths: self.paths.items,
            switches: self.switches.items,
            ..module
        }
    }

    pub(super) fn add_string(&mut self, mut cursor: Cursor) -> Res<()> {
        let text = cursor.name()?;
        self.strings.push(text);
        cursor.end()
    }

    /// Adds an item to the table that the keyword names.
    pub(super) fn add_item(&mut self, word: &str, mut cursor: Cursor) -> Res<()> {
        let cursor = &mut cursor;
        match word {
            "guard" => self.guard_item(cursor).map(|item| self.guards.push(item)),
            "const" => self.constant_item(cursor).map(|item| self.constants.push(item)),
            "global" => self.dotted(cursor).map(|item| self.globals.push(item)),
            "native" => self.dotted(cursor).map(|item| self.natives.push(item)),
            "site" => self.site_item(cursor).map(|item| self.sites.push(item)),
            "path" => self.path_item(cursor).map(|item| self.paths.push(item)),
            _ => self.switch_item(cursor, Cursor::number).map(|item| self.switches.push(item)),
        }?;
        cursor.end()
    }

    pub(super) fn declare_function(&mut self, mut cursor: Cursor, index: u32) -> Res<()> {
        if let Some(name) = self.declared(&mut cursor)? {
            self.functions.entry(name).or_insert(index);
        }
        Ok(())
    }

    pub(super) fn declare_type(&mut self, mut cursor: Cursor, index: u32) -> Res<()> {
        if let Some(name) = self.declared(&mut cursor)? {
            self.types.entry(name).or_insert(index);
        }
        Ok(())
    }

    pub(super) fn declare_variant(&mut self, mut cursor: Cursor, ty: u32) -> Res<()> {
        let id = self.variant_count;
        self.variant_count += 1;
        if let Some(name) = self.declared(&mut cursor)? {
            self.variants.entry((ty, name)).or_insert(id);
        }
        Ok(())
    }

    /// The text of a name that may also be given by its index in the strings.
    fn declared(&self, cursor: &mut Cursor) -> Res<Option<String>> {
        match cursor.index()? {
            Some(index) => Ok(self.strings.items.get(index as usize).cloned()),
            None => cursor.dotted().map(|names| Some(names.join("."))),
        }
    }

    /// A string by its text or index.
    pub(super) fn name(&mut self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| cursor.name().map(|name| self.strings.intern(name)))
    }

    /// A string by its text, perhaps with dots, or its index.
    pub(super) fn dotted(&mut self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| cursor.dotted().map(|names| self.strings.intern(names.join("."))))
    }

    pub(super) fn function(&self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| declared(cursor, "function", &self.functions))
    }

    pub(super) fn ty(&self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| declared(cursor, "type", &self.types))
    }

    pub(super) fn variant(&self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| {
            let mut names = cursor.dotted()?;
            let whole = names.join(".");
            let variant = names.pop().unwrap_or_default();
            let ty = self.types.get(&names.join(".")).copied();
            let found = ty.and_then(|ty| self.variants.get(&(ty, variant)).copied());
            found.map_or_else(|| cursor.unknown("variant", &whole), Ok)
        })
    }

    pub(super) fn global(&mut self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| self.dotted(cursor).map(|name| self.globals.intern(name)))
    }

    pub(super) fn native(&mut self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| self.dotted(cursor).map(|name| self.natives.intern(name)))
    }

    pub(super) fn constant(&mut self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| self.constant_item(cursor).map(|item| self.constants.intern(item)))
    }

    fn constant_item(&mut self, cursor: &mut Cursor) -> Res<Const> {
        match cursor.peek().cloned() {
            Some(Token::Text(text)) => {
                cursor.advance();
                Ok(Const::Str(self.strings.intern(text)))
            }
            Some(Token::Number(digits)) if digits.contains(['.', 'e']) && !digits.starts_with("0x") => {
                cursor.number().map(Const::Float)
            }
            Some(Token::Number(_)) => cursor.number().map(Const::Int),
            Some(Token::Word(_)) if cursor.accept_word("float") => {
                cursor.number().map(|bits| Const::Float(f64::from_bits(bits)))
            }
            Some(Token::Word(_)) if cursor.accept_word("str") => self.name(cursor).map(Const::Str),
            _ => cursor.expected("a constant"),
        }
    }

    pub(super) fn guard(&mut self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| self.guard_item(cursor).map(|item| self.guards.intern(item)))
    }

    fn guard_item(&mut self, cursor: &mut Cursor) -> Res<Guard> {
        let word = cursor.word("a guard")?;
        match word.as_str() {
            "type" => self.ty(cursor).map(Guard::Type),
            "dyn" => self.ty(cursor).map(Guard::Dyn),
            _ => match Guard::PLAIN.into_iter().find(|guard| guard_word(*guard) == word) {
                Some(guard) => Ok(guard),
                None => cursor.unknown("guard", &word),
            },
        }
    }

    pub(super) fn site(&mut self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| self.site_item(cursor).map(|item| self.sites.intern(item)))
    }

    fn site_item(&mut self, cursor: &mut Cursor) -> Res<Site> {
        let mut site = Site::default();
        if !cursor.accept_word("_") {
            cursor.expect('.', "a site")?;
            site.name = Some(self.name(cursor)?);
        }
        if cursor.accept_word("mut") {
            site.mut_mask = cursor.number()?;
        }
        if cursor.accept_word("keys") {
            while matches!(cursor.peek(), Some(Token::Word(_) | Token::Text(_) | Token::Sign('#'))) {
                site.keywords.push(self.name(cursor)?);
            }
        }
        Ok(site)
    }

    pub(super) fn path(&mut self, cursor: &mut Cursor) -> Res<u32> {
        indexed(cursor, |cursor| self.path_item(cursor).map(|item| self.paths.intern(item)))
    }

    fn path_item(&mut self, cursor: &mut Cursor) -> Res<Path> {
        let mut path = Path::default();
        loop {
            if cursor.accept('.') {
                path.parts.push(Part::Field(self.name(cursor)?));
            } else if cursor.accept('[') {
                cursor.expect(']', "]")?;
                path.parts.push(Part::Index);
            } else if cursor.accept('(') {
                path.parts.push(Part::Part(cursor.number()?));
                cursor.expect(')', ")")?;
            } else {
                break;
            }
        }
        path.frozen = cursor.accept_word("frozen");
        if cursor.accept_word("then") {
            path.method = Some(self.name(cursor)?);
        }
        Ok(path)
    }

    /// A switch in a function: its jumps are read by `jump`.
    pub(super) fn switch(&mut self, cursor: &mut Cursor, jump: impl Fn(&mut Cursor) -> Res<i32>) -> Res<u32> {
        indexed(cursor, |cursor| self.switch_item(cursor, jump).map(|item| self.switches.intern(item)))
    }

    fn switch_item(&self, cursor: &mut Cursor, jump: impl Fn(&mut Cursor) -> Res<i32>) -> Res<Switch> {
        cursor.expect('{', "a switch")?;
        if !cursor.accept_word("else") {
            return cursor.expected("else");
        }
        let mut switch = Switch { default: jump(cursor)?, cases: Vec::new() };
        while cursor.accept(',') {
            let variant = self.variant(cursor)?;
            switch.cases.push((variant, jump(cursor)?));
        }
        cursor.expect('}', "}")?;
        Ok(switch)
    }
}

/// An item by its index, or else as `read` has it.
fn indexed(cursor: &mut Cursor, read: impl FnOnce(&mut Cursor) -> Res<u32>) -> Res<u32> {
    match cursor.index()? {
        Some(index) => Ok(index),
        None => read(cursor),
    }
}

/// An item by its name, perhaps with dots.
fn declared(cursor: &mut Cursor, what: &'static str, names: &HashMap<String, u32>) -> Res<u32> {
    let name = cursor.dotted()?.join(".");
    names.get(&name).copied().map_or_else(|| cursor.unknown(what, &name), Ok)
}

/// An index for a field of 16 bits.
pub(super) fn narrow(cursor: &Cursor, index: u32) -> Res<u16> {
    index.try_into().or_else(|_| cursor.fail(TextErrorKind::TooMany("items for an operand of 16 bits")))
}
