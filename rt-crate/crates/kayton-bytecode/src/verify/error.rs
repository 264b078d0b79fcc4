//! Why a module is refused.

use std::fmt;

use crate::op::Ty;

/// What is wrong with a module, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// Where.
    pub place: Place,
    /// What.
    pub fault: Fault,
}

/// A place in a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An item of one of the tables.
    Item {
        /// The table's name.
        table: &'static str,
        /// The item's index.
        index: usize,
    },
    /// An instruction.
    Instr {
        /// The function's index.
        function: usize,
        /// The instruction's index.
        pc: usize,
    },
    /// The entry of the program.
    Entry,
}

/// A promise of docs/bytecode.md that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An index beyond the end of its table.
    Index {
        /// The table's name.
        table: &'static str,
        /// The index.
        index: u32,
    },
    /// The first two types are not `Option` and `Result` as every module has them.
    OptionAndResult,
    /// A type has fields or variants, and its kind has none.
    TypeShape,
    /// A trait where another type belongs, or another type where a trait belongs.
    Trait,
    /// A function that captures, used as one that does not.
    Captures,
    /// The entry has parameters.
    EntryParameters,
    /// A hook that cannot be called with its number of arguments.
    HookArity,
    /// More than the format or the machine has room for.
    TooMany(&'static str),
    /// More parameters than registers.
    Parameters,
    /// A bit of a mut mask beyond the last parameter or argument.
    MutMask,
    /// A path without parts.
    EmptyPath,
    /// Two thunks with one id.
    DuplicateThunk(u32),
    /// The line table is not sorted, leaves the code, or has positions that do not exist.
    Lines,
    /// An opcode that does not exist, or that never occurs in a file.
    Opcode(u8),
    /// Bits that the instruction gives no meaning are not zero.
    UnusedBits,
    /// A register beyond the frame.
    Register(u16),
    /// A window that leaves the frame.
    Window {
        /// Its first register.
        first: u16,
        /// Its size.
        count: u32,
    },
    /// A register that one operand consumes or overwrites and another one uses too.
    Overlap(u16),
    /// A jump to a place outside the function.
    Jump(i64),
    /// Control may run off the end of the code.
    RunsOff,
    /// A call that does not pass as many arguments as the function has parameters.
    Arity {
        /// The number of parameters.
        expected: usize,
        /// The number of arguments.
        found: usize,
    },
    /// A capture that closures of the function do not have.
    Capture(u16),
    /// A site without the name that the instruction needs, or with more keywords than arguments.
    Site,
    /// A type that cannot be constructed so.
    NotConstructible(u32),
    /// A variant with fields where one without belongs, or the other way round.
    VariantFields(u32),
    /// A divisor that is not positive.
    Divisor(i16),
    /// An operand that is not proven to have its type.
    Unproven {
        /// The register.
        register: u16,
        /// The type that it must have.
        expected: Ty,
    },
    /// Proving the types would take too much time or memory.
    TooComplex,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Item { table, index } => write!(f, "{table} #{index}"),
            Place::Instr { function, pc } => write!(f, "function #{function}, instruction {pc}"),
            Place::Entry => write!(f, "entry"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Index { table, index } => write!(f, "there is no {table} #{index}"),
            Fault::OptionAndResult => write!(f, "the first two types are not Option and Result"),
            Fault::TypeShape => write!(f, "fields or variants that this kind of type does not have"),
            Fault::Trait => write!(f, "a trait and a type that is not one are confused"),
            Fault::Captures => write!(f, "a function that captures is used as one that does not"),
            Fault::EntryParameters => write!(f, "the entry has parameters"),
            Fault::HookArity => write!(f, "a hook with the wrong number of parameters"),
            Fault::TooMany(what) => write!(f, "too many {what}"),
            Fault::Parameters => write!(f, "the numbers of parameters and registers do not fit"),
            Fault::MutMask => write!(f, "a mut mark beyond the last parameter or argument"),
            Fault::EmptyPath => write!(f, "a path without parts"),
            Fault::DuplicateThunk(id) => write!(f, "two thunks have the id {id}"),
            Fault::Lines => write!(f, "a position that does not exist, or an unsorted line table"),
            Fault::Opcode(byte) => write!(f, "no instruction has the number {byte}"),
            Fault::UnusedBits => write!(f, "unused bits are not zero"),
            Fault::Register(register) => write!(f, "r{register} is outside the frame"),
            Fault::Window { first, count } => write!(f, "{count} registers from r{first} leave the frame"),
            Fault::Overlap(register) => write!(f, "r{register} is consumed and used by two operands"),
            Fault::Jump(target) => write!(f, "a jump to instruction {target}, outside the function"),
            Fault::RunsOff => write!(f, "control runs off the end"),
            Fault::Arity { expected, found } => {
                write!(f, "a call with {found} arguments of a function with {expected} parameters")
            }
            Fault::Capture(index) => write!(f, "the function has no capture {index}"),
            Fault::Site => write!(f, "the site does not fit the instruction"),
            Fault::NotConstructible(index) => write!(f, "type #{index} is neither a struct nor a class"),
            Fault::VariantFields(index) => write!(f, "variant #{index} has the wrong number of fields"),
            Fault::Divisor(divisor) => write!(f, "the divisor {divisor} is not positive"),
            Fault::Unproven { register, expected } => {
                write!(f, "r{register} is not proven to be {}", type_name(*expected))
            }
            Fault::TooComplex => write!(f, "too complex to verify"),
        }
    }
}

fn type_name(ty: Ty) -> &'static str {
    match ty {
        Ty::I64 => "i64",
        Ty::F64 => "f64",
        Ty::Bool => "bool",
        Ty::Scalar => "i64, f64 or bool",
        Ty::Any | Ty::Same | Ty::Const => "anything",
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.fault)
    }
}

impl std::error::Error for VerifyError {}
