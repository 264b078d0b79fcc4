//! Damage to what a module's tables say.

use crate::module::{Const, Guard, Hook, Module, Part, TypeKind};

use super::Rng;

/// Changes one entry of one table.
pub(super) fn damage_tables(module: &mut Module, rng: &mut Rng) {
    let name = rng.below(module.strings.len() + 1) as u32;
    match rng.below(9) {
        0 => damage_site(module, name, rng),
        1 => damage_path(module, name, rng),
        2..=4 => damage_type(module, name, rng),
        5 => damage_constant(module, name, rng),
        6 => damage_guard(module, name, rng),
        7 => damage_switch(module, rng),
        _ => damage_names(module, name, rng),
    }
}

/// One of the items, to be changed.
fn one<'a, T>(items: &'a mut [T], rng: &mut Rng) -> Option<&'a mut T> {
    let at = rng.below(items.len());
    items.get_mut(at)
}

fn damage_site(module: &mut Module, name: u32, rng: &mut Rng) {
    let Some(site) = one(&mut module.sites, rng) else { return };
    match rng.below(4) {
        0 => site.name = Some(name),
        1 => site.mut_mask ^= 1 << rng.below(4),
        2 => drop(site.keywords.pop()),
        _ => site.keywords.push(name),
    }
}

fn damage_path(module: &mut Module, name: u32, rng: &mut Rng) {
    let Some(path) = one(&mut module.paths, rng) else { return };
    match rng.below(6) {
        0 => path.frozen = !path.frozen,
        1 => path.parts.push(Part::Index),
        2 => path.parts.push(Part::Field(name)),
        3 => path.parts.push(Part::Part(name)),
        4 => path.parts.rotate_left(1),
        _ => path.method = rng.once_in(2).then_some(name),
    }
}

fn damage_type(module: &mut Module, name: u32, rng: &mut Rng) {
    let (functions, types, guards) = (module.functions.len(), module.types.len(), module.guards.len());
    let Some(ty) = one(&mut module.types, rng) else { return };
    let function = rng.below(functions + 1) as u32;
    let guard = rng.once_in(2).then(|| rng.below(guards + 1) as u32);
    match rng.below(9) {
        0 => ty.fields.truncate(ty.fields.len().saturating_sub(1)),
        1 => ty.kind = TypeKind::ALL[rng.below(TypeKind::ALL.len())],
        2 => ty.hooks.push((Hook::ALL[rng.below(Hook::ALL.len())].0, function)),
        3 => one(&mut ty.hooks, rng).into_iter().for_each(|(_, of)| *of = function),
        4 => one(&mut ty.methods, rng).into_iter().for_each(|method| method.function = function),
        5 => one(&mut ty.methods, rng).into_iter().for_each(|method| method.name = name),
        6 => one(&mut ty.fields, rng).into_iter().for_each(|field| field.guard = guard),
        7 => ty.traits.push(rng.below(types + 1) as u32),
        _ => {
            let Some(variant) = one(&mut ty.variants, rng) else { return };
            match rng.below(3) {
                0 => drop(variant.fields.pop()),
                1 => variant.named = !variant.named,
                _ => one(&mut variant.fields, rng).into_iter().for_each(|field| field.guard = guard),
            }
        }
    }
}

fn damage_constant(module: &mut Module, name: u32, rng: &mut Rng) {
    let Some(constant) = one(&mut module.constants, rng) else { return };
    *constant = match rng.below(3) {
        0 => Const::Int(rng.number() as i64 >> rng.below(64)),
        1 => Const::Float(f64::from_bits(rng.number())),
        _ => Const::Str(name),
    };
}

fn damage_guard(module: &mut Module, name: u32, rng: &mut Rng) {
    let ty = rng.below(module.types.len() + 1) as u32;
    let Some(guard) = one(&mut module.guards, rng) else { return };
    *guard = match rng.below(4) {
        0 => Guard::Type(ty),
        1 => Guard::Dyn(ty),
        _ => Guard::PLAIN[name as usize % Guard::PLAIN.len()],
    };
}

fn damage_switch(module: &mut Module, rng: &mut Rng) {
    let offset = rng.below(40) as i32 - 20;
    let Some(switch) = one(&mut module.switches, rng) else { return };
    match rng.below(3) {
        0 => switch.default = offset,
        1 => switch.cases.push((rng.below(8) as u32, offset)),
        _ => one(&mut switch.cases, rng).into_iter().for_each(|(_, jump)| *jump = offset),
    }
}

fn damage_names(module: &mut Module, name: u32, rng: &mut Rng) {
    match rng.below(5) {
        0 => one(&mut module.natives, rng).into_iter().for_each(|native| *native = name),
        1 => drop(module.globals.pop()),
        2 => module.entry = rng.below(module.functions.len() + 1) as u32,
        3 => one(&mut module.thunks, rng).into_iter().for_each(|thunk| thunk.function = name),
        _ => {
            // Another text under every use of this string.
            let (from, to) = (rng.below(module.strings.len()), rng.below(module.strings.len()));
            module.strings.swap(from, to);
        }
    }
}
