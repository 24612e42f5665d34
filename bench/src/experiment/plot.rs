//! The two pictures of the write-up, as SVG.

use plotters::coord::ranged1d::{AsRangedCoord, Ranged, ValueFormatter};
use plotters::prelude::*;

use super::Findings;
use super::exposure::{DAYS, Exposure, PEOPLE};
use crate::Failure;
use crate::gather::SIZES;

const SIZE: (u32, u32) = (900, 480);
const FONT: &str = "sans-serif";
/// Distinct also without colour: those of the design of collecting beforehand are thin.
const COLOURS: [RGBColor; 3] = [RGBColor(0, 90, 181), RGBColor(0, 119, 80), RGBColor(181, 70, 0)];

/// A line and its name.
struct Line {
    name: String,
    points: Vec<(f64, f64)>,
    colour: RGBColor,
    width: u32,
}

/// Share of clicks that were answered within a time, of each design and number of institutions.
pub(super) fn response_times(findings: &Findings) -> Result<String, Failure> {
    let mut lines = Vec::new();
    for (institutions, colour) in SIZES.into_iter().zip(COLOURS) {
        let on_demand = findings.on_demand.iter().filter(|sample| sample.institutions == institutions);
        let read = findings.beforehand.iter().filter(|read| read.institutions == institutions);
        lines.push(Line {
            name: format!("都度取得 / on demand: {institutions}"),
            points: shares(on_demand.map(|sample| sample.all_ms)),
            colour,
            width: 3,
        });
        lines.push(Line {
            name: format!("事前蓄積 / beforehand: {institutions}"),
            points: shares(read.map(|read| read.all_ms)),
            colour,
            width: 1,
        });
    }
    let longest = lines.iter().flat_map(|line| &line.points).map(|(ms, _)| *ms).fold(1.0, f64::max);
    let axes = Axes {
        caption: "クリックから全部の表示まで / From the click to all shown",
        x: "ミリ秒 / milliseconds",
        y: "割合 % / share of clicks, %",
        names: SeriesLabelPosition::MiddleRight,
    };
    drawn(&axes, 0.0..longest * 1.05, 0.0..100.0, &lines)
}

/// Person-days in a month, by the rate of logins; both designs differ by thousands, so the scale is logarithmic.
pub(super) fn exposures(exposures: &[Exposure]) -> Result<String, Failure> {
    let line = |name: &str, of: fn(&Exposure) -> f64, colour, width| Line {
        name: name.to_owned(),
        points: exposures.iter().map(|e| (e.login_percent, of(e).max(1.0))).collect(),
        colour,
        width,
    };
    let [one, two, three] = COLOURS;
    let lines = [
        line("事前蓄積: 全員 / beforehand: everybody", |e| e.beforehand_person_days, three, 3),
        line("事前蓄積: 見ない人 / beforehand: never looked", |e| e.never_looked_person_days, two, 1),
        line("都度取得 / on demand", |e| e.on_demand_person_days, one, 3),
    ];
    let axes = Axes {
        caption: "置かれている情報 / Information that lies at the portal",
        x: "月にログインする人 % / people who log in in a month, %",
        y: "人・日/月 / person-days a month",
        names: SeriesLabelPosition::MiddleLeft,
    };
    drawn(&axes, 0.0..100.0, (1.0..PEOPLE * DAYS * 2.0).log_scale(), &lines)
}

struct Axes {
    caption: &'static str,
    x: &'static str,
    y: &'static str,
    /// Where nothing is drawn.
    names: SeriesLabelPosition,
}

fn drawn<Y>(axes: &Axes, x: std::ops::Range<f64>, y: Y, lines: &[Line]) -> Result<String, Failure>
where
    Y: AsRangedCoord<Value = f64>,
    Y::CoordDescType: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        area.fill(&WHITE).map_err(failed)?;
        let mut chart = ChartBuilder::on(&area)
            .caption(axes.caption, (FONT, 20))
            .margin(16)
            .x_label_area_size(48)
            .y_label_area_size(84)
            .build_cartesian_2d(x, y)
            .map_err(failed)?;
        chart
            .configure_mesh()
            .x_desc(axes.x)
            .y_desc(axes.y)
            .axis_desc_style((FONT, 15))
            .label_style((FONT, 13))
            .y_label_formatter(&|value| format!("{value:.0}"))
            .x_label_formatter(&|value| format!("{value:.0}"))
            .light_line_style(TRANSPARENT)
            .draw()
            .map_err(failed)?;
        for Line { name, points, colour, width } in lines {
            let style = colour.stroke_width(*width);
            let series = LineSeries::new(points.iter().copied(), style);
            let drawn = chart.draw_series(series).map_err(failed)?;
            drawn.label(name).legend(move |(x, y)| PathElement::new([(x, y), (x + 24, y)], style));
        }
        chart
            .configure_series_labels()
            .position(axes.names.clone())
            .legend_area_size(30)
            .margin(10)
            .background_style(WHITE.mix(0.9))
            .border_style(BLACK.mix(0.3))
            .label_font((FONT, 14))
            .draw()
            .map_err(failed)?;
        area.present().map_err(failed)?;
    }
    Ok(svg)
}

/// Steps of the share of values at or below each.
fn shares(values: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let count = f64::from(u32::try_from(sorted.len().max(1)).unwrap_or(u32::MAX));
    let mut points = vec![(sorted.first().copied().unwrap_or_default(), 0.0)];
    points.extend((1_u32..).zip(sorted).map(|(rank, value)| (value, 100.0 * f64::from(rank) / count)));
    points
}

fn failed(error: impl std::fmt::Display) -> Failure {
    format!("a picture cannot be drawn: {error}").into()
}

#[cfg(test)]
mod tests {
    use super::super::exposure;
    use super::super::tests::findings;
    use super::*;

    #[test]
    fn shares_rise_to_a_hundred_percent() {
        let points = shares([3.0, 1.0, 2.0, 4.0].into_iter());
        assert_eq!(points, [(1.0, 0.0), (1.0, 25.0), (2.0, 50.0), (3.0, 75.0), (4.0, 100.0)]);
    }

    #[test]
    fn both_pictures_have_a_line_for_each_name() {
        let findings = findings();
        let times = response_times(&findings).unwrap();
        let exposed = exposures(&exposure::of(&findings)).unwrap();
        assert!(times.starts_with("<svg") && exposed.starts_with("<svg"));
        for institutions in SIZES {
            assert!(times.contains(&format!("on demand: {institutions}")), "{times}");
        }
        assert!(exposed.contains("never looked") && exposed.contains("on demand"));
    }
}
