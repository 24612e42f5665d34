use leptos::prelude::*;

/// Whether a field must be filled, with the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// ※必須
    Required(String),
    /// ※任意
    Optional(String),
}

/// The words around a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldText {
    /// What goes in.
    pub label: String,
    /// How to fill it.
    pub support: Option<String>,
    /// What is wrong; shown with a leading ＊.
    pub error: Option<String>,
    /// Must it be filled?
    pub need: Option<Need>,
}

impl FieldText {
    /// Only a label.
    pub fn label(text: impl Into<String>) -> Self {
        Self { label: text.into(), ..Self::default() }
    }

    /// With an explanation.
    #[must_use]
    pub fn support(mut self, text: impl Into<String>) -> Self {
        self.support = Some(text.into());
        self
    }

    /// With an error, if there is one.
    #[must_use]
    pub fn error(mut self, text: Option<String>) -> Self {
        self.error = text;
        self
    }

    fn described_by(&self, id: &str) -> Option<String> {
        let support = self.support.as_ref().map(|_| format!("{id}-support"));
        let error = self.error.as_ref().map(|_| format!("{id}-error"));
        match (support, error) {
            (Some(support), Some(error)) => Some(format!("{support} {error}")),
            (one, other) => one.or(other),
        }
    }
}

/// What kind of text goes into a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextInput {
    /// One line.
    #[default]
    Text,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// Digits that nobody else should see.
    PinDigits,
    /// Letters and digits that nobody else should see.
    Password,
    /// A mail address. As text: a browser's own check would refuse wide letters, which the portal reads.
    Mail,
    /// Digits that were sent to the person and count once.
    Code,
}

impl TextInput {
    fn kind(self) -> &'static str {
        match self {
            Self::Text | Self::Mail | Self::Code => "text",
            Self::Date => "date",
            Self::PinDigits | Self::Password => "password",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Text | Self::Mail => "input",
            Self::Date => "input input-short",
            Self::PinDigits | Self::Password | Self::Code => "input input-code",
        }
    }

    fn keyboard(self) -> Option<&'static str> {
        match self {
            Self::PinDigits | Self::Code => Some("numeric"),
            Self::Mail => Some("email"),
            Self::Text | Self::Date | Self::Password => None,
        }
    }

    /// What a browser may fill in (WCAG 1.3.5).
    fn filled(self) -> Option<&'static str> {
        match self {
            Self::PinDigits | Self::Password => Some("off"),
            Self::Mail => Some("email"),
            Self::Code => Some("one-time-code"),
            Self::Text | Self::Date => None,
        }
    }
}

/// A text field with label, explanation and error.
#[component]
pub fn TextField(
    /// Id of the input.
    id: &'static str,
    /// Name in the form.
    name: &'static str,
    /// Words.
    text: FieldText,
    /// What kind.
    #[prop(optional)]
    input: TextInput,
    /// What stands in it. Never the secret that was typed.
    #[prop(optional, into)]
    value: String,
    /// Most characters.
    #[prop(optional)]
    length_max: Option<u32>,
    /// Fewest characters.
    #[prop(optional)]
    length_min: Option<u32>,
) -> impl IntoView {
    let described_by = text.described_by(id);
    let required = matches!(text.need, Some(Need::Required(_)));
    let plain = !matches!(input, TextInput::Text | TextInput::Date);
    let digits = input == TextInput::PinDigits;
    view! {
        <div class="field">
            <Label id text=text.clone()/>
            <input
                type=input.kind()
                class=input.class()
                id=id
                name=name
                value=value
                required=required
                maxlength=length_max
                minlength=length_min
                inputmode=input.keyboard()
                pattern=digits.then_some("[0-9]*")
                autocomplete=input.filled()
                spellcheck=plain.then_some("false")
                autocapitalize=plain.then_some("none")
                aria-invalid=text.error.is_some().then_some("true")
                aria-describedby=described_by
            />
            <FieldErrorText id text=text.error/>
        </div>
    }
}

/// A field for several lines, with label, explanation and error. Its length is not limited here: a browser would cut
/// what is pasted, without a word.
#[component]
pub fn TextArea(
    /// Id of the field.
    id: &'static str,
    /// Name in the form.
    name: &'static str,
    /// Words.
    text: FieldText,
    /// How many lines are seen.
    rows: u32,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let described_by = text.described_by(id);
    let required = matches!(text.need, Some(Need::Required(_)));
    // A browser drops the first line break after the tag: one more keeps what was typed.
    // Leptos writes the content of this element as it is, so it is escaped here.
    let value = ["\n".to_owned(), value].concat().replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <div class="field">
            <Label id text=text.clone()/>
            <textarea
                class="input input-lines"
                id=id
                name=name
                rows=rows
                required=required
                aria-invalid=text.error.is_some().then_some("true")
                aria-describedby=described_by
            >
                {value}
            </textarea>
            <FieldErrorText id text=text.error/>
        </div>
    }
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Value in the form.
    pub value: String,
    /// What people read.
    pub text: String,
}

impl Choice {
    /// A value and its words.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into() }
    }
}

/// A choice from a list.
#[component]
pub fn SelectField(
    /// Id of the select.
    id: &'static str,
    /// Name in the form; without it nothing is sent.
    #[prop(optional)]
    name: Option<&'static str>,
    /// Words.
    text: FieldText,
    /// All choices.
    choices: Vec<Choice>,
    /// Value of the chosen one.
    #[prop(optional, into)]
    chosen: String,
) -> impl IntoView {
    let described_by = text.described_by(id);
    let chosen = Some(chosen);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = chosen.as_ref() == Some(&choice.value);
            view! { <option value=choice.value selected=selected>{choice.text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <Label id text=text.clone()/>
            <select
                class="select"
                id=id
                name=name
                aria-invalid=text.error.is_some().then_some("true")
                aria-describedby=described_by
            >
                {options}
            </select>
            <FieldErrorText id text=text.error/>
        </div>
    }
}

/// One thing to agree to or not.
#[component]
pub fn Checkbox(
    /// Id of the box.
    id: &'static str,
    /// Name in the form.
    name: &'static str,
    /// Words.
    #[prop(into)]
    label: String,
    /// What it does.
    #[prop(optional, into)]
    support: Option<String>,
    /// Ticked from the start.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    let support_id = support.as_ref().map(|_| format!("{id}-support"));
    view! {
        <div class="field">
            <label class="checkbox" for=id>
                <input type="checkbox" id=id name=name value="yes" checked=checked aria-describedby=support_id.clone()/>
                <span>{label}</span>
            </label>
            {support.map(|text| view! { <p class="field-support" id=support_id>{text}</p> })}
        </div>
    }
}

#[component]
fn Label(id: &'static str, text: FieldText) -> impl IntoView {
    let need = text.need.map(|need| match need {
        Need::Required(text) => view! { <span class="field-need" data-need="required">{text}</span> },
        Need::Optional(text) => view! { <span class="field-need" data-need="optional">{text}</span> },
    });
    view! {
        <label class="field-label" for=id>
            {text.label}
            {need}
        </label>
        {text.support.map(|text| view! { <p class="field-support" id=format!("{id}-support")>{text}</p> })}
    }
}

#[component]
fn FieldErrorText(id: &'static str, text: Option<String>) -> impl IntoView {
    text.map(|text| view! { <p class="field-error" id=format!("{id}-error")>{format!("＊{text}")}</p> })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn a_field_is_described_by_support_then_error() {
        let text = FieldText::label("日").support("例").error(Some("日付ではありません".into()));
        let html = render(|| view! { <TextField id="from" name="from" text/> });
        assert!(html.contains(r#"aria-describedby="from-support from-error""#), "{html}");
        assert!(html.contains(r#"aria-invalid="true""#));
        assert!(html.contains("＊日付ではありません"));
        assert!(html.contains(r#"<label for="from" class="field-label">日"#), "{html}");
    }

    #[test]
    fn several_lines_stand_as_they_were_typed() {
        let text = FieldText::label("内容").error(Some("長すぎます".into()));
        let html =
            render(|| view! { <TextArea id="words" name="words" text rows=8 value="\n</textarea><b>一\n 二 & 三"/> });
        assert!(html.contains(">\n\n&lt;/textarea>&lt;b>一\n 二 &amp; 三</textarea>"), "{html}");
        assert!(html.contains(r#"aria-describedby="words-error""#), "{html}");
        assert!(!html.contains("maxlength"));
    }

    #[test]
    fn a_pin_field_remembers_nothing() {
        let text = FieldText::label("暗証番号");
        let html = render(|| view! { <TextField id="pin" name="pin" text input=TextInput::PinDigits length_max=4/> });
        for part in [r#"type="password""#, r#"autocomplete="off""#, r#"inputmode="numeric""#, r#"maxlength="4""#] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn a_browser_may_fill_in_an_address_and_a_code() {
        let field = |input| render(|| view! { <TextField id="a" name="a" text=FieldText::label("a") input/> });
        let mail = field(TextInput::Mail);
        assert!(mail.contains(r#"autocomplete="email""#) && mail.contains(r#"inputmode="email""#), "{mail}");
        let code = field(TextInput::Code);
        assert!(code.contains(r#"autocomplete="one-time-code""#) && code.contains(r#"inputmode="numeric""#), "{code}");
        assert!(!field(TextInput::Text).contains("autocomplete"));
    }

    #[test]
    fn the_chosen_one_is_selected() {
        let choices = vec![Choice::new("", "すべて"), Choice::new("nta", "国税庁")];
        let html = render(|| {
            view! { <SelectField id="i" name="i" text=FieldText::label("機関") choices chosen="nta"/> }
        });
        assert!(html.contains(r#"<option value="nta" selected>国税庁</option>"#), "{html}");
        assert_eq!(html.matches(" selected").count(), 1);
    }

    #[test]
    fn a_checkbox_is_labelled_and_described() {
        let html =
            render(|| view! { <Checkbox id="shared" name="shared" label="共用の端末です" support="早く閉じます"/> });
        assert!(html.contains(r#"for="shared""#));
        assert!(html.contains(r#"aria-describedby="shared-support""#), "{html}");
    }
}
