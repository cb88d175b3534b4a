//! Which addresses may become links: those of the web and of mail. Everything else, `javascript:` first of all, stays text.

use url::Url;

/// Whether an address can be followed safely as it stands.
pub(super) fn is_link(address: &str) -> bool {
    let is_clean = !address.chars().any(|c| c.is_whitespace() || c.is_control());
    is_clean && Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_web_and_mail_are_links() {
        for address in ["https://example.org/a?b=1&c=2#d", "HTTP://example.org", "mailto:desk@example.org"] {
            assert!(is_link(address), "{address}");
        }
        let not_links = [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "example.org/without-a-scheme",
            "//example.org",
            "https://",
            "",
            "see the library",
        ];
        for address in not_links {
            assert!(!is_link(address), "{address}");
        }
    }
}
