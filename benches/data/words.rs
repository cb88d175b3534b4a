//! What invented events are made of.

use super::random::Random;

pub const LANES: [&str; 16] = [
    "Diplomacy",
    "Armed forces",
    "Courts",
    "Trade",
    "Energy",
    "Press",
    "Elections",
    "Borders",
    "Health",
    "Science",
    "Transport",
    "Finance",
    "Labour",
    "Migration",
    "Weather",
    "Culture",
];

pub const ACTORS: [&str; 24] = [
    "Parliament",
    "The ministry",
    "The council",
    "The court",
    "The agency",
    "The commission",
    "The union",
    "The bank",
    "The board",
    "The delegation",
    "The regulator",
    "The railway",
    "The port authority",
    "The university",
    "The fleet",
    "The observatory",
    "The consortium",
    "The registry",
    "The committee",
    "The assembly",
    "The envoy",
    "The operator",
    "The newspaper",
    "The prosecutor",
];

pub const DEEDS: [&str; 20] = [
    "adopts",
    "rejects",
    "publishes",
    "withdraws",
    "signs",
    "amends",
    "postpones",
    "announces",
    "denies",
    "confirms",
    "orders",
    "suspends",
    "opens",
    "closes",
    "inspects",
    "seizes",
    "reviews",
    "appeals",
    "extends",
    "audits",
];

pub const THINGS: [&str; 24] = [
    "the treaty",
    "the budget",
    "an inquiry",
    "the tender",
    "the ceasefire",
    "the tariff list",
    "a pipeline permit",
    "the census",
    "the election rules",
    "a border crossing",
    "the vaccine trial",
    "the rail timetable",
    "a loan",
    "the strike ballot",
    "the flood report",
    "the archive",
    "the customs code",
    "an arrest warrant",
    "the satellite",
    "the fishing quota",
    "a joint exercise",
    "the annual report",
    "the merger",
    "the statute",
];

pub const PLACES: [&str; 20] = [
    "Alder",
    "Brackwater",
    "Cold Harbour",
    "Dunmore",
    "Eastmark",
    "Fallow",
    "Greywick",
    "Highmoor",
    "Inverlee",
    "Jarrow",
    "Kestrel Bay",
    "Lindholm",
    "Marrow",
    "Northgate",
    "Ostrava",
    "Penrose",
    "Quayside",
    "Ravenna",
    "Stonebridge",
    "Tarn",
];

pub const TAGS: [&str; 16] = [
    "law", "security", "money", "people", "sea", "rail", "air", "press", "data", "food", "water", "health", "vote",
    "border", "energy", "heritage",
];

pub const PUBLISHERS: [&str; 12] = [
    "The Ledger",
    "Morning Post",
    "Wire Service",
    "State Gazette",
    "Radio One",
    "The Courier",
    "Open Records",
    "Harbour News",
    "The Examiner",
    "Court Register",
    "Survey Office",
    "The Dispatch",
];

const SAYINGS: [&str; 12] = [
    "The wording was changed twice before the vote.",
    "Two accounts differ on the hour.",
    "The minutes name no one who spoke against it.",
    "A correction appeared the next day.",
    "The figure is that of the first printing.",
    "The photograph shows the eastern gate.",
    "No copy of the annex has been found.",
    "The translation is the analyst's own.",
    "The caption gives another place.",
    "The register was closed early that week.",
    "It was repeated by the evening bulletin.",
    "The signature is illegible.",
];

/// One to four sentences.
pub fn note(random: &mut Random) -> String {
    let sentences: Vec<&str> = (0..1 + random.below(4)).map(|_| *random.pick(&SAYINGS)).collect();
    sentences.join(" ")
}
