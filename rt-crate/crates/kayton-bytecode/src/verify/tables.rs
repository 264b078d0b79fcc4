//! The tables of a module: indices, shapes of types, masks, line tables.

use crate::module::{
    ArgLine, Const, Field, Function, Guard, Line, Module, Part, Path, Site, Switch, Type, TypeKind, Variant,
};

use super::{item, Check, Fault, Place, Res, VerifyError};

/// What the checks of instructions ask often, computed once.
pub(super) struct Facts {
    /// The number of fields of each variant, by its id.
    pub variant_fields: Vec<usize>,
    /// The number of indices that each path takes.
    pub path_indices: Vec<u32>,
    /// The least and greatest jump of each switch.
    pub switch_spans: Vec<(i32, i32)>,
}

impl Facts {
    pub(super) fn of(module: &Module) -> Facts {
        Facts {
            variant_fields: module
                .types
                .iter()
                .flat_map(|ty| &ty.variants)
                .map(|variant| variant.fields.len())
                .collect(),
            path_indices: module.paths.iter().map(|path| path.indices() as u32).collect(),
            switch_spans: module.switches.iter().map(span).collect(),
        }
    }
}

fn span(switch: &Switch) -> (i32, i32) {
    let start = (switch.default, switch.default);
    switch.cases.iter().fold(start, |(low, high), (_, jump)| (low.min(*jump), high.max(*jump)))
}

/// Checks everything but the code.
pub(super) fn check(module: &Module) -> Res<()> {
    each("constant", &module.constants, |constant| module.check_constant(*constant))?;
    each("guard", &module.guards, |guard| module.check_guard(*guard))?;
    each("type", &module.types, |ty| module.check_type(ty))?;
    module.check_prelude().map_err(|fault| item("type", 0, fault))?;
    each("global", &module.globals, |name| module.check_string(*name))?;
    each("native", &module.natives, |name| module.check_string(*name))?;
    each("site", &module.sites, |site| module.check_site(site))?;
    each("path", &module.paths, |path| module.check_path(path))?;
    let variants = module.types.iter().map(|ty| ty.variants.len()).sum();
    each("switch", &module.switches, |switch| {
        switch.cases.iter().try_for_each(|(id, _)| in_table("variant", variants, *id))
    })?;
    each("function", &module.functions, |function| module.check_function(function))?;
    each("thunk", &module.thunks, |thunk| module.check_plain_function(thunk.function).map(drop))?;
    module.check_thunk_ids()?;
    let entry = |fault| VerifyError { place: Place::Entry, fault };
    match module.check_plain_function(module.entry).map_err(entry)?.params.is_empty() {
        true => Ok(()),
        false => Err(entry(Fault::EntryParameters)),
    }
}

fn each<T>(table: &'static str, items: &[T], check: impl Fn(&T) -> Check<()>) -> Res<()> {
    for (index, found) in items.iter().enumerate() {
        check(found).map_err(|fault| item(table, index, fault))?;
    }
    Ok(())
}

/// Checks an index.
pub(super) fn in_table(table: &'static str, len: usize, index: u32) -> Check<()> {
    get(table, len, index).map(drop)
}

fn get(table: &'static str, len: usize, index: u32) -> Check<usize> {
    match (index as usize) < len {
        true => Ok(index as usize),
        false => Err(Fault::Index { table, index }),
    }
}

/// Fails with the fault unless the condition holds.
pub(super) fn ensure(condition: bool, fault: Fault) -> Check<()> {
    if condition {
        Ok(())
    } else {
        Err(fault)
    }
}

impl Module {
    fn check_string(&self, index: u32) -> Check<()> {
        in_table("string", self.strings.len(), index)
    }

    fn check_strings(&self, indices: &[u32]) -> Check<()> {
        indices.iter().try_for_each(|index| self.check_string(*index))
    }

    /// A function that anyone may call without a closure.
    fn check_plain_function(&self, index: u32) -> Check<&Function> {
        let function = &self.functions[get("function", self.functions.len(), index)?];
        ensure(function.captures == 0, Fault::Captures)?;
        Ok(function)
    }

    fn check_constant(&self, constant: Const) -> Check<()> {
        match constant {
            Const::Str(index) => self.check_string(index),
            Const::Int(_) | Const::Float(_) => Ok(()),
        }
    }

    fn check_guard(&self, guard: Guard) -> Check<()> {
        match guard {
            Guard::Type(index) => self.check_kind(index, |kind| kind != TypeKind::Trait),
            Guard::Dyn(index) => self.check_kind(index, |kind| kind == TypeKind::Trait),
            _ => Ok(()),
        }
    }

    fn check_kind(&self, index: u32, fits: impl Fn(TypeKind) -> bool) -> Check<()> {
        let ty = &self.types[get("type", self.types.len(), index)?];
        ensure(fits(ty.kind), Fault::Trait)
    }

    fn check_type(&self, ty: &Type) -> Check<()> {
        self.check_string(ty.name)?;
        let has_fields = matches!(ty.kind, TypeKind::Struct | TypeKind::Class);
        ensure(has_fields || ty.fields.is_empty(), Fault::TypeShape)?;
        ensure(ty.kind == TypeKind::Enum || ty.variants.is_empty(), Fault::TypeShape)?;
        self.check_fields(&ty.fields)?;
        for variant in &ty.variants {
            self.check_string(variant.name)?;
            self.check_fields(&variant.fields)?;
        }
        for method in &ty.methods {
            self.check_string(method.name)?;
            self.check_plain_function(method.function)?;
        }
        for (hook, function) in &ty.hooks {
            let function = self.check_plain_function(*function)?;
            let rest = function.params.get(usize::from(hook.arity())..);
            ensure(rest.is_some_and(|rest| rest.iter().all(|param| param.optional)), Fault::HookArity)?;
        }
        ty.traits.iter().try_for_each(|index| self.check_kind(*index, |kind| kind == TypeKind::Trait))
    }

    fn check_fields(&self, fields: &[Field]) -> Check<()> {
        for field in fields {
            self.check_string(field.name)?;
            if let Some(guard) = field.guard {
                in_table("guard", self.guards.len(), guard)?;
            }
        }
        Ok(())
    }

    /// Types 0 and 1 and variants 0 to 3 are known to whatever executes modules.
    fn check_prelude(&self) -> Check<()> {
        let known =
            self.is_enum(0, "Option", [("None", 0), ("Some", 1)]) && self.is_enum(1, "Result", [("Ok", 1), ("Err", 1)]);
        ensure(known, Fault::OptionAndResult)
    }

    /// Whether the type is the enum of this name with variants of these names and numbers of fields.
    fn is_enum(&self, index: usize, name: &str, variants: [(&str, usize); 2]) -> bool {
        let is_named = |found: u32, name: &str| self.strings.get(found as usize).is_some_and(|text| text == name);
        let is_variant = |(found, (name, fields)): (&Variant, (&str, usize))| {
            is_named(found.name, name) && found.fields.len() == fields && !found.named
        };
        self.types.get(index).is_some_and(|ty| {
            ty.kind == TypeKind::Enum
                && is_named(ty.name, name)
                && ty.variants.len() == variants.len()
                && ty.variants.iter().zip(variants).all(is_variant)
        })
    }

    fn check_site(&self, site: &Site) -> Check<()> {
        site.name.map_or(Ok(()), |name| self.check_string(name))?;
        self.check_strings(&site.keywords)
    }

    fn check_path(&self, path: &Path) -> Check<()> {
        path.method.map_or(Ok(()), |name| self.check_string(name))?;
        ensure(!path.parts.is_empty(), Fault::EmptyPath)?;
        path.parts.iter().try_for_each(|part| match part {
            Part::Field(name) => self.check_string(*name),
            Part::Index | Part::Part(_) => Ok(()),
        })
    }

    fn check_function(&self, function: &Function) -> Check<()> {
        self.check_string(function.name)?;
        function.params.iter().try_for_each(|param| self.check_string(param.name))?;
        let count = function.params.len();
        ensure(count <= u8::MAX as usize, Fault::TooMany("parameters"))?;
        ensure(count <= function.registers as usize, Fault::Parameters)?;
        ensure(mask_fits(function.mut_mask, count), Fault::MutMask)?;
        ensure(function.code.len() <= i32::MAX as usize, Fault::TooMany("instructions"))?;
        in_table("source", self.sources.len(), function.source)?;
        ensure(function.line > 0 && function.column > 0, Fault::Lines)?;
        check_lines(function)
    }

    fn check_thunk_ids(&self) -> Res<()> {
        let mut ids: Vec<(u32, usize)> =
            self.thunks.iter().enumerate().map(|(index, thunk)| (thunk.id, index)).collect();
        ids.sort_unstable();
        match ids.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(item("thunk", pair[1].1, Fault::DuplicateThunk(pair[1].0))),
            None => Ok(()),
        }
    }
}

/// Whether the mask has no bit beyond the first `count`.
pub(super) fn mask_fits(mask: u32, count: usize) -> bool {
    count >= 32 || mask >> count == 0
}

fn check_lines(function: &Function) -> Check<()> {
    let in_order = function.lines.windows(2).all(|pair| pair[0].pc < pair[1].pc);
    let key = |found: &ArgLine| (found.line.pc, found.argument);
    let arguments_in_order = function.arguments.windows(2).all(|pair| key(&pair[0]) < key(&pair[1]));
    ensure(in_order && arguments_in_order, Fault::Lines)?;
    let exists = |line: &Line| {
        let inside = (line.pc as usize) < function.code.len() && line.line > 0 && line.column > 0;
        inside && (line.end_line, line.end_column) >= (line.line, line.column)
    };
    let mut lines = function.lines.iter().chain(function.arguments.iter().map(|found| &found.line));
    ensure(lines.all(exists), Fault::Lines)
}
