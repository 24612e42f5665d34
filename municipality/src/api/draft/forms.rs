//! The JSON of a draft.

use domain::NoticeKind;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::notice::MediaType;

/// What is to be said. Title and body may hold `{{name}}`, filled in from each recipient's fields; no other text may.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Draft)]
pub(in crate::api) struct DraftForm {
    /// `information`, `deadline`, `request`, `sign-up`, `document` or `emergency`.
    #[schema(value_type = String, example = "information")]
    pub(super) kind: NoticeKind,
    /// The words.
    pub(super) text: TextsForm,
    /// Whom to ask.
    pub(super) office: OfficeForm,
    /// The last day to do something, in Japan; not before it goes out, nor after it expired. Needed for `deadline`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schema(value_type = Option<String>, format = Date, example = "2026-12-10")]
    pub(super) deadline: Option<Date>,
    /// From then on nobody needs it any more; at most 366 days from now.
    #[schema(value_type = String, format = DateTime, example = "2026-12-31T15:00:00Z")]
    pub(super) expires_at: Timestamp,
    /// What is asked. For `request` and `sign-up`, and only there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) reply: Option<ReplyForm>,
    /// At most 10 files, 5 MiB each and 20 MiB together.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(in crate::api) attachments: Vec<AttachmentForm>,
    /// Ask for states. Whether they are given each citizen decides.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(super) wants_states: bool,
    /// What this one corrects or replaces: the id of a sending of this client's, released, the same for everybody.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) replaces: Option<String>,
}

/// In Japanese, and where it is written in やさしい日本語 and English.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Texts)]
pub(in crate::api) struct TextsForm {
    /// 日本語
    pub(super) ja: WordsForm,
    /// やさしい日本語
    #[serde(rename = "ja-easy", skip_serializing_if = "Option::is_none", default)]
    pub(super) ja_easy: Option<WordsForm>,
    /// English
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) en: Option<WordsForm>,
}

/// A title, and a body either as blocks or as Markdown.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Words)]
pub(in crate::api) struct WordsForm {
    /// 件名, at most 200 characters.
    pub(super) title: String,
    /// Blocks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) body: Option<Vec<BlockForm>>,
    /// Headings, paragraphs, lists, numbered lists, tables of two columns, links on a line of their own; no HTML.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) markdown: Option<String>,
}

/// One piece of a body.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "block", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = Block)]
pub(in crate::api) enum BlockForm {
    /// A heading.
    Heading {
        /// One line.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// At most 4,000 characters.
        text: String,
    },
    /// A list without order.
    List {
        /// One line each.
        items: Vec<String>,
    },
    /// What to do, one after the other.
    Steps {
        /// One line each.
        items: Vec<String>,
    },
    /// Terms and what is so.
    Facts {
        /// One row each.
        rows: Vec<FactForm>,
    },
    /// A link on a line of its own.
    Link {
        /// What it is.
        label: String,
        /// `https://…`
        address: String,
    },
}

/// One row of facts.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Fact)]
pub(in crate::api) struct FactForm {
    /// 日時
    pub(super) term: String,
    /// 2026年12月10日 9時から
    pub(super) text: String,
}

/// One line in up to three languages.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LineInLanguages)]
pub(in crate::api) struct LinesForm {
    /// 日本語
    pub(super) ja: String,
    /// やさしい日本語
    #[serde(rename = "ja-easy", skip_serializing_if = "Option::is_none", default)]
    pub(super) ja_easy: Option<String>,
    /// English
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) en: Option<String>,
}

/// Where a person can ask.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Office)]
pub(in crate::api) struct OfficeForm {
    /// 健康推進課
    pub(super) name: LinesForm,
    /// 045-000-0000
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) phone: Option<String>,
    /// 平日 8時45分から17時15分
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) hours: Option<LinesForm>,
}

/// Questions.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reply)]
pub(in crate::api) struct ReplyForm {
    /// Afterwards no answer is taken: after it goes out, and not after it expired. A template may leave it out.
    #[schema(value_type = String, format = DateTime)]
    pub(super) closes_at: Timestamp,
    /// At most 20.
    pub(super) questions: Vec<QuestionForm>,
}

/// One question.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Question)]
pub(in crate::api) struct QuestionForm {
    /// Names the answer: small letters, digits and hyphens, at most 40.
    pub(super) name: String,
    /// What is asked.
    pub(super) label: LinesForm,
    /// What helps to answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) help: Option<LinesForm>,
    /// Whether it must be answered.
    pub(super) required: bool,
    /// How it is answered.
    pub(super) form: QuestionFormForm,
}

/// How a question is answered.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "as", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = QuestionForm)]
pub(in crate::api) enum QuestionFormForm {
    /// One of some.
    One {
        /// Two to 50.
        of: Vec<ChoiceForm>,
    },
    /// Any of some.
    Any {
        /// One to 50.
        of: Vec<ChoiceForm>,
    },
    /// A few words.
    Words {
        /// At most; itself at most 1000.
        chars_max: u16,
    },
    /// A day.
    Day {
        /// The first that may be chosen.
        #[schema(value_type = String, format = Date)]
        first: Date,
        /// The last.
        #[schema(value_type = String, format = Date)]
        last: Date,
    },
}

/// One of some.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Choice)]
pub(in crate::api) struct ChoiceForm {
    /// Names it: as a question's name.
    pub(super) value: String,
    /// What it is.
    pub(super) label: LinesForm,
}

/// A file: its bytes here, or the id of what was uploaded before.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Attachment)]
pub(in crate::api) struct AttachmentForm {
    /// 案内.pdf; without a path, and with an ending of its type
    pub(in crate::api) name: String,
    /// `application/pdf`, `image/png`, `image/jpeg`, `text/plain` or `application/pkcs7-mime`; the bytes are looked at.
    #[schema(value_type = String, example = "application/pdf")]
    pub(in crate::api) media_type: MediaType,
    /// Base64.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(in crate::api) content: Option<String>,
    /// Answer of `POST /api/v1/attachments`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(in crate::api) upload: Option<String>,
}
