//! `libkayton_vm`: the VM that compiled programs load when their first thunk runs.

use kayton_abi::vm_table::{Entry, VmTable};

/// Gives the VM's functions; null when this was built with state of its own (see [`kayton_abi::adopt`]).
#[no_mangle]
pub extern "C" fn kayton_vm_table() -> *const VmTable {
    if cfg!(kayton_adopted) {
        &kayton_vm::TABLE
    } else {
        std::ptr::null()
    }
}

const _: Entry = kayton_vm_table;
