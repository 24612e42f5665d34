//! Organisation codes of the parties that are no institutions.

use std::sync::LazyLock;

use domain::OrgCode;

macro_rules! org {
    ($(#[$doc:meta])* $name:ident, $code:literal) => {
        $(#[$doc])*
        pub static $name: LazyLock<OrgCode> = LazyLock::new(|| fixed($code));
    };
}

org!(
    /// コアシステム
    CORE, "CORE"
);
org!(
    /// 機構 (地方公共団体情報システム機構)
    JLIS, "JLIS"
);
org!(
    /// 公的個人認証サービス
    JPKI, "JPKI"
);
org!(
    /// 住基ネット
    REGISTER, "REGISTER"
);
org!(
    /// 番号生成機関
    NUMBERS, "NUMBERS"
);
org!(
    /// The card issuing desk; only ever a client.
    ISSUER, "ISSUER"
);
org!(
    /// マイ・ポータル, as party P
    PORTAL, "PORTAL"
);

/// True for a party that runs the platform: it is no institution and never gets a link code.
pub fn is_authority(org: &OrgCode) -> bool {
    [&CORE, &JLIS, &JPKI, &REGISTER, &NUMBERS, &ISSUER].into_iter().any(|authority| **authority == *org)
}

#[expect(clippy::expect_used, reason = "constants of this file; a test below reads each of them")]
fn fixed(code: &str) -> OrgCode {
    code.parse().expect("an organisation code of this file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_authority_has_a_code_and_the_portal_is_none_of_them() {
        for org in [&CORE, &JLIS, &JPKI, &REGISTER, &NUMBERS, &ISSUER] {
            assert!(is_authority(org), "{org:?}");
        }
        assert!(!is_authority(&PORTAL));
        assert_eq!(PORTAL.as_str(), OrgCode::PORTAL);
    }
}
