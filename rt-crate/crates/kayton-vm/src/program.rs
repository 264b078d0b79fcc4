//! A program in the form in which it is executed.

use std::collections::HashMap;
use std::rc::Rc;

use kayton_abi::hash::Mixing;
use kayton_abi::vm_table::Compiled;
use kayton_abi::{Guard, KayVal, Tag, TypeTable};
use kayton_bytecode::{Instr, Line, Module, Op, Param, Switch, Verified};
use kayton_stdlib::Native;

use crate::ops::places::PlacePath;
use crate::pc::{At, Ip, Pc};
use crate::sites::{Cache, Kind, Site, SHARED};
use crate::trace::Place;

/// What entering a function needs.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// The first instruction.
    pub(crate) ip: Ip,
    /// The registers of a frame.
    pub(crate) registers: u32,
}

/// A function: what else a call may need.
#[derive(Clone)]
pub(crate) struct Function {
    /// The registers of a frame.
    pub(crate) registers: u32,
    /// What sites compare with: [`crate::sites::shape_of`].
    pub(crate) shape: u64,
    /// Bit *i*: parameter *i* is copied out.
    pub(crate) mut_mask: u32,
    /// The parameters; their names are numbers that equal names share.
    pub(crate) params: Box<[Param]>,
}

impl Function {
    /// How many arguments a call needs and how many it may have.
    pub(crate) fn arity(&self) -> (usize, usize) {
        (self.params.iter().filter(|param| !param.optional).count(), self.params.len())
    }

    /// The first parameter that a call must give and that has no argument.
    pub(crate) fn missing(&self, given: impl Fn(usize) -> bool) -> Option<usize> {
        (0..self.params.len()).find(|place| !self.params[*place].optional && !given(*place))
    }
}

/// The methods of all types: by [`Program::method_key`] and name.
pub(crate) type Methods = HashMap<(u64, u32), u32, Mixing>;

/// The fields of a struct or class.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    /// Name and boundary of each.
    pub(crate) fields: Vec<(u32, Option<Guard>)>,
}

impl Fields {
    /// The place of the field with this name.
    pub(crate) fn place(&self, name: u32) -> Option<usize> {
        self.fields.iter().position(|(field, _)| *field == name)
    }
}

/// A jump table: offsets by variant id, for the ids from `first` on.
#[derive(Clone, Debug)]
pub(crate) struct Jumps {
    first: u32,
    offsets: Vec<i32>,
    default: i32,
}

/// Where tables would be larger than this, variants share the default and are found in order of the cases.
const WIDEST: usize = 1 << 16;
/// The name of the function that a compiled program starts with (docs/bytecode.md, "Calls").
const START: &str = "<start>";
/// The name of the functions that hold a module's statements.
const MODULE: &str = "<module>";

impl Jumps {
    pub(crate) fn of(switch: &Switch) -> Jumps {
        let ids = || switch.cases.iter().map(|(id, _)| *id);
        let first = ids().min().unwrap_or(0);
        let width = ids().max().map_or(0, |last| (last - first) as usize + 1).min(WIDEST);
        let mut offsets = vec![switch.default; width];
        for (id, offset) in switch.cases.iter().rev() {
            if let Some(slot) = offsets.get_mut((id - first) as usize) {
                *slot = *offset;
            }
        }
        Jumps { first, offsets, default: switch.default }
    }

    /// The jump for a value of this variant.
    #[inline(always)]
    pub(crate) fn offset(&self, variant: Option<u32>) -> i32 {
        let index = variant.map_or(usize::MAX, |id| id.wrapping_sub(self.first) as usize);
        self.offsets.get(index).copied().unwrap_or(self.default)
    }
}

/// A program in the form in which it is executed. Instructions are changed in place while it runs.
pub(crate) struct Program {
    /// The file, for names, sources and line tables.
    pub(crate) module: Verified<Module>,
    /// All functions' instructions, one after the other. They are reached through [`Ip`]s only.
    pub(crate) code: *mut [Instr],
    /// The function of each instruction.
    pub(crate) function_of: Vec<u32>,
    /// The first instruction of each function.
    pub(crate) starts: Vec<usize>,
    pub(crate) functions: Vec<Function>,
    /// By function.
    pub(crate) entries: Vec<Entry>,
    /// By function: its compiled version, which its entry then leads to.
    pub(crate) compiled: Vec<Option<Compiled>>,
    pub(crate) constants: Vec<KayVal>,
    pub(crate) natives: Vec<&'static Native>,
    pub(crate) sites: Vec<Site>,
    /// By [`Kind`] and site.
    pub(crate) caches: [Vec<Cache>; Kind::COUNT],
    /// What was found at sites where the values have several types.
    pub(crate) shared: Box<[((Kind, u16), Cache); SHARED]>,
    pub(crate) switches: Vec<Jumps>,
    pub(crate) paths: Vec<Rc<PlacePath>>,
    /// By path: where its only field was found last.
    pub(crate) place_caches: Vec<Cache>,
    /// Names of the module-level variables.
    pub(crate) globals: Vec<u32>,
    pub(crate) guards: Vec<Guard>,
    pub(crate) types: TypeTable,
    /// By type id; empty but for structs and classes.
    pub(crate) fields: Vec<Fields>,
    /// By variant id: its enum.
    pub(crate) owners: Vec<u32>,
    /// By variant id: how many fields it has.
    pub(crate) variant_fields: Vec<u16>,
    pub(crate) methods: Methods,
    /// The number of the name `with`.
    pub(crate) with: Option<u32>,
}

impl Program {
    /// The function `index`.
    #[inline(always)]
    pub(crate) fn function(&self, index: usize) -> &Function {
        debug_assert!(index < self.functions.len());
        // SAFETY: indices come from verified instructions and from function values, which only those make.
        unsafe { self.functions.get_unchecked(index) }
    }

    /// The offset of the instruction before `pc` in the code.
    fn offset(&self, pc: Pc) -> Option<usize> {
        if pc.is_stopped() {
            return None;
        }
        Some((pc.ip.address() - self.code.cast::<Instr>() as usize) / size_of::<Instr>() - 1)
    }

    /// The index of the function that the instruction before `pc` belongs to; `None` outside the program.
    pub(crate) fn function_at(&self, pc: Pc) -> Option<usize> {
        self.function_of.get(self.offset(pc)?).map(|function| *function as usize)
    }

    /// The place in the source of the instruction before `pc`.
    pub(crate) fn place(&self, pc: Pc) -> Place {
        let function = self.function_at(pc).unwrap_or(0);
        let at = self.offset(pc).unwrap_or(0) - self.starts[function];
        let info = &self.module.functions[function];
        Place {
            function: self.module.strings[info.name as usize].clone(),
            path: self.module.sources.get(info.source as usize).map_or_else(String::new, |source| source.path.clone()),
            span: info.line_at(at as u32).copied().unwrap_or(Line {
                pc: 0,
                line: info.line,
                column: info.column,
                end_line: info.line,
                end_column: info.column,
            }),
        }
    }

    /// Whether the entry is no call of the program's own, see [`Program::is_start`]; then it does not count as one either.
    pub(crate) fn has_start(&self) -> bool {
        let entry = self.module.functions.get(self.module.entry as usize);
        entry.is_some_and(|function| self.name(function.name) == START)
    }

    /// Whether the instruction before `pc` is in the function that runs a program's modules and then its `main`, which
    /// is no call of the program's own.
    pub(crate) fn is_start(&self, pc: Pc) -> bool {
        let function = self.function_at(pc).and_then(|function| self.module.functions.get(function));
        function.is_some_and(|function| self.name(function.name) == START)
    }

    /// Whether the instruction before `pc` is one of a module's statements, which are no call of the program's own either.
    pub(crate) fn is_module(&self, pc: Pc) -> bool {
        let function = self.function_at(pc).and_then(|function| self.module.functions.get(function));
        function.is_some_and(|function| self.name(function.name) == MODULE)
    }

    /// The place in the source of value number `value` that the instruction before `pc` stores.
    pub(crate) fn place_of_value(&self, pc: Pc, value: u32) -> Place {
        let place = self.place(pc);
        let (Some(function), Some(at)) = (self.function_at(pc), self.offset(pc)) else {
            return place;
        };
        let span = self.module.functions[function].argument_at((at - self.starts[function]) as u32, value);
        Place { span: span.copied().unwrap_or(place.span), ..place }
    }

    /// The place in the source of what parameter `param` of the function at `callee` got from the call before `caller`.
    pub(crate) fn place_of_argument(&self, caller: Pc, callee: Pc, param: u16) -> Place {
        let place = self.place(caller);
        let (Some(of), Some(to), Some(at)) = (self.function_at(caller), self.function_at(callee), self.offset(caller))
        else {
            return place;
        };
        let argument = self.argument_of(caller.current(), to, param.into());
        let span = self.module.functions[of].argument_at((at - self.starts[of]) as u32, argument as u32);
        Place { span: span.copied().unwrap_or(place.span), ..place }
    }

    /// The argument of a call, the receiver apart, that reaches a parameter of the function it calls.
    fn argument_of(&self, call: At, function: usize, param: usize) -> usize {
        let (receiver, has_site) = match call.instr().op() {
            Some(Op::CallMethod | Op::CallMut) => (1, true),
            Some(Op::CallVal) => (0, true),
            _ => (0, false),
        };
        let keywords = if has_site { &self.sites[usize::from(call.c())].keywords[..] } else { &[] };
        let name = self.functions[function].params.get(param).map(|param| param.name);
        match keywords.iter().position(|keyword| Some(*keyword) == name) {
            Some(keyword) => call.nargs() - keywords.len() + keyword,
            None => param.saturating_sub(receiver),
        }
    }

    /// The name of a function's parameter.
    pub(crate) fn param_name(&self, function: &Function, place: usize) -> &str {
        function.params.get(place).map_or("?", |param| self.name(param.name))
    }

    /// The text of a name.
    pub(crate) fn name(&self, name: u32) -> &str {
        &self.module.strings[name as usize]
    }

    /// What methods are looked up by: the type of a value, as a number.
    #[inline]
    pub(crate) fn method_key(&self, value: KayVal) -> u64 {
        match value.tag {
            Tag::STRUCT | Tag::CLASS => u64::from(value.tag.0) | u64::from(value.aux) << 32,
            Tag::VARIANT0 | Tag::ENUM => {
                let owner = self.owners.get(value.aux as usize).copied().unwrap_or(0);
                u64::from(Tag::ENUM.0) | u64::from(owner) << 32
            }
            Tag::NATIVE | Tag::CLOSURE => u64::from(Tag::FUNC.0),
            tag => u64::from(tag.0),
        }
    }

    /// The user's method of this name for the type of `value`.
    pub(crate) fn method(&self, value: KayVal, name: u32) -> Option<usize> {
        self.methods.get(&(self.method_key(value), name)).map(|function| *function as usize)
    }

    /// The place and boundary of a field of a struct value or class instance.
    pub(crate) fn field(&self, value: KayVal, name: u32) -> Option<(usize, Option<Guard>)> {
        if !matches!(value.tag, Tag::STRUCT | Tag::CLASS) {
            return None;
        }
        let fields = self.fields.get(value.aux as usize)?;
        let place = fields.place(name)?;
        Some((place, fields.fields[place].1))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // SAFETY: the loader made it from a box, and no `Ip` outlives the machine.
        drop(unsafe { Box::from_raw(self.code) });
    }
}
