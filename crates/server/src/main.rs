//! The one binary.

fn main() -> std::process::ExitCode {
    parvis::cli::main()
}
