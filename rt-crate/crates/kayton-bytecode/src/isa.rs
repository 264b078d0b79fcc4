//! The instruction set. Generated from `isa/ops.toml` by `cargo run -p xtask -- isa`: do not edit.

use crate::op::{Arg, High, OpInfo, Ty};

/// The version of the file format, in the header of every file.
pub const VERSION: u16 = 3;

/// An opcode: the first byte of an instruction.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `nothing`
    Nop = 0,
    /// `r[a] = r[b]`
    Move = 1,
    /// `r[a] = r[b], uncounted`
    MoveScalar = 2,
    /// `r[a] = int(bc)`
    LoadInt = 3,
    /// `r[a] = constants[bc]`
    LoadConst = 4,
    /// `r[a] = ()`
    LoadUnit = 5,
    /// `r[a] = b != 0`
    LoadBool = 6,
    /// `r[a] = absent`
    LoadAbsent = 7,
    /// `r[a] = the field-less variant b`
    LoadVariant = 8,
    /// `r[a] = function b`
    LoadFunc = 9,
    /// `r[a] = natives[b] as a value`
    LoadNative = 10,
    /// `r[a] = captures[b] of the running closure`
    GetCapture = 11,
    /// `r[a] = globals[b]; an unset one is an error`
    GetGlobal = 12,
    /// `globals[b] = r[a]`
    SetGlobal = 13,
    /// `release r[a]; r[a] = ()`
    Drop = 14,
    /// `release r[a .. a+b]`
    DropRange = 15,
    /// `r[a] = r[b] + r[c]`
    Add = 16,
    /// `r[a] = r[b] - r[c]`
    Sub = 17,
    /// `r[a] = r[b] * r[c]`
    Mul = 18,
    /// `r[a] = r[b] / r[c]`
    Div = 19,
    /// `r[a] = r[b] // r[c]`
    FloorDiv = 20,
    /// `r[a] = r[b] % r[c]`
    Rem = 21,
    /// `r[a] = r[b] ** r[c]`
    Pow = 22,
    /// `r[a] = r[b] & r[c]`
    BitAnd = 23,
    /// `r[a] = r[b] | r[c]`
    BitOr = 24,
    /// `r[a] = r[b] ^ r[c]`
    BitXor = 25,
    /// `r[a] = r[b] << r[c]`
    Shl = 26,
    /// `r[a] = r[b] >> r[c]`
    Shr = 27,
    /// `r[a] = r[b] + c`
    ///
    /// The high bit of `x`: `the source said r[b] - (-c)`.
    AddImm = 28,
    /// `r[a] = r[b] * c`
    MulImm = 29,
    /// `r[a] = r[b] // c, c > 0`
    FloorDivImm = 30,
    /// `r[a] = r[b] % c, c > 0`
    RemImm = 31,
    /// `r[a] = -r[b]`
    Neg = 32,
    /// `r[a] = ~r[b]`
    BitNot = 33,
    /// `r[a] = not r[b]`
    Not = 34,
    /// `r[a] = r[b] + r[c] while both are int, else back to Add`
    ///
    /// A quick form of [`Op::Add`]; never in a file.
    AddInt = 35,
    /// `r[a] = r[b] - r[c] while both are int, else back to Sub`
    ///
    /// A quick form of [`Op::Sub`]; never in a file.
    SubInt = 36,
    /// `r[a] = r[b] * r[c] while both are int, else back to Mul`
    ///
    /// A quick form of [`Op::Mul`]; never in a file.
    MulInt = 37,
    /// `r[a] = r[b] // r[c] while both are int, else back to FloorDiv`
    ///
    /// A quick form of [`Op::FloorDiv`]; never in a file.
    FloorDivInt = 38,
    /// `r[a] = r[b] % r[c] while both are int, else back to Rem`
    ///
    /// A quick form of [`Op::Rem`]; never in a file.
    RemInt = 39,
    /// `r[a] = r[b] + r[c] while both are float, else back to Add`
    ///
    /// A quick form of [`Op::Add`]; never in a file.
    AddFloat = 40,
    /// `r[a] = r[b] - r[c] while both are float, else back to Sub`
    ///
    /// A quick form of [`Op::Sub`]; never in a file.
    SubFloat = 41,
    /// `r[a] = r[b] * r[c] while both are float, else back to Mul`
    ///
    /// A quick form of [`Op::Mul`]; never in a file.
    MulFloat = 42,
    /// `r[a] = r[b] / r[c] while both are float, else back to Div`
    ///
    /// A quick form of [`Op::Div`]; never in a file.
    DivFloat = 43,
    /// `r[a] = r[b] + c while r[b] is int, else back to AddImm`
    ///
    /// A quick form of [`Op::AddImm`]; never in a file.
    ///
    /// The high bit of `x`: `the source said r[b] - (-c)`.
    AddImmInt = 44,
    /// `r[a] = r[b] + r[c] while they are an int and a float, else back to Add`
    ///
    /// A quick form of [`Op::Add`]; never in a file.
    AddNumbers = 45,
    /// `r[a] = r[b] - r[c] while they are an int and a float, else back to Sub`
    ///
    /// A quick form of [`Op::Sub`]; never in a file.
    SubNumbers = 46,
    /// `r[a] = r[b] * r[c] while they are an int and a float, else back to Mul`
    ///
    /// A quick form of [`Op::Mul`]; never in a file.
    MulNumbers = 47,
    /// `r[a] = r[b] / r[c] while they are numbers, else back to Div`
    ///
    /// A quick form of [`Op::Div`]; never in a file.
    DivNumbers = 48,
    /// `r[a] = r[b] + r[c]`
    AddI64 = 49,
    /// `r[a] = r[b] - r[c]`
    SubI64 = 50,
    /// `r[a] = r[b] * r[c]`
    MulI64 = 51,
    /// `r[a] = r[b] // r[c]`
    FloorDivI64 = 52,
    /// `r[a] = r[b] % r[c]`
    RemI64 = 53,
    /// `r[a] = r[b] + c`
    AddImmI64 = 54,
    /// `r[a] = -r[b]`
    NegI64 = 55,
    /// `r[a] = r[b] & r[c]`
    BitAndI64 = 56,
    /// `r[a] = r[b] | r[c]`
    BitOrI64 = 57,
    /// `r[a] = r[b] ^ r[c]`
    BitXorI64 = 58,
    /// `r[a] = r[b] + r[c]`
    AddF64 = 59,
    /// `r[a] = r[b] - r[c]`
    SubF64 = 60,
    /// `r[a] = r[b] * r[c]`
    MulF64 = 61,
    /// `r[a] = r[b] / r[c]`
    DivF64 = 62,
    /// `r[a] = -r[b]`
    NegF64 = 63,
    /// `r[a] = float(r[b])`
    I64ToF64 = 64,
    /// `r[a] = r[b] == r[c]`
    Eq = 65,
    /// `r[a] = r[b] != r[c]`
    Ne = 66,
    /// `r[a] = r[b] < r[c]`
    Lt = 67,
    /// `r[a] = r[b] <= r[c]`
    Le = 68,
    /// `r[a] = r[b] > r[c]`
    Gt = 69,
    /// `r[a] = r[b] >= r[c]`
    Ge = 70,
    /// `r[a] = r[b] in r[c]`
    In = 71,
    /// `r[a] = r[b] is r[c]`
    Is = 72,
    /// `pc += bc`
    Jmp = 73,
    /// `if r[a] then pc += bc; not a bool is an error`
    JmpTrue = 74,
    /// `unless r[a] then pc += bc; not a bool is an error`
    JmpFalse = 75,
    /// `if (r[a] < r[b]) == sense then pc += c`
    JmpLt = 76,
    /// `if (r[a] < b) == sense then pc += c`
    JmpLtImm = 77,
    /// `if (r[a] <= r[b]) == sense then pc += c`
    JmpLe = 78,
    /// `if (r[a] <= b) == sense then pc += c`
    JmpLeImm = 79,
    /// `if (r[a] > r[b]) == sense then pc += c`
    JmpGt = 80,
    /// `if (r[a] > b) == sense then pc += c`
    JmpGtImm = 81,
    /// `if (r[a] >= r[b]) == sense then pc += c`
    JmpGe = 82,
    /// `if (r[a] >= b) == sense then pc += c`
    JmpGeImm = 83,
    /// `if (r[a] == r[b]) == sense then pc += c`
    JmpEq = 84,
    /// `if (r[a] == b) == sense then pc += c`
    JmpEqImm = 85,
    /// `if r[a] < r[b] then pc += c, while both are int, else back to JmpLt`
    ///
    /// A quick form of [`Op::JmpLt`]; never in a file.
    JmpLtInt = 86,
    /// `if r[a] < r[b] then pc += c, while both are float, else back to JmpLt`
    ///
    /// A quick form of [`Op::JmpLt`]; never in a file.
    JmpLtFloat = 87,
    /// `if r[a] < b then pc += c, while r[a] is int, else back to JmpLtImm`
    ///
    /// A quick form of [`Op::JmpLtImm`]; never in a file.
    JmpLtImmInt = 88,
    /// `if r[a] <= r[b] then pc += c, while both are int, else back to JmpLe`
    ///
    /// A quick form of [`Op::JmpLe`]; never in a file.
    JmpLeInt = 89,
    /// `if r[a] <= r[b] then pc += c, while both are float, else back to JmpLe`
    ///
    /// A quick form of [`Op::JmpLe`]; never in a file.
    JmpLeFloat = 90,
    /// `if r[a] <= b then pc += c, while r[a] is int, else back to JmpLeImm`
    ///
    /// A quick form of [`Op::JmpLeImm`]; never in a file.
    JmpLeImmInt = 91,
    /// `if r[a] > r[b] then pc += c, while both are int, else back to JmpGt`
    ///
    /// A quick form of [`Op::JmpGt`]; never in a file.
    JmpGtInt = 92,
    /// `if r[a] > r[b] then pc += c, while both are float, else back to JmpGt`
    ///
    /// A quick form of [`Op::JmpGt`]; never in a file.
    JmpGtFloat = 93,
    /// `if r[a] > b then pc += c, while r[a] is int, else back to JmpGtImm`
    ///
    /// A quick form of [`Op::JmpGtImm`]; never in a file.
    JmpGtImmInt = 94,
    /// `if r[a] >= r[b] then pc += c, while both are int, else back to JmpGe`
    ///
    /// A quick form of [`Op::JmpGe`]; never in a file.
    JmpGeInt = 95,
    /// `if r[a] >= r[b] then pc += c, while both are float, else back to JmpGe`
    ///
    /// A quick form of [`Op::JmpGe`]; never in a file.
    JmpGeFloat = 96,
    /// `if r[a] >= b then pc += c, while r[a] is int, else back to JmpGeImm`
    ///
    /// A quick form of [`Op::JmpGeImm`]; never in a file.
    JmpGeImmInt = 97,
    /// `if r[a] == r[b] then pc += c, while both are int, else back to JmpEq`
    ///
    /// A quick form of [`Op::JmpEq`]; never in a file.
    JmpEqInt = 98,
    /// `if r[a] == r[b] then pc += c, while both are float, else back to JmpEq`
    ///
    /// A quick form of [`Op::JmpEq`]; never in a file.
    JmpEqFloat = 99,
    /// `if r[a] == b then pc += c, while r[a] is int, else back to JmpEqImm`
    ///
    /// A quick form of [`Op::JmpEqImm`]; never in a file.
    JmpEqImmInt = 100,
    /// `if (r[a] < r[b]) == sense then pc += c`
    JmpLtI64 = 101,
    /// `if (r[a] < r[b]) == sense then pc += c`
    JmpLtF64 = 102,
    /// `if (r[a] <= r[b]) == sense then pc += c`
    JmpLeI64 = 103,
    /// `if (r[a] <= r[b]) == sense then pc += c`
    JmpLeF64 = 104,
    /// `if (r[a] == r[b]) == sense then pc += c`
    JmpEqI64 = 105,
    /// `if (r[a] == r[b]) == sense then pc += c`
    JmpEqF64 = 106,
    /// `if (r[a] < b) == sense then pc += c`
    JmpLtImmI64 = 107,
    /// `if (r[a] <= b) == sense then pc += c`
    JmpLeImmI64 = 108,
    /// `if (r[a] == b) == sense then pc += c`
    JmpEqImmI64 = 109,
    /// `unless r[a] < r[b], pc += c, while both are int, else back to JmpLt`
    ///
    /// A quick form of [`Op::JmpLt`]; never in a file.
    JmpNotLtInt = 110,
    /// `unless r[a] < r[b], pc += c, while both are float, else back to JmpLt`
    ///
    /// A quick form of [`Op::JmpLt`]; never in a file.
    JmpNotLtFloat = 111,
    /// `unless r[a] < b, pc += c, while r[a] is int, else back to JmpLtImm`
    ///
    /// A quick form of [`Op::JmpLtImm`]; never in a file.
    JmpNotLtImmInt = 112,
    /// `unless r[a] <= r[b], pc += c, while both are int, else back to JmpLe`
    ///
    /// A quick form of [`Op::JmpLe`]; never in a file.
    JmpNotLeInt = 113,
    /// `unless r[a] <= r[b], pc += c, while both are float, else back to JmpLe`
    ///
    /// A quick form of [`Op::JmpLe`]; never in a file.
    JmpNotLeFloat = 114,
    /// `unless r[a] <= b, pc += c, while r[a] is int, else back to JmpLeImm`
    ///
    /// A quick form of [`Op::JmpLeImm`]; never in a file.
    JmpNotLeImmInt = 115,
    /// `unless r[a] > r[b], pc += c, while both are int, else back to JmpGt`
    ///
    /// A quick form of [`Op::JmpGt`]; never in a file.
    JmpNotGtInt = 116,
    /// `unless r[a] > r[b], pc += c, while both are float, else back to JmpGt`
    ///
    /// A quick form of [`Op::JmpGt`]; never in a file.
    JmpNotGtFloat = 117,
    /// `unless r[a] > b, pc += c, while r[a] is int, else back to JmpGtImm`
    ///
    /// A quick form of [`Op::JmpGtImm`]; never in a file.
    JmpNotGtImmInt = 118,
    /// `unless r[a] >= r[b], pc += c, while both are int, else back to JmpGe`
    ///
    /// A quick form of [`Op::JmpGe`]; never in a file.
    JmpNotGeInt = 119,
    /// `unless r[a] >= r[b], pc += c, while both are float, else back to JmpGe`
    ///
    /// A quick form of [`Op::JmpGe`]; never in a file.
    JmpNotGeFloat = 120,
    /// `unless r[a] >= b, pc += c, while r[a] is int, else back to JmpGeImm`
    ///
    /// A quick form of [`Op::JmpGeImm`]; never in a file.
    JmpNotGeImmInt = 121,
    /// `unless r[a] == r[b], pc += c, while both are int, else back to JmpEq`
    ///
    /// A quick form of [`Op::JmpEq`]; never in a file.
    JmpNotEqInt = 122,
    /// `unless r[a] == r[b], pc += c, while both are float, else back to JmpEq`
    ///
    /// A quick form of [`Op::JmpEq`]; never in a file.
    JmpNotEqFloat = 123,
    /// `unless r[a] == b, pc += c, while r[a] is int, else back to JmpEqImm`
    ///
    /// A quick form of [`Op::JmpEqImm`]; never in a file.
    JmpNotEqImmInt = 124,
    /// `if r[a] < r[b] then pc += c: JmpLtI64 with sense`
    ///
    /// A quick form of [`Op::JmpLtI64`]; never in a file.
    JmpLtI64Yes = 125,
    /// `unless r[a] < r[b], pc += c: JmpLtI64 without sense`
    ///
    /// A quick form of [`Op::JmpLtI64`]; never in a file.
    JmpLtI64No = 126,
    /// `if r[a] < r[b] then pc += c: JmpLtF64 with sense`
    ///
    /// A quick form of [`Op::JmpLtF64`]; never in a file.
    JmpLtF64Yes = 127,
    /// `unless r[a] < r[b], pc += c: JmpLtF64 without sense`
    ///
    /// A quick form of [`Op::JmpLtF64`]; never in a file.
    JmpLtF64No = 128,
    /// `if r[a] < b then pc += c: JmpLtImmI64 with sense`
    ///
    /// A quick form of [`Op::JmpLtImmI64`]; never in a file.
    JmpLtImmI64Yes = 129,
    /// `unless r[a] < b, pc += c: JmpLtImmI64 without sense`
    ///
    /// A quick form of [`Op::JmpLtImmI64`]; never in a file.
    JmpLtImmI64No = 130,
    /// `if r[a] <= r[b] then pc += c: JmpLeI64 with sense`
    ///
    /// A quick form of [`Op::JmpLeI64`]; never in a file.
    JmpLeI64Yes = 131,
    /// `unless r[a] <= r[b], pc += c: JmpLeI64 without sense`
    ///
    /// A quick form of [`Op::JmpLeI64`]; never in a file.
    JmpLeI64No = 132,
    /// `if r[a] <= r[b] then pc += c: JmpLeF64 with sense`
    ///
    /// A quick form of [`Op::JmpLeF64`]; never in a file.
    JmpLeF64Yes = 133,
    /// `unless r[a] <= r[b], pc += c: JmpLeF64 without sense`
    ///
    /// A quick form of [`Op::JmpLeF64`]; never in a file.
    JmpLeF64No = 134,
    /// `if r[a] <= b then pc += c: JmpLeImmI64 with sense`
    ///
    /// A quick form of [`Op::JmpLeImmI64`]; never in a file.
    JmpLeImmI64Yes = 135,
    /// `unless r[a] <= b, pc += c: JmpLeImmI64 without sense`
    ///
    /// A quick form of [`Op::JmpLeImmI64`]; never in a file.
    JmpLeImmI64No = 136,
    /// `if r[a] == r[b] then pc += c: JmpEqI64 with sense`
    ///
    /// A quick form of [`Op::JmpEqI64`]; never in a file.
    JmpEqI64Yes = 137,
    /// `unless r[a] == r[b], pc += c: JmpEqI64 without sense`
    ///
    /// A quick form of [`Op::JmpEqI64`]; never in a file.
    JmpEqI64No = 138,
    /// `if r[a] == r[b] then pc += c: JmpEqF64 with sense`
    ///
    /// A quick form of [`Op::JmpEqF64`]; never in a file.
    JmpEqF64Yes = 139,
    /// `unless r[a] == r[b], pc += c: JmpEqF64 without sense`
    ///
    /// A quick form of [`Op::JmpEqF64`]; never in a file.
    JmpEqF64No = 140,
    /// `if r[a] == b then pc += c: JmpEqImmI64 with sense`
    ///
    /// A quick form of [`Op::JmpEqImmI64`]; never in a file.
    JmpEqImmI64Yes = 141,
    /// `unless r[a] == b, pc += c: JmpEqImmI64 without sense`
    ///
    /// A quick form of [`Op::JmpEqImmI64`]; never in a file.
    JmpEqImmI64No = 142,
    /// `unless r[a] is absent, pc += bc`
    JmpPresent = 143,
    /// `r[a] += 1; if r[a] < r[b] then pc += c`
    ForRange = 144,
    /// `r[a], r[a+1] = an iteration over r[b], from its start`
    IterInit = 145,
    /// `if r[a], r[a+1] has a next item: r[b] = it, pc += c`
    IterNext = 146,
    /// `IterNext while r[a] is a list`
    ///
    /// A quick form of [`Op::IterNext`]; never in a file.
    IterNextList = 147,
    /// `r[a] = functions[c](r[b .. b+nargs]); the arguments move into the callee`
    Call = 148,
    /// `r[a] = r[b](r[b+1 .. b+1+nargs])`
    CallVal = 149,
    /// `r[a] = r[b].name(r[b+1 .. b+1+nargs]); a changed receiver stays in r[b] where the site allows it`
    CallMethod = 150,
    /// `r[b] = r[a].name(r[b+1 .. b+1+nargs]), r[a] changed in place`
    CallMut = 151,
    /// `CallMethod of the built-in len while r[b] is a list`
    ///
    /// A quick form of [`Op::CallMethod`]; never in a file.
    CallListLen = 152,
    /// `CallMethod of the built-in len while r[b] is a str`
    ///
    /// A quick form of [`Op::CallMethod`]; never in a file.
    CallStrLen = 153,
    /// `CallMethod of the built-in get_or while r[b] is a map`
    ///
    /// A quick form of [`Op::CallMethod`]; never in a file.
    CallMapGetOr = 154,
    /// `CallMethod of the built-in sqrt while r[b] is a float`
    ///
    /// A quick form of [`Op::CallMethod`]; never in a file.
    CallSqrt = 155,
    /// `CallMut of the built-in len while r[a] is a list`
    ///
    /// A quick form of [`Op::CallMut`]; never in a file.
    MutListLen = 156,
    /// `CallMut of the built-in push while r[a] is a unique list with room`
    ///
    /// A quick form of [`Op::CallMut`]; never in a file.
    MutListPush = 157,
    /// `CallMut of the built-in get_or while r[a] is a map`
    ///
    /// A quick form of [`Op::CallMut`]; never in a file.
    MutMapGetOr = 158,
    /// `r[a] = natives[c](r[b .. b+nargs])`
    CallNative = 159,
    /// `release r[b .. b+c]; leave with r[a], moved`
    Ret = 160,
    /// `release r[a .. a+b]; leave with ()`
    RetUnit = 161,
    /// `r[a] = r[b].name`
    GetField = 162,
    /// `GetField that consumes r[b]`
    ///
    /// A quick form of [`Op::GetField`]; never in a file.
    GetLastField = 163,
    /// `r[a].name = r[b]`
    ///
    /// The high bit of `x`: `the root is an immutable name, so r[a] must be a class instance`.
    SetField = 164,
    /// `r[a] = r[b].c of a tuple`
    GetPart = 165,
    /// `r[a] = part c of the tuple, list, struct or variant r[b], which a test has shown to have it`
    GetSlot = 166,
    /// `r[a] = r[b][c ..] of a list`
    ListRest = 167,
    /// `r[a] = r[b][r[c]]`
    Index = 168,
    /// `Index while r[b] is a list of ints and r[c] an int in range`
    ///
    /// A quick form of [`Op::Index`]; never in a file.
    IndexInts = 169,
    /// `Index while r[b] is a list of floats and r[c] an int in range`
    ///
    /// A quick form of [`Op::Index`]; never in a file.
    IndexFloats = 170,
    /// `Index while r[b] is a list of anything and r[c] an int in range`
    ///
    /// A quick form of [`Op::Index`]; never in a file.
    IndexAny = 171,
    /// `IndexAny and the GetField that comes next and consumes r[a], while the item has that field`
    ///
    /// A quick form of [`Op::Index`]; never in a file.
    IndexField = 172,
    /// `Index while r[b] is a map and r[c] an int that is a key`
    ///
    /// A quick form of [`Op::Index`]; never in a file.
    IndexMap = 173,
    /// `IndexAny and the Index that comes next and consumes r[a], while the item is a list of numbers`
    ///
    /// A quick form of [`Op::Index`]; never in a file.
    IndexIndex = 174,
    /// `r[a][r[b]] = r[c]`
    ///
    /// The high bit of `x`: `the root is an immutable name, so r[a] must be a class instance`.
    SetIndex = 175,
    /// `SetIndex while r[a] is a unique list of ints and r[b] an int in range`
    ///
    /// A quick form of [`Op::SetIndex`]; never in a file.
    ///
    /// The high bit of `x`: `the root is an immutable name, so r[a] must be a class instance`.
    SetIndexInts = 176,
    /// `SetIndex while r[a] is a unique list of floats and r[b] an int in range`
    ///
    /// A quick form of [`Op::SetIndex`]; never in a file.
    ///
    /// The high bit of `x`: `the root is an immutable name, so r[a] must be a class instance`.
    SetIndexFloats = 177,
    /// `SetIndex while r[a] is a unique list of anything and r[b] an int in range`
    ///
    /// A quick form of [`Op::SetIndex`]; never in a file.
    ///
    /// The high bit of `x`: `the root is an immutable name, so r[a] must be a class instance`.
    SetIndexAny = 178,
    /// `SetIndex while r[a] is a unique map and r[b] an int that is a key`
    ///
    /// A quick form of [`Op::SetIndex`]; never in a file.
    ///
    /// The high bit of `x`: `the root is an immutable name, so r[a] must be a class instance`.
    SetIndexMap = 179,
    /// `r[a] = r[b][r[b+1] .. r[b+2]], either bound may be absent; by Index.get of the range where the type has it`
    Slice = 180,
    /// `the place paths[c] of r[a], its indices in r[b ..], becomes the value after them`
    StorePath = 181,
    /// `StorePath of a field of an item, while r[a] is a unique list of anything`
    ///
    /// A quick form of [`Op::StorePath`]; never in a file.
    StoreItemField = 182,
    /// `StorePath of an item of an item, while both are unique lists`
    ///
    /// A quick form of [`Op::StorePath`]; never in a file.
    StoreItemItem = 183,
    /// `StorePath of an item of a field, while r[a] may be changed and the field is a unique list`
    ///
    /// A quick form of [`Op::StorePath`]; never in a file.
    StoreFieldItem = 184,
    /// `the register after the indices r[b ..] = the value at the place paths[c] of r[a], moved out where nobody can see the hole`
    TakePath = 185,
    /// `r[a] = [r[b .. b+c]]`
    NewList = 186,
    /// `r[a] = (r[b .. b+c])`
    NewTuple = 187,
    /// `r[a] = {r[b]: r[b+1], …} of c pairs`
    NewMap = 188,
    /// `r[a] = {r[b .. b+c]}`
    NewSet = 189,
    /// `r[a] = types[c](r[b ..]) without checks`
    NewStruct = 190,
    /// `r[a] = variants[c](r[b ..]) without checks`
    NewVariant = 191,
    /// `r[a] = functions[c] with captures r[b ..]`
    NewClosure = 192,
    /// `r[a] = r[b] .. r[c]`
    NewRange = 193,
    /// `r[a] = [r[b]; r[c]]`
    ListRepeat = 194,
    /// `append r[b] to the list r[a]`
    ListAppend = 195,
    /// `add r[b] to the set r[a]`
    SetAdd = 196,
    /// `r[a][r[b]] = r[c] of a map`
    MapPut = 197,
    /// `r[a] = the printed forms of r[b .. b+c], joined`
    Concat = 198,
    /// `r[a] = r[b] under the format spec strings[c]`
    Format = 199,
    /// `unless r[a] is variant b, pc += c`
    JmpUnlessVariant = 200,
    /// `unless r[a] has the outermost type guards[b], pc += c`
    JmpUnlessType = 201,
    /// `unless the list or tuple r[a] has b items (at least b: x), pc += c`
    JmpUnlessLen = 202,
    /// `unless r[a] is an i64 with r[b] <= r[a] < r[b+1], pc += c`
    JmpUnlessBetween = 203,
    /// `pc += switches[b][variant of r[a]]`
    Switch = 204,
    /// `if r[b] is Ok or Some: r[a] = what it holds, pc += c (only then is r[b] consumed); neither Option nor Result is an error`
    TryOk = 205,
    /// `r[a] = r[b] if it has the type guards[c], an i64 converted for an f64, else an error`
    ///
    /// The high bit of `x`: `r[b] is a parameter, so an error stands at the caller's argument`.
    Guard = 206,
    /// `r[a] = r[b] if it is an i64, else an error`
    ///
    /// The high bit of `x`: `r[b] is a parameter, so an error stands at the caller's argument`.
    GuardInt = 207,
    /// `r[a] = r[b] if it is an f64, or an i64 converted, else an error`
    ///
    /// The high bit of `x`: `r[b] is a parameter, so an error stands at the caller's argument`.
    GuardFloat = 208,
    /// `r[a] = r[b] if it is a bool, else an error`
    ///
    /// The high bit of `x`: `r[b] is a parameter, so an error stands at the caller's argument`.
    GuardBool = 209,
    /// `error: no match arm for r[a]`
    NoMatch = 210,
    /// `error: strings[a]`
    Raise = 211,
    /// `leave with what the compiled version gives, if it fits the arguments; else pc += bc`
    ///
    /// A quick form of [`Op::Jmp`]; never in a file.
    EnterCompiled = 212,
}

impl Op {
    /// How many opcodes there are.
    pub const COUNT: usize = 213;

    /// Every opcode, in the order of their numbers.
    pub const ALL: [Op; Op::COUNT] = [
        Op::Nop,
        Op::Move,
        Op::MoveScalar,
        Op::LoadInt,
        Op::LoadConst,
        Op::LoadUnit,
        Op::LoadBool,
        Op::LoadAbsent,
        Op::LoadVariant,
        Op::LoadFunc,
        Op::LoadNative,
        Op::GetCapture,
        Op::GetGlobal,
        Op::SetGlobal,
        Op::Drop,
        Op::DropRange,
        Op::Add,
        Op::Sub,
        Op::Mul,
        Op::Div,
        Op::FloorDiv,
        Op::Rem,
        Op::Pow,
        Op::BitAnd,
        Op::BitOr,
        Op::BitXor,
        Op::Shl,
        Op::Shr,
        Op::AddImm,
        Op::MulImm,
        Op::FloorDivImm,
        Op::RemImm,
        Op::Neg,
        Op::BitNot,
        Op::Not,
        Op::AddInt,
        Op::SubInt,
        Op::MulInt,
        Op::FloorDivInt,
        Op::RemInt,
        Op::AddFloat,
        Op::SubFloat,
        Op::MulFloat,
        Op::DivFloat,
        Op::AddImmInt,
        Op::AddNumbers,
        Op::SubNumbers,
        Op::MulNumbers,
        Op::DivNumbers,
        Op::AddI64,
        Op::SubI64,
        Op::MulI64,
        Op::FloorDivI64,
        Op::RemI64,
        Op::AddImmI64,
        Op::NegI64,
        Op::BitAndI64,
        Op::BitOrI64,
        Op::BitXorI64,
        Op::AddF64,
        Op::SubF64,
        Op::MulF64,
        Op::DivF64,
        Op::NegF64,
        Op::I64ToF64,
        Op::Eq,
        Op::Ne,
        Op::Lt,
        Op::Le,
        Op::Gt,
        Op::Ge,
        Op::In,
        Op::Is,
        Op::Jmp,
        Op::JmpTrue,
        Op::JmpFalse,
        Op::JmpLt,
        Op::JmpLtImm,
        Op::JmpLe,
        Op::JmpLeImm,
        Op::JmpGt,
        Op::JmpGtImm,
        Op::JmpGe,
        Op::JmpGeImm,
        Op::JmpEq,
        Op::JmpEqImm,
        Op::JmpLtInt,
        Op::JmpLtFloat,
        Op::JmpLtImmInt,
        Op::JmpLeInt,
        Op::JmpLeFloat,
        Op::JmpLeImmInt,
        Op::JmpGtInt,
        Op::JmpGtFloat,
        Op::JmpGtImmInt,
        Op::JmpGeInt,
        Op::JmpGeFloat,
        Op::JmpGeImmInt,
        Op::JmpEqInt,
        Op::JmpEqFloat,
        Op::JmpEqImmInt,
        Op::JmpLtI64,
        Op::JmpLtF64,
        Op::JmpLeI64,
        Op::JmpLeF64,
        Op::JmpEqI64,
        Op::JmpEqF64,
        Op::JmpLtImmI64,
        Op::JmpLeImmI64,
        Op::JmpEqImmI64,
        Op::JmpNotLtInt,
        Op::JmpNotLtFloat,
        Op::JmpNotLtImmInt,
        Op::JmpNotLeInt,
        Op::JmpNotLeFloat,
        Op::JmpNotLeImmInt,
        Op::JmpNotGtInt,
        Op::JmpNotGtFloat,
        Op::JmpNotGtImmInt,
        Op::JmpNotGeInt,
        Op::JmpNotGeFloat,
        Op::JmpNotGeImmInt,
        Op::JmpNotEqInt,
        Op::JmpNotEqFloat,
        Op::JmpNotEqImmInt,
        Op::JmpLtI64Yes,
        Op::JmpLtI64No,
        Op::JmpLtF64Yes,
        Op::JmpLtF64No,
        Op::JmpLtImmI64Yes,
        Op::JmpLtImmI64No,
        Op::JmpLeI64Yes,
        Op::JmpLeI64No,
        Op::JmpLeF64Yes,
        Op::JmpLeF64No,
        Op::JmpLeImmI64Yes,
        Op::JmpLeImmI64No,
        Op::JmpEqI64Yes,
        Op::JmpEqI64No,
        Op::JmpEqF64Yes,
        Op::JmpEqF64No,
        Op::JmpEqImmI64Yes,
        Op::JmpEqImmI64No,
        Op::JmpPresent,
        Op::ForRange,
        Op::IterInit,
        Op::IterNext,
        Op::IterNextList,
        Op::Call,
        Op::CallVal,
        Op::CallMethod,
        Op::CallMut,
        Op::CallListLen,
        Op::CallStrLen,
        Op::CallMapGetOr,
        Op::CallSqrt,
        Op::MutListLen,
        Op::MutListPush,
        Op::MutMapGetOr,
        Op::CallNative,
        Op::Ret,
        Op::RetUnit,
        Op::GetField,
        Op::GetLastField,
        Op::SetField,
        Op::GetPart,
        Op::GetSlot,
        Op::ListRest,
        Op::Index,
        Op::IndexInts,
        Op::IndexFloats,
        Op::IndexAny,
        Op::IndexField,
        Op::IndexMap,
        Op::IndexIndex,
        Op::SetIndex,
        Op::SetIndexInts,
        Op::SetIndexFloats,
        Op::SetIndexAny,
        Op::SetIndexMap,
        Op::Slice,
        Op::StorePath,
        Op::StoreItemField,
        Op::StoreItemItem,
        Op::StoreFieldItem,
        Op::TakePath,
        Op::NewList,
        Op::NewTuple,
        Op::NewMap,
        Op::NewSet,
        Op::NewStruct,
        Op::NewVariant,
        Op::NewClosure,
        Op::NewRange,
        Op::ListRepeat,
        Op::ListAppend,
        Op::SetAdd,
        Op::MapPut,
        Op::Concat,
        Op::Format,
        Op::JmpUnlessVariant,
        Op::JmpUnlessType,
        Op::JmpUnlessLen,
        Op::JmpUnlessBetween,
        Op::Switch,
        Op::TryOk,
        Op::Guard,
        Op::GuardInt,
        Op::GuardFloat,
        Op::GuardBool,
        Op::NoMatch,
        Op::Raise,
        Op::EnterCompiled,
    ];

    /// The opcode with this number, quick forms included.
    #[inline]
    pub const fn from_u8(byte: u8) -> Option<Op> {
        if (byte as usize) < Op::COUNT {
            Some(Op::ALL[byte as usize])
        } else {
            None
        }
    }

    /// What the instruction is: its operands and effects.
    #[inline]
    pub fn info(self) -> &'static OpInfo {
        &OPS[self as usize]
    }
}

/// What each instruction is, by its number.
pub static OPS: [OpInfo; Op::COUNT] = [
    OpInfo {
        op: Op::Nop,
        name: "Nop",
        args: &[],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "nothing",
    },
    OpInfo {
        op: Op::Move,
        name: "Move",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b]",
    },
    OpInfo {
        op: Op::MoveScalar,
        name: "MoveScalar",
        args: &[Arg::Dst(Ty::Same), Arg::Src(Ty::Scalar)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b], uncounted",
    },
    OpInfo {
        op: Op::LoadInt,
        name: "LoadInt",
        args: &[Arg::Dst(Ty::I64), Arg::Imm32],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = int(bc)",
    },
    OpInfo {
        op: Op::LoadConst,
        name: "LoadConst",
        args: &[Arg::Dst(Ty::Const), Arg::Const32],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = constants[bc]",
    },
    OpInfo {
        op: Op::LoadUnit,
        name: "LoadUnit",
        args: &[Arg::Dst(Ty::Any)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = ()",
    },
    OpInfo {
        op: Op::LoadBool,
        name: "LoadBool",
        args: &[Arg::Dst(Ty::Bool), Arg::Imm],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = b != 0",
    },
    OpInfo {
        op: Op::LoadAbsent,
        name: "LoadAbsent",
        args: &[Arg::Dst(Ty::Any)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = absent",
    },
    OpInfo {
        op: Op::LoadVariant,
        name: "LoadVariant",
        args: &[Arg::Dst(Ty::Any), Arg::Variant],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = the field-less variant b",
    },
    OpInfo {
        op: Op::LoadFunc,
        name: "LoadFunc",
        args: &[Arg::Dst(Ty::Any), Arg::Func],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = function b",
    },
    OpInfo {
        op: Op::LoadNative,
        name: "LoadNative",
        args: &[Arg::Dst(Ty::Any), Arg::Native],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = natives[b] as a value",
    },
    OpInfo {
        op: Op::GetCapture,
        name: "GetCapture",
        args: &[Arg::Dst(Ty::Any), Arg::Index],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = captures[b] of the running closure",
    },
    OpInfo {
        op: Op::GetGlobal,
        name: "GetGlobal",
        args: &[Arg::Dst(Ty::Any), Arg::Global],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = globals[b]; an unset one is an error",
    },
    OpInfo {
        op: Op::SetGlobal,
        name: "SetGlobal",
        args: &[Arg::Src(Ty::Any), Arg::Global],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "globals[b] = r[a]",
    },
    OpInfo {
        op: Op::Drop,
        name: "Drop",
        args: &[Arg::Mut(Ty::Any)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "release r[a]; r[a] = ()",
    },
    OpInfo {
        op: Op::DropRange,
        name: "DropRange",
        args: &[Arg::Win, Arg::Count],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "release r[a .. a+b]",
    },
    OpInfo {
        op: Op::Add,
        name: "Add",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::AddInt, Op::AddFloat, Op::AddNumbers],
        does: "r[a] = r[b] + r[c]",
    },
    OpInfo {
        op: Op::Sub,
        name: "Sub",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::SubInt, Op::SubFloat, Op::SubNumbers],
        does: "r[a] = r[b] - r[c]",
    },
    OpInfo {
        op: Op::Mul,
        name: "Mul",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::MulInt, Op::MulFloat, Op::MulNumbers],
        does: "r[a] = r[b] * r[c]",
    },
    OpInfo {
        op: Op::Div,
        name: "Div",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::DivFloat, Op::DivNumbers],
        does: "r[a] = r[b] / r[c]",
    },
    OpInfo {
        op: Op::FloorDiv,
        name: "FloorDiv",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::FloorDivInt],
        does: "r[a] = r[b] // r[c]",
    },
    OpInfo {
        op: Op::Rem,
        name: "Rem",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::RemInt],
        does: "r[a] = r[b] % r[c]",
    },
    OpInfo {
        op: Op::Pow,
        name: "Pow",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] ** r[c]",
    },
    OpInfo {
        op: Op::BitAnd,
        name: "BitAnd",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] & r[c]",
    },
    OpInfo {
        op: Op::BitOr,
        name: "BitOr",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] | r[c]",
    },
    OpInfo {
        op: Op::BitXor,
        name: "BitXor",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] ^ r[c]",
    },
    OpInfo {
        op: Op::Shl,
        name: "Shl",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] << r[c]",
    },
    OpInfo {
        op: Op::Shr,
        name: "Shr",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] >> r[c]",
    },
    OpInfo {
        op: Op::AddImm,
        name: "AddImm",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Imm],
        high: High::Sub,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::AddImmInt],
        does: "r[a] = r[b] + c",
    },
    OpInfo {
        op: Op::MulImm,
        name: "MulImm",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Imm],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] * c",
    },
    OpInfo {
        op: Op::FloorDivImm,
        name: "FloorDivImm",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Imm],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] // c, c > 0",
    },
    OpInfo {
        op: Op::RemImm,
        name: "RemImm",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Imm],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] % c, c > 0",
    },
    OpInfo {
        op: Op::Neg,
        name: "Neg",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = -r[b]",
    },
    OpInfo {
        op: Op::BitNot,
        name: "BitNot",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = ~r[b]",
    },
    OpInfo {
        op: Op::Not,
        name: "Not",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = not r[b]",
    },
    OpInfo {
        op: Op::AddInt,
        name: "AddInt",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Add),
        becomes: &[],
        does: "r[a] = r[b] + r[c] while both are int, else back to Add",
    },
    OpInfo {
        op: Op::SubInt,
        name: "SubInt",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Sub),
        becomes: &[],
        does: "r[a] = r[b] - r[c] while both are int, else back to Sub",
    },
    OpInfo {
        op: Op::MulInt,
        name: "MulInt",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Mul),
        becomes: &[],
        does: "r[a] = r[b] * r[c] while both are int, else back to Mul",
    },
    OpInfo {
        op: Op::FloorDivInt,
        name: "FloorDivInt",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::FloorDiv),
        becomes: &[],
        does: "r[a] = r[b] // r[c] while both are int, else back to FloorDiv",
    },
    OpInfo {
        op: Op::RemInt,
        name: "RemInt",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Rem),
        becomes: &[],
        does: "r[a] = r[b] % r[c] while both are int, else back to Rem",
    },
    OpInfo {
        op: Op::AddFloat,
        name: "AddFloat",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Add),
        becomes: &[],
        does: "r[a] = r[b] + r[c] while both are float, else back to Add",
    },
    OpInfo {
        op: Op::SubFloat,
        name: "SubFloat",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Sub),
        becomes: &[],
        does: "r[a] = r[b] - r[c] while both are float, else back to Sub",
    },
    OpInfo {
        op: Op::MulFloat,
        name: "MulFloat",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Mul),
        becomes: &[],
        does: "r[a] = r[b] * r[c] while both are float, else back to Mul",
    },
    OpInfo {
        op: Op::DivFloat,
        name: "DivFloat",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Div),
        becomes: &[],
        does: "r[a] = r[b] / r[c] while both are float, else back to Div",
    },
    OpInfo {
        op: Op::AddImmInt,
        name: "AddImmInt",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Imm],
        high: High::Sub,
        throws: true,
        ends: false,
        quick_of: Some(Op::AddImm),
        becomes: &[],
        does: "r[a] = r[b] + c while r[b] is int, else back to AddImm",
    },
    OpInfo {
        op: Op::AddNumbers,
        name: "AddNumbers",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Add),
        becomes: &[],
        does: "r[a] = r[b] + r[c] while they are an int and a float, else back to Add",
    },
    OpInfo {
        op: Op::SubNumbers,
        name: "SubNumbers",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Sub),
        becomes: &[],
        does: "r[a] = r[b] - r[c] while they are an int and a float, else back to Sub",
    },
    OpInfo {
        op: Op::MulNumbers,
        name: "MulNumbers",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Mul),
        becomes: &[],
        does: "r[a] = r[b] * r[c] while they are an int and a float, else back to Mul",
    },
    OpInfo {
        op: Op::DivNumbers,
        name: "DivNumbers",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Div),
        becomes: &[],
        does: "r[a] = r[b] / r[c] while they are numbers, else back to Div",
    },
    OpInfo {
        op: Op::AddI64,
        name: "AddI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] + r[c]",
    },
    OpInfo {
        op: Op::SubI64,
        name: "SubI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] - r[c]",
    },
    OpInfo {
        op: Op::MulI64,
        name: "MulI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] * r[c]",
    },
    OpInfo {
        op: Op::FloorDivI64,
        name: "FloorDivI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] // r[c]",
    },
    OpInfo {
        op: Op::RemI64,
        name: "RemI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] % r[c]",
    },
    OpInfo {
        op: Op::AddImmI64,
        name: "AddImmI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64), Arg::Imm],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] + c",
    },
    OpInfo {
        op: Op::NegI64,
        name: "NegI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = -r[b]",
    },
    OpInfo {
        op: Op::BitAndI64,
        name: "BitAndI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] & r[c]",
    },
    OpInfo {
        op: Op::BitOrI64,
        name: "BitOrI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] | r[c]",
    },
    OpInfo {
        op: Op::BitXorI64,
        name: "BitXorI64",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::I64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] ^ r[c]",
    },
    OpInfo {
        op: Op::AddF64,
        name: "AddF64",
        args: &[Arg::Dst(Ty::F64), Arg::Src(Ty::F64), Arg::Src(Ty::F64)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] + r[c]",
    },
    OpInfo {
        op: Op::SubF64,
        name: "SubF64",
        args: &[Arg::Dst(Ty::F64), Arg::Src(Ty::F64), Arg::Src(Ty::F64)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] - r[c]",
    },
    OpInfo {
        op: Op::MulF64,
        name: "MulF64",
        args: &[Arg::Dst(Ty::F64), Arg::Src(Ty::F64), Arg::Src(Ty::F64)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] * r[c]",
    },
    OpInfo {
        op: Op::DivF64,
        name: "DivF64",
        args: &[Arg::Dst(Ty::F64), Arg::Src(Ty::F64), Arg::Src(Ty::F64)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] / r[c]",
    },
    OpInfo {
        op: Op::NegF64,
        name: "NegF64",
        args: &[Arg::Dst(Ty::F64), Arg::Src(Ty::F64)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = -r[b]",
    },
    OpInfo {
        op: Op::I64ToF64,
        name: "I64ToF64",
        args: &[Arg::Dst(Ty::F64), Arg::Src(Ty::I64)],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = float(r[b])",
    },
    OpInfo {
        op: Op::Eq,
        name: "Eq",
        args: &[Arg::Dst(Ty::Bool), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] == r[c]",
    },
    OpInfo {
        op: Op::Ne,
        name: "Ne",
        args: &[Arg::Dst(Ty::Bool), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] != r[c]",
    },
    OpInfo {
        op: Op::Lt,
        name: "Lt",
        args: &[Arg::Dst(Ty::Bool), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] < r[c]",
    },
    OpInfo {
        op: Op::Le,
        name: "Le",
        args: &[Arg::Dst(Ty::Bool), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] <= r[c]",
    },
    OpInfo {
        op: Op::Gt,
        name: "Gt",
        args: &[Arg::Dst(Ty::Bool), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] > r[c]",
    },
    OpInfo {
        op: Op::Ge,
        name: "Ge",
        args: &[Arg::Dst(Ty::Bool), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] >= r[c]",
    },
    OpInfo {
        op: Op::In,
        name: "In",
        args: &[Arg::Dst(Ty::Bool), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] in r[c]",
    },
    OpInfo {
        op: Op::Is,
        name: "Is",
        args: &[Arg::Dst(Ty::Bool), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] is r[c]",
    },
    OpInfo {
        op: Op::Jmp,
        name: "Jmp",
        args: &[Arg::Off32],
        high: High::Nothing,
        throws: false,
        ends: true,
        quick_of: None,
        becomes: &[Op::EnterCompiled],
        does: "pc += bc",
    },
    OpInfo {
        op: Op::JmpTrue,
        name: "JmpTrue",
        args: &[Arg::Src(Ty::Any), Arg::Off32],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "if r[a] then pc += bc; not a bool is an error",
    },
    OpInfo {
        op: Op::JmpFalse,
        name: "JmpFalse",
        args: &[Arg::Src(Ty::Any), Arg::Off32],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "unless r[a] then pc += bc; not a bool is an error",
    },
    OpInfo {
        op: Op::JmpLt,
        name: "JmpLt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLtInt, Op::JmpLtFloat, Op::JmpNotLtInt, Op::JmpNotLtFloat],
        does: "if (r[a] < r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpLtImm,
        name: "JmpLtImm",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLtImmInt, Op::JmpNotLtImmInt],
        does: "if (r[a] < b) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpLe,
        name: "JmpLe",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLeInt, Op::JmpLeFloat, Op::JmpNotLeInt, Op::JmpNotLeFloat],
        does: "if (r[a] <= r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpLeImm,
        name: "JmpLeImm",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLeImmInt, Op::JmpNotLeImmInt],
        does: "if (r[a] <= b) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpGt,
        name: "JmpGt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpGtInt, Op::JmpGtFloat, Op::JmpNotGtInt, Op::JmpNotGtFloat],
        does: "if (r[a] > r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpGtImm,
        name: "JmpGtImm",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpGtImmInt, Op::JmpNotGtImmInt],
        does: "if (r[a] > b) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpGe,
        name: "JmpGe",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpGeInt, Op::JmpGeFloat, Op::JmpNotGeInt, Op::JmpNotGeFloat],
        does: "if (r[a] >= r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpGeImm,
        name: "JmpGeImm",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpGeImmInt, Op::JmpNotGeImmInt],
        does: "if (r[a] >= b) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpEq,
        name: "JmpEq",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpEqInt, Op::JmpEqFloat, Op::JmpNotEqInt, Op::JmpNotEqFloat],
        does: "if (r[a] == r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpEqImm,
        name: "JmpEqImm",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpEqImmInt, Op::JmpNotEqImmInt],
        does: "if (r[a] == b) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpLtInt,
        name: "JmpLtInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLt),
        becomes: &[],
        does: "if r[a] < r[b] then pc += c, while both are int, else back to JmpLt",
    },
    OpInfo {
        op: Op::JmpLtFloat,
        name: "JmpLtFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLt),
        becomes: &[],
        does: "if r[a] < r[b] then pc += c, while both are float, else back to JmpLt",
    },
    OpInfo {
        op: Op::JmpLtImmInt,
        name: "JmpLtImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLtImm),
        becomes: &[],
        does: "if r[a] < b then pc += c, while r[a] is int, else back to JmpLtImm",
    },
    OpInfo {
        op: Op::JmpLeInt,
        name: "JmpLeInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLe),
        becomes: &[],
        does: "if r[a] <= r[b] then pc += c, while both are int, else back to JmpLe",
    },
    OpInfo {
        op: Op::JmpLeFloat,
        name: "JmpLeFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLe),
        becomes: &[],
        does: "if r[a] <= r[b] then pc += c, while both are float, else back to JmpLe",
    },
    OpInfo {
        op: Op::JmpLeImmInt,
        name: "JmpLeImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLeImm),
        becomes: &[],
        does: "if r[a] <= b then pc += c, while r[a] is int, else back to JmpLeImm",
    },
    OpInfo {
        op: Op::JmpGtInt,
        name: "JmpGtInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGt),
        becomes: &[],
        does: "if r[a] > r[b] then pc += c, while both are int, else back to JmpGt",
    },
    OpInfo {
        op: Op::JmpGtFloat,
        name: "JmpGtFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGt),
        becomes: &[],
        does: "if r[a] > r[b] then pc += c, while both are float, else back to JmpGt",
    },
    OpInfo {
        op: Op::JmpGtImmInt,
        name: "JmpGtImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGtImm),
        becomes: &[],
        does: "if r[a] > b then pc += c, while r[a] is int, else back to JmpGtImm",
    },
    OpInfo {
        op: Op::JmpGeInt,
        name: "JmpGeInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGe),
        becomes: &[],
        does: "if r[a] >= r[b] then pc += c, while both are int, else back to JmpGe",
    },
    OpInfo {
        op: Op::JmpGeFloat,
        name: "JmpGeFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGe),
        becomes: &[],
        does: "if r[a] >= r[b] then pc += c, while both are float, else back to JmpGe",
    },
    OpInfo {
        op: Op::JmpGeImmInt,
        name: "JmpGeImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGeImm),
        becomes: &[],
        does: "if r[a] >= b then pc += c, while r[a] is int, else back to JmpGeImm",
    },
    OpInfo {
        op: Op::JmpEqInt,
        name: "JmpEqInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpEq),
        becomes: &[],
        does: "if r[a] == r[b] then pc += c, while both are int, else back to JmpEq",
    },
    OpInfo {
        op: Op::JmpEqFloat,
        name: "JmpEqFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpEq),
        becomes: &[],
        does: "if r[a] == r[b] then pc += c, while both are float, else back to JmpEq",
    },
    OpInfo {
        op: Op::JmpEqImmInt,
        name: "JmpEqImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpEqImm),
        becomes: &[],
        does: "if r[a] == b then pc += c, while r[a] is int, else back to JmpEqImm",
    },
    OpInfo {
        op: Op::JmpLtI64,
        name: "JmpLtI64",
        args: &[Arg::Src(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLtI64Yes, Op::JmpLtI64No],
        does: "if (r[a] < r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpLtF64,
        name: "JmpLtF64",
        args: &[Arg::Src(Ty::F64), Arg::Src(Ty::F64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLtF64Yes, Op::JmpLtF64No],
        does: "if (r[a] < r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpLeI64,
        name: "JmpLeI64",
        args: &[Arg::Src(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLeI64Yes, Op::JmpLeI64No],
        does: "if (r[a] <= r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpLeF64,
        name: "JmpLeF64",
        args: &[Arg::Src(Ty::F64), Arg::Src(Ty::F64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLeF64Yes, Op::JmpLeF64No],
        does: "if (r[a] <= r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpEqI64,
        name: "JmpEqI64",
        args: &[Arg::Src(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpEqI64Yes, Op::JmpEqI64No],
        does: "if (r[a] == r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpEqF64,
        name: "JmpEqF64",
        args: &[Arg::Src(Ty::F64), Arg::Src(Ty::F64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpEqF64Yes, Op::JmpEqF64No],
        does: "if (r[a] == r[b]) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpLtImmI64,
        name: "JmpLtImmI64",
        args: &[Arg::Src(Ty::I64), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLtImmI64Yes, Op::JmpLtImmI64No],
        does: "if (r[a] < b) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpLeImmI64,
        name: "JmpLeImmI64",
        args: &[Arg::Src(Ty::I64), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpLeImmI64Yes, Op::JmpLeImmI64No],
        does: "if (r[a] <= b) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpEqImmI64,
        name: "JmpEqImmI64",
        args: &[Arg::Src(Ty::I64), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[Op::JmpEqImmI64Yes, Op::JmpEqImmI64No],
        does: "if (r[a] == b) == sense then pc += c",
    },
    OpInfo {
        op: Op::JmpNotLtInt,
        name: "JmpNotLtInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLt),
        becomes: &[],
        does: "unless r[a] < r[b], pc += c, while both are int, else back to JmpLt",
    },
    OpInfo {
        op: Op::JmpNotLtFloat,
        name: "JmpNotLtFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLt),
        becomes: &[],
        does: "unless r[a] < r[b], pc += c, while both are float, else back to JmpLt",
    },
    OpInfo {
        op: Op::JmpNotLtImmInt,
        name: "JmpNotLtImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLtImm),
        becomes: &[],
        does: "unless r[a] < b, pc += c, while r[a] is int, else back to JmpLtImm",
    },
    OpInfo {
        op: Op::JmpNotLeInt,
        name: "JmpNotLeInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLe),
        becomes: &[],
        does: "unless r[a] <= r[b], pc += c, while both are int, else back to JmpLe",
    },
    OpInfo {
        op: Op::JmpNotLeFloat,
        name: "JmpNotLeFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLe),
        becomes: &[],
        does: "unless r[a] <= r[b], pc += c, while both are float, else back to JmpLe",
    },
    OpInfo {
        op: Op::JmpNotLeImmInt,
        name: "JmpNotLeImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpLeImm),
        becomes: &[],
        does: "unless r[a] <= b, pc += c, while r[a] is int, else back to JmpLeImm",
    },
    OpInfo {
        op: Op::JmpNotGtInt,
        name: "JmpNotGtInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGt),
        becomes: &[],
        does: "unless r[a] > r[b], pc += c, while both are int, else back to JmpGt",
    },
    OpInfo {
        op: Op::JmpNotGtFloat,
        name: "JmpNotGtFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGt),
        becomes: &[],
        does: "unless r[a] > r[b], pc += c, while both are float, else back to JmpGt",
    },
    OpInfo {
        op: Op::JmpNotGtImmInt,
        name: "JmpNotGtImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGtImm),
        becomes: &[],
        does: "unless r[a] > b, pc += c, while r[a] is int, else back to JmpGtImm",
    },
    OpInfo {
        op: Op::JmpNotGeInt,
        name: "JmpNotGeInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGe),
        becomes: &[],
        does: "unless r[a] >= r[b], pc += c, while both are int, else back to JmpGe",
    },
    OpInfo {
        op: Op::JmpNotGeFloat,
        name: "JmpNotGeFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGe),
        becomes: &[],
        does: "unless r[a] >= r[b], pc += c, while both are float, else back to JmpGe",
    },
    OpInfo {
        op: Op::JmpNotGeImmInt,
        name: "JmpNotGeImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpGeImm),
        becomes: &[],
        does: "unless r[a] >= b, pc += c, while r[a] is int, else back to JmpGeImm",
    },
    OpInfo {
        op: Op::JmpNotEqInt,
        name: "JmpNotEqInt",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpEq),
        becomes: &[],
        does: "unless r[a] == r[b], pc += c, while both are int, else back to JmpEq",
    },
    OpInfo {
        op: Op::JmpNotEqFloat,
        name: "JmpNotEqFloat",
        args: &[Arg::Src(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpEq),
        becomes: &[],
        does: "unless r[a] == r[b], pc += c, while both are float, else back to JmpEq",
    },
    OpInfo {
        op: Op::JmpNotEqImmInt,
        name: "JmpNotEqImmInt",
        args: &[Arg::Src(Ty::Any), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: true,
        ends: false,
        quick_of: Some(Op::JmpEqImm),
        becomes: &[],
        does: "unless r[a] == b, pc += c, while r[a] is int, else back to JmpEqImm",
    },
    OpInfo {
        op: Op::JmpLtI64Yes,
        name: "JmpLtI64Yes",
        args: &[Arg::Src(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLtI64),
        becomes: &[],
        does: "if r[a] < r[b] then pc += c: JmpLtI64 with sense",
    },
    OpInfo {
        op: Op::JmpLtI64No,
        name: "JmpLtI64No",
        args: &[Arg::Src(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLtI64),
        becomes: &[],
        does: "unless r[a] < r[b], pc += c: JmpLtI64 without sense",
    },
    OpInfo {
        op: Op::JmpLtF64Yes,
        name: "JmpLtF64Yes",
        args: &[Arg::Src(Ty::F64), Arg::Src(Ty::F64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLtF64),
        becomes: &[],
        does: "if r[a] < r[b] then pc += c: JmpLtF64 with sense",
    },
    OpInfo {
        op: Op::JmpLtF64No,
        name: "JmpLtF64No",
        args: &[Arg::Src(Ty::F64), Arg::Src(Ty::F64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLtF64),
        becomes: &[],
        does: "unless r[a] < r[b], pc += c: JmpLtF64 without sense",
    },
    OpInfo {
        op: Op::JmpLtImmI64Yes,
        name: "JmpLtImmI64Yes",
        args: &[Arg::Src(Ty::I64), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLtImmI64),
        becomes: &[],
        does: "if r[a] < b then pc += c: JmpLtImmI64 with sense",
    },
    OpInfo {
        op: Op::JmpLtImmI64No,
        name: "JmpLtImmI64No",
        args: &[Arg::Src(Ty::I64), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLtImmI64),
        becomes: &[],
        does: "unless r[a] < b, pc += c: JmpLtImmI64 without sense",
    },
    OpInfo {
        op: Op::JmpLeI64Yes,
        name: "JmpLeI64Yes",
        args: &[Arg::Src(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLeI64),
        becomes: &[],
        does: "if r[a] <= r[b] then pc += c: JmpLeI64 with sense",
    },
    OpInfo {
        op: Op::JmpLeI64No,
        name: "JmpLeI64No",
        args: &[Arg::Src(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLeI64),
        becomes: &[],
        does: "unless r[a] <= r[b], pc += c: JmpLeI64 without sense",
    },
    OpInfo {
        op: Op::JmpLeF64Yes,
        name: "JmpLeF64Yes",
        args: &[Arg::Src(Ty::F64), Arg::Src(Ty::F64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLeF64),
        becomes: &[],
        does: "if r[a] <= r[b] then pc += c: JmpLeF64 with sense",
    },
    OpInfo {
        op: Op::JmpLeF64No,
        name: "JmpLeF64No",
        args: &[Arg::Src(Ty::F64), Arg::Src(Ty::F64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLeF64),
        becomes: &[],
        does: "unless r[a] <= r[b], pc += c: JmpLeF64 without sense",
    },
    OpInfo {
        op: Op::JmpLeImmI64Yes,
        name: "JmpLeImmI64Yes",
        args: &[Arg::Src(Ty::I64), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLeImmI64),
        becomes: &[],
        does: "if r[a] <= b then pc += c: JmpLeImmI64 with sense",
    },
    OpInfo {
        op: Op::JmpLeImmI64No,
        name: "JmpLeImmI64No",
        args: &[Arg::Src(Ty::I64), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpLeImmI64),
        becomes: &[],
        does: "unless r[a] <= b, pc += c: JmpLeImmI64 without sense",
    },
    OpInfo {
        op: Op::JmpEqI64Yes,
        name: "JmpEqI64Yes",
        args: &[Arg::Src(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpEqI64),
        becomes: &[],
        does: "if r[a] == r[b] then pc += c: JmpEqI64 with sense",
    },
    OpInfo {
        op: Op::JmpEqI64No,
        name: "JmpEqI64No",
        args: &[Arg::Src(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpEqI64),
        becomes: &[],
        does: "unless r[a] == r[b], pc += c: JmpEqI64 without sense",
    },
    OpInfo {
        op: Op::JmpEqF64Yes,
        name: "JmpEqF64Yes",
        args: &[Arg::Src(Ty::F64), Arg::Src(Ty::F64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpEqF64),
        becomes: &[],
        does: "if r[a] == r[b] then pc += c: JmpEqF64 with sense",
    },
    OpInfo {
        op: Op::JmpEqF64No,
        name: "JmpEqF64No",
        args: &[Arg::Src(Ty::F64), Arg::Src(Ty::F64), Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpEqF64),
        becomes: &[],
        does: "unless r[a] == r[b], pc += c: JmpEqF64 without sense",
    },
    OpInfo {
        op: Op::JmpEqImmI64Yes,
        name: "JmpEqImmI64Yes",
        args: &[Arg::Src(Ty::I64), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpEqImmI64),
        becomes: &[],
        does: "if r[a] == b then pc += c: JmpEqImmI64 with sense",
    },
    OpInfo {
        op: Op::JmpEqImmI64No,
        name: "JmpEqImmI64No",
        args: &[Arg::Src(Ty::I64), Arg::Imm, Arg::Off],
        high: High::Sense,
        throws: false,
        ends: false,
        quick_of: Some(Op::JmpEqImmI64),
        becomes: &[],
        does: "unless r[a] == b, pc += c: JmpEqImmI64 without sense",
    },
    OpInfo {
        op: Op::JmpPresent,
        name: "JmpPresent",
        args: &[Arg::Src(Ty::Any), Arg::Off32],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "unless r[a] is absent, pc += bc",
    },
    OpInfo {
        op: Op::ForRange,
        name: "ForRange",
        args: &[Arg::Mut(Ty::I64), Arg::Src(Ty::I64), Arg::Off],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] += 1; if r[a] < r[b] then pc += c",
    },
    OpInfo {
        op: Op::IterInit,
        name: "IterInit",
        args: &[Arg::Win2, Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a], r[a+1] = an iteration over r[b], from its start",
    },
    OpInfo {
        op: Op::IterNext,
        name: "IterNext",
        args: &[Arg::Win2, Arg::Dst(Ty::Any), Arg::Off],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::IterNextList],
        does: "if r[a], r[a+1] has a next item: r[b] = it, pc += c",
    },
    OpInfo {
        op: Op::IterNextList,
        name: "IterNextList",
        args: &[Arg::Win2, Arg::Dst(Ty::Any), Arg::Off],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::IterNext),
        becomes: &[],
        does: "IterNext while r[a] is a list",
    },
    OpInfo {
        op: Op::Call,
        name: "Call",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Func],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = functions[c](r[b .. b+nargs]); the arguments move into the callee",
    },
    OpInfo {
        op: Op::CallVal,
        name: "CallVal",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b](r[b+1 .. b+1+nargs])",
    },
    OpInfo {
        op: Op::CallMethod,
        name: "CallMethod",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::CallListLen, Op::CallStrLen, Op::CallMapGetOr, Op::CallSqrt],
        does: "r[a] = r[b].name(r[b+1 .. b+1+nargs]); a changed receiver stays in r[b] where the site allows it",
    },
    OpInfo {
        op: Op::CallMut,
        name: "CallMut",
        args: &[Arg::Mut(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::MutListLen, Op::MutListPush, Op::MutMapGetOr],
        does: "r[b] = r[a].name(r[b+1 .. b+1+nargs]), r[a] changed in place",
    },
    OpInfo {
        op: Op::CallListLen,
        name: "CallListLen",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: Some(Op::CallMethod),
        becomes: &[],
        does: "CallMethod of the built-in len while r[b] is a list",
    },
    OpInfo {
        op: Op::CallStrLen,
        name: "CallStrLen",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: Some(Op::CallMethod),
        becomes: &[],
        does: "CallMethod of the built-in len while r[b] is a str",
    },
    OpInfo {
        op: Op::CallMapGetOr,
        name: "CallMapGetOr",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: Some(Op::CallMethod),
        becomes: &[],
        does: "CallMethod of the built-in get_or while r[b] is a map",
    },
    OpInfo {
        op: Op::CallSqrt,
        name: "CallSqrt",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: Some(Op::CallMethod),
        becomes: &[],
        does: "CallMethod of the built-in sqrt while r[b] is a float",
    },
    OpInfo {
        op: Op::MutListLen,
        name: "MutListLen",
        args: &[Arg::Mut(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: Some(Op::CallMut),
        becomes: &[],
        does: "CallMut of the built-in len while r[a] is a list",
    },
    OpInfo {
        op: Op::MutListPush,
        name: "MutListPush",
        args: &[Arg::Mut(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: Some(Op::CallMut),
        becomes: &[],
        does: "CallMut of the built-in push while r[a] is a unique list with room",
    },
    OpInfo {
        op: Op::MutMapGetOr,
        name: "MutMapGetOr",
        args: &[Arg::Mut(Ty::Any), Arg::Win, Arg::Site],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: Some(Op::CallMut),
        becomes: &[],
        does: "CallMut of the built-in get_or while r[a] is a map",
    },
    OpInfo {
        op: Op::CallNative,
        name: "CallNative",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Native],
        high: High::Nargs,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = natives[c](r[b .. b+nargs])",
    },
    OpInfo {
        op: Op::Ret,
        name: "Ret",
        args: &[Arg::Src(Ty::Any), Arg::Win, Arg::Count],
        high: High::Nothing,
        throws: false,
        ends: true,
        quick_of: None,
        becomes: &[],
        does: "release r[b .. b+c]; leave with r[a], moved",
    },
    OpInfo {
        op: Op::RetUnit,
        name: "RetUnit",
        args: &[Arg::Win, Arg::Count],
        high: High::Nothing,
        throws: false,
        ends: true,
        quick_of: None,
        becomes: &[],
        does: "release r[a .. a+b]; leave with ()",
    },
    OpInfo {
        op: Op::GetField,
        name: "GetField",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Site],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::GetLastField],
        does: "r[a] = r[b].name",
    },
    OpInfo {
        op: Op::GetLastField,
        name: "GetLastField",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Site],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::GetField),
        becomes: &[],
        does: "GetField that consumes r[b]",
    },
    OpInfo {
        op: Op::SetField,
        name: "SetField",
        args: &[Arg::Mut(Ty::Any), Arg::Src(Ty::Any), Arg::Site],
        high: High::Frozen,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a].name = r[b]",
    },
    OpInfo {
        op: Op::GetPart,
        name: "GetPart",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Index],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b].c of a tuple",
    },
    OpInfo {
        op: Op::GetSlot,
        name: "GetSlot",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Index],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = part c of the tuple, list, struct or variant r[b], which a test has shown to have it",
    },
    OpInfo {
        op: Op::ListRest,
        name: "ListRest",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Index],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b][c ..] of a list",
    },
    OpInfo {
        op: Op::Index,
        name: "Index",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::IndexInts, Op::IndexFloats, Op::IndexAny, Op::IndexField, Op::IndexMap, Op::IndexIndex],
        does: "r[a] = r[b][r[c]]",
    },
    OpInfo {
        op: Op::IndexInts,
        name: "IndexInts",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Index),
        becomes: &[],
        does: "Index while r[b] is a list of ints and r[c] an int in range",
    },
    OpInfo {
        op: Op::IndexFloats,
        name: "IndexFloats",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Index),
        becomes: &[],
        does: "Index while r[b] is a list of floats and r[c] an int in range",
    },
    OpInfo {
        op: Op::IndexAny,
        name: "IndexAny",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Index),
        becomes: &[],
        does: "Index while r[b] is a list of anything and r[c] an int in range",
    },
    OpInfo {
        op: Op::IndexField,
        name: "IndexField",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Index),
        becomes: &[],
        does: "IndexAny and the GetField that comes next and consumes r[a], while the item has that field",
    },
    OpInfo {
        op: Op::IndexMap,
        name: "IndexMap",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Index),
        becomes: &[],
        does: "Index while r[b] is a map and r[c] an int that is a key",
    },
    OpInfo {
        op: Op::IndexIndex,
        name: "IndexIndex",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::Index),
        becomes: &[],
        does: "IndexAny and the Index that comes next and consumes r[a], while the item is a list of numbers",
    },
    OpInfo {
        op: Op::SetIndex,
        name: "SetIndex",
        args: &[Arg::Mut(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Frozen,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::SetIndexInts, Op::SetIndexFloats, Op::SetIndexAny, Op::SetIndexMap],
        does: "r[a][r[b]] = r[c]",
    },
    OpInfo {
        op: Op::SetIndexInts,
        name: "SetIndexInts",
        args: &[Arg::Mut(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Frozen,
        throws: true,
        ends: false,
        quick_of: Some(Op::SetIndex),
        becomes: &[],
        does: "SetIndex while r[a] is a unique list of ints and r[b] an int in range",
    },
    OpInfo {
        op: Op::SetIndexFloats,
        name: "SetIndexFloats",
        args: &[Arg::Mut(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Frozen,
        throws: true,
        ends: false,
        quick_of: Some(Op::SetIndex),
        becomes: &[],
        does: "SetIndex while r[a] is a unique list of floats and r[b] an int in range",
    },
    OpInfo {
        op: Op::SetIndexAny,
        name: "SetIndexAny",
        args: &[Arg::Mut(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Frozen,
        throws: true,
        ends: false,
        quick_of: Some(Op::SetIndex),
        becomes: &[],
        does: "SetIndex while r[a] is a unique list of anything and r[b] an int in range",
    },
    OpInfo {
        op: Op::SetIndexMap,
        name: "SetIndexMap",
        args: &[Arg::Mut(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Frozen,
        throws: true,
        ends: false,
        quick_of: Some(Op::SetIndex),
        becomes: &[],
        does: "SetIndex while r[a] is a unique map and r[b] an int that is a key",
    },
    OpInfo {
        op: Op::Slice,
        name: "Slice",
        args: &[Arg::Dst(Ty::Any), Arg::Win3],
        high: High::Inclusive,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b][r[b+1] .. r[b+2]], either bound may be absent; by Index.get of the range where the type has it",
    },
    OpInfo {
        op: Op::StorePath,
        name: "StorePath",
        args: &[Arg::Mut(Ty::Any), Arg::Win, Arg::Path],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[Op::StoreItemField, Op::StoreItemItem, Op::StoreFieldItem],
        does: "the place paths[c] of r[a], its indices in r[b ..], becomes the value after them",
    },
    OpInfo {
        op: Op::StoreItemField,
        name: "StoreItemField",
        args: &[Arg::Mut(Ty::Any), Arg::Win, Arg::Path],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::StorePath),
        becomes: &[],
        does: "StorePath of a field of an item, while r[a] is a unique list of anything",
    },
    OpInfo {
        op: Op::StoreItemItem,
        name: "StoreItemItem",
        args: &[Arg::Mut(Ty::Any), Arg::Win, Arg::Path],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::StorePath),
        becomes: &[],
        does: "StorePath of an item of an item, while both are unique lists",
    },
    OpInfo {
        op: Op::StoreFieldItem,
        name: "StoreFieldItem",
        args: &[Arg::Mut(Ty::Any), Arg::Win, Arg::Path],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: Some(Op::StorePath),
        becomes: &[],
        does: "StorePath of an item of a field, while r[a] may be changed and the field is a unique list",
    },
    OpInfo {
        op: Op::TakePath,
        name: "TakePath",
        args: &[Arg::Mut(Ty::Any), Arg::Win, Arg::Path],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "the register after the indices r[b ..] = the value at the place paths[c] of r[a], moved out where nobody can see the hole",
    },
    OpInfo {
        op: Op::NewList,
        name: "NewList",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Count],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = [r[b .. b+c]]",
    },
    OpInfo {
        op: Op::NewTuple,
        name: "NewTuple",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Count],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = (r[b .. b+c])",
    },
    OpInfo {
        op: Op::NewMap,
        name: "NewMap",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Count],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = {r[b]: r[b+1], …} of c pairs",
    },
    OpInfo {
        op: Op::NewSet,
        name: "NewSet",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Count],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = {r[b .. b+c]}",
    },
    OpInfo {
        op: Op::NewStruct,
        name: "NewStruct",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Type],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = types[c](r[b ..]) without checks",
    },
    OpInfo {
        op: Op::NewVariant,
        name: "NewVariant",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Variant],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = variants[c](r[b ..]) without checks",
    },
    OpInfo {
        op: Op::NewClosure,
        name: "NewClosure",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Func],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = functions[c] with captures r[b ..]",
    },
    OpInfo {
        op: Op::NewRange,
        name: "NewRange",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Inclusive,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] .. r[c]",
    },
    OpInfo {
        op: Op::ListRepeat,
        name: "ListRepeat",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = [r[b]; r[c]]",
    },
    OpInfo {
        op: Op::ListAppend,
        name: "ListAppend",
        args: &[Arg::Mut(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "append r[b] to the list r[a]",
    },
    OpInfo {
        op: Op::SetAdd,
        name: "SetAdd",
        args: &[Arg::Mut(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "add r[b] to the set r[a]",
    },
    OpInfo {
        op: Op::MapPut,
        name: "MapPut",
        args: &[Arg::Mut(Ty::Any), Arg::Src(Ty::Any), Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a][r[b]] = r[c] of a map",
    },
    OpInfo {
        op: Op::Concat,
        name: "Concat",
        args: &[Arg::Dst(Ty::Any), Arg::Win, Arg::Count],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = the printed forms of r[b .. b+c], joined",
    },
    OpInfo {
        op: Op::Format,
        name: "Format",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Name],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] under the format spec strings[c]",
    },
    OpInfo {
        op: Op::JmpUnlessVariant,
        name: "JmpUnlessVariant",
        args: &[Arg::Src(Ty::Any), Arg::Variant, Arg::Off],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "unless r[a] is variant b, pc += c",
    },
    OpInfo {
        op: Op::JmpUnlessType,
        name: "JmpUnlessType",
        args: &[Arg::Src(Ty::Any), Arg::Guard, Arg::Off],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "unless r[a] has the outermost type guards[b], pc += c",
    },
    OpInfo {
        op: Op::JmpUnlessLen,
        name: "JmpUnlessLen",
        args: &[Arg::Src(Ty::Any), Arg::Index, Arg::Off],
        high: High::AtLeast,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "unless the list or tuple r[a] has b items (at least b: x), pc += c",
    },
    OpInfo {
        op: Op::JmpUnlessBetween,
        name: "JmpUnlessBetween",
        args: &[Arg::Src(Ty::Any), Arg::Win2, Arg::Off],
        high: High::Nothing,
        throws: false,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "unless r[a] is an i64 with r[b] <= r[a] < r[b+1], pc += c",
    },
    OpInfo {
        op: Op::Switch,
        name: "Switch",
        args: &[Arg::Src(Ty::Any), Arg::Switch],
        high: High::Nothing,
        throws: false,
        ends: true,
        quick_of: None,
        becomes: &[],
        does: "pc += switches[b][variant of r[a]]",
    },
    OpInfo {
        op: Op::TryOk,
        name: "TryOk",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Off],
        high: High::Nothing,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "if r[b] is Ok or Some: r[a] = what it holds, pc += c (only then is r[b] consumed); neither Option nor Result is an error",
    },
    OpInfo {
        op: Op::Guard,
        name: "Guard",
        args: &[Arg::Dst(Ty::Any), Arg::Src(Ty::Any), Arg::Guard],
        high: High::Param,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] if it has the type guards[c], an i64 converted for an f64, else an error",
    },
    OpInfo {
        op: Op::GuardInt,
        name: "GuardInt",
        args: &[Arg::Dst(Ty::I64), Arg::Src(Ty::Any)],
        high: High::Param,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] if it is an i64, else an error",
    },
    OpInfo {
        op: Op::GuardFloat,
        name: "GuardFloat",
        args: &[Arg::Dst(Ty::F64), Arg::Src(Ty::Any)],
        high: High::Param,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] if it is an f64, or an i64 converted, else an error",
    },
    OpInfo {
        op: Op::GuardBool,
        name: "GuardBool",
        args: &[Arg::Dst(Ty::Bool), Arg::Src(Ty::Any)],
        high: High::Param,
        throws: true,
        ends: false,
        quick_of: None,
        becomes: &[],
        does: "r[a] = r[b] if it is a bool, else an error",
    },
    OpInfo {
        op: Op::NoMatch,
        name: "NoMatch",
        args: &[Arg::Src(Ty::Any)],
        high: High::Nothing,
        throws: true,
        ends: true,
        quick_of: None,
        becomes: &[],
        does: "error: no match arm for r[a]",
    },
    OpInfo {
        op: Op::Raise,
        name: "Raise",
        args: &[Arg::Name],
        high: High::Nothing,
        throws: true,
        ends: true,
        quick_of: None,
        becomes: &[],
        does: "error: strings[a]",
    },
    OpInfo {
        op: Op::EnterCompiled,
        name: "EnterCompiled",
        args: &[Arg::Off32],
        high: High::Nothing,
        throws: false,
        ends: true,
        quick_of: Some(Op::Jmp),
        becomes: &[],
        does: "leave with what the compiled version gives, if it fits the arguments; else pc += bc",
    },
];
