//! A module to text.

use std::fmt::Write;

use crate::isa::VERSION;
use crate::module::{Module, Source, Switch, Type, TypeKind};

use super::lexer::quote;
use super::names::Names;
use super::print_code;

/// The word that introduces a type.
pub(super) fn kind_word(kind: TypeKind) -> &'static str {
    match kind {
        TypeKind::Enum => "enum",
        TypeKind::Struct => "struct",
        TypeKind::Class => "class",
        TypeKind::Trait => "trait",
        TypeKind::BuiltIn => "builtin",
    }
}

/// The text: what is executed first, the tables after it, the sources last.
pub(super) fn module(module: &Module) -> String {
    let names = Names::of(module);
    let mut out = format!("; Kayton bytecode, version {VERSION}\nentry {}\n", names.function(module.entry));
    for thunk in &module.thunks {
        let _ = writeln!(out, "thunk {} = {}", thunk.id, names.function(thunk.function));
    }
    let mut variant = 0;
    for ty in &module.types {
        print_type(&mut out, &names, ty, &mut variant);
    }
    for index in 0..module.functions.len() {
        print_code::function(&mut out, &names, index);
    }
    tables(&mut out, &names);
    module.sources.iter().for_each(|source| print_source(&mut out, source));
    out
}

fn print_type(out: &mut String, names: &Names, ty: &Type, next_variant: &mut usize) {
    let _ = writeln!(out, "\n{} {}", kind_word(ty.kind), names.dotted(ty.name));
    for field in &ty.fields {
        let _ = writeln!(out, "  field {}", names.field(field));
    }
    for variant in &ty.variants {
        let fields: Vec<String> = variant.fields.iter().map(|field| names.field(field)).collect();
        let (open, close) = if variant.named { ('{', '}') } else { ('(', ')') };
        let name = names.name(variant.name);
        let _ = writeln!(out, "  variant {name}{open}{}{close}  ; {next_variant}", fields.join(", "));
        *next_variant += 1;
    }
    for method in &ty.methods {
        let _ = writeln!(out, "  method {} = {}", names.name(method.name), names.function(method.function));
    }
    for (hook, function) in &ty.hooks {
        let _ = writeln!(out, "  hook {} = {}", hook.name(), names.function(*function));
    }
    for implemented in &ty.traits {
        let _ = writeln!(out, "  impl {}", names.ty(*implemented));
    }
}

fn tables(out: &mut String, names: &Names) {
    let module = names.module;
    table(out, "string", module.strings.iter().map(|text| quote(text)));
    table(out, "const", module.constants.iter().map(|constant| names.constant_item(*constant)));
    table(out, "guard", module.guards.iter().map(|guard| names.guard_item(*guard)));
    table(out, "global", module.globals.iter().map(|name| names.dotted(*name)));
    table(out, "native", module.natives.iter().map(|name| names.dotted(*name)));
    table(out, "site", module.sites.iter().map(|site| names.site_item(site)));
    table(out, "path", module.paths.iter().map(|path| names.path_item(path)));
    table(out, "switch", module.switches.iter().map(|switch| switch_item(names, switch, |jump| format!("{jump:+}"))));
}

fn table(out: &mut String, word: &str, items: impl Iterator<Item = String>) {
    for (index, item) in items.enumerate() {
        let gap = if index == 0 { "\n" } else { "" };
        let _ = writeln!(out, "{gap}{word} {item}  ; #{index}");
    }
}

/// A switch, its jumps written by `jump`.
pub(super) fn switch_item(names: &Names, switch: &Switch, jump: impl Fn(i32) -> String) -> String {
    let mut text = format!("{{else {}", jump(switch.default));
    for (variant, offset) in &switch.cases {
        let _ = write!(text, ", {} {}", names.variant(*variant), jump(*offset));
    }
    text.push('}');
    text
}

fn print_source(out: &mut String, source: &Source) {
    let _ = writeln!(out, "\nsource {}", quote(&source.path));
    for line in source.text.split('\n') {
        let _ = writeln!(out, "  |{line}");
    }
}
