//! What the verifier refuses, each promise of docs/bytecode.md by a module that breaks it, and what it accepts.

use kayton_bytecode::text::assemble;
use kayton_bytecode::{verify, Const, Fault, Guard, Instr, Module, Op, Place, Ty};

/// A module with the function `main` of eight registers, and other items after it.
fn parse(code: &str, items: &str) -> Module {
    let text = format!("entry main\nfn main() regs 8\n {}\n{items}", code.replace('/', "\n "));
    assemble(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn fault(code: &str, items: &str) -> Fault {
    match verify(parse(code, items)) {
        Ok(_) => panic!("accepted: {code}"),
        Err(error) => error.fault,
    }
}

#[track_caller]
fn refuses(code: &str, expected: Fault) {
    assert_eq!(fault(code, ITEMS), expected, "{code}");
}

#[track_caller]
fn accepts(code: &str) {
    if let Err(error) = verify(parse(code, ITEMS)) {
        panic!("{code}: {error}");
    }
}

const ITEMS: &str = "
fn two(a, b?) regs 2
 RetUnit r0, 2
fn inner() regs 1 captures 1 closure
 GetCapture r0, 0
 Ret r0, r0, 0
struct Point
 field x: f64
 field y: f64
trait Shape
enum Tree
 variant Leaf()
 variant Node(left, right)
";

fn unproven(register: u16, expected: Ty) -> Fault {
    Fault::Unproven { register, expected }
}

#[test]
fn registers_and_windows_stay_in_the_frame() {
    refuses("Move r8, r0/RetUnit r0, 0", Fault::Register(8));
    refuses("Move r0, r8/RetUnit r0, 0", Fault::Register(8));
    refuses("Drop r9/RetUnit r0, 0", Fault::Register(9));
    refuses("RetUnit r1, 8", Fault::Window { first: 1, count: 8 });
    refuses("Ret r0, r7, 2", Fault::Window { first: 7, count: 2 });
    refuses("NewMap r0, r4, 3/RetUnit r0, 0", Fault::Window { first: 4, count: 6 });
    refuses("NewStruct r0, r7, Point/RetUnit r0, 0", Fault::Window { first: 7, count: 2 });
    refuses("NewVariant r0, r7, Tree.Node/RetUnit r0, 0", Fault::Window { first: 7, count: 2 });
    refuses("NewClosure r0, r8, inner/RetUnit r0, 0", Fault::Window { first: 8, count: 1 });
    refuses("Call r0, r7(2), two/RetUnit r0, 0", Fault::Window { first: 7, count: 2 });
    refuses("CallVal r0, r6(2), _/RetUnit r0, 0", Fault::Window { first: 6, count: 3 });
    refuses("CallMethod r0, r8(0), .x/RetUnit r0, 0", Fault::Window { first: 8, count: 1 });
    refuses("CallMut r0, r7(1), .x/RetUnit r0, 0", Fault::Window { first: 7, count: 2 });
    refuses("CallNative r0, r7(2), print/RetUnit r0, 0", Fault::Window { first: 7, count: 2 });
    refuses("StorePath r0, r7, .x[]/RetUnit r0, 0", Fault::Window { first: 7, count: 2 });
    refuses("TakePath r0, r6, [].x[]/RetUnit r0, 0", Fault::Window { first: 6, count: 3 });
    refuses("IterInit r7, r0/RetUnit r0, 0", Fault::Window { first: 7, count: 2 });
    refuses("Slice r0, r6/RetUnit r0, 0", Fault::Window { first: 6, count: 3 });
    accepts("RetUnit r8, 0");
    accepts("CallNative r0, r8(0), print/Slice r0, r5/StorePath r0, r7, .x/RetUnit r0, 8");
}

#[test]
fn jumps_stay_in_the_function() {
    refuses("Jmp -2/RetUnit r0, 0", Fault::Jump(-1));
    refuses("Jmp +1/RetUnit r0, 0", Fault::Jump(2));
    refuses("JmpTrue r0, +1/RetUnit r0, 0", Fault::Jump(2));
    refuses("JmpLt r0, r1, -3/RetUnit r0, 0", Fault::Jump(-2));
    refuses("Switch r0, {else +0, Tree.Leaf +7}/RetUnit r0, 0", Fault::Jump(8));
    refuses("Switch r0, {else -2}/RetUnit r0, 0", Fault::Jump(-1));
    refuses("Nop", Fault::RunsOff);
    refuses("JmpTrue r0, -1", Fault::RunsOff);
    refuses("", Fault::RunsOff);
    accepts("JmpTrue r0, +0/Jmp -2");
    accepts("Switch r0, {else -1, Tree.Leaf +0}/RetUnit r0, 0");
}

#[test]
fn calls_pass_what_functions_take() {
    refuses("Call r0, r0(1), two/RetUnit r0, 0", Fault::Arity { expected: 2, found: 1 });
    refuses("Call r0, r0(0), inner/RetUnit r0, 0", Fault::Captures);
    refuses("LoadFunc r0, inner/RetUnit r0, 0", Fault::Captures);
    refuses("GetCapture r0, 0/RetUnit r0, 0", Fault::Capture(0));
    refuses("GetField r0, r1, _/RetUnit r0, 0", Fault::Site);
    refuses("CallMethod r0, r1(0), .x keys y/RetUnit r0, 0", Fault::Site);
    refuses("CallMethod r0, r1(1), .x mut 4/RetUnit r0, 0", Fault::MutMask);
    refuses("FloorDivImm r0, r1, 0/RetUnit r0, 0", Fault::Divisor(0));
    refuses("RemImm r0, r1, -2/RetUnit r0, 0", Fault::Divisor(-2));
    accepts("Call r0, r0(2), two/LoadFunc r0, two/NewClosure r0, r7, inner/NewClosure r0, r8, two/RetUnit r0, 0");
    accepts("CallMethod r0, r1(1), .x mut 3 keys y/CallVal r0, r1(0), _/RetUnit r0, 0");
}

#[test]
fn variants_and_types_are_made_as_declared() {
    refuses("NewStruct r0, r1, Tree/RetUnit r0, 0", Fault::NotConstructible(4));
    refuses("NewVariant r0, r1, Tree.Leaf/RetUnit r0, 0", Fault::VariantFields(4));
    refuses("LoadVariant r0, Tree.Node/RetUnit r0, 0", Fault::VariantFields(5));
    refuses("LoadVariant r0, #6/RetUnit r0, 0", Fault::Index { table: "variant", index: 6 });
    refuses("NewStruct r0, r1, #5/RetUnit r0, 0", Fault::Index { table: "type", index: 5 });
    refuses("LoadConst r0, #0/RetUnit r0, 0", Fault::Index { table: "constant", index: 0 });
    refuses("LoadNative r0, #0/RetUnit r0, 0", Fault::Index { table: "native", index: 0 });
    refuses("GetGlobal r0, #0/RetUnit r0, 0", Fault::Index { table: "global", index: 0 });
    refuses("JmpUnlessType r0, #9, +0/RetUnit r0, 0", Fault::Index { table: "guard", index: 9 });
    refuses("Switch r0, #0/RetUnit r0, 0", Fault::Index { table: "switch", index: 0 });
    refuses("StorePath r0, r1, #0/RetUnit r0, 0", Fault::Index { table: "path", index: 0 });
    refuses("Raise #900", Fault::Index { table: "string", index: 900 });
    refuses("Guard r0, r1, type Shape/RetUnit r0, 0", Fault::Trait);
    refuses("Guard r0, r1, dyn Point/RetUnit r0, 0", Fault::Trait);
    accepts("Guard r0, r1, type Point/Guard r0, r1, dyn Shape/NewVariant r0, r6, Tree.Node/RetUnit r0, 0");
}

#[test]
fn what_is_consumed_is_used_once() {
    refuses("Add r0, r1!, r1/RetUnit r0, 0", Fault::Overlap(1));
    refuses("Add r0, r1!, r1!/RetUnit r0, 0", Fault::Overlap(1));
    refuses("ListAppend r1, r1!/RetUnit r0, 0", Fault::Overlap(1));
    refuses("CallMut r3, r2(1), .x/RetUnit r0, 0", Fault::Overlap(3));
    refuses("StorePath r2, r2, [].x/RetUnit r0, 0", Fault::Overlap(2));
    refuses("JmpUnlessBetween r3, r2, +0/RetUnit r0, 0", Fault::Overlap(3));
    refuses("IterNext r2, r3, +0/RetUnit r0, 0", Fault::Overlap(3));
    accepts("Add r1, r1!, r2!/Add r0, r1, r1/IterInit r2, r3!/Call r3, r3(2), two/Ret r2!, r0, 8");
}

#[test]
fn typed_operands_are_proven() {
    refuses("AddI64 r0, r1, r1/RetUnit r0, 0", unproven(1, Ty::I64));
    refuses("LoadInt r1, 1/AddF64 r0, r1, r1/RetUnit r0, 0", unproven(1, Ty::F64));
    refuses("MoveScalar r0, r1/RetUnit r0, 0", unproven(1, Ty::Scalar));
    refuses("LoadInt r1, 1/ForRange r1, r2, +0/RetUnit r0, 0", unproven(2, Ty::I64));
    refuses("LoadInt r1, 1/Move r2, r1!/NegI64 r3, r1/RetUnit r0, 0", unproven(1, Ty::I64));
    refuses("LoadInt r1, 1/NewList r0, r1, 1/NegI64 r3, r1/RetUnit r0, 0", unproven(1, Ty::I64));
    refuses("LoadInt r7, 1/Call r0, r3(2), two/NegI64 r0, r7/RetUnit r0, 0", unproven(7, Ty::I64));
    refuses("LoadConst r1, \"a\"/MoveScalar r0, r1/RetUnit r0, 0", unproven(1, Ty::Scalar));
    refuses("LoadInt r1, 1/JmpTrue r0, +1/LoadUnit r1/NegI64 r1, r1/RetUnit r0, 0", unproven(1, Ty::I64));
    refuses("LoadInt r1, 1/NegI64 r1, r1/LoadBool r1, 1/Jmp -3", unproven(1, Ty::I64));
    refuses("LoadInt r1, 1/Drop r1/NegI64 r1, r1/RetUnit r0, 0", unproven(1, Ty::I64));
    accepts("LoadInt r2, 1/Call r0, r3(2), two/NegI64 r0, r2/RetUnit r0, 0");
    accepts("LoadInt r1, 1/JmpTrue r0, +1/GuardInt r1, r5/NegI64 r1, r1/MoveScalar r2, r1/NegI64 r3, r2/RetUnit r0, 0");
    accepts("LoadConst r1, 1.5/Lt r2, r1, r0/MoveScalar r3, r2/NegF64 r1, r1/Jmp -2");
    accepts("RetUnit r0, 0/NegI64 r0, r1/RetUnit r0, 0"); // control never gets there
}

#[test]
fn knowledge_crosses_the_words_of_a_state() {
    for register in [1u16, 62, 63, 64, 65, 127, 128, 199] {
        let code = |window: u16| {
            format!(
                "entry main\nfn main() regs 200\n LoadInt r{register}, 1\n NewList r0, r{window}, 3\n \
                 NegI64 r{register}, r{register}\n RetUnit r0, 0"
            )
        };
        let result = |window| verify(assemble(&code(window)).expect("a text")).map(drop).map_err(|e| e.fault);
        assert_eq!(result(if register < 100 { register + 1 } else { register - 3 }), Ok(()));
        let covering = register.min(197);
        assert_eq!(result(covering), Err(unproven(register, Ty::I64)), "r{register}");
    }
}

#[test]
fn words_have_no_meaningless_bits() {
    let with = |instr: Instr| {
        let mut module = parse("Nop/RetUnit r0, 0", "");
        module.functions[0].code[0] = instr;
        verify(module).map(drop).map_err(|error| error.fault)
    };
    assert_eq!(with(Instr::new(Op::Nop, 0, 0, 0, 0)), Ok(()));
    for bit in 8..64 {
        assert_eq!(with(Instr(1 << bit | Op::Nop as u64)), Err(Fault::UnusedBits), "bit {bit}");
    }
    assert_eq!(with(Instr::new(Op::Move, Instr::KILL_C, 0, 1, 0)), Err(Fault::UnusedBits));
    assert_eq!(with(Instr::new(Op::Move, Instr::HIGH, 0, 1, 0)), Err(Fault::UnusedBits));
    assert_eq!(with(Instr::wide(Op::Jmp, 0, 1, 0)), Err(Fault::UnusedBits));
    assert_eq!(with(Instr::new(Op::AddInt, 0, 0, 1, 2)), Err(Fault::Opcode(Op::AddInt as u8)));
    assert_eq!(with(Instr(0xff)), Err(Fault::Opcode(0xff)));
}

/// A change to a module that is fine, and what is then wrong with it.
type Breakage = (fn(&mut Module), Fault);

/// `Neg.neg` with a parameter that no operator gives, although one before it may be left out.
fn hook_with_a_gap(module: &mut kayton_bytecode::Module) {
    module.functions[1].params.iter_mut().for_each(|param| param.optional = !param.optional);
    module.types[2].hooks = vec![(kayton_bytecode::Hook::NegNeg, 1)];
}

#[test]
fn tables_are_consistent() {
    let beyond = |table, index| Fault::Index { table, index };
    let breakages: [Breakage; 20] = [
        (|m| m.entry = 9, beyond("function", 9)),
        (|m| m.entry = 1, Fault::EntryParameters),
        (|m| m.entry = 2, Fault::Captures),
        (|m| m.constants.push(Const::Str(999)), beyond("string", 999)),
        (|m| m.guards.push(Guard::Type(99)), beyond("type", 99)),
        (|m| m.types[2].traits.push(2), Fault::Trait),
        (|m| m.types[3].fields = m.types[2].fields.clone(), Fault::TypeShape),
        (|m| m.types[2].variants = m.types[4].variants.clone(), Fault::TypeShape),
        (|m| m.types.swap(0, 1), Fault::OptionAndResult),
        (|m| m.types[0].variants[1].named = true, Fault::OptionAndResult),
        (|m| m.types.clear(), Fault::OptionAndResult),
        (|m| m.types[2].methods = vec![kayton_bytecode::Method { name: 0, function: 2 }], Fault::Captures),
        (|m| m.types[2].hooks = vec![(kayton_bytecode::Hook::IndexSetSet, 1)], Fault::HookArity),
        (hook_with_a_gap, Fault::HookArity),
        (|m| m.paths.push(kayton_bytecode::Path::default()), Fault::EmptyPath),
        (|m| m.functions[1].registers = 1, Fault::Parameters),
        (|m| m.functions[1].mut_mask = 4, Fault::MutMask),
        (|m| m.functions[1].source = 1, beyond("source", 1)),
        (|m| m.functions[1].line = 0, Fault::Lines),
        (|m| m.thunks = vec![kayton_bytecode::Thunk { id: 1, function: 0 }; 2], Fault::DuplicateThunk(1)),
    ];
    let fine = parse("RetUnit r0, 0", ITEMS);
    assert!(verify(fine.clone()).is_ok());
    for (number, (change, expected)) in breakages.into_iter().enumerate() {
        let mut module = fine.clone();
        change(&mut module);
        let found = verify(module).map(drop).map_err(|error| error.fault);
        assert_eq!(found, Err(expected), "breakage {number}");
    }
}

#[test]
fn line_tables_are_sorted() {
    let with = |change: &dyn Fn(&mut kayton_bytecode::Function)| {
        let mut module = parse("Nop @1:1 1:3 @(0) 1:1 1:2 @(1) 1:2 1:3/Nop @2:1 3:1/RetUnit r0, 0", "");
        change(&mut module.functions[0]);
        verify(module).map(drop).map_err(|error| error.fault)
    };
    let lines = |change: fn(&mut Vec<kayton_bytecode::Line>)| with(&|function| change(&mut function.lines));
    let arguments = |change: fn(&mut Vec<kayton_bytecode::ArgLine>)| with(&|function| change(&mut function.arguments));
    assert_eq!(lines(|_| {}), Ok(()));
    assert_eq!(lines(|lines| lines.swap(0, 1)), Err(Fault::Lines));
    assert_eq!(lines(|lines| lines[1].pc = 0), Err(Fault::Lines));
    assert_eq!(lines(|lines| lines[1].pc = 3), Err(Fault::Lines));
    assert_eq!(lines(|lines| lines[0].line = 0), Err(Fault::Lines));
    assert_eq!(lines(|lines| lines[1].end_line = 1), Err(Fault::Lines));
    assert_eq!(arguments(|found| found.swap(0, 1)), Err(Fault::Lines));
    assert_eq!(arguments(|found| found[1].argument = 0), Err(Fault::Lines));
    assert_eq!(arguments(|found| found[1].line.pc = 3), Err(Fault::Lines));
    assert_eq!(arguments(|found| found[0].line.column = 0), Err(Fault::Lines));
}

#[test]
fn errors_say_where() {
    let error = verify(parse("Nop/Move r0, r8/RetUnit r0, 0", "")).expect_err("is refused");
    assert_eq!(error.place, Place::Instr { function: 0, pc: 1 });
    assert_eq!(error.to_string(), "function #0, instruction 1: r8 is outside the frame");
}
