//! Printed forms.

use kayton_abi::format::Spec;
use kayton_abi::{print, string, KayVal, Res, Tag};

use crate::machine::Machine;
use crate::pc::Pc;

/// `r[a] =` the printed forms of `r[b .. b+c]`, joined.
#[inline(never)]
pub(crate) fn concat(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    m.here = pc;
    // Showing a part may lead here again, so the buffer is taken.
    let mut text = std::mem::take(&mut m.text);
    text.clear();
    let parts = pc.regs.window(i.b(), i.c().into());
    let shown_by_user = !m.program.types.builtin_hooks.is_empty();
    let written = parts.iter().try_for_each(|part| match part.tag {
        Tag::INT if !shown_by_user => {
            print::int(part.int_bits(), &mut text);
            Ok(())
        }
        Tag::STR if !shown_by_user => {
            let part = part.as_str().unwrap_or("");
            string::check(text.len().saturating_add(part.len()))?;
            text.push_str(part);
            Ok(())
        }
        _ => print::write_display(m, *part, &mut text),
    });
    let made = written.and_then(|()| finished(&text));
    m.text = text;
    pc.regs.drop_range(i.b(), i.c());
    m.store(pc, made)
}

fn finished(text: &str) -> Res<KayVal> {
    string::check(text.len())?;
    Ok(string::new(text))
}

/// `r[a] = r[b]` under the format spec `c`.
#[inline(never)]
pub(crate) fn format(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    m.here = pc;
    let spec = Spec::parse(&m.program.module.strings[usize::from(i.c())]);
    let mut text = String::new();
    let written = spec.and_then(|spec| spec.write(m, pc.regs.get(i.b()), &mut text));
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    m.store(pc, written.and_then(|()| finished(&text)))
}
