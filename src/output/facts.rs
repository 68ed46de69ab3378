//! Facts of every layer in one shape, in words and in the ids that name them.

use crate::lexicon::meta::{Ui, label};
use crate::record::{
    Citation, Contact, Data, DataStatus, DataSubject, Deadline, DeadlineKind, Definition, Fact, Facts,
    LegalBasis, Measure, Modality, Obligation, Operation, Purpose, Recipient, Reference, Right, Span,
    Trigger, Typed,
};
use strum::{EnumIter, IntoStaticStr};

use super::words::{Word, duration};

/// A layer of facts, in the order of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)] // each is the field of `Facts` with its name
pub enum Layer {
    Rights,
    Obligations,
    DataCategories,
    Deadlines,
    Contacts,
    Definitions,
    Citations,
    References,
    Purposes,
    LegalBases,
    DataSubjects,
    Recipients,
    Measures,
    Operations,
}

impl Layer {
    /// Name of the layer's field in the record.
    pub fn id(self) -> &'static str {
        self.into()
    }

    /// Heading of the layer.
    pub fn title(self, ui: Ui) -> &'static str {
        let (ru, kk, en) = match self {
            Layer::Rights => ("Права", "Құқықтар", "Rights"),
            Layer::Obligations => ("Обязанности", "Міндеттер", "Obligations"),
            Layer::DataCategories => ("Категории данных", "Деректер санаттары", "Data categories"),
            Layer::Deadlines => ("Сроки", "Мерзімдер", "Deadlines"),
            Layer::Contacts => ("Контакты", "Байланыс деректері", "Contacts"),
            Layer::Definitions => ("Определения", "Анықтамалар", "Definitions"),
            Layer::Citations => ("Ссылки на акты", "Актілерге сілтемелер", "Citations of acts"),
            Layer::References => ("Внутренние ссылки", "Ішкі сілтемелер", "References to own clauses"),
            Layer::Purposes => ("Цели обработки", "Өңдеу мақсаттары", "Purposes"),
            Layer::LegalBases => ("Правовые основания", "Құқықтық негіздер", "Legal bases"),
            Layer::DataSubjects => ("Субъекты данных", "Деректер субъектілері", "Data subjects"),
            Layer::Recipients => ("Получатели", "Алушылар", "Recipients"),
            Layer::Measures => ("Меры защиты", "Қорғау шаралары", "Measures"),
            Layer::Operations => ("Действия с данными", "Деректермен әрекеттер", "Operations"),
        };
        ui.pick(ru, kk, en)
    }

    /// One fact of the layer, in a word or two.
    pub(super) fn singular(self, ui: Ui) -> &'static str {
        let (ru, kk, en) = match self {
            Layer::Rights => ("право", "құқық", "right"),
            Layer::Obligations => ("обязанность", "міндет", "duty"),
            Layer::DataCategories => ("данные", "деректер", "data"),
            Layer::Deadlines => ("срок", "мерзім", "deadline"),
            Layer::Contacts => ("контакт", "байланыс", "contact"),
            Layer::Definitions => ("термин", "термин", "term"),
            Layer::Citations => ("акт", "акт", "act"),
            Layer::References => ("ссылка", "сілтеме", "reference"),
            Layer::Purposes => ("цель", "мақсат", "purpose"),
            Layer::LegalBases => ("основание", "негіз", "basis"),
            Layer::DataSubjects => ("субъект", "субъект", "subject"),
            Layer::Recipients => ("получатель", "алушы", "recipient"),
            Layer::Measures => ("мера", "шара", "measure"),
            Layer::Operations => ("действие", "әрекет", "operation"),
        };
        ui.pick(ru, kk, en)
    }
}

/// One fact of any layer.
#[derive(Clone, Copy)]
pub struct FactRow<'a> {
    /// Layer that the fact stands in.
    pub layer: Layer,
    /// Id of the fact.
    pub id: &'a str,
    /// Index of its edition.
    pub edition: usize,
    /// Id of its node.
    pub node: &'a str,
    /// The words it was read from.
    pub span: Span,
    /// Those words.
    pub quote: &'a str,
    /// How sure the reading is.
    pub confidence: f64,
    /// Lexicon entries and rules that fired.
    pub cues: &'a [String],
    /// Condition or exception, as written.
    pub condition: Option<&'a str>,
    value: &'a dyn Saying,
}

impl FactRow<'_> {
    /// What the fact says, in a language.
    pub fn words(&self, ui: Ui) -> String {
        let words = self.value.words(ui);
        match self.condition {
            Some(text) => format!("{words}; {}: {text}", Word::Condition.say(ui)),
            None => words,
        }
    }

    /// What the fact says, as short as can be.
    pub(super) fn tag(&self, ui: Ui) -> String {
        format!("{}: {}", self.layer.singular(ui), self.value.tag(ui))
    }

    /// Ids and values that name the fact on its line, in the order of gold files.
    pub fn key(&self) -> Vec<&str> {
        self.value.key()
    }
}

/// All facts of a record, layer by layer.
pub fn rows(facts: &Facts) -> Vec<FactRow<'_>> {
    fn add<'a, T: Saying + 'a>(rows: &mut Vec<FactRow<'a>>, layer: Layer, facts: &'a [Fact<T>]) {
        rows.extend(facts.iter().map(|fact| FactRow {
            layer,
            id: &fact.id,
            edition: fact.edition,
            node: &fact.node,
            span: fact.span,
            quote: &fact.quote,
            confidence: fact.confidence,
            cues: &fact.cues,
            condition: fact.condition.as_deref(),
            value: &fact.value,
        }));
    }
    let mut rows = Vec::new();
    add(&mut rows, Layer::Rights, &facts.rights);
    add(&mut rows, Layer::Obligations, &facts.obligations);
    add(&mut rows, Layer::DataCategories, &facts.data_categories);
    add(&mut rows, Layer::Deadlines, &facts.deadlines);
    add(&mut rows, Layer::Contacts, &facts.contacts);
    add(&mut rows, Layer::Definitions, &facts.definitions);
    add(&mut rows, Layer::Citations, &facts.citations);
    add(&mut rows, Layer::References, &facts.references);
    add(&mut rows, Layer::Purposes, &facts.purposes);
    add(&mut rows, Layer::LegalBases, &facts.legal_bases);
    add(&mut rows, Layer::DataSubjects, &facts.data_subjects);
    add(&mut rows, Layer::Recipients, &facts.recipients);
    add(&mut rows, Layer::Measures, &facts.measures);
    add(&mut rows, Layer::Operations, &facts.operations);
    rows
}

/// What a fact says, apart from its evidence.
trait Saying {
    fn words(&self, ui: Ui) -> String;
    fn tag(&self, ui: Ui) -> String {
        self.words(ui)
    }
    fn key(&self) -> Vec<&str>;
}

impl Saying for Right {
    fn words(&self, ui: Ui) -> String {
        format!("{}: {}", label("parties", self.holder.id(), ui), label("rights", self.kind.id(), ui))
    }

    fn tag(&self, ui: Ui) -> String {
        label("rights", self.kind.id(), ui)
    }

    fn key(&self) -> Vec<&str> {
        vec![self.holder.id(), self.kind.id()]
    }
}

impl Saying for Obligation {
    fn words(&self, ui: Ui) -> String {
        format!(
            "{}, {}: {}",
            label("parties", self.bearer.id(), ui),
            label("modalities", self.modality.id(), ui),
            label("obligations", self.kind.id(), ui)
        )
    }

    fn tag(&self, ui: Ui) -> String {
        let kind = label("obligations", self.kind.id(), ui);
        if self.modality == Modality::MustNot {
            return format!("{kind} ({})", label("modalities", self.modality.id(), ui));
        }
        kind
    }

    fn key(&self) -> Vec<&str> {
        vec![self.bearer.id(), self.modality.id(), self.kind.id()]
    }
}

impl Saying for Data {
    fn words(&self, ui: Ui) -> String {
        let kind = label("data_categories", self.kind.id(), ui);
        match self.status {
            DataStatus::Processed => kind,
            DataStatus::NotProcessed => format!("{kind} – {}", Word::NotProcessed.say(ui)),
        }
    }

    fn key(&self) -> Vec<&str> {
        vec![self.kind.id(), self.status.id()]
    }
}

impl Saying for Deadline {
    fn words(&self, ui: Ui) -> String {
        let mut words = self.tag(ui);
        if let Some(bound) = self.bound {
            words = format!("{words}, {}", label("bounds", bound.id(), ui));
        }
        if self.trigger != Trigger::None {
            let trigger = label("triggers", self.trigger.id(), ui);
            words = format!("{words}; {}: {trigger}", Word::From.say(ui));
        }
        if self.action.0.is_empty() {
            return words;
        }
        format!("{words}; {}", action(&self.action.0, ui))
    }

    fn tag(&self, ui: Ui) -> String {
        match self.kind {
            DeadlineKind::Duration => duration(&self.iso, self.day_type.map(|days| days.id()), ui),
            kind => label("deadlines", kind.id(), ui),
        }
    }

    fn key(&self) -> Vec<&str> {
        let dash = |text: &'static str| if text.is_empty() { "-" } else { text };
        vec![
            self.kind.id(),
            if self.iso.is_empty() { "-" } else { &self.iso },
            self.day_type.map_or("-", |days| days.id()),
            self.bound.map_or("-", |bound| bound.id()),
            dash(self.trigger.id()),
            &self.action.0,
        ]
    }
}

/// An action is the kind of an obligation or of a right, or one of its own.
fn action(id: &str, ui: Ui) -> String {
    let named = ["obligations", "rights", "actions"];
    let list = named.into_iter().find(|list| crate::lexicon::meta::find(list, id).is_some());
    label(list.unwrap_or("actions"), id, ui)
}

impl Saying for Contact {
    fn words(&self, ui: Ui) -> String {
        format!(
            "{}: {} ({}; {})",
            label("contacts", self.kind.id(), ui),
            self.value,
            label("parties", self.party.id(), ui),
            label("contact_purposes", self.purpose.id(), ui)
        )
    }

    fn tag(&self, _: Ui) -> String {
        self.value.clone()
    }

    fn key(&self) -> Vec<&str> {
        vec![self.kind.id(), &self.value, self.party.id(), self.purpose.id()]
    }
}

impl Saying for Definition {
    fn words(&self, _: Ui) -> String {
        if self.meaning.is_empty() {
            return self.term.clone();
        }
        format!("{} – {}", self.term, self.meaning)
    }

    fn tag(&self, _: Ui) -> String {
        self.term.clone()
    }

    fn key(&self) -> Vec<&str> {
        vec![&self.term]
    }
}

impl Saying for Citation {
    fn words(&self, _: Ui) -> String {
        let details = [&self.title, &self.article, &self.date];
        let details: Vec<&str> = details.into_iter().flatten().map(String::as_str).collect();
        if details.is_empty() {
            return self.act.clone();
        }
        format!("{}: {}", self.act, details.join(", "))
    }

    fn tag(&self, _: Ui) -> String {
        self.act.clone()
    }

    fn key(&self) -> Vec<&str> {
        vec![&self.act]
    }
}

impl Saying for Reference {
    fn words(&self, ui: Ui) -> String {
        match self.target {
            Some(_) => format!("→ {}", self.label),
            None => format!("→ {} – {}", self.label, Word::Unresolved.say(ui)),
        }
    }

    fn key(&self) -> Vec<&str> {
        vec![&self.label, self.target.as_deref().unwrap_or("-")]
    }
}

/// A closed list whose ids are a fact of their own.
trait Kind: Copy {
    /// Name of the list in `grammar/meta`.
    const LIST: &'static str;
    fn id(self) -> &'static str;
}

macro_rules! kinds {
    ($($kind:ident $list:literal),+ $(,)?) => {$(
        impl Kind for $kind {
            const LIST: &'static str = $list;
            fn id(self) -> &'static str {
                $kind::id(self)
            }
        }
    )+};
}
kinds!(
    Purpose "purposes", LegalBasis "legal_bases", DataSubject "data_subjects",
    Recipient "recipients", Measure "measures", Operation "operations",
);

impl<K: Kind> Saying for Typed<K> {
    fn words(&self, ui: Ui) -> String {
        let mut words = label(K::LIST, self.kind.id(), ui);
        if let Some(detail) = &self.detail {
            words = format!("{words} ({detail})");
        }
        if !self.stated {
            words = format!("{words} – {}", Word::Denied.say(ui));
        }
        words
    }

    fn key(&self) -> Vec<&str> {
        let mut key = vec![self.kind.id()];
        key.extend(self.detail.as_deref());
        if !self.stated {
            key.push("denied");
        }
        key
    }
}
