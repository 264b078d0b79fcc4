//! From a verified module to the form in which it is executed.

use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use kayton_abi::types::{TraitInfo, TypeInfo, TypeKind, VariantInfo, VariantShape};
use kayton_abi::vm_table::CompiledFunction;
use kayton_abi::{string, Guard, Hook, KayVal, Tag, TypeTable};
use kayton_bytecode::{self as bytecode, Arg, Const, Instr, Module, Op, Param, Part, Path, Verified};
use kayton_stdlib::{Native, VARIADIC};

use crate::layout::Layout;
use crate::ops::places::PlacePath;
use crate::pc::Ip;
use crate::program::{Entry, Fields, Function, Jumps, Methods, Program};
use crate::sites::{shape_of, Cache, Kind, Site, SHARED};

/// Why a module cannot be executed although it is well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// It names a built-in function that does not exist.
    UnknownNative(String),
    /// It calls a built-in function with a number of arguments that it does not take.
    Arity {
        /// The function.
        native: String,
        /// The number of arguments.
        found: usize,
    },
    /// A function's calls reach beyond the registers that can be numbered.
    Registers(String),
    /// The system has no memory for the stacks.
    Memory(String),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::UnknownNative(name) => write!(f, "there is no built-in function {name}"),
            LoadError::Arity { native, found } => write!(f, "{native} does not take {found} arguments"),
            LoadError::Registers(name) => write!(f, "the function {name} needs too many registers"),
            LoadError::Memory(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for LoadError {}

/// Builds the executable form, on the thread that will execute it. Functions that have a compiled version are entered through it.
///
/// # Errors
/// Natives that do not exist or do not take the arguments they are called with; frames that are too large.
pub(crate) fn load(module: Verified<Module>, compiled: &[CompiledFunction]) -> Result<Program, LoadError> {
    let names = intern(&module.strings);
    let natives = bind(&module)?;
    let frames: Vec<u32> = module.functions.iter().map(|of| frame_size(&module, of)).collect::<Result<_, _>>()?;
    let traits = TraitNumbers::of(&module);
    let guards: Vec<Guard> = module.guards.iter().map(|guard| traits.guard(&module, *guard)).collect();
    let Layout { code, function_of, starts, entries: first, compiled } = Layout::new(&module, compiled);
    let mut code = code.into_boxed_slice();
    let sites = number_sites(&module, &mut code, &names);
    let code = Box::into_raw(code);
    let with = module.strings.iter().position(|text| text == "with").map(|at| names[at]);
    Ok(Program {
        functions: functions(&module, &frames, &names),
        entries: entries(code, &first, &frames),
        compiled,
        constants: module.constants.iter().map(|constant| make_constant(&module, *constant)).collect(),
        switches: module.switches.iter().map(Jumps::of).collect(),
        types: type_table(&module, &traits, &natives),
        fields: module.types.iter().map(|ty| fields(ty, &guards, &names)).collect(),
        owners: owners(&module),
        variant_fields: variant_fields(&module),
        methods: methods(&module, &names),
        code,
        place_caches: vec![Cache::EMPTY; module.paths.len()],
        paths: module.paths.iter().map(|path| Rc::new(PlacePath::new(path_by_number(path, &names)))).collect(),
        globals: module.globals.clone(),
        function_of,
        starts,
        natives,
        caches: std::array::from_fn(|_| vec![Cache::EMPTY; sites.len()]),
        shared: Box::new([((Kind::Method, 0), Cache::EMPTY); SHARED]),
        sites,
        guards,
        with,
        module,
    })
}

/// For each string, the index of the first one that equals it.
fn intern(strings: &[String]) -> Vec<u32> {
    let mut first = HashMap::new();
    strings.iter().enumerate().map(|(at, text)| *first.entry(text.as_str()).or_insert(at as u32)).collect()
}

fn bind(module: &Module) -> Result<Vec<&'static Native>, LoadError> {
    let find = |name: &u32| {
        let name = module.strings[*name as usize].as_str();
        find_native(name).ok_or_else(|| LoadError::UnknownNative(name.to_owned()))
    };
    let natives: Vec<&'static Native> = module.natives.iter().map(find).collect::<Result<_, _>>()?;
    for instr in module.functions.iter().flat_map(|function| &function.code) {
        if instr.op() == Some(Op::CallNative) {
            let native = natives[usize::from(instr.c())];
            if !accepts(native, instr.nargs()) {
                return Err(LoadError::Arity { native: native.name.to_owned(), found: instr.nargs() });
            }
        }
    }
    Ok(natives)
}

/// A built-in function by its name, or a built-in method: `List.push`.
fn find_native(name: &str) -> Option<&'static Native> {
    match kayton_stdlib::function(name) {
        Some(index) => kayton_stdlib::natives().get(usize::from(index)),
        None => kayton_stdlib::natives().iter().find(|native| native.name == name),
    }
}

/// Whether a `CallNative` with this many arguments can be executed: a variadic function gets its keyword-only
/// parameters always, of any other the last may be missing.
fn accepts(native: &Native, count: usize) -> bool {
    let receiver = usize::from(native.receiver);
    let least = receiver + usize::from(native.min);
    if native.max == VARIADIC {
        return count >= least + native.params.len();
    }
    (least..=receiver + native.params.len()).contains(&count)
}

/// Gives every instruction that names a site one of its own, so that caches see one place each. When the numbers run
/// out, the instructions that are left share.
fn number_sites(module: &Module, code: &mut [Instr], names: &[u32]) -> Vec<Site> {
    let make = |site: &bytecode::Site| {
        let name = site.name.map_or(u32::MAX, |name| names[name as usize]);
        Site::new(name, site.mut_mask, site.keywords.iter().map(|name| names[*name as usize]).collect())
    };
    let mut sites: Vec<Site> = module.sites.iter().map(make).collect();
    let mut taken = vec![false; sites.len()];
    for instr in code {
        let names_site = instr.op().is_some_and(|op| op.info().args.last() == Some(&Arg::Site));
        if !names_site || !std::mem::replace(&mut taken[usize::from(instr.c())], true) {
            continue;
        }
        if let Ok(fresh) = u16::try_from(sites.len()) {
            sites.push(sites[usize::from(instr.c())].clone());
            *instr = Instr(instr.0 & !(0xffff << 48) | u64::from(fresh) << 48);
        }
    }
    sites
}

fn functions(module: &Module, frames: &[u32], names: &[u32]) -> Vec<Function> {
    let make = |(function, frame): (&bytecode::Function, &u32)| Function {
        registers: *frame,
        shape: shape_of(function.params.len(), function.mut_mask),
        mut_mask: function.mut_mask,
        params: function.params.iter().map(|param| Param { name: names[param.name as usize], ..*param }).collect(),
    };
    module.functions.iter().zip(frames).map(make).collect()
}

fn entries(code: *mut [Instr], first: &[usize], frames: &[u32]) -> Vec<Entry> {
    let make = |(first, frame): (&usize, &u32)| Entry {
        // SAFETY: the function is entered there; its code is verified, and is reached through `Ip`s only from now on.
        ip: unsafe { Ip::new(code.cast::<Instr>().add(*first)) },
        registers: *frame,
    };
    first.iter().zip(frames).map(make).collect()
}

/// The most parameters that a function can have.
const MOST_PARAMS: usize = u8::MAX as usize;

/// The registers of a frame, with room for the absent arguments of built-ins after each call's window.
///
/// # Errors
/// When a call may place arguments in registers whose numbers would wrap.
fn frame_size(module: &Module, function: &bytecode::Function) -> Result<u32, LoadError> {
    let most = kayton_stdlib::natives().iter().map(|native| native.params.len()).max().unwrap_or(0);
    let calls = |instr: &&Instr| {
        let op = instr.op();
        matches!(op, Some(Op::CallNative | Op::CallVal | Op::CallMethod | Op::CallMut))
    };
    let ends = function.code.iter().filter(calls).map(|call| usize::from(call.b()) + call.nargs() + 2 + most);
    let size = ends.max().unwrap_or(0).max(function.registers.into());
    // Keywords and defaults may place an argument for every parameter after a window.
    if size + MOST_PARAMS > usize::from(u16::MAX) {
        return Err(LoadError::Registers(module.strings[function.name as usize].clone()));
    }
    Ok(size as u32)
}

fn make_constant(module: &Module, constant: Const) -> KayVal {
    match constant {
        Const::Int(n) => KayVal::int(n),
        Const::Float(x) => KayVal::float(x),
        Const::Str(index) => {
            let text = string::new(&module.strings[index as usize]);
            text.immortalize();
            text
        }
    }
}

/// The numbers that `kayton_abi` knows traits by.
struct TraitNumbers(HashMap<u32, u32>);

impl TraitNumbers {
    fn of(module: &Module) -> TraitNumbers {
        let traits = (0..module.types.len() as u32).filter(|id| is_trait(module, *id));
        TraitNumbers(traits.zip(0..).collect())
    }

    fn guard(&self, module: &Module, guard: bytecode::Guard) -> Guard {
        match guard {
            bytecode::Guard::Any => Guard::Any,
            bytecode::Guard::Bool => Guard::Builtin(Tag::BOOL),
            bytecode::Guard::Int => Guard::Builtin(Tag::INT),
            bytecode::Guard::Float => Guard::Builtin(Tag::FLOAT),
            bytecode::Guard::Str => Guard::Builtin(Tag::STR),
            bytecode::Guard::Unit => Guard::Builtin(Tag::UNIT),
            bytecode::Guard::List => Guard::Builtin(Tag::LIST),
            bytecode::Guard::Map => Guard::Builtin(Tag::MAP),
            bytecode::Guard::Set => Guard::Builtin(Tag::SET),
            bytecode::Guard::Range => Guard::Builtin(Tag::RANGE),
            bytecode::Guard::Tuple => Guard::Builtin(Tag::TUPLE),
            bytecode::Guard::Fn => Guard::Builtin(Tag::FUNC),
            bytecode::Guard::Type(id) => match builtin_tag(module, id) {
                Some(tag) => Guard::Builtin(tag),
                None => Guard::Type(id),
            },
            bytecode::Guard::Dyn(id) => Guard::Trait(self.0.get(&id).copied().unwrap_or(u32::MAX)),
        }
    }
}

fn is_trait(module: &Module, id: u32) -> bool {
    module.types[id as usize].kind == bytecode::TypeKind::Trait
}

/// The tag of a built-in type of the module.
fn builtin_tag(module: &Module, id: u32) -> Option<Tag> {
    let ty = &module.types[id as usize];
    if ty.kind != bytecode::TypeKind::BuiltIn {
        return None;
    }
    Some(match module.strings[ty.name as usize].as_str() {
        "i64" => Tag::INT,
        "f64" => Tag::FLOAT,
        "bool" => Tag::BOOL,
        "()" => Tag::UNIT,
        "str" => Tag::STR,
        "List" => Tag::LIST,
        "Map" => Tag::MAP,
        "Set" => Tag::SET,
        "Range" => Tag::RANGE,
        "tuple" => Tag::TUPLE,
        "fn" => Tag::FUNC,
        "Builder" => Tag::BUILDER,
        "Rng" => Tag::RNG,
        // No value has the tag of an absent argument.
        _ => Tag::ABSENT,
    })
}

fn fields(ty: &bytecode::Type, guards: &[Guard], names: &[u32]) -> Fields {
    let boundary = |field: &bytecode::Field| field.guard.map(|guard| guards[guard as usize]);
    Fields { fields: ty.fields.iter().map(|field| (names[field.name as usize], boundary(field))).collect() }
}

fn owners(module: &Module) -> Vec<u32> {
    let of_type = |(id, ty): (usize, &bytecode::Type)| ty.variants.iter().map(move |_| id as u32).collect::<Vec<_>>();
    module.types.iter().enumerate().flat_map(of_type).collect()
}

/// The path with names as the numbers that equal names share.
fn path_by_number(path: &Path, names: &[u32]) -> Path {
    let part = |part: &Part| match part {
        Part::Field(name) => Part::Field(names[*name as usize]),
        other => *other,
    };
    let method = path.method.map(|name| names[name as usize]);
    Path { method, frozen: path.frozen, parts: path.parts.iter().map(part).collect() }
}

fn variant_fields(module: &Module) -> Vec<u16> {
    module.types.iter().flat_map(|ty| &ty.variants).map(|variant| variant.fields.len() as u16).collect()
}

fn methods(module: &Module, names: &[u32]) -> Methods {
    let mut methods = Methods::default();
    for (id, ty) in (0u32..).zip(&module.types) {
        let tag = match ty.kind {
            bytecode::TypeKind::Enum => Tag::ENUM,
            bytecode::TypeKind::Struct => Tag::STRUCT,
            bytecode::TypeKind::Class => Tag::CLASS,
            bytecode::TypeKind::Trait | bytecode::TypeKind::BuiltIn => Tag::ABSENT,
        };
        let key = match builtin_tag(module, id) {
            Some(tag) => u64::from(tag.0),
            None => u64::from(tag.0) | u64::from(id) << 32,
        };
        for method in &ty.methods {
            methods.insert((key, names[method.name as usize]), method.function);
        }
    }
    methods
}

fn type_table(module: &Module, traits: &TraitNumbers, natives: &[&'static Native]) -> TypeTable {
    let text = |name: u32| module.strings[name as usize].as_str();
    let mut table = TypeTable::new();
    table.types = module.types.iter().map(|ty| type_info(module, ty)).collect();
    table.variants = variants(module);
    table.functions = module.functions.iter().map(|function| text(function.name).to_owned()).collect();
    table.natives = natives.iter().map(|native| native.name).collect();
    table.traits = vec![TraitInfo::default(); traits.0.len()];
    for (id, ty) in (0u32..).zip(&module.types) {
        if let Some(number) = traits.0.get(&id) {
            table.traits[*number as usize].name = text(ty.name).to_owned();
        }
        for implemented in ty.traits.iter().filter_map(|of| traits.0.get(of)) {
            let info = &mut table.traits[*implemented as usize];
            match builtin_tag(module, id) {
                Some(tag) => info.builtins.push(tag),
                None => info.types.push(id),
            }
        }
        if let Some(tag) = builtin_tag(module, id) {
            table.builtin_hooks.extend(ty.hooks.iter().map(|(of, function)| (tag, hook(*of), *function)));
        }
    }
    table
}

fn type_info(module: &Module, ty: &bytecode::Type) -> TypeInfo {
    let kind = match ty.kind {
        bytecode::TypeKind::Enum => TypeKind::Enum,
        bytecode::TypeKind::Class => TypeKind::Class,
        _ => TypeKind::Struct,
    };
    let fields: Vec<&str> = ty.fields.iter().map(|field| module.strings[field.name as usize].as_str()).collect();
    let mut info = TypeInfo::new(&module.strings[ty.name as usize], kind, &fields);
    for (of, function) in &ty.hooks {
        info.hooks[hook(*of) as usize] = Some(*function);
    }
    info
}

fn variants(module: &Module) -> Vec<VariantInfo> {
    let mut made = Vec::new();
    for (id, ty) in (0u32..).zip(&module.types) {
        for variant in &ty.variants {
            let shape = match (variant.fields.is_empty(), variant.named) {
                (true, _) => VariantShape::Unit,
                (false, true) => VariantShape::Named,
                (false, false) => VariantShape::Positional,
            };
            let fields: Vec<&str> =
                variant.fields.iter().map(|field| module.strings[field.name as usize].as_str()).collect();
            made.push(VariantInfo::new(&module.strings[variant.name as usize], id, shape, &fields));
        }
    }
    made
}

fn hook(hook: bytecode::Hook) -> Hook {
    match hook {
        bytecode::Hook::ShowShow => Hook::Show,
        bytecode::Hook::EqEq => Hook::Eq,
        bytecode::Hook::OrdCmp => Hook::Ord,
        bytecode::Hook::AddAdd => Hook::Add,
        bytecode::Hook::SubSub => Hook::Sub,
        bytecode::Hook::MulMul => Hook::Mul,
        bytecode::Hook::DivDiv => Hook::Div,
        bytecode::Hook::FloorDivFloorDiv => Hook::FloorDiv,
        bytecode::Hook::RemRem => Hook::Rem,
        bytecode::Hook::PowPow => Hook::Pow,
        bytecode::Hook::NegNeg => Hook::Neg,
        bytecode::Hook::IndexGet => Hook::Index,
        bytecode::Hook::IndexSetSet => Hook::IndexSet,
        bytecode::Hook::IteratorNext => Hook::Iterator,
        bytecode::Hook::IterableIter => Hook::Iterable,
    }
}
