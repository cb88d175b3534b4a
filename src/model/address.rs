//! When two web addresses lead to the same page: the comparison behind `duplicate-source`, merging and imports.

use url::Url;

/// Parameters that say where a reader came from and not what is shown.
const TRACKING: [&str; 12] =
    ["fbclid", "gclid", "dclid", "yclid", "msclkid", "igshid", "mc_cid", "mc_eid", "ref_src", "_ga", "cmpid", "si"];

/// What two addresses of one page have in common: the address without scheme, `www.`, default port, fragment, tracking
/// parameters and a slash at its end, with the other parameters in order (normalisation as in RFC 3986 section 6, and beyond
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
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

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
