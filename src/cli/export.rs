//! `annalist export`: a timeline's picture as a file, without a display.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Failure, Outcome, report, when};
use crate::export::picture::{self, PictureOptions};
use crate::export::{self, Format, SvgFonts, SvgOptions};
use crate::model::{Timeline, View};
use crate::query::Query;
use crate::store;
use crate::text::Shaper;
use crate::theme::ThemeName;
use crate::time::{Instant, Zone};

/// Arguments of `annalist export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timeline
    file: PathBuf,
    /// The picture to write; its ending says the format: .png or .svg
    #[arg(long, short)]
    output: PathBuf,
    /// First date shown (EDTF or words); the whole timeline where not given
    #[arg(long, allow_hyphen_values = true)]
    from: Option<String>,
    /// Last date shown, to its end
    #[arg(long, allow_hyphen_values = true)]
    to: Option<String>,
    /// Width in pixels
    #[arg(long, default_value_t = 1600, value_parser = clap::value_parser!(u32).range(200..=65_000))]
    width: u32,
    /// Height in pixels; as high as the events need where not given
    #[arg(long, value_parser = clap::value_parser!(u32).range(100..=65_000))]
    height: Option<u32>,
    /// Pixels per point: 2 draws everything twice as large
    #[arg(long, default_value_t = 1.0, value_parser = scale)]
    scale: f64,
    /// Colours; light where not given
    #[arg(long, value_parser = theme())]
    theme: Option<ThemeName>,
    /// A view saved in the file: its window, query, bands and theme, where the other options do not say otherwise
    #[arg(long)]
    view: Option<String>,
    /// Only events in which all of these words occur
    #[arg(long, short)]
    query: Option<String>,
    /// Put the fonts into an SVG, so that it looks the same where they are not installed
    #[arg(long)]
    embed_fonts: bool,
    /// Names ISO weeks on the ruler, where days or weeks are its lower level
    #[arg(long)]
    iso_weeks: bool,
}

fn theme() -> impl TypedValueParser<Value = ThemeName> {
    PossibleValuesParser::new(ThemeName::ALL.map(ThemeName::id)).map(|id| ThemeName::parse(&id).unwrap_or_default())
}

fn scale(text: &str) -> Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|scale| (0.25..=16.0).contains(scale))
        .ok_or_else(|| "a number from 0.25 to 16".to_owned())
}

/// One edge of the window, from a date's first (`is_start`) or last instant.
fn edge(text: &str, option: &str, zone: Zone, is_start: bool) -> Result<Instant, Failure> {
    let extent = when::read(option, text)?.date.extent(zone);
    let edge = if is_start { extent.earliest_start } else { extent.latest_end };
    edge.instant().ok_or_else(|| {
        Failure::Usage(format!("{option} \"{text}\" has no {} to show", if is_start { "beginning" } else { "end" }))
    })
}

/// The saved view of this id.
fn view<'t>(timeline: &'t Timeline, id: &str) -> Result<&'t View, Failure> {
    timeline.views().iter().find(|view| view.id == id).ok_or_else(|| {
        let known: Vec<&str> = timeline.views().iter().map(|view| view.id.as_str()).collect();
        let known = if known.is_empty() { "it has none".to_owned() } else { known.join(", ") };
        Failure::Usage(format!("there is no view \"{id}\" in the file ({known})"))
    })
}

/// Draws and writes the picture; problems where the file has errors (what could be read is drawn all the same).
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some(format) = Format::from_path(&arguments.output) else {
        return Err(Failure::Usage(format!(
            "\"{}\" does not end in a format that can be written: use .png or .svg",
            arguments.output.display()
        )));
    };
    let (loaded, has_errors) = report::open(&arguments.file)?;
    let timeline = &loaded.read.timeline;
    let zone = timeline.zone();
    let mut options = PictureOptions {
        width_px: arguments.width,
        height_px: arguments.height,
        scale: arguments.scale,
        iso_weeks: arguments.iso_weeks,
        ..PictureOptions::default()
    };
    if let Some(id) = &arguments.view {
        let view = view(timeline, id)?;
        let extent = view.window.extent(zone);
        options.from = extent.earliest_start.instant();
        options.to = extent.latest_end.instant();
        options.query = Query::parse(view.query.as_deref().unwrap_or_default());
        options.grouping = view.grouping;
        options.theme = view.theme.as_deref().and_then(ThemeName::parse).unwrap_or_default();
    }
    if let Some(text) = &arguments.from {
        options.from = Some(edge(text, "--from", zone, true)?);
    }
    if let Some(text) = &arguments.to {
        options.to = Some(edge(text, "--to", zone, false)?);
    }
    if let Some(theme) = arguments.theme {
        options.theme = theme;
    }
    if let Some(query) = &arguments.query {
        options.query = Query::parse(query);
    }
    if let (Some(from), Some(to)) = (options.from, options.to)
        && to <= from
    {
        return Err(Failure::Usage("--to lies before --from".to_owned()));
    }
    let scene = picture::render(timeline, &options, &mut Shaper::new())?;
    let fonts = if arguments.embed_fonts { SvgFonts::Embedded } else { SvgFonts::Named };
    let title = &timeline.header().title;
    let options = SvgOptions { scale: options.scale, fonts, title, ..SvgOptions::default() };
    let bytes = export::encode(&scene, format, &options)?;
    store::write_atomic(&arguments.output, &bytes)
        .with_context(|| format!("{} could not be written", arguments.output.display()))?;
    Ok(if has_errors { Outcome::Problems } else { Outcome::Done })
}
