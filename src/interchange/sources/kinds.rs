//! The sorts of things in other formats, and what sort of source each is.
//!
//! Every kind is written as a type that is read back as this kind, where the format has one; `Other` and what else has
//! none is told by a labelled line.

use crate::model::SourceKind;
use SourceKind::{Broadcast, Dataset, Document, Image, Interview, Other, Statement, Web};

/// The kind of a CSL type (CSL 1.0.2, appendix III). What is on the web and in a newspaper counts as web.
pub(super) fn of_csl(kind: &str, has_url: bool) -> SourceKind {
    match kind {
        "webpage" | "post" | "post-weblog" => Web,
        "article-newspaper" | "article-magazine" if has_url => Web,
        "article" | "article-journal" | "article-magazine" | "article-newspaper" | "bill" | "book" | "chapter"
        | "classic" | "collection" | "document" | "entry" | "entry-dictionary" | "entry-encyclopedia"
        | "legal_case" | "legislation" | "manuscript" | "pamphlet" | "paper-conference" | "patent" | "periodical"
        | "regulation" | "report" | "review" | "review-book" | "standard" | "thesis" | "treaty" => Document,
        "hearing" | "personal_communication" | "speech" => Statement,
        "broadcast" | "motion_picture" | "performance" | "song" => Broadcast,
        "interview" => Interview,
        "figure" | "graphic" | "map" => Image,
        "dataset" => Dataset,
        _ => Other,
    }
}

/// The CSL type a kind is written as.
pub(super) const fn to_csl(kind: SourceKind) -> &'static str {
    match kind {
        Web => "webpage",
        Document | Other => "document",
        Statement => "speech",
        Broadcast => "broadcast",
        Interview => "interview",
        Image => "graphic",
        Dataset => "dataset",
    }
}

/// Whether a CSL type is one; others are told.
pub(super) fn is_csl(kind: &str) -> bool {
    of_csl(kind, false) != Other || matches!(kind, "event" | "musical_score" | "software")
}

/// The kind of a BibTeX or BibLaTeX entry type, with those that exporters add; `sort` is the entry's field `type`.
pub(super) fn of_bibtex(entry_type: &str, sort: Option<&str>, has_url: bool) -> SourceKind {
    match entry_type {
        "online" | "electronic" | "www" | "webpage" | "web_page" | "blogpost" => Web,
        "newspaper" | "newspaper_article" | "magazine_article" | "newsarticle" if has_url => Web,
        "article" | "book" | "mvbook" | "inbook" | "bookinbook" | "suppbook" | "booklet" | "collection"
        | "mvcollection" | "incollection" | "suppcollection" | "manual" | "patent" | "periodical"
        | "suppperiodical" | "proceedings" | "mvproceedings" | "inproceedings" | "conference" | "reference"
        | "mvreference" | "inreference" | "report" | "techreport" | "thesis" | "mastersthesis" | "phdthesis"
        | "unpublished" | "jurisdiction" | "legislation" | "legal" | "letter" | "review" | "standard"
        | "commentary" | "newspaper" | "newspaper_article" | "magazine_article" | "newsarticle" | "bill" | "treaty" => {
            sort.and_then(of_sort).unwrap_or(Document)
        }
        "movie" | "film" | "video" | "audio" | "music" | "performance" | "broadcast" | "podcast" => Broadcast,
        "interview" => Interview,
        "image" | "artwork" | "map" | "photo" | "figure" => Image,
        "dataset" | "data" => Dataset,
        "speech" | "talk" | "presentation" | "hearing" => Statement,
        _ => sort.and_then(of_sort).unwrap_or(if has_url { Web } else { Other }),
    }
}

/// Whether an entry type is a known one; others are told.
pub(super) fn is_bibtex(entry_type: &str) -> bool {
    of_bibtex(entry_type, None, false) != Other || matches!(entry_type, "misc" | "software")
}

/// The BibLaTeX entry type a kind is written as, with its field `type` and the field its publisher stands in.
pub(super) const fn to_biblatex(kind: SourceKind) -> (&'static str, Option<&'static str>, &'static str) {
    match kind {
        Web => ("online", None, "organization"),
        Document => ("report", Some("Document"), "institution"),
        Statement => ("misc", Some("Statement"), "organization"),
        Broadcast => ("misc", Some("Broadcast"), "organization"),
        Interview => ("misc", Some("Interview"), "organization"),
        Image => ("image", None, "organization"),
        Dataset => ("dataset", None, "organization"),
        Other => ("misc", None, "organization"),
    }
}

/// The kind of a RIS type, in the specifications of 2001 and 2011.
pub(super) fn of_ris(kind: &str, has_url: bool) -> Option<SourceKind> {
    Some(match kind {
        "BLOG" | "ELEC" | "WEB" => Web,
        "NEWS" | "MGZN" | "EJOUR" if has_url => Web,
        "ABST" | "AGGR" | "ANCIENT" | "BILL" | "BOOK" | "CASE" | "CHAP" | "CHART" | "CLSWK" | "CONF" | "CPAPER"
        | "CTLG" | "DICT" | "EBOOK" | "ECHAP" | "EDBOOK" | "EJOUR" | "ENCYC" | "GOVDOC" | "GRANT" | "INPR"
        | "JFULL" | "JOUR" | "LEGAL" | "MANSCPT" | "MGZN" | "MUSIC" | "NEWS" | "PAMP" | "PAT" | "RPRT" | "SER"
        | "STAND" | "STAT" | "STD" | "THES" | "UNBILL" | "UNPB" | "UNPD" => Document,
        "HEAR" | "ICOMM" | "PCOMM" => Statement,
        "ADVS" | "MPCT" | "MULTI" | "SOUND" | "VIDEO" => Broadcast,
        "INTV" => Interview,
        "ART" | "FIGURE" | "MAP" | "SLIDE" => Image,
        "DATA" | "DBASE" => Dataset,
        "COMP" | "EQUA" | "GEN" => Other,
        _ => return None,
    })
}

/// The kind that a remark such as "Press release" or the name of a kind tells.
pub(super) fn of_sort(sort: &str) -> Option<SourceKind> {
    let sort = sort.trim().to_lowercase();
    match sort.as_str() {
        "press release"
        | "news release"
        | "pressemitteilung"
        | "communiqué de presse"
        | "пресс-релиз"
        | "speech"
        | "testimony"
        | "address" => Some(Statement),
        "tv broadcast" | "radio broadcast" | "video" | "podcast" | "film" => Some(Broadcast),
        "photograph" | "photo" | "map" | "satellite image" | "infographic" => Some(Image),
        "data set" => Some(Dataset),
        _ => SourceKind::ALL.into_iter().find(|kind| kind.label().to_lowercase() == sort),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_but_other_comes_back() {
        for kind in SourceKind::ALL.into_iter().filter(|kind| *kind != Other) {
            assert_eq!(of_csl(to_csl(kind), true), kind);
            assert!(is_csl(to_csl(kind)));
            let (entry_type, sort, _) = to_biblatex(kind);
            assert_eq!(of_bibtex(entry_type, sort, true), kind);
            assert_eq!(of_bibtex(entry_type, sort, false), kind);
        }
    }
}
