//! Writing a notice.

use axum::response::Response;
use domain::NoticeKind;
use leptos::prelude::*;
use ui::{
    Banner, Button, ButtonLook, ButtonSize, Checkbox, Choice, Disclosure, ErrorSummary, FieldError, FieldText, Kind,
    LinkButton, Need, SelectField, TextArea, TextField, TextInput,
};

use super::{Done, Sheet};
use crate::console::access::Drafter;
use crate::console::form::{DraftForm, QUESTIONS, QuestionNames};
use crate::console::{Console, words};
use crate::plain_words::{Place, Warning};
use crate::store::{DraftId, FileRow};

/// A draft as it stands.
pub(in crate::console) struct Standing {
    /// None: not saved yet.
    pub(in crate::console) id: Option<DraftId>,
    pub(in crate::console) form: DraftForm,
    pub(in crate::console) files: Vec<FileRow>,
    pub(in crate::console) faults: Vec<FieldError>,
    pub(in crate::console) warnings: Vec<Warning>,
}

pub(in crate::console) fn draft(
    console: &Console,
    officer: &Drafter,
    standing: Standing,
    done: Option<Done>,
) -> Response {
    let title = if standing.id.is_some() { "下書き" } else { "新しく書く" };
    let segments: Vec<Choice> =
        console.segments.iter().map(|one| Choice::new(one.name.as_str(), one.label.as_str())).collect();
    Sheet::new(console, Some(officer), title).done(done).html(move || {
        let Standing { id, form, files, faults, warnings } = standing;
        let saved = id.is_some();
        let action = id.map_or_else(|| "/console/drafts".to_owned(), |id| format!("/console/drafts/{id}"));
        // What is not there yet is missing only after it was saved once.
        let faults = if saved { faults } else { Vec::new() };
        let ready = saved && faults.is_empty();
        let after = id.map(|id| after(id, ready, &files, segments));
        let replaces = form.replaces().map(|_| {
            view! {
                <Banner kind=Kind::Info kind_label="お知らせ" title="前に送ったお知らせの差し替えです">
                    <p>"送ると、前のお知らせには「新しいお知らせがあります」と表示されます。"</p>
                </Banner>
            }
        });
        view! {
            {replaces}
            <ErrorSummary title="なおすところがあります" errors=faults.clone()/>
            {super::sending::advice(&warnings)}
            <form class="flow" method="post" action=action>
                {fields(&form, &faults)}
                <div class="actions"><Button text="保存する" size=ButtonSize::Large/></div>
            </form>
            {after}
        }
        .into_any()
    })
}

fn fields(form: &DraftForm, faults: &[FieldError]) -> AnyView {
    let ask = Ask { form, faults };
    let kinds = std::iter::once(Choice::new("", "選んでください"))
        .chain(NoticeKind::ALL.iter().map(|kind| Choice::new(kind.name(), words::kind(*kind))))
        .collect();
    let hours = (6..=21).map(|hour| Choice::new(hour.to_string(), format!("{hour}時"))).collect();
    let hour = if form.field("starts_hour").is_empty() { "9" } else { form.field("starts_hour") }.to_owned();
    let body_help = "空の行で段落を分けます。「## 」で見出し、「- 」で箇条書き、「1. 」で手順、「| 日時 | 12月10日 9時から |」で表、「[くわしく](https://…)」でリンクになります。";
    view! {
        <section class="flow">
            <h2>"内容"</h2>
            <SelectField id="kind" name="kind" text=ask.text("kind", "種類", None, true) choices=kinds chosen=form.field("kind")/>
            {ask.line("title", "title", "件名", Some("用件から書きます。期限があれば「12月10日まで」を入れます。"), true)}
            {ask.lines("body", "body", "本文", Some(body_help), true, 12)}
        </section>
        <section class="flow">
            <h2>"やさしい日本語"</h2>
            {ask.line("easy-title", "easy_title", "件名（やさしい日本語）", None, false)}
            {ask.lines("easy-body", "easy_body", "本文（やさしい日本語）", Some("一つの文は40字までにします。敬語は「です・ます」だけにします。"), false, 8)}
        </section>
        <section class="flow">
            <h2>"English"</h2>
            {ask.line("en-title", "en_title", "件名（英語）", None, false)}
            {ask.lines("en-body", "en_body", "本文（英語）", None, false, 8)}
        </section>
        <section class="flow">
            <h2>"問い合わせ先"</h2>
            {ask.line("office", "office", "担当", Some("例：健康推進課"), true)}
            <div class="field-row">
                {ask.line("phone", "phone", "電話", None, false)}
                {ask.line("hours", "hours", "受付時間", Some("例：平日 8時45分から17時15分"), false)}
            </div>
        </section>
        <section class="flow">
            <h2>"日にち"</h2>
            <div class="field-row">
                {ask.day("deadline", "deadline", "期限", Some("手続きなどの最後の日"), false)}
                {ask.day("expires", "expires", "いつまで読めるようにするか", Some("この日が終わると消えます。最長366日です。"), true)}
            </div>
            <div class="field-row">
                {ask.day("starts", "starts", "送り始める日", Some("入れないと、承認のあとすぐに送ります。"), false)}
                <SelectField id="starts-hour" name="starts_hour" text=ask.text("starts-hour", "送り始める時刻", Some("日本の時刻です。"), false) choices=hours chosen=hour/>
            </div>
        </section>
        <section class="flow">
            <h2>"たずねること"</h2>
            <p class="measured">"「回答のおねがい」と「申込みの案内」だけで使います。"</p>
            {ask.day("closes", "closes", "いつまで答えられるか", None, false)}
            {QUESTIONS.iter().enumerate().map(|(index, names)| ask.question(index + 1, names)).collect_view()}
        </section>
        <section class="flow">
            <h2>"届いたかどうか"</h2>
            <Checkbox
                id="wants-states"
                name="wants_states"
                label="届いたか、開いたかを知りたい"
                support="知らせるかどうかは、受け取った人が決めます。人数だけを表示します。"
                checked=form.field("wants_states") == "yes"
            />
        </section>
    }
    .into_any()
}

struct Ask<'a> {
    form: &'a DraftForm,
    faults: &'a [FieldError],
}

impl Ask<'_> {
    fn text(&self, id: &str, label: &str, support: Option<&str>, required: bool) -> FieldText {
        let error = self.faults.iter().find(|fault| fault.field_id == id).map(|fault| fault.text.clone());
        // A draft may be saved half written: what is required is said, and asked for only before it is sent.
        let need = if required { words::REQUIRED } else { words::OPTIONAL };
        FieldText {
            label: label.to_owned(),
            support: support.map(str::to_owned),
            error,
            need: Some(Need::Optional(need.to_owned())),
        }
    }

    fn line(&self, id: &'static str, name: &'static str, label: &str, support: Option<&str>, must: bool) -> AnyView {
        let text = self.text(id, label, support, must);
        view! { <TextField id name text value=self.form.field(name)/> }.into_any()
    }

    fn lines(
        &self,
        id: &'static str,
        name: &'static str,
        label: &str,
        support: Option<&str>,
        must: bool,
        rows: u32,
    ) -> AnyView {
        let text = self.text(id, label, support, must);
        view! { <TextArea id name text rows value=self.form.field(name)/> }.into_any()
    }

    fn day(&self, id: &'static str, name: &'static str, label: &str, support: Option<&str>, must: bool) -> AnyView {
        let text = self.text(id, label, support, must);
        view! { <TextField id name text input=TextInput::Date value=self.form.field(name)/> }.into_any()
    }

    fn question(&self, number: usize, names: &'static QuestionNames) -> AnyView {
        let forms = [("one", "一つ選ぶ"), ("any", "いくつでも選ぶ"), ("words", "文で答える"), ("day", "日を選ぶ")]
            .map(|(value, text)| Choice::new(value, text))
            .to_vec();
        let open = number == 1 || !self.form.field(names.label).is_empty();
        let chosen = self.form.field(names.form).to_owned();
        let form_text = self.text(names.form, "答え方", None, false);
        let required = self.form.field(names.required) == "yes";
        let question = self.line(names.label, names.label, "質問", Some("例：どこで受けますか"), false);
        let choices = self.lines(
            names.choices,
            names.choices,
            "選択肢",
            Some("選ぶ質問のとき、1行に一つずつ書きます。"),
            false,
            4,
        );
        view! {
            <Disclosure summary=format!("質問{number}") open=open>
                <div class="flow">
                    {question}
                    <SelectField id=names.form name=names.form text=form_text choices=forms chosen/>
                    {choices}
                    <Checkbox id=names.required name=names.required label="かならず答えてもらう" checked=required/>
                </div>
            </Disclosure>
        }
        .into_any()
    }
}

/// Files, the look, and to whom: for a draft that was saved.
fn after(id: DraftId, ready: bool, files: &[FileRow], segments: Vec<Choice>) -> AnyView {
    let lines = files
        .iter()
        .map(|file| {
            let about = format!("{}（{}）", file.name, words::size(file.bytes));
            let action = format!("/console/drafts/{id}/files/{}/drop", file.place);
            let aria = format!("{}を外す", file.name);
            view! {
                <li>
                    {about}
                    <form method="post" action=action>
                        <button type="submit" class="button button-outline button-small" aria-label=aria>"外す"</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let segment = (!segments.is_empty()).then(|| {
        let text = FieldText::label("名簿").support("この団体のしくみが、いまの名簿から宛先を作ります。");
        view! {
            <form class="flow notice-box" method="post" action=format!("/console/drafts/{id}/segment")>
                <h3>"名簿から選ぶ"</h3>
                <SelectField id="segment" name="segment" text choices=segments/>
                <Button text="この名簿で次へ進む"/>
            </form>
        }
    });
    let to_whom = if ready {
        view! {
            <p class="measured">"宛先を読み込んでも、まだ送られません。次の画面で人数を確かめてから、承認に出します。"</p>
            {segment}
            <form class="flow notice-box" method="post" action=format!("/console/drafts/{id}/list") enctype="multipart/form-data">
                <h3>"ファイルで渡す"</h3>
                {file("list", "宛先の一覧（CSV または NDJSON、UTF-8）", "CSVは、1行目に link_code と書きます。2行目からは、1行に一人のリンクコードです。文面に {{名前}} の差し込みがあるときは、その列を足します。")}
                <Button text="このファイルで次へ進む"/>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="measured">"なおすところがなくなると、宛先を選べます。"</p> }.into_any()
    };
    let look = ready.then(|| {
        view! {
            <p><LinkButton text="見え方を確かめる" href=format!("/console/drafts/{id}/preview") look=ButtonLook::Outline/></p>
        }
    });
    view! {
        <section class="flow">
            <h2>"付けるファイル"</h2>
            <ul class="files" role="list">{lines}</ul>
            <form class="flow" method="post" action=format!("/console/drafts/{id}/files") enctype="multipart/form-data">
                {file("file", "ファイル", "PDF、PNG、JPEG、テキスト（UTF-8）、署名付きの文書。一つ5MBまで、10個、合わせて20MBまで。上の内容は、先に保存してください。")}
                <Button text="ファイルを付ける" look=ButtonLook::Outline/>
            </form>
        </section>
        <section class="flow">
            <h2>"見え方"</h2>
            {look}
            {(!ready).then(|| view! { <p class="measured">"なおすところがなくなると、見え方を確かめられます。"</p> })}
        </section>
        <section class="flow">
            <h2>"宛先"</h2>
            {to_whom}
        </section>
        <form class="apart" method="post" action=format!("/console/drafts/{id}/drop")>
            <Button text="この下書きを捨てる" look=ButtonLook::Text/>
        </form>
    }
    .into_any()
}

fn file(id: &'static str, label: &'static str, support: &'static str) -> AnyView {
    let described = format!("{id}-support");
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <p class="field-support" id=described.clone()>{support}</p>
            <input type="file" class="file" id=id name="file" required aria-describedby=described/>
        </div>
    }
    .into_any()
}

/// Where a warning is, in words.
pub(super) fn place(warning: &Warning) -> String {
    let text = super::face::language(warning.locale);
    match warning.place {
        Place::Title => format!("{text}・件名"),
        Place::Block(number) => format!("{text}・本文の{number}つ目のまとまり"),
        Place::Whole => format!("{text}・全体"),
    }
}
