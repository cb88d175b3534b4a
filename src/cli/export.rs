//! `annalist export`: a timeline's picture or brief as a file, without a display. Its sources are `sources`', its events for
//! other programs `events`'.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::anyhow;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Failure, Outcome, events, grouping, report, since, sources, when};
use crate::account::AccountBy;
use crate::export::brief::{self, BriefFormat, BriefOptions, FileVersion};
use crate::export::picture::{self, LinkChoice, Picture, PictureOptions};
use crate::export::{self, Format, SvgFonts, SvgOptions};
use crate::interchange;
use crate::interchange::events::write::Choice;
use crate::layout::Folding;
use crate::model::{
    Arrangement, ColorBy, DateLabels, ExportSettings, FoldChoice, Grouping, ImageDisplay, KnownOn, Timeline, View,
};
use crate::store;
use crate::text::Shaper;
use crate::theme::ThemeName;
use crate::time::{Date, Instant, Zone};

/// Arguments of `annalist export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timeline; - reads it from standard input
    file: PathBuf,
    /// The file to write; its ending says the format: .png or .svg for a picture, .md or .html for a brief, .bib or
    /// .csl.json for the sources, and one of those of --format for the events
    #[arg(long, short)]
    output: PathBuf,
    /// The format of events or sources, where the file's ending does not say it
    #[arg(long, value_parser = asked())]
    format: Option<Asked>,
    #[command(flatten)]
    sources: sources::Options,
    /// First date shown (EDTF or words); the whole timeline where not given
    #[arg(long, allow_hyphen_values = true)]
    from: Option<String>,
    /// Last date shown, to its end
    #[arg(long, allow_hyphen_values = true)]
    to: Option<String>,
    /// Width in pixels; 1600 where not given, 1000 in a brief
    #[arg(long, value_parser = clap::value_parser!(u32).range(200..=65_000))]
    width: Option<u32>,
    /// Height in pixels; as high as the events need where not given, up to 65000. Events that do not fit are counted
    #[arg(long, value_parser = clap::value_parser!(u32).range(100..=65_000))]
    height: Option<u32>,
    /// Pixels per point: 2 draws everything twice as large; 1 where not given
    #[arg(long, value_parser = scale)]
    scale: Option<f64>,
    /// Colours; light where not given
    #[arg(long, value_parser = theme())]
    theme: Option<ThemeName>,
    /// A view saved in the file: its window, query, bands, theme and export settings, where the other options do not say otherwise
    #[arg(long)]
    view: Option<String>,
    /// Only events that answer this question (docs/QUESTIONS.md)
    #[arg(long, short, allow_hyphen_values = true)]
    query: Option<String>,
    /// Draw in pale what only may match because its date is vague: pictures alone
    #[arg(long)]
    possibly: bool,
    /// Only what has changed since then, in Markdown: a file, a date (by when events were recorded) or a revision of git
    /// (git:REV where it could be a date)
    #[arg(long, value_name = "FILE|DATE|REV")]
    since: Option<String>,
    #[command(flatten)]
    as_of: when::AsOf,
    /// What the bands stand for; lanes where not given: lane, standing, actor, place, tag, source, origin, publisher, author,
    /// source-kind, language, reliability, stance, weight, likelihood, confidence, year, decade, nothing, or a field of your own by
    /// its name (own:NAME where it is one of these). An event with several actors, tags or sources stands in the band of each
    #[arg(long, value_name = "FIELD", value_parser = grouping::read)]
    group: Option<Grouping>,
    /// How bands are arranged: "by count; at most 12; first TASS; collapsed KCNA; hidden Reuters", each part where it is wanted. Orders
    /// are by list, by first event, by count and by name; bands are named by their titles, in quotation marks where these hold a comma
    #[arg(long, value_name = "ARRANGEMENT", value_parser = arrangement)]
    bands: Option<Arrangement>,
    /// What the colours of marks stand for; lanes where not given. Any field that bands can stand for: the seven most frequent values
    /// have a colour each
    #[arg(long, value_name = "FIELD", value_parser = grouping::read)]
    color_by: Option<ColorBy>,
    /// Links drawn as lines: none, all, or those of events by their ids, separated by commas; none where not given
    #[arg(long, value_name = "none|all|ID,…")]
    links: Option<String>,
    /// Whether labels carry the dates of their events: where there is room where not given
    #[arg(long, value_parser = dates())]
    dates: Option<DateLabels>,
    /// The zone on whose clock times are shown (an IANA name such as Europe/Moscow); the timeline's where not given. Days stay what they
    /// are, and times without a zone are still ones of the timeline's
    #[arg(long, value_parser = Zone::parse)]
    zone: Option<Zone>,
    /// Show the first image of each event in small beside its label, as far as no title and no date is lost by that: pictures alone. The
    /// files are read from beside the timeline
    #[arg(long)]
    images: bool,
    /// Which stretches of time are left out, with a break that says how long each is: auto folds long gaps where the rest would be
    /// crowded; none; or intervals (EDTF) with semicolons between, of which what is empty is folded. Auto where not given
    #[arg(long, value_name = "auto|none|SPANS", value_parser = fold_choice, allow_hyphen_values = true)]
    fold: Option<FoldChoice>,
    /// Put the fonts into an SVG, so that it looks the same where they are not installed
    #[arg(long)]
    embed_fonts: bool,
    /// Names ISO weeks on the ruler, where days or weeks are its lower level
    #[arg(long)]
    iso_weeks: bool,
    /// Title of a brief; the timeline's where not given
    #[arg(long)]
    title: Option<String>,
    /// A table in a brief of what each source tells of each event, at which date, and what it leaves out; by origin or by
    /// publisher where that is given
    #[arg(long, value_name = "source|origin|publisher", value_parser = accounts(), num_args = 0..=1,
          default_missing_value = "source", require_equals = true)]
    accounts: Option<AccountBy>,
    /// Mark stretches in which nothing happens, or perhaps nothing, and bursts, in the bands of a picture; list them in a brief
    #[arg(long)]
    gaps: bool,
    /// Name in a brief, or with the sources in JSON, who captured evidence. It can endanger them, so it is left out otherwise
    #[arg(long)]
    include_collectors: bool,
}

impl Arguments {
    /// Options that were given although they mean nothing for what is written are said, not ignored.
    fn check(&self, brief: Option<BriefFormat>) -> Result<(), Failure> {
        let pictures = [
            ("--theme", self.theme.is_some(), "a brief has light and dark in one"),
            ("--embed-fonts", self.embed_fonts, "a brief needs no fonts"),
            ("--possibly", self.possibly, "a brief tells of what is certain"),
            ("--images", self.images, "the picture of a brief has none"),
        ];
        let drawn = [
            ("--width", self.width.is_some()),
            ("--height", self.height.is_some()),
            ("--scale", self.scale.is_some()),
            ("--iso-weeks", self.iso_weeks),
            ("--group", self.group.is_some()),
            ("--bands", self.bands.is_some()),
            ("--color-by", self.color_by.is_some()),
            ("--links", self.links.is_some()),
            ("--dates", self.dates.is_some()),
            ("--fold", self.fold.is_some()),
            ("--zone", self.zone.is_some()),
        ];
        let briefs = [
            ("--title", self.title.is_some()),
            ("--accounts", self.accounts.is_some()),
            ("--include-collectors", self.include_collectors),
        ];
        // The first of the wrong options is told. A brief in HTML has a picture, so that what is drawn can be set.
        let wrong = match brief {
            None => {
                briefs.iter().find(|(_, given)| *given).map(|(option, _)| (*option, "only a brief (.md, .html) has it"))
            }
            Some(BriefFormat::Html) => {
                pictures.iter().find(|(_, given, _)| *given).map(|(option, _, why)| (*option, *why))
            }
            Some(BriefFormat::Markdown) => pictures
                .iter()
                .map(|(option, given, _)| (option, given))
                .chain(drawn.iter().map(|(option, given)| (option, given)))
                .find(|(_, given)| **given)
                .map(|(option, _)| (*option, "Markdown has no picture")),
        };
        let wrong = wrong.or(self.sources.cited.then_some(("--cited", "only sources (.bib, .csl.json) have it")));
        match wrong {
            Some((option, why)) => Err(Failure::Usage(format!("{option} cannot be used here: {why}"))),
            None => Ok(()),
        }
    }
}

impl Arguments {
    /// As [`Arguments::check`], where sources are written.
    fn check_for_sources(&self) -> Result<(), Failure> {
        match self.of_pictures_and_briefs().chain([("--title", self.title.is_some())]).find(|(_, given)| *given) {
            Some((option, _)) => Err(Failure::Usage(format!(
                "{option} cannot be used here: for sources there are --format, --cited and --query"
            ))),
            None => Ok(()),
        }
    }

    /// As [`Arguments::check`], where what has changed is written.
    fn check_for_changes(&self) -> Result<(), Failure> {
        let own = [("--query", self.query.is_some()), ("--cited", self.sources.cited)];
        match self.of_pictures_and_briefs().chain(own).find(|(_, given)| *given) {
            Some((option, _)) => Err(Failure::Usage(format!(
                "{option} cannot be used here: what has changed is told of the whole timeline"
            ))),
            None => Ok(()),
        }
    }

    /// The options that mean something for pictures and briefs alone, with whether each was given.
    fn of_pictures_and_briefs(&self) -> impl Iterator<Item = (&'static str, bool)> {
        [
            ("--from", self.from.is_some()),
            ("--to", self.to.is_some()),
            ("--view", self.view.is_some()),
            ("--width", self.width.is_some()),
            ("--height", self.height.is_some()),
            ("--scale", self.scale.is_some()),
            ("--theme", self.theme.is_some()),
            ("--group", self.group.is_some()),
            ("--color-by", self.color_by.is_some()),
            ("--links", self.links.is_some()),
            ("--dates", self.dates.is_some()),
            ("--images", self.images),
            ("--zone", self.zone.is_some()),
            ("--fold", self.fold.is_some()),
            ("--embed-fonts", self.embed_fonts),
            ("--possibly", self.possibly),
            ("--iso-weeks", self.iso_weeks),
            ("--bands", self.bands.is_some()),
            ("--accounts", self.accounts.is_some()),
            ("--gaps", self.gaps),
            ("--include-collectors", self.include_collectors),
        ]
        .into_iter()
        .chain(self.as_of.given())
    }
}

/// What is written that is neither a picture nor a brief.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Sources(interchange::sources::Format),
    Events(&'static interchange::events::write::Format),
}

/// Accepts the name of a format of sources or of events.
fn asked() -> impl TypedValueParser<Value = Asked> {
    use interchange::events::write::{FORMATS, Format as Events};
    use interchange::sources::Format as Sources;
    let sources = || Sources::ALL.into_iter().filter(|format| format.is_written());
    let names: Vec<&str> = sources().map(Sources::id).chain(FORMATS.iter().map(|format| format.id)).collect();
    PossibleValuesParser::new(names).map(move |name| match Events::named(&name) {
        Some(format) => Asked::Events(format),
        None => Asked::Sources(sources().find(|format| format.id() == name).unwrap_or(Sources::Bibtex)),
    })
}

impl Arguments {
    /// The format of events or sources that is asked for, by name or by the ending of the file; sources first, as one of their
    /// endings (.csl.json) is longer.
    fn asked(&self) -> Result<Option<Asked>, Failure> {
        let of_sources = match self.format {
            Some(Asked::Events(format)) => return Ok(Some(Asked::Events(format))),
            Some(Asked::Sources(format)) => Some(format),
            None => None,
        };
        if let Some(format) = sources::asked(of_sources, &self.output)? {
            return Ok(Some(Asked::Sources(format)));
        }
        Ok(interchange::events::write::Format::of_name(&self.output).map(Asked::Events))
    }

    /// As [`Arguments::check`], where events are written.
    fn check_for_events(&self, format: &interchange::events::write::Format) -> Result<(), Failure> {
        let wanted = ["--from", "--to", "--view", when::AsOf::PUBLISHED, when::AsOf::RECORDED];
        let collectors = |option: &str| option == "--include-collectors" && format.has_collectors;
        let own = [("--title", self.title.is_some()), ("--cited", self.sources.cited)];
        let mut given = self.of_pictures_and_briefs().chain(own).filter(|(_, given)| *given);
        match given.find(|(option, _)| !wanted.contains(option) && !collectors(option)) {
            Some((option, _)) => {
                Err(Failure::Usage(format!("{option} cannot be used here: {} has none of it", format.label)))
            }
            None => Ok(()),
        }
    }
}

fn theme() -> impl TypedValueParser<Value = ThemeName> {
    PossibleValuesParser::new(ThemeName::ALL.map(ThemeName::id)).map(|id| ThemeName::parse(&id).unwrap_or_default())
}

fn accounts() -> impl TypedValueParser<Value = AccountBy> {
    PossibleValuesParser::new(AccountBy::ALL.map(AccountBy::id)).try_map(|id| AccountBy::parse(&id).ok_or("unknown"))
}

fn dates() -> impl TypedValueParser<Value = DateLabels> {
    PossibleValuesParser::new(DateLabels::ALL.map(DateLabels::id)).map(|id| DateLabels::parse(&id).unwrap_or_default())
}

fn arrangement(text: &str) -> Result<Arrangement, String> {
    Arrangement::parse(text).map_err(|error| error.to_string())
}

fn fold_choice(text: &str) -> Result<FoldChoice, String> {
    FoldChoice::parse(text).map_err(|error| error.to_string())
}

fn scale(text: &str) -> Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|scale| (0.25..=16.0).contains(scale))
        .ok_or_else(|| "a number from 0.25 to 16".to_owned())
}

/// One edge of the window, from a date's first (`is_start`) or last instant.
fn edge(text: &str, option: &str, zone: Zone, is_start: bool) -> Result<Instant, Failure> {
    // All that a vague date can be is in the window: from where it can begin at the earliest to where it can end at the latest.
    let extent = when::read(option, text)?.date.extent(zone);
    let edge = if is_start { extent.earliest_start } else { extent.latest_end };
    edge.instant().ok_or_else(|| {
        Failure::Usage(format!("{option} \"{text}\" has no {} to show", if is_start { "beginning" } else { "end" }))
    })
}

/// Which links `--links` asks for.
fn link_choice(timeline: &Timeline, text: &str) -> Result<LinkChoice, Failure> {
    match text {
        "none" => Ok(LinkChoice::None),
        "all" => Ok(LinkChoice::All),
        ids => {
            let ids: Vec<&str> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
            match ids.iter().find(|id| timeline.event(id).is_none()) {
                Some(id) => Err(Failure::Usage(format!("--links: there is no event \"{id}\" in the file"))),
                None => Ok(LinkChoice::Of(ids.into_iter().map(Into::into).collect())),
            }
        }
    }
}

/// The saved view of this id.
fn view<'t>(timeline: &'t Timeline, id: &str) -> Result<&'t View, Failure> {
    timeline.views().iter().find(|view| view.id == id).ok_or_else(|| {
        let known: Vec<&str> = timeline.views().iter().map(|view| view.id.as_str()).collect();
        let known = if known.is_empty() { "it has none".to_owned() } else { known.join(", ") };
        Failure::Usage(format!("there is no view \"{id}\" in the file ({known})"))
    })
}

/// The date of a view as of which things are known.
fn known_on(view: &View, zone: Zone) -> Result<Option<KnownOn>, Failure> {
    let Some(date) = &view.known_on else { return Ok(None) };
    let known_on = KnownOn::of(date, view.known_by, zone);
    let no_end = || Failure::Usage(format!("known_on: \"{date}\" of the view \"{}\" has no end", view.id));
    known_on.map(Some).ok_or_else(no_end)
}

/// How the bands of a view are arranged.
fn arranged(view: &View) -> Result<Arrangement, Failure> {
    let parsed = Arrangement::parse(view.bands.as_deref().unwrap_or_default());
    parsed.map_err(|error| Failure::Usage(format!("bands of the view \"{}\": {error}", view.id)))
}

/// How the picture of a view is made.
fn export_settings(view: &View) -> Result<ExportSettings, Failure> {
    let parsed = ExportSettings::parse(view.export.as_deref().unwrap_or_default());
    parsed.map_err(|error| Failure::Usage(format!("export of the view \"{}\": {error}", view.id)))
}

/// What a view folds.
fn folding(view: &View, zone: Zone) -> Result<Folding, Failure> {
    let Some(folds) = view.folds.as_deref() else { return Ok(Folding::Auto) };
    let choice = FoldChoice::parse(folds);
    let choice = choice.map_err(|error| Failure::Usage(format!("folds of the view \"{}\": {error}", view.id)))?;
    Ok(Folding::of(&choice, zone))
}

impl Arguments {
    /// Puts into the options what the saved view and the arguments choose; gives what a brief says of the view.
    fn put_choices(&self, timeline: &Timeline, options: &mut PictureOptions) -> Result<OfView, Failure> {
        // First what the saved view says, then what was given beside it: an option overrides its part of the view and no more.
        let zone = timeline.zone();
        let mut query = String::new();
        let mut of_view = OfView::default();
        let view = self.view.as_deref().map(|id| view(timeline, id)).transpose()?;
        let clock = self.zone.or(view.and_then(|view| view.clock(zone)));
        options.zone = clock.filter(|clock| *clock != zone);
        // Where a window begins and ends is said on the axis that is drawn. A brief and events for others have the timeline's.
        let is_drawn = Format::from_path(&self.output).is_some();
        let axis = options.zone.filter(|_| is_drawn).map_or(zone, |clock| zone.shown_on(clock));
        if let Some(view) = view {
            let extent = view.window.extent(axis);
            options.from = extent.earliest_start.instant();
            options.to = extent.latest_end.instant();
            query = view.query.as_deref().unwrap_or_default().to_owned();
            let settings = export_settings(view)?;
            let accounts = settings.accounts.and_then(AccountBy::parse);
            of_view = OfView { title: Some(view.title.to_string()), accounts };
            options.width_px = self.width.or(settings.width_px).unwrap_or(options.width_px);
            options.height_px = self.height.or(settings.height_px);
            options.scale = self.scale.or(settings.scale).unwrap_or(options.scale);
            options.gaps |= settings.gaps;
            options.iso_weeks |= settings.weeks;
            // A brief tells of what is certain.
            options.possibly = settings.possibly && BriefFormat::from_path(&self.output).is_none();
            options.grouping = view.grouping;
            options.color_by = view.color_by;
            options.arrangement = Arc::new(arranged(view)?);
            options.links = view.links.into();
            options.dates = view.dates;
            options.images = view.images;
            options.known_on = known_on(view, zone)?;
            options.folding = folding(view, axis)?;
            options.theme = view.theme.as_deref().and_then(ThemeName::parse).unwrap_or_default();
        }
        if let Some(text) = &self.from {
            options.from = Some(edge(text, "--from", axis, true)?);
        }
        if let Some(text) = &self.to {
            options.to = Some(edge(text, "--to", axis, false)?);
        }
        if let Some(asked) = self.as_of.read(zone)? {
            options.known_on = Some(asked);
        }
        if let Some(grouping) = self.group {
            options.grouping = grouping::known(timeline, "--group", grouping)?;
        }
        if let Some(arrangement) = &self.bands {
            options.arrangement = Arc::new(arrangement.clone());
        }
        if let Some(color_by) = self.color_by {
            options.color_by = grouping::known(timeline, "--color-by", color_by)?;
        }
        if let Some(links) = &self.links {
            options.links = link_choice(timeline, links)?;
        }
        if let Some(dates) = self.dates {
            options.dates = dates;
        }
        if self.images {
            options.images = ImageDisplay::Track;
        }
        if let Some(fold) = &self.fold {
            options.folding = Folding::of(fold, axis);
        }
        if let Some(theme) = self.theme {
            options.theme = theme;
        }
        if let Some(given) = &self.query {
            query.clone_from(given);
        }
        let option = if self.query.is_some() { "--query" } else { "the query of the view" };
        options.query = when::query(option, &query, timeline, options.known_on.as_ref())?;
        options.possibly |= self.possibly;
        if let (Some(from), Some(to)) = (options.from, options.to)
            && to <= from
        {
            return Err(Failure::Usage("--to lies before --from".to_owned()));
        }
        Ok(of_view)
    }
}

/// What a brief says of the saved view that it is of.
#[derive(Debug, Default)]
struct OfView {
    title: Option<String>,
    accounts: Option<AccountBy>,
}

/// Writes the events that are chosen, for another program.
fn export_events(arguments: &Arguments, format: &interchange::events::write::Format) -> Result<Outcome, Failure> {
    let (loaded, has_errors) = report::open(&arguments.file)?;
    let timeline = &loaded.read.timeline;
    let mut options = PictureOptions::default();
    arguments.put_choices(timeline, &mut options)?;
    let choice = Choice {
        query: options.query,
        known_on: options.known_on,
        from: options.from,
        to: options.to,
        include_collectors: arguments.include_collectors,
    };
    events::export(timeline, &choice, format, &arguments.output)?;
    Ok(if has_errors { Outcome::Problems } else { Outcome::Done })
}

/// Makes and writes the picture or the brief; problems where the file has errors (what could be read is drawn all the same).
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    // Options that mean nothing here are refused before the file is read: a long one takes seconds.
    if let Some(since) = &arguments.since {
        arguments.check_for_changes()?;
        return since::export(&arguments.file, since, arguments.title.as_deref(), &arguments.output);
    }
    match arguments.asked()? {
        Some(Asked::Sources(format)) => {
            arguments.check_for_sources()?;
            let query = arguments.query.as_deref();
            return sources::export(&arguments.file, &arguments.output, format, &arguments.sources, query);
        }
        Some(Asked::Events(format)) => {
            arguments.check_for_events(format)?;
            return export_events(arguments, format);
        }
        None => {}
    }
    let brief = BriefFormat::from_path(&arguments.output);
    let format = Format::from_path(&arguments.output);
    if brief.is_none() && format.is_none() {
        return Err(Failure::Usage(format!(
            "\"{}\" does not end in a format that can be written: use .png, .svg, .md, .html, .bib, .csl.json or, for \
             events, {}",
            arguments.output.display(),
            events::endings()
        )));
    }
    arguments.check(brief)?;
    let (loaded, has_errors) = report::open(&arguments.file)?;
    let timeline = &loaded.read.timeline;
    let mut options = PictureOptions {
        width_px: arguments.width.unwrap_or(if brief.is_some() { brief::PICTURE_WIDTH_PX } else { 1600 }),
        height_px: arguments.height,
        scale: arguments.scale.unwrap_or(1.0),
        iso_weeks: arguments.iso_weeks,
        gaps: arguments.gaps,
        ..PictureOptions::default()
    };
    let of_view = arguments.put_choices(timeline, &mut options)?;
    // A brief goes to the file as it is made; a picture is a whole before it has bytes.
    let not_written = |error| anyhow!(store::not_written(&arguments.output, &error));
    let remark = |remark: &String| report::problem(&format!("warning: {remark}"));
    if let Some(format) = brief {
        let options_of_brief = BriefOptions {
            title: arguments.title.clone(),
            query: options.query.clone(),
            from: options.from,
            to: options.to,
            view: of_view.title,
            known_on: options.known_on.clone(),
            made: Some(Date::from_day(when::now().day())),
            file: arguments.file.file_name().map(|name| FileVersion {
                name: name.to_string_lossy().into_owned(),
                sha256: Some(loaded.read.text.sha256()),
            }),
            // Bands that are accounts ask for their table.
            accounts: arguments.accounts.or(of_view.accounts).or(AccountBy::of(options.grouping)),
            gaps: options.gaps,
            include_collectors: arguments.include_collectors,
        };
        let write = |out: &mut dyn Write| brief::page(timeline, &options_of_brief, &options, format, out);
        let remarks = store::write_atomic_with(&arguments.output, write).map_err(not_written)?;
        if let Some(why) = remarks.without_picture {
            report::problem(&format!("the brief has no picture: {why}"));
        }
        remarks.of_picture.iter().for_each(remark);
    } else {
        let Picture { scene, remarks } = picture::render(timeline, &options, &mut Shaper::new())?;
        remarks.iter().for_each(remark);
        let fonts = if arguments.embed_fonts { SvgFonts::Embedded } else { SvgFonts::Named };
        let title = &timeline.header().title;
        let (format, options) =
            (format.unwrap_or_default(), SvgOptions { scale: options.scale, fonts, title, ..SvgOptions::default() });
        let path = (!report::is_standard(&arguments.file)).then_some(arguments.file.as_path());
        let read = store::images(path, export::wanted_images(&scene, format, &options), &|| true);
        read.remark().iter().for_each(remark);
        let images = read.found.into_iter().collect();
        let bytes = export::encode(&scene, format, &SvgOptions { images: &images, ..options })?;
        store::write_atomic(&arguments.output, &bytes).map_err(not_written)?;
    }
    Ok(if has_errors { Outcome::Problems } else { Outcome::Done })
}
