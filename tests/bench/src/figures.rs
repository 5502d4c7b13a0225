//! The tables, as JSON and as Markdown.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use serde::Serialize;

use crate::machine;
use crate::plots::Plot;

/// A table: what was measured, of whom.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Table {
    /// What the numbers are.
    title: String,
    /// Names of the columns of numbers.
    columns: Vec<String>,
    /// A name and its numbers; none where it isn't measured.
    rows: Vec<(String, Vec<Option<f64>>)>,
    #[serde(skip)]
    plots: Vec<Plot>,
}

impl Table {
    /// Begins a table.
    pub(crate) fn new<const N: usize>(title: &str, columns: [&str; N]) -> Self {
        let columns = columns.map(str::to_owned).to_vec();
        Self { title: title.to_owned(), columns, rows: Vec::new(), plots: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, name: &str, numbers: impl IntoIterator<Item = f64>) {
        let numbers = numbers.into_iter().map(|number| Some(number).filter(|number| number.is_finite()));
        self.rows.push((name.to_owned(), numbers.collect()));
    }

    /// Has what it says drawn too.
    pub(crate) fn plot(&mut self, plot: Plot) {
        self.plots.push(plot);
    }

    fn markdown(&self) -> String {
        let mut text = format!("| {} | {} |\n| --- |", self.title, self.columns.join(" | "));
        text.push_str(&" ---: |".repeat(self.columns.len()));
        for (name, numbers) in &self.rows {
            let numbers: Vec<_> = numbers.iter().map(|number| number.map_or("–".into(), readable)).collect();
            write!(text, "\n| {name} | {} |", numbers.join(" | "))
                .expect("a string takes all that is written to it");
        }
        text + "\n"
    }
}

/// Three digits that count, or all before the point; none behind it where there are only zeros.
fn readable(number: f64) -> String {
    let size = number.abs();
    if size >= 1000.0 {
        let digits = format!("{size:.0}");
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        return if number < 0.0 { format!("-{text}") } else { text };
    }
    let decimals = if size >= 100.0 || number.fract() == 0.0 {
        0
    } else if size >= 10.0 {
        1
    } else {
        2
    };
    format!("{number:.decimals$}")
}

/// What one section found.
#[derive(Clone, Debug, Serialize)]
struct Found {
    section: String,
    /// When it was measured.
    on: String,
    /// The load of the machine before and after, which others share in.
    load: [f64; 2],
    tables: Vec<Table>,
}

/// All tables of a run.
#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    machine: String,
    sections: Vec<Found>,
    #[serde(skip)]
    load: f64,
}

impl Figures {
    /// Begins without any.
    pub(crate) fn begin() -> Self {
        Self { machine: machine::words(), sections: Vec::new(), load: machine::load() }
    }

    /// Adds what a section found.
    pub(crate) fn add(&mut self, section: &str, tables: Vec<Table>) {
        let load = [std::mem::replace(&mut self.load, machine::load()), machine::load()];
        let on = jiff::Zoned::now().strftime("%Y-%m-%d").to_string();
        self.sections.push(Found { section: section.to_owned(), on, load, tables });
    }

    /// Everything as JSON.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("names and numbers can be written as JSON")
    }

    /// Everything as Markdown.
    pub(crate) fn markdown(&self) -> String {
        let sections =
            self.sections.iter().map(|found| format!("## {}\n\n{}", found.section, self.section(found)));
        sections.collect::<Vec<_>>().join("\n")
    }

    /// Puts each section's tables between its marks in a page; sections without marks are left out.
    pub(crate) fn put_into(&self, page: &str) -> String {
        self.sections.iter().fold(page.to_owned(), |page, found| {
            let (begin, end) = (format!("<!-- {} -->\n", found.section), "<!-- end -->");
            let Some((before, rest)) = page.split_once(&begin) else { return page };
            let Some((_, after)) = rest.split_once(end) else { return page };
            format!("{before}{begin}{}{end}{after}", self.section(found))
        })
    }

    /// Draws what there is to draw into a folder.
    ///
    /// # Errors
    ///
    /// If a file can't be written.
    pub(crate) fn draw_into(&self, folder: &Path) -> io::Result<()> {
        let tables = self.sections.iter().flat_map(|found| &found.tables);
        tables.flat_map(|table| &table.plots).try_for_each(|plot| plot.write(folder))
    }

    fn section(&self, found: &Found) -> String {
        let Found { on, load: [before, after], tables, .. } = found;
        let tables: Vec<_> = tables.iter().map(Table::markdown).collect();
        let note = format!("{on}, {}, load {before:.1} before and {after:.1} after.", self.machine);
        format!("{note}\n\n{}\n", tables.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new("MB", ["small", "large"]);
        table.row("ours", [1234.5, f64::NAN]);
        table.row("theirs", [0.0, 12.34]);
        table
    }

    #[test]
    fn a_table_has_a_dash_where_nothing_was_measured() {
        let text = table().markdown();
        assert_eq!(
            text,
            "| MB | small | large |\n| --- | ---: | ---: |\n| ours | 1,234 | – |\n| theirs | 0 | 12.3 |\n"
        );
    }

    #[test]
    fn numbers_have_three_digits_that_count() {
        for (number, text) in [
            (0.4, "0.40"),
            (50.0, "50"),
            (9.99, "9.99"),
            (31.26, "31.3"),
            (812.4, "812"),
            (1e6, "1,000,000"),
            (-2345.0, "-2,345"),
        ] {
            assert_eq!(readable(number), text);
        }
    }

    #[test]
    fn only_what_stands_between_a_sections_marks_is_replaced() {
        let mut figures = Figures::begin();
        figures.add("decoder", vec![table()]);
        figures.add("absent", vec![table()]);
        let page = "Hello\n<!-- decoder -->\nold\n<!-- end -->\n<!-- search -->\nkept\n<!-- end -->\n";
        let put = figures.put_into(page);
        assert!(
            put.starts_with("Hello\n<!-- decoder -->\n") && !put.contains("old") && put.contains("1,234")
        );
        assert!(put.ends_with("<!-- end -->\n<!-- search -->\nkept\n<!-- end -->\n"));
        assert_eq!(figures.put_into(&put), put);
    }
}
