//! `annalist add`: one more event in a file, and nothing else changed in it.

use std::io::Write;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Failure, Outcome, report, when};
use crate::edit::{self, Edit};
use crate::model::{Citation, Event, Key, Stance, Standing};
use crate::store::{self, Loaded, Read, SaveLock, Writer};
use crate::text::visible;
use crate::time::Date;

/// Arguments of `annalist add`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timeline
    file: PathBuf,
    /// When: EDTF, or words such as "late October 2024" (which are then kept as its wording)
    #[arg(long, allow_hyphen_values = true)]
    date: Option<String>,
    /// Without a date, instead of --date: nobody knows when, or it is still to be found out
    #[arg(long, conflicts_with = "date")]
    undated: bool,
    /// What happened, in a few words
    #[arg(long)]
    title: String,
    /// Its id; derived from title and date where not given
    #[arg(long)]
    id: Option<String>,
    /// The id of a lane
    #[arg(long)]
    lane: Option<String>,
    /// How the statement stands
    #[arg(long, value_parser = standing(), ignore_case = true)]
    standing: Option<Standing>,
    /// 1–5: which label stays when room is short
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
    weight: Option<u8>,
    /// Where
    #[arg(long)]
    place: Option<String>,
    /// Who acted; may be given several times
    #[arg(long = "actor")]
    actors: Vec<String>,
    /// A keyword; may be given several times
    #[arg(long = "tag")]
    tags: Vec<String>,
    /// The analyst's note
    #[arg(long)]
    note: Option<String>,
    /// The id of a source that says so; may be given several times
    #[arg(long = "source")]
    sources: Vec<String>,
    /// What the sources say of it
    #[arg(long, value_parser = stance(), ignore_case = true, default_value = "Supports")]
    stance: Stance,
}

fn standing() -> impl TypedValueParser<Value = Standing> {
    by_label(Standing::ALL, Standing::label)
}

fn stance() -> impl TypedValueParser<Value = Stance> {
    by_label(Stance::ALL, Stance::label)
}

/// Accepts one of these values by its label, whatever the case.
fn by_label<T: Copy + Default + Send + Sync + 'static, const N: usize>(
    all: [T; N],
    label: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.map(label))
        .map(move |given| all.into_iter().find(|&value| label(value).eq_ignore_ascii_case(&given)).unwrap_or_default())
}

/// Adds the event and saves the file; prints the new id.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    let (date, wording) = match &arguments.date {
        Some(text) => {
            let given = when::read("--date", text)?;
            (Some(given.date), given.in_words.then(|| text.clone()))
        }
        None if arguments.undated => (None, None),
        // Left out by mistake and left out on purpose must not look alike.
        None => {
            let help = "give --date (a year or \"about 1950\" will do), or --undated where nobody knows when it was";
            return Err(Failure::Usage(format!("the event has no date: {help}")));
        }
    };
    if arguments.title.trim().is_empty() {
        return Err(Failure::Usage("the title is empty: say in a few words what happened".to_owned()));
    }
    let id = report::for_change(&arguments.file, |is_first| {
        // Held from the reading on, so that what others add meanwhile comes before it or behind it.
        let lock = SaveLock::wait(&arguments.file)?.keeping(report::backup(Writer::Addition));
        let mut loaded = store::load(&arguments.file)?;
        if is_first {
            report::errors(&loaded);
        }
        let id = put(arguments, wording.as_deref(), date.as_ref(), &mut loaded)?;
        let Read { text, timeline, .. } = &mut loaded.read;
        Ok(lock.save(text, timeline).inspect(|saved| report::saved(&arguments.file, saved)).map(|_| id))
    })?;
    writeln!(out, "{}", visible(&id))?;
    Ok(Outcome::Done)
}

/// Puts the event into a timeline as it was read; returns its id.
fn put(
    arguments: &Arguments,
    wording: Option<&str>,
    date: Option<&Date>,
    loaded: &mut Loaded,
) -> Result<String, Failure> {
    if !loaded.read.text.is_writable() {
        return Err(Failure::Input(anyhow!(
            "{} does not parse, so nothing was added; mend the errors above first",
            arguments.file.display()
        )));
    }
    let timeline = &mut loaded.read.timeline;
    if let Some(lane) = &arguments.lane
        && timeline.lane(lane).is_none()
    {
        let known: Vec<&str> = timeline.lanes().iter().map(|lane| lane.id.as_str()).collect();
        return Err(Failure::Usage(format!("there is no lane \"{lane}\"; the lanes are {}", known.join(", "))));
    }
    for source in &arguments.sources {
        if timeline.source(source).is_none() {
            return Err(Failure::Usage(format!("there is no source \"{source}\" in the file; add it there first")));
        }
    }
    let id = arguments.id.clone().unwrap_or_else(|| timeline.fresh_event_id(&arguments.title, date));
    if timeline.position(&Key::Event(id.as_str().into())).is_some() {
        return Err(Failure::Usage(format!("there is already an event \"{id}\"; choose another --id")));
    }
    let mut event = Event::undated(id.clone(), arguments.title.trim());
    event.date = date.cloned();
    event.rare.recorded = Some(Date::from_day(when::now().day()));
    event.wording = wording.map(Into::into);
    event.lane = arguments.lane.as_deref().map(Into::into);
    event.standing = arguments.standing.unwrap_or_default();
    event.weight = arguments.weight.unwrap_or(Event::DEFAULT_WEIGHT);
    event.place = arguments.place.as_deref().map(Into::into);
    event.actors = arguments.actors.iter().map(Into::into).collect();
    event.tags = arguments.tags.iter().map(Into::into).collect();
    event.note = arguments.note.as_deref().map(Into::into);
    event.citations =
        arguments.sources.iter().map(|source| Citation { stance: arguments.stance, ..Citation::new(source) }).collect();
    edit::apply(timeline, &Edit::put_event(event))?;
    Ok(id)
}
