//! Text to a module: items, the order in which they are read, and what a text may leave out.

use crate::module::{Field, Hook, Method, Module, Source, Thunk, Type, TypeKind, Variant};

use super::lexer::{Cursor, Res, Token};
use super::print::kind_word;
use super::tables::Tables;
use super::{TextError, TextErrorKind};

/// What a text begins with whose first type is not `Option`.
const PRELUDE: &str = "
enum Option
  variant None()
  variant Some(value)
enum Result
  variant Ok(value)
  variant Err(error)
";

/// A line in the first column and the indented ones after it.
pub(super) struct Item<'a> {
    word: String,
    /// The first line after its keyword.
    pub head: Cursor,
    pub body: Vec<Cursor>,
    /// The lines after `|`.
    text: Vec<&'a str>,
}

/// Reads a module.
pub(super) fn module(text: &str) -> Res<Module> {
    let mut items = split(text)?;
    if !items.iter().find(|item| kind(item).is_some()).is_some_and(may_be_option) {
        items.splice(0..0, split(PRELUDE)?);
    }
    let mut tables = Tables::default();
    for item in of(&items, "string") {
        tables.add_string(item.head.clone())?;
    }
    declare(&items, &mut tables)?;
    for word in ["guard", "const", "global", "native", "site", "path", "switch"] {
        for item in of(&items, word) {
            tables.add_item(word, item.head.clone())?;
        }
    }
    let types = items.iter().filter_map(|item| Some((kind(item)?, item)));
    let types = types.map(|(kind, item)| read_type(&mut tables, kind, item)).collect::<Res<_>>()?;
    let functions = of(&items, "fn").map(|item| tables.read_function(item)).collect::<Res<Vec<_>>>()?;
    let thunks = of(&items, "thunk").map(|item| read_thunk(&tables, item)).collect::<Res<_>>()?;
    let entry = of(&items, "entry").last().ok_or(TextError { line: 1, kind: TextErrorKind::NoEntry })?;
    let entry = last(&mut entry.head.clone(), |cursor| tables.function(cursor))?;
    let mut sources = of(&items, "source").map(read_source).collect::<Res<Vec<_>>>()?;
    if sources.is_empty() && !functions.is_empty() {
        sources.push(Source::default());
    }
    Ok(tables.into_module(Module { types, functions, sources, thunks, entry, ..Module::default() }))
}

fn of<'a, 'b>(items: &'b [Item<'a>], word: &'b str) -> impl Iterator<Item = &'b Item<'a>> {
    items.iter().filter(move |item| item.word == word)
}

fn kind(item: &Item) -> Option<TypeKind> {
    TypeKind::ALL.into_iter().find(|kind| kind_word(*kind) == item.word)
}

fn may_be_option(item: &Item) -> bool {
    match item.head.peek() {
        Some(Token::Word(name)) => name == "Option",
        other => other == Some(&Token::Sign('#')),
    }
}

const WORDS: [&str; 12] =
    ["string", "guard", "const", "global", "native", "site", "path", "switch", "fn", "thunk", "entry", "source"];

/// Cuts the text into items.
fn split(text: &str) -> Res<Vec<Item<'_>>> {
    let mut items: Vec<Item> = Vec::new();
    for (place, line) in text.split('\n').enumerate() {
        let number = place + 1;
        let indented = line.starts_with(char::is_whitespace);
        let content = line.trim_start().strip_prefix('|').filter(|_| indented);
        if let (Some(content), Some(item)) = (content, items.last_mut()) {
            if item.word != "source" {
                return item.head.expected("a source before lines of text");
            }
            item.text.push(content);
            continue;
        }
        let mut head = Cursor::new(line, number)?;
        match (indented, items.last_mut()) {
            _ if head.is_empty() => {}
            (true, Some(item)) => item.body.push(head),
            (true, None) => return head.expected("an item in the first column"),
            (false, _) => {
                let item = Item { word: head.word("an item")?, head, body: Vec::new(), text: Vec::new() };
                if kind(&item).is_none() && !WORDS.contains(&item.word.as_str()) {
                    return item.head.unknown("kind of item", &item.word);
                }
                items.push(item);
            }
        }
    }
    Ok(items)
}

/// Notes the names of functions, types and variants, so that items may refer to later ones.
fn declare(items: &[Item], tables: &mut Tables) -> Res<()> {
    for (index, item) in (0..).zip(of(items, "fn")) {
        tables.declare_function(item.head.clone(), index)?;
    }
    for (index, item) in (0..).zip(items.iter().filter(|item| kind(item).is_some())) {
        tables.declare_type(item.head.clone(), index)?;
        for line in &item.body {
            let mut line = line.clone();
            if line.accept_word("variant") {
                tables.declare_variant(line, index)?;
            }
        }
    }
    Ok(())
}

/// Reads what ends the line.
pub(super) fn last<T>(cursor: &mut Cursor, read: impl FnOnce(&mut Cursor) -> Res<T>) -> Res<T> {
    let value = read(cursor)?;
    cursor.end()?;
    Ok(value)
}

fn read_type(tables: &mut Tables, kind: TypeKind, item: &Item) -> Res<Type> {
    let name = last(&mut item.head.clone(), |cursor| tables.dotted(cursor))?;
    let mut ty = Type {
        name,
        kind,
        fields: Vec::new(),
        variants: Vec::new(),
        methods: Vec::new(),
        hooks: Vec::new(),
        traits: Vec::new(),
    };
    for line in &item.body {
        let mut line = line.clone();
        match line.word("field, variant, method, hook or impl")?.as_str() {
            "field" => ty.fields.push(read_field(tables, &mut line)?),
            "variant" => ty.variants.push(read_variant(tables, &mut line)?),
            "method" => {
                let name = tables.name(&mut line)?;
                line.expect('=', "=")?;
                ty.methods.push(Method { name, function: tables.function(&mut line)? });
            }
            "hook" => {
                let hook = read_hook(&mut line)?;
                line.expect('=', "=")?;
                ty.hooks.push((hook, tables.function(&mut line)?));
            }
            "impl" => ty.traits.push(tables.ty(&mut line)?),
            _ => return line.expected("field, variant, method, hook or impl"),
        }
        line.end()?;
    }
    Ok(ty)
}

fn read_field(tables: &mut Tables, line: &mut Cursor) -> Res<Field> {
    let name = tables.name(line)?;
    let guard = match line.accept(':') {
        true => Some(tables.guard(line)?),
        false => None,
    };
    Ok(Field { name, guard })
}

fn read_variant(tables: &mut Tables, line: &mut Cursor) -> Res<Variant> {
    let name = tables.name(line)?;
    let named = line.accept('{');
    if !named {
        line.expect('(', "( or {")?;
    }
    let close = if named { '}' } else { ')' };
    let mut fields = Vec::new();
    while !line.accept(close) {
        if !fields.is_empty() {
            line.expect(',', "a comma")?;
        }
        fields.push(read_field(tables, line)?);
    }
    Ok(Variant { name, named, fields })
}

fn read_hook(line: &mut Cursor) -> Res<Hook> {
    let name = line.dotted()?.join(".");
    match Hook::ALL.into_iter().find(|(_, known, _)| *known == name) {
        Some((hook, ..)) => Ok(hook),
        None => line.unknown("hook", &name),
    }
}

fn read_thunk(tables: &Tables, item: &Item) -> Res<Thunk> {
    let mut head = item.head.clone();
    let id = head.number()?;
    head.expect('=', "=")?;
    let function = last(&mut head, |cursor| tables.function(cursor))?;
    Ok(Thunk { id, function })
}

fn read_source(item: &Item) -> Res<Source> {
    let path = last(&mut item.head.clone(), Cursor::name)?;
    Ok(Source { path, text: item.text.join("\n") })
}
