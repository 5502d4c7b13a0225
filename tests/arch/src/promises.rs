//! What a page promises is shown by tests that are there.

use crate::Fault;
use crate::tree::File;

/// The pages whose promises name tests.
const PAGES: &[&str] = &[".github/SECURITY.md"];

/// Finds promises whose tests are not where the page says. In a row of a table, what stands in code behind a path of the
/// repository is a test in that file, or a part of its title.
pub fn check(files: &[File]) -> Vec<Fault> {
    let pages = files.iter().filter(|file| PAGES.contains(&file.path.as_str()));
    pages.flat_map(|page| check_page(page, files)).collect()
}

fn check_page(page: &File, files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, row) in page.text.lines().enumerate().filter(|(_, line)| line.starts_with('|')) {
        let mut fault = |what| {
            faults.push(Fault {
                path: page.path.clone(),
                line: index + 1,
                what,
                mend: "Name the test that shows it, or promise less",
            });
        };
        let mut within: Option<&File> = None;
        for code in row.split('`').skip(1).step_by(2) {
            if code.contains('/') {
                within = files.iter().find(|file| file.path == code);
                if within.is_none() {
                    fault(format!("there is no file {code}"));
                }
            } else if let Some(file) = within.filter(|file| !file.text.contains(code)) {
                fault(format!("there is no test `{code}` in {}", file.path));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(row: &str) -> Vec<String> {
        let files = [File::new(PAGES[0], row), File::new("tests/a.rs", "fn it_holds() {}")];
        check(&files).into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn finds_a_test_and_a_file_that_are_not_there() {
        assert_eq!(
            faults("| a | `tests/a.rs`: `it_breaks` |"),
            ["there is no test `it_breaks` in tests/a.rs"]
        );
        assert_eq!(faults("| a | `tests/b.rs`: `it_holds` |"), ["there is no file tests/b.rs"]);
    }

    #[test]
    fn lets_promises_that_are_shown_and_other_lines_pass() {
        for row in ["| a `link` | `tests/a.rs`: `it_holds` |", "`tests/b.rs`: `it_breaks`"] {
            assert_eq!(faults(row), Vec::<String>::new(), "{row}");
        }
    }
}
