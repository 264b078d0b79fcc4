//! A program in memory: the tables of a `.kbc` file, as docs/bytecode.md lists them.

use std::hash::{Hash, Hasher};

use crate::instr::Instr;

/// A whole program. Indices are those of the file; nothing is resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Module {
    /// Every name and text.
    pub strings: Vec<String>,
    /// What `LoadConst` loads.
    pub constants: Vec<Const>,
    /// The types that boundaries and patterns test for.
    pub guards: Vec<Guard>,
    /// `Option`, `Result`, and the program's own types.
    pub types: Vec<Type>,
    /// The names of the module-level variables.
    pub globals: Vec<u32>,
    /// The names of the built-in functions that are used.
    pub natives: Vec<u32>,
    /// What call and field instructions say besides registers.
    pub sites: Vec<Site>,
    /// The places that `StorePath` and `TakePath` walk to.
    pub paths: Vec<Path>,
    /// The jump tables.
    pub switches: Vec<Switch>,
    /// The code.
    pub functions: Vec<Function>,
    /// The source files, for error messages.
    pub sources: Vec<Source>,
    /// The function that runs the program.
    pub entry: u32,
    /// The functions that compiled code calls by id.
    pub thunks: Vec<Thunk>,
}

/// A constant.
#[derive(Clone, Copy, Debug)]
pub enum Const {
    /// An `i64`.
    Int(i64),
    /// An `f64`.
    Float(f64),
    /// A `str`, by its index in the strings.
    Str(u32),
}

impl Const {
    /// What makes it the constant that it is. Floats are told apart by their bits, so that NaN is itself.
    fn identity(&self) -> (u8, u64) {
        match self {
            Const::Int(value) => (0, *value as u64),
            Const::Float(value) => (1, value.to_bits()),
            Const::Str(index) => (2, u64::from(*index)),
        }
    }
}

impl PartialEq for Const {
    fn eq(&self, other: &Const) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Const {}

impl Hash for Const {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

/// The outermost constructor of a type (LANGUAGE §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guard {
    /// Any value.
    Any,
    /// `bool`
    Bool,
    /// `i64`
    Int,
    /// `f64`
    Float,
    /// `str`
    Str,
    /// `()`
    Unit,
    /// `List`
    List,
    /// `Map`
    Map,
    /// `Set`
    Set,
    /// `Range`
    Range,
    /// A tuple of any size.
    Tuple,
    /// Anything that can be called.
    Fn,
    /// An enum, struct, class or built-in type, by its index in the types.
    Type(u32),
    /// A value whose type implements the trait, by its index in the types.
    Dyn(u32),
}

impl Guard {
    /// The guards without an argument, by their number in the file.
    pub const PLAIN: [Guard; 12] = [
        Guard::Any,
        Guard::Bool,
        Guard::Int,
        Guard::Float,
        Guard::Str,
        Guard::Unit,
        Guard::List,
        Guard::Map,
        Guard::Set,
        Guard::Range,
        Guard::Tuple,
        Guard::Fn,
    ];
}

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TypeKind {
    /// An enum: it has variants.
    Enum = 0,
    /// A struct: a value with fields.
    Struct = 1,
    /// A class: a reference to fields.
    Class = 2,
    /// A trait; its methods are the default ones.
    Trait = 3,
    /// A built-in type; its methods are those that the program adds.
    BuiltIn = 4,
}

impl TypeKind {
    /// Every kind, by its number in the file.
    pub const ALL: [TypeKind; 5] =
        [TypeKind::Enum, TypeKind::Struct, TypeKind::Class, TypeKind::Trait, TypeKind::BuiltIn];
}

/// A type. `Option` and `Result` are the first two of every module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// Index of its name in the strings.
    pub name: u32,
    /// What it is.
    pub kind: TypeKind,
    /// The fields of a struct or class.
    pub fields: Vec<Field>,
    /// The variants of an enum.
    pub variants: Vec<Variant>,
    /// Its methods, those of implemented traits included.
    pub methods: Vec<Method>,
    /// The methods that operators and built-ins look for.
    pub hooks: Vec<(Hook, u32)>,
    /// The traits that it implements, by their indices in the types.
    pub traits: Vec<u32>,
}

/// A field of a struct, class or variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Index of its name in the strings.
    pub name: u32,
    /// The boundary that stored values cross, by its index in the guards.
    pub guard: Option<u32>,
}

/// A variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Index of its name in the strings.
    pub name: u32,
    /// Whether its fields were declared with names, and print with them.
    pub named: bool,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A method of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// Index of its name in the strings.
    pub name: u32,
    /// Its function.
    pub function: u32,
}

/// The method of a well-known trait (LANGUAGE §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs)] // the name is the method, `Trait.method`
pub enum Hook {
    ShowShow = 0,
    EqEq = 1,
    OrdCmp = 2,
    AddAdd = 3,
    SubSub = 4,
    MulMul = 5,
    DivDiv = 6,
    FloorDivFloorDiv = 7,
    RemRem = 8,
    PowPow = 9,
    NegNeg = 10,
    IndexGet = 11,
    IndexSetSet = 12,
    IteratorNext = 13,
    IterableIter = 14,
}

impl Hook {
    /// Every hook, by its number in the file; with its name, and how many arguments a call passes.
    pub const ALL: [(Hook, &'static str, u8); 15] = [
        (Hook::ShowShow, "Show.show", 1),
        (Hook::EqEq, "Eq.eq", 2),
        (Hook::OrdCmp, "Ord.cmp", 2),
        (Hook::AddAdd, "Add.add", 2),
        (Hook::SubSub, "Sub.sub", 2),
        (Hook::MulMul, "Mul.mul", 2),
        (Hook::DivDiv, "Div.div", 2),
        (Hook::FloorDivFloorDiv, "FloorDiv.floor_div", 2),
        (Hook::RemRem, "Rem.rem", 2),
        (Hook::PowPow, "Pow.pow", 2),
        (Hook::NegNeg, "Neg.neg", 1),
        (Hook::IndexGet, "Index.get", 2),
        (Hook::IndexSetSet, "IndexSet.set", 3),
        (Hook::IteratorNext, "Iterator.next", 1),
        (Hook::IterableIter, "Iterable.iter", 1),
    ];

    /// Its name, `Trait.method`.
    pub fn name(self) -> &'static str {
        Hook::ALL[self as usize].1
    }

    /// How many arguments a call passes, the receiver included.
    pub fn arity(self) -> u8 {
        Hook::ALL[self as usize].2
    }
}

/// What a call or field instruction says besides its registers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Site {
    /// The name of the field or method, as an index into the strings.
    pub name: Option<u32>,
    /// Bit 0: the receiver is a mutable place; bit *i+1*: argument *i* is marked `mut`.
    pub mut_mask: u32,
    /// The names of the last arguments, as indices into the strings.
    pub keywords: Vec<u32>,
}

/// A place inside a value: what follows the root in `grid[i].cells[j]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path {
    /// The method that is called on the place, as an index into the strings.
    pub method: Option<u32>,
    /// Whether the root is an immutable name, so that the path must pass through a class instance.
    pub frozen: bool,
    /// The steps from the root to the place.
    pub parts: Vec<Part>,
}

impl Path {
    /// How many indices the path takes from registers.
    pub fn indices(&self) -> usize {
        self.parts.iter().filter(|part| **part == Part::Index).count()
    }
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// `.name`, the name as an index into the strings.
    Field(u32),
    /// `[index]`, the index in the next register of the window.
    Index,
    /// `.0`, of a tuple.
    Part(u32),
}

/// A jump table over variants. The jumps are relative to the instruction after the `Switch`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Switch {
    /// The jump for a value that is none of the variants.
    pub default: i32,
    /// Variant ids and their jumps.
    pub cases: Vec<(u32, i32)>,
}

/// A function, method, closure or module body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Function {
    /// Index of its name in the strings.
    pub name: u32,
    /// Where it is defined: index into the sources.
    pub source: u32,
    /// Where it is defined: the line, from 1.
    pub line: u32,
    /// Where it is defined: the column, from 1.
    pub column: u32,
    /// Its parameters, in order.
    pub params: Vec<Param>,
    /// Bit *i*: parameter *i* is copied out.
    pub mut_mask: u32,
    /// How many values a closure of it captures.
    pub captures: u16,
    /// How many registers its frame has.
    pub registers: u16,
    /// Whether it was written as a closure, and prints as one.
    pub closure: bool,
    /// The instructions.
    pub code: Vec<Instr>,
    /// Where instructions come from, sorted by `pc`.
    pub lines: Vec<Line>,
    /// Where the arguments of calls stand, sorted by `pc` and argument.
    pub arguments: Vec<ArgLine>,
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Param {
    /// Index of its name in the strings.
    pub name: u32,
    /// Whether a call may leave it out; it then arrives absent.
    pub optional: bool,
}

impl Function {
    /// How many parameters a call must give.
    pub fn required(&self) -> usize {
        self.params.iter().filter(|param| !param.optional).count()
    }

    /// Where the instruction at `pc` comes from: the last entry at or before it.
    pub fn line_at(&self, pc: u32) -> Option<&Line> {
        let after = self.lines.partition_point(|line| line.pc <= pc);
        after.checked_sub(1).and_then(|last| self.lines.get(last))
    }

    /// Where an argument of the call at `pc` stands; arguments count from 0, the receiver apart.
    pub fn argument_at(&self, pc: u32, argument: u32) -> Option<&Line> {
        let found = self.arguments.binary_search_by_key(&(pc, argument), |found| (found.line.pc, found.argument));
        found.ok().and_then(|index| self.arguments.get(index)).map(|found| &found.line)
    }
}

/// An entry of the line table. Lines and columns count from 1; the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The first instruction that it is about.
    pub pc: u32,
    /// The line where the expression starts.
    pub line: u32,
    /// The column where the expression starts, in code points.
    pub column: u32,
    /// The line where it ends.
    pub end_line: u32,
    /// The column after its end.
    pub end_column: u32,
}

/// Where an argument of a call stands: the place of an error at the parameter's boundary (LANGUAGE §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArgLine {
    /// Which argument; they count from 0, the receiver apart.
    pub argument: u32,
    /// The call and the place.
    pub line: Line,
}

/// A source file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its path as error messages show it.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A function that compiled code calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thunk {
    /// The number under which compiled code knows it.
    pub id: u32,
    /// The function.
    pub function: u32,
}
