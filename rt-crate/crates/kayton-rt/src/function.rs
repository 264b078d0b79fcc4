//! Functions as values, where which one it is is only known at run time.

use std::rc::Rc;

use kayton_abi::errors;

use crate::calls::At;
use crate::cycles::Tracer;
use crate::text::Text;
use crate::value::Value;

/// What is called: a function of the program, or a closure with what it captured.
pub trait Closure<A, R> {
    /// Calls it from a place.
    fn call(&self, args: A, at: At) -> R;

    /// The name of a function of the program; `None` for a closure.
    fn name(&self) -> Option<&'static str> {
        None
    }

    /// Traces what it captured.
    fn trace(&self, _tracer: &mut Tracer) {}
}

/// A function value whose arguments are the tuple `A`.
pub struct Function<A, R> {
    code: Rc<dyn Closure<A, R>>,
}

/// A Rust closure that captured nothing the collector of cycles must know.
struct Plain<F> {
    name: Option<&'static str>,
    code: F,
}

impl<A, R, F: Fn(A, At) -> R> Closure<A, R> for Plain<F> {
    fn call(&self, args: A, at: At) -> R {
        (self.code)(args, at)
    }

    fn name(&self) -> Option<&'static str> {
        self.name
    }
}

impl<A: 'static, R: 'static> Function<A, R> {
    /// A closure. What it captured must not lead to class instances that may be part of a cycle.
    pub fn closure(code: impl Fn(A, At) -> R + 'static) -> Function<A, R> {
        Function::new(Plain { name: None, code })
    }

    /// A function of the program.
    pub fn named(name: &'static str, code: impl Fn(A, At) -> R + 'static) -> Function<A, R> {
        Function::new(Plain { name: Some(name), code })
    }

    /// A closure with a type of its own.
    pub fn new(code: impl Closure<A, R> + 'static) -> Function<A, R> {
        Function { code: Rc::new(code) }
    }

    /// `f(args)`.
    #[inline]
    pub fn call(&self, args: A, at: At) -> R {
        self.code.call(args, at)
    }
}

impl<A, R> Clone for Function<A, R> {
    fn clone(&self) -> Function<A, R> {
        Function { code: Rc::clone(&self.code) }
    }
}

impl<A: 'static, R: 'static> Value for Function<A, R> {
    const TRACED: bool = true;

    fn show(&self, out: &mut Text, _: At) {
        match self.code.name() {
            Some(name) => out.args(format_args!("<fn {name}>")),
            None => out.put("<closure>"),
        };
    }

    fn equal(&self, _: &Function<A, R>, at: At) -> bool {
        at.fail(errors::cannot_compare_functions())
    }

    /// A closure that several hold keeps what it captured; one that only one holds is a part of its holder.
    fn trace(&self, tracer: &mut Tracer) {
        if Rc::strong_count(&self.code) == 1 {
            self.code.trace(tracer);
        }
    }
}
