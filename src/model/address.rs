//! Addresses of sources: which of them may be opened or become links, and when two lead to the same page (the comparison
//! behind `duplicate-source`, merging and imports).

use thiserror::Error;
use url::Url;

/// An address of the web or of mail, the only ones that are opened and that become links. A file is written by somebody
/// else: `file:`, `smb:` and `vscode:` hand the system a program or a password, `javascript:` hands it to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress(Url);

/// Why an address is not opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotOpened {
    /// It begins with no scheme, or with nothing that could be one.
    #[error("it is not a whole address: write it with https:// before it")]
    NoScheme,
    /// It is neither of the web nor of mail.
    #[error("only http, https and mailto links open, not {0}:")]
    Scheme(String),
    /// It has blanks or controls in it, no host, or another fault.
    #[error("it is not a whole address: {0}")]
    Fault(String),
}

impl WebAddress {
    /// The address in a text that is nothing else; blanks around it are passed over.
    pub fn parse(text: &str) -> Result<Self, NotOpened> {
        let text = text.trim();
        // `Url` takes tabs and line ends out of the middle, which would make one address look like another.
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(NotOpened::Fault("it has a blank in it".to_owned()));
        }
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https" | "mailto") => Ok(Self(url)),
            Ok(url) => Err(NotOpened::Scheme(url.scheme().to_owned())),
            Err(url::ParseError::RelativeUrlWithoutBase) => Err(NotOpened::NoScheme),
            Err(error) => Err(NotOpened::Fault(error.to_string())),
        }
    }

    /// Whether a text as it stands, blanks included, is such an address.
    pub fn is_link(text: &str) -> bool {
        text.trim() == text && Self::parse(text).is_ok()
    }

    /// The address as the browser gets it, in ASCII: letters beyond it are encoded, so that none looks like another and
    /// none turns the order of the rest.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Who is asked: the host of a page; whom a mail goes to.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_else(|| self.0.path())
    }
}

/// Parameters that say where a reader came from and not what is shown.
const TRACKING: [&str; 12] =
    ["fbclid", "gclid", "dclid", "yclid", "msclkid", "igshid", "mc_cid", "mc_eid", "ref_src", "_ga", "cmpid", "si"];

/// What two addresses of one page have in common: the address without scheme, `www.`, default port, fragment (but for one that
/// is the path of a page, as in `#/news/1`), tracking parameters and a slash at its end, with the other parameters in order (normalisation as in RFC 3986 section 6, and beyond
/// it what the web at large holds to be the same). For comparing only, never for opening. None where the text is no `http`
/// or `https` address.
pub fn same_page_key(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?.trim_end_matches('.');
    let mut key = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    key.push_str(url.path().trim_end_matches('/'));
    let mut parameters: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    parameters.sort_unstable();
    for (at, (name, value)) in parameters.iter().enumerate() {
        key.push(if at == 0 { '?' } else { '&' });
        key.push_str(&url::form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish());
    }
    // A fragment is a place in a page, but one that looks like a path names a page of its own.
    if let Some(route) = url.fragment().filter(|fragment| fragment.starts_with(['/', '!'])) {
        key.push('#');
        key.push_str(route);
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_web_and_mail_are_opened() {
        for (address, given, host) in [
            ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d", "example.org"),
            ("HTTP://Example.org", "http://example.org/", "example.org"),
            (" https://example.org/ ", "https://example.org/", "example.org"),
            ("https://example.org@evil.example/x", "https://example.org@evil.example/x", "evil.example"),
            ("https://аpple.example/", "https://xn--pple-43d.example/", "xn--pple-43d.example"),
            ("https://example.org/\u{202e}gnp", "https://example.org/%E2%80%AEgnp", "example.org"),
            ("mailto:desk@example.org", "mailto:desk@example.org", "desk@example.org"),
        ] {
            let parsed = WebAddress::parse(address).unwrap();
            assert_eq!((parsed.as_str(), parsed.host()), (given, host), "{address}");
            assert_eq!(WebAddress::is_link(address), address.trim() == address);
        }
    }

    #[test]
    fn nothing_else_is_opened_and_the_reason_is_told() {
        let schemes = [
            "about",
            "blob",
            "chrome",
            "data",
            "dav",
            "facetime",
            "file",
            "ftp",
            "ftps",
            "git",
            "intent",
            "itms",
            "jar",
            "javascript",
            "JavaScript",
            "ldap",
            "magnet",
            "ms-msdt",
            "ms-officecmd",
            "nfs",
            "onion",
            "res",
            "rtsp",
            "search-ms",
            "sftp",
            "shell",
            "slack",
            "sms",
            "smb",
            "ssh",
            "steam",
            "tel",
            "telnet",
            "vbscript",
            "view-source",
            "vnc",
            "vscode",
            "ws",
            "wss",
            "x-man-page",
            "zoommtg",
            "httpx",
            "https-x",
            "mailtox",
        ];
        for scheme in schemes {
            for rest in ["//example.org/a", "alert(1)", "/bin/ls", "//attacker.example/share?--exec"] {
                let address = format!("{scheme}:{rest}");
                match WebAddress::parse(&address) {
                    Err(NotOpened::Scheme(told)) => assert_eq!(told, scheme.to_lowercase()),
                    // `file:` has rules of its own for what follows.
                    other => assert!(matches!(other, Err(NotOpened::Fault(_))), "{address}: {other:?}"),
                }
            }
        }
        for address in [
            "--help",
            "-x",
            "/bin/ls",
            "//example.org",
            "\\\\host\\share",
            "example.org/without-a-scheme",
            "www.example.org",
            "",
            " ",
            "see the library",
            "http",
            "~/x",
            "./a.txt",
            "%6aavascript:x",
        ] {
            assert!(WebAddress::parse(address).is_err(), "{address}");
        }
        for address in
            ["https://", "https:// example.org", "java\tscript:alert(1)", "https://exa\nmple.org/", "http://[::1"]
        {
            assert!(matches!(WebAddress::parse(address), Err(NotOpened::Fault(_))), "{address}");
        }
        let why = |address: &str| WebAddress::parse(address).unwrap_err().to_string();
        assert_eq!(why("file:///home/a/b.desktop"), "only http, https and mailto links open, not file:");
        assert!(why("example.org/a").contains("https://"));
    }

    #[test]
    fn addresses_of_one_page_share_a_key() {
        let cases: &[(&str, &[&str])] = &[
            (
                "https://example.org/news/1",
                &[
                    "http://www.example.org/news/1/",
                    "HTTPS://Example.ORG:443/news/1#section",
                    " https://example.org/news/1?utm_source=x&fbclid=1 ",
                ],
            ),
            ("https://example.org/?a=1&b=2", &["https://example.org?b=2&a=1"]),
            ("https://example.org/caf%C3%A9", &["https://example.org/café"]),
        ];
        for (address, same) in cases {
            for other in *same {
                assert_eq!(same_page_key(address), same_page_key(other), "{address} and {other}");
            }
        }
    }

    #[test]
    fn addresses_of_two_pages_do_not() {
        let pages = [
            "https://example.org/a",
            "https://example.org/A",
            "https://example.org/a?id=1",
            "https://example.org/a?id=2",
            "https://example.org:8080/a",
            "https://m.example.org/a",
        ];
        let keys: std::collections::BTreeSet<_> = pages.iter().filter_map(|page| same_page_key(page)).collect();
        assert_eq!(keys.len(), pages.len());
        assert_eq!(same_page_key("mailto:a@example.org"), None);
        assert_eq!(same_page_key("no address"), None);
    }
}
