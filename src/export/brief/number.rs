//! Numbers in markup. A brief of a million events has ten million of them: the machinery of formats takes several times as long
//! for one.

/// A number in decimal digits.
pub(super) fn push_number(out: &mut String, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Parts of markup with a number between every two.
pub(super) fn push_with_number<const N: usize>(out: &mut String, parts: [&str; N], number: usize) {
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            push_number(out, number);
        }
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_between_the_parts() {
        for number in [0, 7, 10, 1_000, 1_234_567, usize::MAX] {
            let mut out = String::new();
            push_with_number(&mut out, ["<", "|", ">"], number);
            assert_eq!(out, format!("<{number}|{number}>"));
        }
    }
}
