//! What was found, as tables for people.

use crate::course::{Cell, Checked};
use crate::passage::Passed;

/// The table of the servers, in Markdown.
pub fn servers_table(checked: &[Checked]) -> String {
    let mut table = format!("| server | version | {} |\n", Checked::COLUMNS.join(" | "));
    table += &"| --- ".repeat(Checked::COLUMNS.len() + 2);
    table += "|\n";
    for one in checked {
        let cells: Vec<_> = one.cells.iter().map(cell).collect();
        table += &format!("| {} | {} | {} |\n", one.name, one.parts, cells.join(" | "));
    }
    table
}

/// A table of what happens with a kind of things, and of what a person sees of it, in Markdown.
pub fn happens_table(kind: &str, passed: &[Passed]) -> String {
    let mut table = format!("| {kind} | what happens | what a person sees |  |\n");
    table += "| --- | --- | --- | --- |\n";
    for one in passed {
        let line = [one.name, one.happens, one.seen, if one.fault.is_none() { "holds" } else { "FAILS" }];
        table += &format!("| {} |\n", line.join(" | "));
    }
    table
}

fn cell(cell: &Cell) -> &'static str {
    match cell {
        Cell::Holds => "yes",
        Cell::ByNature => "none by nature",
        Cell::Fails(_) => "FAILS",
        Cell::Untried => "–",
    }
}
