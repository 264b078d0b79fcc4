//! Random modules for fuzz tests: valid by construction, the same for the same seed, with every instruction.

mod choice;
mod code;
mod damage;
mod damage_tables;
mod rng;
mod splice;

use crate::module::{
    Const, Field, Function, Guard, Hook, Line, Method, Module, Param, Part, Path, Site, Source, Thunk, Type, TypeKind,
    Variant,
};

pub use damage::{damage_bytes, damage_module};
pub use rng::Rng;
pub use splice::splice;

/// What generated modules may do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Where control may go.
    pub flow: Flow,
    /// The built-in functions that are called.
    pub natives: Vec<Native>,
    /// More names for methods than the few that are always there.
    pub methods: Vec<&'static str>,
}

/// Where jumps and calls may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Anywhere: such a module may run forever.
    Anywhere,
    /// Only forward, and to later functions: executing such a module ends, by the limit of the call depth
    /// when hooks and methods lead back.
    Forward,
}

/// A built-in function, and how many arguments may be passed to it.
#[derive(Clone, Copy, Debug)]
pub struct Native {
    /// Its name.
    pub name: &'static str,
    /// The least number of arguments.
    pub least: u8,
    /// The greatest number of arguments.
    pub most: u8,
}

impl Plan {
    /// Modules that may do anything, with a few natives.
    pub fn anywhere() -> Plan {
        Plan { flow: Flow::Anywhere, natives: Plan::natives(), methods: Vec::new() }
    }

    /// Modules whose execution ends, with a few natives.
    pub fn forward() -> Plan {
        Plan { flow: Flow::Forward, ..Plan::anywhere() }
    }

    fn natives() -> Vec<Native> {
        let native = |name, least, most| Native { name, least, most };
        vec![native("str", 1, 1), native("type_name", 1, 1), native("abs", 1, 1), native("max", 2, 4)]
    }
}

/// The names that fields, methods, globals and parameters have; the last ones are those of built-in methods.
const NAMES: [&str; 16] = [
    "x",
    "y",
    "z",
    "width",
    "area",
    "a name with blanks",
    "mut",
    "len",
    "push",
    "pop",
    "get",
    "map",
    "to_list",
    "unwrap",
    "insert",
    "with",
];
const TEXTS: [&str; 6] = ["", ">8", ".2", "some \"text\"\n", "größe ✓", "one, two"];

/// A module that [`crate::verify()`] accepts.
pub fn module(seed: u64, plan: &Plan) -> Module {
    let mut maker = Maker { rng: Rng::new(seed), plan, module: Module::default() };
    maker.tables();
    maker.signatures();
    maker.types();
    for index in 0..maker.module.functions.len() {
        code::fill(&mut maker, index);
    }
    maker.module
}

/// A module while it is made.
struct Maker<'a> {
    rng: Rng,
    plan: &'a Plan,
    module: Module,
}

impl Maker<'_> {
    fn string(&mut self, text: &str) -> u32 {
        let strings = &mut self.module.strings;
        let found = strings.iter().position(|known| known == text).unwrap_or(strings.len());
        if found == strings.len() {
            strings.push(text.to_owned());
        }
        found as u32
    }

    fn param(&mut self) -> Param {
        Param { name: self.name(), optional: self.rng.once_in(2) }
    }

    fn name(&mut self) -> u32 {
        let many = self.rng.once_in(2);
        self.rng.below(NAMES.len() + if many { self.plan.methods.len() } else { 0 }) as u32
    }

    fn many<T>(&mut self, least: usize, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = least + self.rng.below(most - least + 1);
        (0..count).map(|_| make(self)).collect()
    }

    fn tables(&mut self) {
        self.module.strings =
            NAMES.iter().chain(&self.plan.methods).chain(&TEXTS).map(|text| (*text).to_owned()).collect();
        self.module.constants = vec![Const::Int(1), Const::Float(0.5)];
        let more = self.many(0, 6, Maker::constant);
        self.module.constants.extend(more);
        self.module.guards = Guard::PLAIN.into_iter().chain([Guard::Type(0), Guard::Type(1)]).collect();
        self.module.globals = self.many(1, 3, Maker::name);
        let natives: Vec<&str> = self.plan.natives.iter().map(|native| native.name).collect();
        self.module.natives = natives.into_iter().map(|name| self.string(name)).collect();
        self.module.sites = vec![Site { name: Some(0), ..Site::default() }];
        let more = self.many(1, 6, Maker::site);
        self.module.sites.extend(more);
        self.module.paths = self.many(1, 4, Maker::path);
        self.module.sources = vec![Source { path: "main.ktn".into(), text: "let x = 1\n\tprint(x)\r\n".into() }];
    }

    fn constant(&mut self) -> Const {
        match self.rng.below(4) {
            0 => Const::Int(self.rng.number() as i64),
            1 => Const::Float(f64::from_bits(self.rng.number())),
            2 => Const::Float([f64::NAN, f64::INFINITY, -0.0][self.rng.below(3)]),
            _ => Const::Str(self.rng.below(self.module.strings.len()) as u32),
        }
    }

    fn site(&mut self) -> Site {
        let name = (!self.rng.once_in(4)).then(|| self.name());
        let keywords = if self.rng.once_in(3) { self.many(0, 2, Maker::name) } else { Vec::new() };
        let mut_mask = self.rng.below(1 << (keywords.len() + 1)) as u32;
        Site { name, mut_mask, keywords }
    }

    fn path(&mut self) -> Path {
        let method = self.rng.once_in(2).then(|| self.name());
        let parts = self.many(1, 3, |maker| match maker.rng.below(3) {
            0 => Part::Field(maker.name()),
            1 => Part::Index,
            _ => Part::Part(maker.rng.below(3) as u32),
        });
        Path { method, frozen: self.rng.once_in(4), parts }
    }

    /// The functions without their code: the entry, then others. The last one is made for hooks.
    fn signatures(&mut self) {
        let entry = self.string("main");
        self.module.functions.push(Function { name: entry, line: 1, column: 1, ..Function::default() });
        let count = 2 + self.rng.below(4);
        for index in 1..=count {
            let name = self.string(&format!("f{}", index / 2));
            let params = self.many(0, 3, Maker::param);
            let mut_mask = self.rng.below(1 << params.len()) as u32;
            let captures = if self.rng.once_in(3) { 1 + self.rng.below(2) as u16 } else { 0 };
            let closure = captures > 0;
            let place = Function { name, line: 1, column: 5, ..Function::default() };
            self.module.functions.push(Function { params, mut_mask, captures, closure, ..place });
        }
        let name = self.string("hook");
        let params = (0..3).map(|name| Param { name, optional: name > 0 }).collect();
        let hook = Function { name, line: 2, column: 1, params, ..Function::default() };
        self.module.functions.push(hook);
        self.module.thunks = vec![Thunk { id: 7, function: self.hook() }];
    }

    /// The function that is made for hooks.
    fn hook(&self) -> u32 {
        self.module.functions.len() as u32 - 1
    }

    fn types(&mut self) {
        let option = [("None", 0), ("Some", 1)];
        let result = [("Ok", 1), ("Err", 1)];
        for (name, variants) in [("Option", option), ("Result", result)] {
            let mut ty = self.empty_type(name, TypeKind::Enum);
            ty.variants = variants.map(|(name, fields)| self.variant(name, fields)).to_vec();
            ty.variants.iter_mut().for_each(|variant| variant.named = false);
            self.module.types.push(ty);
        }
        let named = self.empty_type("Named", TypeKind::Trait);
        self.module.types.push(named);
        self.module.guards.push(Guard::Dyn(2));
        for (name, kind) in [("Point", TypeKind::Struct), ("Node", TypeKind::Class)] {
            let mut ty = self.empty_type(name, kind);
            ty.fields = self.many(0, 3, Maker::field);
            self.add_members(&mut ty);
            self.module.guards.push(Guard::Type(self.module.types.len() as u32));
            self.module.types.push(ty);
        }
        let mut shape = self.empty_type("geometry.Shape", TypeKind::Enum);
        shape.variants = self.many(1, 4, |maker| {
            let fields = maker.rng.below(3);
            maker.variant(["Circle", "Rect", "Empty"][fields], fields)
        });
        self.add_members(&mut shape);
        self.module.types.push(shape);
        let mut int = self.empty_type("i64", TypeKind::BuiltIn);
        self.add_members(&mut int);
        self.module.types.push(int);
    }

    fn empty_type(&mut self, name: &str, kind: TypeKind) -> Type {
        let (fields, variants, methods, hooks, traits) = Default::default();
        Type { name: self.string(name), kind, fields, variants, methods, hooks, traits }
    }

    fn variant(&mut self, name: &str, fields: usize) -> Variant {
        let name = self.string(name);
        Variant { name, named: self.rng.once_in(2), fields: self.many(fields, fields, Maker::field) }
    }

    fn field(&mut self) -> Field {
        let guard = self.rng.once_in(3).then(|| self.rng.below(Guard::PLAIN.len()) as u32);
        Field { name: self.name(), guard }
    }

    fn add_members(&mut self, ty: &mut Type) {
        let function = self.hook();
        ty.methods = self.many(0, 2, |maker| Method { name: maker.name(), function });
        ty.hooks = self.many(0, 3, |maker| {
            let (hook, ..) = Hook::ALL[maker.rng.below(Hook::ALL.len())];
            (hook, function)
        });
        if self.rng.once_in(2) {
            ty.traits.push(2);
        }
    }

    fn line(&mut self, pc: usize) -> Line {
        let line = 1 + self.rng.below(3) as u32;
        let column = 1 + self.rng.below(9) as u32;
        Line { pc: pc as u32, line, column, end_line: line, end_column: column + self.rng.below(5) as u32 }
    }
}
