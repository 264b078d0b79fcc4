//! What an instruction names, and so how large its window is.

use crate::isa::Op;
use crate::module::TypeKind;

use super::{Flow, Maker};

/// An item of the module for an instruction to name.
#[derive(Clone, Copy, Default)]
pub(super) struct Choice {
    /// The function, native, site, path, type or variant.
    pub item: usize,
    /// The size of the window.
    pub registers: usize,
    /// The number of arguments of a call.
    pub nargs: u8,
}

impl Choice {
    /// A window of so many registers.
    fn window(item: usize, registers: usize) -> Choice {
        Choice { item, registers, nargs: 0 }
    }

    /// A call with so many arguments, which stand after `before` other registers.
    fn call(item: usize, before: usize, nargs: usize) -> Choice {
        Choice { item, registers: before + nargs, nargs: nargs as u8 }
    }
}

/// Chooses for an instruction of the function; `None` where what was hit on does not fit it.
pub(super) fn choose(maker: &mut Maker, function: usize, op: Op) -> Option<Choice> {
    let registers = match op {
        Op::Call | Op::LoadFunc | Op::NewClosure => return choose_function(maker, function, op),
        Op::CallNative => return choose_native(maker),
        Op::CallVal | Op::CallMethod | Op::CallMut => return choose_call_site(maker, op),
        Op::GetField | Op::SetField => return choose_field_site(maker),
        Op::NewStruct => return choose_type(maker),
        Op::NewVariant => return choose_variant(maker).filter(|choice| choice.registers > 0),
        Op::LoadVariant => return choose_variant(maker).filter(|choice| choice.registers == 0),
        Op::StorePath | Op::TakePath => {
            let item = maker.rng.below(maker.module.paths.len());
            return Some(Choice::window(item, maker.module.paths[item].indices() + 1));
        }
        Op::NewMap => 2 * maker.rng.below(4),
        Op::NewList | Op::NewTuple | Op::NewSet | Op::Concat | Op::DropRange => maker.rng.below(5),
        Op::Slice => 3,
        Op::IterInit | Op::IterNext | Op::JmpUnlessBetween => 2,
        _ => 0,
    };
    Some(Choice::window(0, registers))
}

fn choose_function(maker: &mut Maker, caller: usize, op: Op) -> Option<Choice> {
    let first = if maker.plan.flow == Flow::Forward { caller + 1 } else { 0 };
    let count = maker.module.functions.len().checked_sub(first)?;
    let item = first + maker.rng.below(count);
    let function = maker.module.functions.get(item)?;
    match op {
        Op::NewClosure => Some(Choice::window(item, function.captures.into())),
        _ if function.captures > 0 => None,
        Op::Call => Some(Choice::call(item, 0, function.params.len())),
        _ => Some(Choice::window(item, 0)),
    }
}

fn choose_native(maker: &mut Maker) -> Option<Choice> {
    let item = maker.rng.below(maker.plan.natives.len());
    let native = *maker.plan.natives.get(item)?;
    let more = maker.rng.below(usize::from(native.most - native.least) + 1);
    Some(Choice::call(item, 0, usize::from(native.least) + more))
}

fn choose_call_site(maker: &mut Maker, op: Op) -> Option<Choice> {
    let item = maker.rng.below(maker.module.sites.len());
    let nargs = maker.module.sites[item].keywords.len() + maker.rng.below(3);
    let fits = op == Op::CallVal || maker.module.sites[item].name.is_some();
    fits.then(|| Choice::call(item, 1, nargs))
}

fn choose_field_site(maker: &mut Maker) -> Option<Choice> {
    let item = maker.rng.below(maker.module.sites.len());
    let site = &maker.module.sites[item];
    (site.name.is_some() && site.keywords.is_empty()).then(|| Choice::window(item, 0))
}

fn choose_type(maker: &mut Maker) -> Option<Choice> {
    let item = maker.rng.below(maker.module.types.len());
    let ty = &maker.module.types[item];
    let fits = matches!(ty.kind, TypeKind::Struct | TypeKind::Class);
    fits.then(|| Choice::window(item, ty.fields.len()))
}

fn choose_variant(maker: &mut Maker) -> Option<Choice> {
    let variants = maker.module.types.iter().flat_map(|ty| &ty.variants);
    let sizes: Vec<usize> = variants.map(|variant| variant.fields.len()).collect();
    let item = maker.rng.below(sizes.len());
    sizes.get(item).map(|size| Choice::window(item, *size))
}
