//! Ways to make files and modules from a seed.

use kayton_bytecode::testing::{damage_bytes, damage_module, module, splice, Native, Plan, Rng};
use kayton_bytecode::{encode, Module};
use kayton_stdlib::{natives, VARIADIC};

use crate::Corpus;

/// How a file or module is made. Those from real programs need a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// A random module that is valid by construction.
    Generated,
    /// The file of a random module, a few bytes changed, the checksum repaired.
    GeneratedBytes,
    /// A random module, a few instructions or entries of tables changed.
    GeneratedModule,
    /// The file of a real program, a few bytes changed, the checksum repaired.
    RealBytes,
    /// A real program, a few instructions or entries of tables changed.
    RealModule,
    /// Code of one real program in another.
    Spliced,
    /// Code of one real program in another, then a few things changed.
    SplicedModule,
}

/// What a strategy gives.
pub enum Made {
    /// A file to decode.
    File(Vec<u8>),
    /// A module to verify.
    Module(Box<Module>),
}

impl Strategy {
    /// Those that need no corpus.
    pub const ALONE: &'static [Strategy] = &[Strategy::Generated, Strategy::GeneratedBytes, Strategy::GeneratedModule];
    /// All of them.
    pub const ALL: &'static [Strategy] = &[
        Strategy::Generated,
        Strategy::GeneratedBytes,
        Strategy::GeneratedModule,
        Strategy::RealBytes,
        Strategy::RealModule,
        Strategy::Spliced,
        Strategy::SplicedModule,
    ];

    /// The file or module of that seed; the same for ever as long as the corpus is the same.
    pub fn make(self, seed: u64, corpus: &Corpus) -> Made {
        let mut rng = Rng::new(seed ^ (self as u64) << 56);
        let real = rng.pick(corpus.programs());
        match (self, real) {
            (Strategy::Generated, _) => Made::Module(Box::new(module(seed, &plan(seed)))),
            (Strategy::GeneratedBytes, _) => damaged_file(encode(&module(seed, &plan(seed))), &mut rng),
            (Strategy::RealBytes, Some((file, _))) => damaged_file(file.clone(), &mut rng),
            (Strategy::GeneratedModule, _) | (_, None) => damaged(module(seed, &plan(seed)), &mut rng),
            (Strategy::RealModule, Some((_, real))) => damaged(real.clone(), &mut rng),
            (Strategy::Spliced, Some((_, real))) => Made::Module(Box::new(spliced(real, corpus, &mut rng))),
            (Strategy::SplicedModule, Some((_, real))) => damaged(spliced(real, corpus, &mut rng), &mut rng),
        }
    }
}

fn damaged_file(mut file: Vec<u8>, rng: &mut Rng) -> Made {
    damage_bytes(&mut file, rng);
    Made::File(file)
}

fn damaged(mut module: Module, rng: &mut Rng) -> Made {
    damage_module(&mut module, rng);
    Made::Module(Box::new(module))
}

fn spliced(real: &Module, corpus: &Corpus, rng: &mut Rng) -> Module {
    let mut module = real.clone();
    for _ in 0..1 + rng.below(3) {
        if let Some((_, donor)) = rng.pick(corpus.programs()) {
            splice(&mut module, donor, rng);
        }
    }
    module
}

/// A plan for random modules: with every built-in function that leaves the world alone, and all methods.
fn plan(seed: u64) -> Plan {
    let flow = if seed % 2 == 0 { Plan::anywhere() } else { Plan::forward() };
    if seed % 3 == 0 {
        return flow;
    }
    let functions = natives().iter().filter(|native| !native.receiver && is_harmless(native.name));
    let methods = natives().iter().filter(|native| native.receiver);
    Plan {
        natives: functions.map(|of| Native { name: of.name, least: of.min, most: most(of.min, of.max) }).collect(),
        methods: methods.filter_map(|native| native.name.split_once('.')).map(|(_, name)| name).collect(),
        ..flow
    }
}

fn most(least: u8, most: u8) -> u8 {
    if most == VARIADIC {
        least.saturating_add(3)
    } else {
        most
    }
}

/// Whether a built-in function may be called with any arguments: it changes no file and does not wait.
pub(crate) fn is_harmless(name: &str) -> bool {
    !name.starts_with("std.io.") && name != "std.time.sleep"
}
