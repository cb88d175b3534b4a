//! Months of other languages of Europe (German, French, Spanish, Italian, Portuguese, Dutch, Polish), and what joins them to a
//! day and a year in the Romance ones. Abbreviations that are words elsewhere are left out: Spanish "ago" is "ago".

use super::Mean::*;
use super::Row;

pub(super) const WORDS: &[Row] = &[
    (
        Month(1),
        &[
            "januar", "jänner", "jän", "janvier", "janv", "enero", "ene", "gennaio", "genn", "janeiro", "januari",
            "stycznia",
        ],
    ),
    (
        Month(2),
        &[
            "februar",
            "feber",
            "février",
            "fevrier",
            "févr",
            "fév",
            "febrero",
            "febbraio",
            "febbr",
            "fevereiro",
            "fev",
            "februari",
            "lutego",
        ],
    ),
    (Month(3), &["märz", "mär", "mrz", "mars", "marzo", "março", "maart", "mrt", "marca"]),
    (Month(4), &["avril", "avr", "abril", "abr", "aprile", "kwietnia"]),
    (Month(5), &["mai", "mayo", "maggio", "magg", "maio", "mei", "maja"]),
    (Month(6), &["juni", "juin", "junio", "giugno", "junho", "czerwca"]),
    (Month(7), &["juli", "juillet", "juil", "julio", "luglio", "julho", "lipca"]),
    (Month(8), &["août", "aout", "agosto", "augustus", "sierpnia"]),
    (Month(9), &["septembre", "septiembre", "settembre", "setembro", "wrzesnia", "września"]),
    (Month(10), &["oktober", "okt", "octobre", "octubre", "ottobre", "outubro", "października", "pazdziernika"]),
    (Month(11), &["novembre", "noviembre", "novembro", "listopada"]),
    (
        Month(12),
        &["dezember", "dez", "décembre", "decembre", "déc", "diciembre", "dic", "dicembre", "dezembro", "grudnia"],
    ),
    (Of, &["de", "del"]),
];
