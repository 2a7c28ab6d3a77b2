//! The `parallax` program: hands the command line to the library and returns its exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A tenth of a run was spent in the system's allocator, which also gave back less memory.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    parallax::cli::main()
}
