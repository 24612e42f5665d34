//! The list of targets.

mod certificates;
mod log;
mod messages;
mod words;

/// One parser with what must hold for whatever it is given.
pub struct Target {
    /// As `FUZZ_TARGET` names it.
    pub name: &'static str,
    /// Meets the parser with these bytes; panics where it breaks its promise.
    pub meet: fn(&[u8]),
    /// Well-formed input to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "certificate", meet: certificates::certificate, seeds: certificates::certificate_seeds },
    Target { name: "chain", meet: certificates::chain, seeds: certificates::certificate_seeds },
    Target { name: "crl", meet: certificates::crl, seeds: certificates::crl_seeds },
    Target { name: "ocsp-answer", meet: certificates::ocsp_answer, seeds: certificates::ocsp_answer_seeds },
    Target { name: "ocsp-request", meet: certificates::ocsp_request, seeds: certificates::ocsp_request_seeds },
    Target { name: "cms", meet: certificates::cms, seeds: certificates::cms_seeds },
    Target { name: "sealed", meet: certificates::sealed, seeds: certificates::sealed_seeds },
    Target { name: "messages", meet: messages::messages, seeds: messages::message_seeds },
    Target { name: "forms", meet: messages::forms, seeds: messages::form_seeds },
    Target { name: "codes", meet: words::codes, seeds: words::code_seeds },
    Target { name: "filter", meet: words::filter, seeds: words::filter_seeds },
    Target { name: "language", meet: words::language, seeds: words::language_seeds },
    Target { name: "mail-address", meet: words::mail_address, seeds: words::mail_address_seeds },
    Target { name: "log", meet: log::files, seeds: log::file_seeds },
    Target { name: "receipt", meet: log::receipt, seeds: log::receipt_seeds },
];

#[cfg(test)]
mod tests;
