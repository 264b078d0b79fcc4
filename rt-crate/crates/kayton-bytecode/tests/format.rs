//! The bytes of a file: a module written out by hand, and what is refused.

use kayton_bytecode::testing::{module, Plan};
use kayton_bytecode::text::assemble;
use kayton_bytecode::{decode, encode, fix_checksum, DecodeErrorKind, Op, VERSION};

const TEXT: &str = r#"
entry f
thunk 9 = f
struct P
  field x: i64
  field y
  method m = f
  hook Neg.neg = f
  impl #3
fn f(mut a, "é"?) regs 3 captures 4 closure at 0 5:6
  AddImm.sub r1, r0!, -2 @7:8 9:10 @(2) 11:12 13:14
  RetUnit r0, 3
string "f"
string "é"
string P
string x
string y
string m
string a
const -1
const 0.5
const "é"
guard i64
guard dyn #3
global f
native f
site .f mut 3 keys f f
site _
path .f[](7) frozen then f
switch {else -1, #4 +2}
source "s"
  |t
"#;

/// The bytes of [`TEXT`] without Option, Result and their strings, as docs/bytecode.md lays them out.
fn by_hand() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut put = |parts: &[&[u8]]| parts.iter().for_each(|part| bytes.extend_from_slice(part));
    let n = |number: u32| number.to_le_bytes();
    let none = [0xff; 4];
    put(&[b"KAYB", &VERSION.to_le_bytes(), &[0, 0], &n(0)]);
    put(&[&n(7), &n(1), b"f", &n(2), "é".as_bytes()]);
    for name in ["P", "x", "y", "m", "a"] {
        put(&[&n(1), name.as_bytes()]);
    }
    put(&[&n(3), &[0], &(-1i64).to_le_bytes(), &[1], &0.5f64.to_le_bytes(), &[2], &n(1)]);
    put(&[&n(2), &[2], &n(0), &[13], &n(3)]);
    put(&[&n(1), &n(2), &[1], &n(2), &n(3), &n(0), &n(4), &none, &n(0)]);
    put(&[&n(1), &n(5), &n(0), &n(1), &[10], &n(0), &n(1), &n(3)]);
    put(&[&n(1), &n(0), &n(1), &n(0)]);
    put(&[&n(2), &n(0), &n(3), &n(2), &n(0), &n(0), &none, &n(0), &n(0)]);
    put(&[&n(1), &n(0), &[1], &n(3), &[0], &n(0), &[1], &n(0), &[2], &n(7)]);
    put(&[&n(1), &(-1i32).to_le_bytes(), &n(1), &n(4), &2i32.to_le_bytes()]);
    put(&[&n(1), &n(0), &n(0), &n(5), &n(6), &n(2), &n(6), &[0], &n(1), &[1], &n(1), &[4, 0, 3, 0, 1]]);
    put(&[&n(2), &[Op::AddImm as u8, 0x81, 1, 0, 0, 0, 0xfe, 0xff], &[Op::RetUnit as u8, 0, 0, 0, 3, 0, 0, 0]]);
    put(&[&n(1), &n(0), &n(7), &n(8), &n(9), &n(10)]);
    put(&[&n(1), &n(0), &n(2), &n(11), &n(12), &n(13), &n(14)]);
    put(&[&n(1), &n(1), b"s", &n(1), b"t", &n(0), &n(1), &n(9), &n(0)]);
    fix_checksum(&mut bytes);
    bytes
}

#[test]
fn the_layout_is_the_documented_one() {
    let mut module = assemble(TEXT).expect("a text");
    module.types.drain(..2);
    module.strings.truncate(7);
    assert_eq!(encode(&module), by_hand());
    assert_eq!(decode(&by_hand()), Ok(module));
}

fn refusal(change: impl FnOnce(&mut Vec<u8>)) -> (usize, DecodeErrorKind) {
    let mut file = by_hand();
    change(&mut file);
    let error = decode(&file).expect_err("is refused");
    assert!(error.to_string().contains(&format!("byte {}", error.offset)));
    (error.offset, error.kind)
}

#[test]
fn headers_are_checked() {
    assert_eq!(refusal(|file| file[0] = b'k'), (0, DecodeErrorKind::NotBytecode));
    assert_eq!(refusal(|file| file.truncate(3)), (0, DecodeErrorKind::NotBytecode));
    assert_eq!(refusal(|file| file[4] = 0xff), (4, DecodeErrorKind::Version(0xff)));
    assert_eq!(refusal(|file| file[7] = 1), (6, DecodeErrorKind::Flags(0x100)));
    assert_eq!(refusal(|file| file[30] ^= 1), (8, DecodeErrorKind::Checksum));
    assert_eq!(refusal(|file| file.truncate(11)).1, DecodeErrorKind::Truncated);
}

#[test]
fn bodies_are_checked() {
    let find = |needle: &[u8]| by_hand().windows(needle.len()).position(|found| found == needle).expect("is there");
    let set = |at: usize, byte: u8| {
        refusal(move |file| {
            file[at] = byte;
            fix_checksum(file);
        })
    };
    let constant = find(&(-1i64).to_le_bytes()) - 1;
    assert_eq!(set(constant, 3), (constant, DecodeErrorKind::Kind { what: "constant", found: 3 }));
    let text = find("é".as_bytes());
    assert_eq!(set(text, 0xff), (text, DecodeErrorKind::Utf8));
    let instr = find(&[Op::AddImm as u8, 0x81]);
    assert_eq!(set(instr, Op::AddInt as u8), (instr, DecodeErrorKind::Opcode(Op::AddInt as u8)));
    assert_eq!(set(instr, 0xff), (instr, DecodeErrorKind::Opcode(0xff)));
    let guard = find(&[2, 0, 0, 0, 0, 13]);
    assert_eq!(set(guard + 1, 1), (guard + 1, DecodeErrorKind::Argument));
    assert_eq!(set(guard, 14), (guard, DecodeErrorKind::Kind { what: "guard", found: 14 }));
    let optional = find(&[6, 0, 0, 0, 0, 1]) + 4;
    assert_eq!(set(optional, 2), (optional, DecodeErrorKind::Kind { what: "parameter", found: 2 }));
    let size = by_hand().len();
    let longer = refusal(|file| {
        file.push(0);
        fix_checksum(file);
    });
    assert_eq!(longer, (size, DecodeErrorKind::Trailing));
}

#[test]
fn no_prefix_is_a_module() {
    let file = encode(&module(1, &Plan::anywhere()));
    assert!(decode(&file).is_ok());
    for size in 12..file.len() {
        let mut prefix = file[..size].to_vec();
        fix_checksum(&mut prefix);
        assert_eq!(decode(&prefix).map_err(|error| error.kind), Err(DecodeErrorKind::Truncated), "{size}");
    }
}
