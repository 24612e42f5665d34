//! 期間 of 記録の絞り込み. Without script: two days. With script: ready periods first, the two days on demand.

use leptos::prelude::*;

/// Ready words of the field.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct PeriodWords {
    /// 期間
    pub period: String,
    /// 日を選ぶ
    pub custom: String,
    /// この日から
    pub from: String,
    /// この日まで
    pub until: String,
    /// What is wrong with the first day.
    pub from_error: Option<String>,
    /// What is wrong with the last day.
    pub until_error: Option<String>,
}

/// A ready period: its words and its days, `YYYY-MM-DD` or empty for open.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Preset {
    /// この1か月
    pub text: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
}

const CUSTOM: usize = usize::MAX;

/// Sends `from` and `until` with its form, whatever the browser can do.
#[island]
pub fn PeriodField(
    /// Words.
    words: PeriodWords,
    /// Ready periods, 「すべて」 first.
    presets: Vec<Preset>,
    /// First day, as it is filtered now.
    from: String,
    /// Last day, as it is filtered now.
    until: String,
) -> impl IntoView {
    let wrong = words.from_error.is_some() || words.until_error.is_some();
    let chosen = presets.iter().position(|preset| !wrong && preset.from == from && preset.until == until);
    let (chosen, choose) = signal(chosen.unwrap_or(CUSTOM));
    let (enhanced, enhance) = signal(false);
    let (from, set_from) = signal(from);
    let (until, set_until) = signal(until);
    Effect::new(move |_| enhance.set(true));

    let options = presets
        .iter()
        .enumerate()
        .map(|(index, preset)| {
            let selected = chosen.get_untracked() == index;
            view! { <option value=index.to_string() selected=selected>{preset.text.clone()}</option> }
        })
        .collect_view();
    let on_choice = move |event| {
        let index = event_target_value(&event).parse().unwrap_or(CUSTOM);
        choose.set(index);
        if let Some(preset) = presets.get(index) {
            set_from.set(preset.from.clone());
            set_until.set(preset.until.clone());
        }
    };
    let custom = chosen.get_untracked() == CUSTOM;
    view! {
        <div class="stack">
            <div class="field" hidden=move || !enhanced.get()>
                <label class="field-label" for="period">{words.period}</label>
                <select class="select" id="period" on:change=on_choice>
                    {options}
                    <option value="custom" selected=custom>{words.custom}</option>
                </select>
            </div>
            <div class="field-row" hidden=move || enhanced.get() && chosen.get() != CUSTOM>
                <Day id="from" label=words.from error=words.from_error value=from set=set_from/>
                <Day id="until" label=words.until error=words.until_error value=until set=set_until/>
            </div>
        </div>
    }
}

#[component]
fn Day(
    id: &'static str,
    label: String,
    error: Option<String>,
    value: ReadSignal<String>,
    set: WriteSignal<String>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <input type="date" class="input input-short" id=id name=id
                value=value.get_untracked()
                prop:value=value
                on:input=move |event| set.set(event_target_value(&event))
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then(|| error_id.clone())
            />
            {error.map(|text| view! { <p class="field-error" id=error_id>{format!("＊{text}")}</p> })}
        </div>
    }
}
