//! The `parallax` program: hands the command line to the library and returns its exit code.

use mimalloc::MiMalloc;
use signal_hook::low_level::exit;

/// A tenth of a run was spent in the system's allocator, which also gave back less memory.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Ends without the allocator's last tidying up: 450 calls after three articles, to give the system
/// what it takes back anyway (November 2026).
fn main() -> ! {
    exit(parallax::cli::main().into())
}
