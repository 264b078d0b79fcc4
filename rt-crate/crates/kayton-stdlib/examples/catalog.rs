//! Prints what exists, one native a line, in the form of [`kayton_stdlib::Native::line`].

fn main() {
    kayton_stdlib::natives().iter().for_each(|native| println!("{}", native.line()));
}
