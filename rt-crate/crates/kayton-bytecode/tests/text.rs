//! The text form by hand: what it says, what it leaves out, its errors.

use kayton_bytecode::text::{assemble, disassemble};
use kayton_bytecode::{verify, Const, Instr, Module, Op};

const FIB: &str = r#"; Kayton bytecode, version 3
entry main

enum Option
  variant None()  ; 0
  variant Some(value)  ; 1

enum Result
  variant Ok(value)  ; 2
  variant Err(error)  ; 3

fn fib(n) regs 3 at 0 1:1
    ; 2 | if n < 2: return n
    JmpLtImm.not r0, 2, L0                   @2:8 2:13
    Ret r0, r0, 0
  L0:  ; 2
    ; 3 | fib(n - 1) + fib(n - 2)
    AddImm.sub r1, r0, 1                     @3:9 3:14
    Call r1, r1(1), fib                      @3:5 3:15 @(0) 3:9 3:14
    AddImm.sub r2, r0!, 2                    @3:22 3:27
    Call r2, r2(1), fib                      @3:18 3:28 @(0) 3:22 3:27
    Add r1, r1!, r2!                         @3:5 3:28
    Ret r1, r0, 0

fn main() regs 2 at 0 4:1
    LoadInt r0, 20
    Call r0, r0(1), fib
    CallNative r0, r0(1), print
    RetUnit r0, 0

string "Option"  ; #0
string "None"  ; #1
string "Some"  ; #2
string "value"  ; #3
string "Result"  ; #4
string "Ok"  ; #5
string "Err"  ; #6
string "error"  ; #7
string "fib"  ; #8
string "n"  ; #9
string "main"  ; #10
string "print"  ; #11

native print  ; #0

source "fib.ktn"
  |fn fib(n):
  |    if n < 2: return n
  |    fib(n - 1) + fib(n - 2)
  |print(fib(20))
"#;

#[test]
fn a_program_reads_and_prints_the_same() {
    let module = assemble(FIB).expect("a text");
    assert_eq!(disassemble(&module), FIB);
    assert!(verify(module.clone()).is_ok());
    let fib = &module.functions[0];
    assert_eq!(fib.line_at(3).map(|line| line.column), Some(5));
    assert_eq!(fib.argument_at(3, 0).map(|line| line.column), Some(9));
    assert_eq!((fib.argument_at(3, 1), fib.argument_at(2, 0)), (None, None));
}

#[test]
fn tables_may_be_left_out() {
    let short =
        "entry main\nfn fib(n) regs 3\n JmpLtImm.not r0, 2, more\n Ret r0, r0, 0\n more:\n AddImm.sub r1, r0, 1\n \
                 Call r1, r1(1), fib\n AddImm.sub r2, r0!, 2\n Call r2, r2(1), fib\n Add r1, r1!, r2!\n Ret r1, r0, 0\n\
                 fn main() regs 2\n LoadInt r0, 20\n Call r0, r0(1), fib\n CallNative r0, r0(1), print\n RetUnit r0, 0";
    let (short, long) = (assemble(short).expect("a text"), assemble(FIB).expect("a text"));
    assert_eq!(short.functions[0].code, long.functions[0].code);
    assert_eq!(short.types, long.types);
    assert_eq!(verify(short).map(drop), Ok(()));
}

/// Names that look like something else, equal items, and numbers at their ends survive.
#[test]
fn odd_names_and_values_survive() {
    let mut module = assemble(
        "entry main\nfn main(mut mut, \"0\"?, \"a b\"?) regs 9\n RetUnit r0, 0\nfn main() regs 1\n RetUnit r0, 0\n\
         class \"else\"\n field mut: type \"else\"\n field \"\": #0\nenum a.b\n variant \"c.d\"{}\n variant x(\"7\")\n variant x()\n\
         string \"\\u{1}\\\"\\\\\\r;|\"\nstring main\nstring main\nconst str #2\nconst 1\nconst 1\nsite .\"mut\" mut 5 keys mut keys\n\
         path (0)(1).\"2\"[] frozen then frozen\nswitch {else -2147483648, a.b.\"c.d\" +2147483647, #6 +1}\n\
         global \"a.b c\"\nglobal a.b\nglobal a.b\nsource \"\"\n  |\n  |;|\r\n  |",
    )
    .expect("a text");
    let floats =
        [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 1e300, 5e-324, f64::from_bits(0x7ff4 << 48)];
    module.constants.extend(floats.map(Const::Float));
    module.constants.extend([i64::MIN, i64::MAX].map(Const::Int));
    let code = &mut module.functions[1].code;
    code.splice(0..0, (0..module.constants.len() as u32).map(|index| Instr::wide(Op::LoadConst, 0, 0, index)));
    code.push(Instr::new(Op::Call, 0, 0, 0, 1));
    code.push(Instr::new(Op::GetGlobal, 0, 0, 2, 0));
    assert_eq!(module.sources[0].text, "\n;|\r\n");
    assert_eq!(assemble(&disassemble(&module)), Ok(module));
}

#[test]
fn modules_that_are_not_verified_print() {
    let mut module = assemble(FIB).expect("a text");
    module.entry = 77;
    module.functions[0].name = 1000;
    module.functions[0].params[0].name = 1001;
    module.functions[0].source = 5;
    module.functions[0].code.push(Instr(0xff));
    module.functions[0].code.push(Instr::new(Op::AddInt, 0, 1, 2, 3));
    module.functions[0].code.push(Instr::wide(Op::Jmp, 0, 0, i32::MIN as u32));
    module.functions[0].code.push(Instr::new(Op::Switch, 0, 0, 900, 0));
    let text = disassemble(&module);
    for part in [
        "entry #77",
        "fn #1000(#1001)",
        "; no instruction has the number 255",
        "AddInt r1, r2, r3",
        "Jmp -2147483648",
        "Switch r0, #900",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(disassemble(&Module::default()).starts_with("; Kayton bytecode"));
}

#[test]
fn errors_name_the_line() {
    let cases = [
        ("fn f() regs 1", "line 1: there is no entry"),
        ("entry f", "line 1: there is no function f"),
        ("  Nop", "line 1: expected an item in the first column"),
        ("entry f\nfun f()", "line 2: there is no kind of item fun"),
        ("entry f\nfn f( regs 1", "line 2: expected a comma"),
        ("entry f\nfn f() regs 70000", "line 2: 70000 is not a number that fits here"),
        ("entry f\nfn f() rags 1", "line 2: expected regs, captures, closure or at"),
        ("entry f\nfn f() regs 1\n Ad r1, r2, r3", "line 3: there is no instruction Ad"),
        ("entry f\nfn f() regs 1\n AddInt r1, r2, r3", "line 3: there is no instruction AddInt"),
        ("entry f\nfn f() regs 1\n Add r1, r2", "line 3: expected a comma"),
        ("entry f\nfn f() regs 1\n Add r1, x2, r3", "line 3: there is no register x2"),
        ("entry f\nfn f() regs 1\n Move r1, r2 r3", "line 3: expected the end of the line"),
        ("entry f\nfn f() regs 1\n Move.not r1, r2", "line 3: expected a register"),
        ("entry f\nfn f() regs 1\n JmpLt.sub r1, r2, +1", "line 3: expected not, sub"),
        ("entry f\nfn f() regs 1\n Jmp L1", "line 3: there is no label L1"),
        ("entry f\nfn f() regs 1\n a:\n a:", "line 4: the label a stands twice"),
        ("entry f\nfn f() regs 1\n LoadBool r0, 40000", "line 3: 40000 is not a number that fits here"),
        ("entry f\nfn f() regs 1\n Call r0, r1, f", "line 3: expected the number of arguments"),
        ("entry f\nfn f() regs 1\n LoadVariant r0, Option.Same", "line 3: there is no variant Option.Same"),
        ("entry f\nfn f() regs 1\n Raise #70000", "line 3: too many items"),
        ("entry f\nstring \"abc", "line 2: a quoted text is not finished"),
        ("entry f\nstring \"\\q\"", "line 2: a quoted text is not finished"),
        ("entry f\nstring %", "line 2: unexpected '%'"),
        ("entry f\nstruct S\n feld x", "line 3: expected field, variant"),
        ("entry f\nstruct S\n field x: strange", "line 3: there is no guard strange"),
        ("entry f\nstruct S\n hook Show.hide = f", "line 3: there is no hook Show.hide"),
        ("entry f\nstruct S\n |text", "line 2: expected a source"),
    ];
    for (text, expected) in cases {
        let found = assemble(text).expect_err(text).to_string();
        assert!(found.starts_with(expected), "{text:?}: {found}");
    }
}
