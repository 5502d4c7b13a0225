//! Lines over what grows, as SVG that is readable on a light page and on a dark one.

use std::io;
use std::path::Path;

use plotters::prelude::*;

/// Large enough for the words, small enough for two beside each other on a page.
const SIZE: (u32, u32) = (520, 300);
/// Half the size at which SVGs are shown on dense screens would be too small to read.
const LETTERS: (&str, i32) = ("sans-serif", 13);
const TITLE: (&str, i32) = ("sans-serif", 15);
/// Seen on white and on black.
const COLOURS: [RGBColor; 6] = [
    RGBColor(47, 129, 199),
    RGBColor(217, 130, 43),
    RGBColor(63, 155, 92),
    RGBColor(190, 84, 150),
    RGBColor(140, 120, 210),
    RGBColor(150, 130, 70),
];
/// What is drawn in white and black turns with the page, its background too.
const DARK: &str = "<style>@media (prefers-color-scheme: dark) { \
    rect[fill=\"#FFFFFF\"] { fill: #0d1117 } text[fill=\"#000000\"] { fill: #e6edf3 } \
    [stroke=\"#000000\"] { stroke: #9aa4af } }</style>\n";

/// A picture of lines: what is measured over what grows.
#[derive(Clone, Debug)]
pub(crate) struct Plot {
    file: &'static str,
    title: String,
    /// What grows.
    across: &'static str,
    lines: Vec<(String, Vec<(f64, f64)>)>,
}

impl Plot {
    /// Begins without lines.
    pub(crate) fn new(file: &'static str, title: &str, across: &'static str) -> Self {
        Self { file, title: title.to_owned(), across, lines: Vec::new() }
    }

    /// Adds a line through these points; what isn't a number is left out.
    pub(crate) fn line(mut self, name: &str, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let points = points.into_iter().filter(|(x, y)| x.is_finite() && y.is_finite());
        self.lines.push((name.to_owned(), points.collect()));
        self
    }

    /// Writes it into a folder, unless there are too few points for a line.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        if self.points().count() <= self.lines.len() {
            return Ok(());
        }
        std::fs::create_dir_all(folder)?;
        let text = self.svg().map_err(io::Error::other)?;
        std::fs::write(folder.join(self.file), text)
    }

    fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        self.lines.iter().flat_map(|(_, points)| points.iter().copied())
    }

    fn svg(&self) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        let mut text = String::new();
        {
            let area = SVGBackend::with_string(&mut text, SIZE).into_drawing_area();
            area.fill(&WHITE)?;
            let (from, to) = self
                .points()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), (x, _)| (from.min(x), to.max(x)));
            let top = self.points().map(|(_, y)| y).fold(0.0, f64::max) * 1.1;
            let mut chart = ChartBuilder::on(&area)
                .margin(10)
                .margin_right(24)
                .caption(&self.title, TITLE)
                .x_label_area_size(38)
                .y_label_area_size(48)
                .build_cartesian_2d((from..to).log_scale(), 0.0..top.max(f64::MIN_POSITIVE))?;
            let mut mesh = chart.configure_mesh();
            mesh.disable_x_mesh().light_line_style(TRANSPARENT).bold_line_style(BLACK.mix(0.15));
            mesh.x_desc(self.across).x_labels(5).y_labels(6).x_label_formatter(&|x| whole(*x));
            mesh.y_label_formatter(&|y| format!("{y}"))
                .label_style(LETTERS)
                .axis_desc_style(LETTERS)
                .draw()?;
            for ((name, points), colour) in self.lines.iter().zip(COLOURS.iter().cycle()) {
                let line = LineSeries::new(points.iter().copied(), colour.stroke_width(2)).point_size(3);
                let drawn = chart.draw_series(line)?;
                drawn
                    .label(name)
                    .legend(move |(x, y)| PathElement::new([(x, y), (x + 14, y)], colour.stroke_width(2)));
            }
            if self.lines.len() > 1 {
                let mut legend = chart.configure_series_labels();
                legend.position(SeriesLabelPosition::UpperLeft).label_font(LETTERS).draw()?;
            }
            area.present()?;
        }
        let (head, rest) = text.split_once(">\n").ok_or("an SVG has an element")?;
        Ok(format!("{head}>\n{DARK}{rest}"))
    }
}

/// A whole number as people write it.
fn whole(number: f64) -> String {
    match number {
        number if number >= 1e6 => format!("{} M", number / 1e6),
        number if number >= 1e3 => format!("{} k", number / 1e3),
        number => format!("{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_names_what_it_shows_and_turns_with_the_page() {
        let plot = Plot::new("feeds.svg", "memory, MiB", "feeds")
            .line("of all", [(1.0, 22.0), (10.0, 23.0), (1000.0, 75.0)])
            .line("of one", [(1.0, 22.0), (1000.0, f64::NAN)]);
        let folder = tempfile::tempdir().expect("a folder");
        plot.write(folder.path()).expect("written");
        let text = std::fs::read_to_string(folder.path().join("feeds.svg")).expect("there");
        for part in ["memory, MiB", "feeds", "of all", "prefers-color-scheme: dark", "1 k", "</svg>"] {
            assert!(text.contains(part), "{part} isn't in {text}");
        }
        assert!(text.contains("fill=\"#FFFFFF\"") && text.contains("fill=\"#000000\""), "{text}");
    }

    #[test]
    fn one_point_is_no_line() {
        let folder = tempfile::tempdir().expect("a folder");
        Plot::new("one.svg", "one", "feeds")
            .line("one", [(1.0, 1.0)])
            .write(folder.path())
            .expect("no fault");
        assert!(!folder.path().join("one.svg").exists());
    }
}
