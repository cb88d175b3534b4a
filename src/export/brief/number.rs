//! Numbers in markup. A brief of a million events has ten million of them: the machinery of formats takes several times as long
//! for one.

use arrayvec::ArrayString;

/// The decimal digits of a number, as long as the longest can be.
type Digits = ArrayString<{ usize::MAX.ilog10() as usize + 1 }>;

/// The numbers from 00 to 99, one after the other.
const PAIRS: &str = "\
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

fn digits(number: usize) -> Digits {
    let mut digits = Digits::new();
    add(&mut digits, number);
    digits
}

/// Two digits at a time, the first of the number first.
fn add(digits: &mut Digits, number: usize) {
    if number < 10 {
        return digits.push(char::from(b'0' + number as u8));
    }
    if number >= 100 {
        add(digits, number / 100);
    }
    let at = 2 * (number % 100);
    digits.push_str(PAIRS.get(at..at + 2).unwrap_or_default());
}

/// A number in decimal digits.
pub(super) fn push_number(out: &mut String, number: usize) {
    out.push_str(&digits(number));
}

/// Parts of markup with a number between every two.
pub(super) fn push_with_number<const N: usize>(out: &mut String, parts: [&str; N], number: usize) {
    let digits = digits(number);
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            out.push_str(&digits);
        }
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_between_the_parts() {
        for number in (0..=1_100).chain([10_000, 100_005, 1_234_567, usize::MAX / 10, usize::MAX]) {
            let mut out = String::new();
            push_with_number(&mut out, ["<", "|", ">"], number);
            assert_eq!(out, format!("<{number}|{number}>"));
        }
    }
}
