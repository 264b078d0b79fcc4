//! The instructions of all functions in one row.

use kayton_abi::vm_table::{Compiled, CompiledFunction};
use kayton_bytecode::{Instr, Module, Op};

/// Where everything lies. Positions are those of instructions in the row.
pub(crate) struct Layout {
    pub(crate) code: Vec<Instr>,
    /// The function of each instruction.
    pub(crate) function_of: Vec<u32>,
    /// Where the code of each function starts.
    pub(crate) starts: Vec<usize>,
    /// Where each function is entered: there, or behind all functions at an instruction that enters its compiled version.
    pub(crate) entries: Vec<usize>,
    /// The compiled version of each function.
    pub(crate) compiled: Vec<Option<Compiled>>,
}

impl Layout {
    pub(crate) fn new(module: &Module, compiled: &[CompiledFunction]) -> Layout {
        let (mut code, mut function_of, mut starts) = (Vec::new(), Vec::new(), Vec::new());
        for (index, function) in module.functions.iter().enumerate() {
            starts.push(code.len());
            code.extend_from_slice(&function.code);
            function_of.resize(code.len(), index as u32);
        }
        let mut layout =
            Layout { code, function_of, entries: starts.clone(), compiled: vec![None; starts.len()], starts };
        compiled.iter().for_each(|version| layout.add(*version));
        layout
    }

    fn add(&mut self, CompiledFunction { function, enter }: CompiledFunction) {
        let Some(version) = self.compiled.get_mut(function as usize) else { return };
        *version = Some(enter);
        let place = self.code.len();
        let back = self.starts[function as usize] as i32 - (place as i32 + 1);
        self.code.push(Instr::wide(Op::EnterCompiled, 0, 0, back as u32));
        self.function_of.push(function);
        self.entries[function as usize] = place;
    }
}
