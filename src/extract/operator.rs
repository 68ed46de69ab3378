//! The operator of each edition: name, legal form, aliases and registration numbers.
//!
//! Every place where a name stands beside a legal form, a label (`Оператор:`) or an alias (`далее — Компания`) is a
//! candidate; the one with the most telling words around it wins, then the first.

use std::ops::Range;
use std::rc::Rc;

use super::{Context, Extraction, Unit, node_id};
use crate::language::Kind;
use crate::record::{Code, Edition, Identifier, LegalForm, NodeKind, Operator};
use crate::source::Oddity;
use crate::value::{ContactShape, address_at, identifiers};

/// Longest name in tokens.
const NAME: usize = 16;
/// Tokens between a name and the bracket with its alias: registration numbers, an address, a case ending.
pub(super) const TO_ALIAS: usize = 50;
/// What a candidate must be worth: a company in a list of recipients is not the operator.
const LEAST: i32 = 20;
/// What a form on a line of its own is worth more, and in a list less.
const OWN_LINE: i32 = 25;
/// A name among the first tokens of a sentence is its subject and receives nothing.
const SUBJECT: usize = 3;
/// Nodes behind the name that its registration numbers may stand in.
const REQUISITES: usize = 3;

/// A name that may be the operator's.
struct Candidate {
    unit: usize,
    /// Tokens of the name.
    name: Range<usize>,
    /// Tokens of the name with its legal form.
    whole: Range<usize>,
    form: Option<LegalForm>,
    aliases: Vec<String>,
    score: i32,
}

/// Finds the operator of every edition.
pub(super) fn operators(context: &Context<'_>, editions: &mut [Edition], out: &mut Extraction) {
    for (index, edition) in editions.iter_mut().enumerate() {
        let nodes = context.outline.editions[index].nodes.clone();
        let mut best: Option<Candidate> = None;
        for node in nodes.clone() {
            if context.outline.nodes[node].kind == NodeKind::Noise {
                continue;
            }
            let reader = Reader::new(context, node);
            for candidate in reader.candidates() {
                if candidate.score >= LEAST && best.as_ref().is_none_or(|best| candidate.score > best.score) {
                    best = Some(candidate);
                }
            }
        }
        edition.operator = best.map(|found| operator(context, &nodes, &found));
        if edition.operator.is_none() && !nodes.is_empty() {
            out.oddities.push(Oddity {
                code: Code::OperatorMissing,
                message: "the text does not say who the operator is".to_owned(),
                range: None,
            });
        }
    }
}

fn operator(context: &Context<'_>, nodes: &Range<usize>, found: &Candidate) -> Operator {
    let unit = &*context.units.get(found.unit);
    let (span, quote) = unit.evidence(context.source, &found.whole);
    let name = &unit.folded.as_str()[unit_bytes(unit, &found.name)];
    let mut numbers: Vec<Identifier> = Vec::new();
    let mut left = 0;
    for node in nodes.clone() {
        let unit = &*context.units.get(node);
        if context.outline.nodes[node].kind == NodeKind::Noise {
            continue;
        }
        left = if unit.folded.as_str().contains(name) { REQUISITES } else { left };
        if left == 0 {
            continue;
        }
        left -= 1;
        for hit in identifiers(unit.folded.as_str()) {
            let number = Identifier { kind: hit.kind, value: hit.value };
            if !numbers.iter().any(|known| known.kind == number.kind) {
                numbers.push(number);
            }
        }
    }
    Operator {
        name: unit.folded.written(context.source.as_str(), &unit_bytes(unit, &found.name)),
        legal_form: found.form,
        aliases: found.aliases.clone(),
        identifiers: numbers,
        span,
        quote,
        node: node_id(found.unit),
    }
}

pub(super) fn unit_bytes(unit: &Unit, tokens: &Range<usize>) -> Range<usize> {
    unit.tokens[tokens.start].start as usize..unit.tokens[tokens.end - 1].end as usize
}

/// Reads the candidates of one node.
pub(super) struct Reader<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) unit: Rc<Unit>,
    node: usize,
    /// Concept ids by file and role: `(id, first part, reach)`.
    forms: Vec<Cue>,
    words: Vec<Cue>,
    /// Words that name others: providers, hosts.
    others: Vec<Range<usize>>,
}

/// A concept and the tokens that speak of it.
type Cue = (String, Range<usize>);

/// Most tokens that a cue stands over, and that a label stands before its name.
const WIDE: usize = 48;

/// Cues, in the order of their beginnings, that begin in a range.
fn starting_in(cues: &[Cue], range: Range<usize>) -> &[Cue] {
    let place = |token: usize| cues.partition_point(|(_, tokens)| tokens.start < token);
    &cues[place(range.start)..place(range.end)]
}

impl<'a> Reader<'a> {
    fn new(context: &'a Context<'a>, node: usize) -> Self {
        let unit = context.units.get(node);
        let lexicon = context.lexicon;
        let (form_file, word_file, contact_file) =
            (lexicon.file("legal_forms"), lexicon.file("operator"), lexicon.file("contacts"));
        let (mut forms, mut words, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for mention in &*unit.mentions(lexicon, &(0..unit.tokens.len()), &[]) {
            let concept = lexicon.concept(mention.entry);
            let file = Some(mention.entry.file);
            if file == form_file {
                forms.push((concept.id.clone(), mention.tokens.clone()));
            } else if file == word_file {
                words.push((concept.id.clone(), mention.tokens.clone()));
            } else if file == contact_file && concept.id == "third_party" {
                others.push(mention.tokens.clone());
            }
        }
        Self { context, unit, node, forms, words, others }
    }

    fn candidates(&self) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = self.with_form().collect();
        out.extend(self.with_label());
        out.extend(self.with_alias());
        out.extend(self.made_by());
        out
    }

    /// `ТОО «Үлгі»`, `«Үлгі» ЖШС`, `ИП Примеров П. П.`, `Example Ltd.`
    fn with_form(&self) -> impl Iterator<Item = Candidate> + '_ {
        self.forms.iter().filter_map(|(id, form)| {
            // the longer wording of two on one place: «публичное акционерное общество»
            let is_inside = self.forms.iter().any(|(_, other)| {
                other.len() > form.len() && other.start <= form.start && form.end <= other.end
            });
            if is_inside {
                return None;
            }
            let behind = self.name_behind(form.end);
            let quoted_before = form.start > 0 && self.unit.is_sign(form.start - 1, '"');
            let is_kazakh = self.unit.word(form.start).contains(['ж', 'қ', 'ә', 'і', 'ң', 'ү', 'ұ', 'ө']);
            let name = match behind {
                Some(name) if !(quoted_before && is_kazakh) => name,
                other => self.name_before(form.start).or(other)?,
            };
            let whole = name.start.min(form.start)..name.end.max(form.end);
            let (aliases, alias_score) = self.aliases(whole.end);
            let (label_aliases, label_score) = self.label_before(whole.start);
            let aliases = if aliases.is_empty() { label_aliases } else { aliases };
            let score = 30 + alias_score + label_score + self.place(&whole) - self.penalty(whole.start);
            let form = id.to_uppercase().parse().ok();
            Some(Candidate { unit: self.node, name, whole, form, aliases, score })
        })
    }

    /// `Оператор: Example`, `Қолданба иесі: Example`, `Аты: Example` in the operator's list.
    fn with_label(&self) -> impl Iterator<Item = Candidate> + '_ {
        self.words.iter().filter_map(|(id, label)| {
            if id != "label" && !(id == "name_label" && self.is_operators_list()) {
                return None;
            }
            let mut aliases = Vec::new();
            let mut at = label.end;
            let mut is_said = false;
            for _ in 0..8 {
                if self.unit.is_sign(at, '(') {
                    let close = self.closing(at)?;
                    aliases = self.in_bracket(at, close, true).0;
                    at = close + 1;
                } else if self.unit.is_sign(at, ':') || self.unit.is_sign(at, '-') {
                    is_said = true;
                    at += 1;
                } else if matches!(self.unit.word(at), "является" | "*" | "_" | "болып") {
                    is_said |= self.unit.word(at) == "является";
                    at += 1;
                } else if self.domain(at).is_some() {
                    break;
                } else if !is_said
                    && self.unit.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
                    && !self.is_capital(at)
                {
                    at += 1; // `оператор персональных данных`
                } else {
                    break;
                }
            }
            let name = self.name_behind(at)?;
            let (more, alias_score) = self.aliases(name.end);
            if !is_said && alias_score == 0 {
                return None;
            }
            aliases.extend(more);
            let score = if is_said { 45 } else { 0 } + alias_score - self.penalty(label.start);
            Some(Candidate { unit: self.node, whole: name.clone(), name, form: None, aliases, score })
        })
    }

    /// `Example («біз»)`, `Администрацией example.kz (далее — …)`: an alias that only an operator has.
    fn with_alias(&self) -> impl Iterator<Item = Candidate> + '_ {
        (1..self.unit.tokens.len()).filter(|&at| self.unit.is_sign(at, '(')).filter_map(move |at| {
            let close = self.closing(at)?;
            let (aliases, score) = self.in_bracket(at, close, false);
            if score < OURS {
                return None;
            }
            let name = self.name_before(at)?;
            Some(Candidate {
                unit: self.node,
                whole: name.clone(),
                name,
                form: None,
                aliases,
                score: score - 40,
            })
        })
    }

    /// `Example әзірлеген`, `разработано Example`.
    fn made_by(&self) -> impl Iterator<Item = Candidate> + '_ {
        self.words.iter().filter(|(id, _)| id == "made_by").filter_map(|(_, word)| {
            let name = self.name_before(word.start).or_else(|| self.name_behind(word.end))?;
            Some(Candidate {
                unit: self.node,
                whole: name.clone(),
                name,
                form: None,
                aliases: Vec::new(),
                score: 22,
            })
        })
    }

    /// A list under a heading or lead-in that speaks of the operator.
    fn is_operators_list(&self) -> bool {
        let labelled = |node: usize| {
            let unit = self.context.units.get(node);
            let words = unit.mentions(self.context.lexicon, &(0..unit.tokens.len()), &[]);
            words.iter().any(|mention| {
                Some(mention.entry.file) == self.context.lexicon.file("operator")
                    && self.context.lexicon.concept(mention.entry).id == "label"
            })
        };
        let parent = self.context.outline.nodes[self.node].parent;
        labelled(self.node) || parent.is_some_and(labelled) || self.node > 0 && labelled(self.node - 1)
    }

    /// A label that stands in front of a name, with the alias in its bracket.
    fn label_before(&self, at: usize) -> (Vec<String>, i32) {
        let sentence = self.unit.sentence_of(at).cloned().unwrap_or(0..at);
        let near = sentence.start.max(at.saturating_sub(WIDE))..at + 1;
        let Some((_, label)) = self.words_in(near).iter().find(|(id, label)| {
            id == "label" && label.start >= sentence.start && label.end <= at && at - label.end < 14
        }) else {
            return (Vec::new(), 0);
        };
        let open = (label.end..at).find(|&place| self.unit.is_sign(place, '('));
        let aliases = open
            .and_then(|open| Some(self.in_bracket(open, self.closing(open)?, true).0))
            .unwrap_or_default();
        let said = (label.start..at).take_while(|&place| !self.unit.is_sign(place, ',')).any(|place| {
            let dash = self.unit.is_sign(place, '-') && !self.is_glued(place);
            dash || self.unit.is_sign(place, ':')
                || self.unit.word(place).starts_with("явля")
                || self.unit.word(place) == "ведет"
        });
        (aliases, if said { 50 } else { 10 })
    }

    /// Requisites stand on lines of their own; companies in a list are recipients.
    fn place(&self, whole: &Range<usize>) -> i32 {
        if self.context.outline.nodes[self.node].kind == NodeKind::Item {
            return -15;
        }
        let bytes = self.unit.bytes(whole);
        let line = self.context.source.line(self.context.source.line_of(bytes.start));
        let around = self.context.source.as_str()[line].trim().len().saturating_sub(bytes.len());
        if around <= 3 { OWN_LINE } else { 0 }
    }

    /// Names of providers and other people's policies around a name speak against it.
    fn penalty(&self, at: usize) -> i32 {
        let sentence = self.unit.sentence_of(at);
        let is_others = sentence.is_some_and(|sentence| {
            let received = self.words_in(sentence.clone()).iter().any(|(id, word)| {
                let is_subject = at <= sentence.start + SUBJECT && at <= word.start;
                id == "receiver" && sentence.contains(&word.start) && !is_subject
            });
            let first = self.others.partition_point(|other| other.start < sentence.start);
            received || self.others.get(first).is_some_and(|other| other.start < sentence.end)
        });
        if is_others { 40 } else { 0 }
    }

    /// The name that begins at a token.
    fn name_behind(&self, at: usize) -> Option<Range<usize>> {
        if self.unit.is_sign(at, '"') {
            return self.quoted(at);
        }
        let mut end = at;
        while end < self.unit.tokens.len().min(at + NAME) {
            let token = self.unit.tokens[end];
            let glued = end > at && token.start == self.unit.tokens[end - 1].end;
            let goes_on = match token.kind {
                Kind::Word => {
                    self.is_capital(end) && !self.is_form(end) || end > at && (glued || self.joins_latin(end))
                }
                Kind::Number => end > at,
                Kind::Sign('.') => end > at && (self.is_initial(end - 1) || self.is_glued(end + 1) && glued),
                Kind::Sign('-' | '&') => {
                    end > at && (glued && self.is_glued(end + 1) || token.kind == Kind::Sign('&'))
                }
                Kind::Sign('"') => end > at && self.quoted(end).is_some(),
                Kind::Sign(_) => false,
            };
            if !goes_on {
                break;
            }
            if self.unit.is_sign(end, '"') {
                end = self.quoted(end)?.end;
                break;
            }
            end += 1;
        }
        if end > at {
            return self.is_name(at).then_some(at..end);
        }
        self.domain(at)
    }

    /// The name that ends before a token.
    fn name_before(&self, mut at: usize) -> Option<Range<usize>> {
        // `Example Ltd. жеке компаниясы`: two forms behind one name
        while let Some((dot, form)) = at.checked_sub(1).zip(at.checked_sub(2))
            && self.unit.is_sign(dot, '.')
            && self.is_form(form)
        {
            at = form;
        }
        let last = at.checked_sub(1)?;
        if self.unit.is_sign(last, '"') {
            let mut depth = 0;
            for place in (last.saturating_sub(NAME)..last).rev() {
                if self.unit.is_sign(place, '"') {
                    if self.opens(place) != Some(false) && depth == 0 {
                        return Some(place..at);
                    }
                    depth += if self.opens(place) == Some(false) { 1 } else { -1 };
                }
            }
            return None;
        }
        let mut start = at;
        while start > 0 && at - start < NAME {
            let place = start - 1;
            let token = self.unit.tokens[place];
            let goes_on = match token.kind {
                Kind::Word => {
                    self.is_capital(place) && !self.is_form(place) || start < at && self.joins_latin(place)
                }
                Kind::Sign('.') => {
                    self.is_initial(place.saturating_sub(1))
                        || start < at && self.is_glued(start) && self.is_glued(place)
                }
                Kind::Sign('-') => start < at && self.is_glued(start) && self.is_glued(place),
                _ => false,
            };
            if !goes_on {
                break;
            }
            start = place;
        }
        if start < at {
            // The first word of a sentence has a capital too: `Саясат Example Limited …`
            let start = (start..at).find(|&place| self.is_name(place) && !self.unit.is_sign(place, '.'))?;
            return Some(start..at);
        }
        (1..=6)
            .filter_map(|back| at.checked_sub(back))
            .filter_map(|start| self.domain(start))
            .find(|name| name.end == at)
    }

    /// A name in quotes, which may hold quotes of its own and lack the last one.
    fn quoted(&self, open: usize) -> Option<Range<usize>> {
        let mut depth = 1;
        for at in open + 1..self.unit.tokens.len().min(open + NAME) {
            if !self.unit.is_sign(at, '"') {
                continue;
            }
            match self.opens(at) {
                Some(true) => depth += 1,
                _ => {
                    depth -= 1;
                    let goes_on = self.unit.tokens.get(at + 1).is_some_and(|next| {
                        next.kind == Kind::Sign('"') || next.kind == Kind::Word && self.is_capital(at + 1)
                    });
                    if depth == 0 || !goes_on {
                        return Some(open..at + 1);
                    }
                }
            }
        }
        None
    }

    /// Whether a quotation mark opens (`«`), closes (`»`), or may do either (`"`).
    fn opens(&self, at: usize) -> Option<bool> {
        match self.original(at).chars().next() {
            Some('«' | '„' | '“') => Some(true),
            Some('»' | '”') => Some(false),
            _ => None,
        }
    }

    /// A domain that stands as a name: `Администрацией example.kz`.
    fn domain(&self, at: usize) -> Option<Range<usize>> {
        let start = self.unit.tokens.get(at)?.start as usize;
        let hit = address_at(self.unit.folded.as_str(), start)
            .filter(|hit| hit.shape == ContactShape::Url && !hit.value.contains('/'))?;
        let end = self.unit.tokens.partition_point(|token| (token.start as usize) < hit.range.end);
        Some(at..end)
    }

    /// Not the alias of a document or a party itself: `Администрация Сайта`.
    fn is_name(&self, at: usize) -> bool {
        !self
            .words_in(at..at + 1)
            .iter()
            .any(|(id, _)| matches!(id.as_str(), "not_alias" | "ours" | "label" | "name_label"))
    }

    /// Cue words that begin in a range of tokens.
    fn words_in(&self, range: Range<usize>) -> &[Cue] {
        starting_in(&self.words, range)
    }

    /// Whether a cue word of this concept stands over a token.
    pub(super) fn is_under(&self, at: usize, id: &str) -> bool {
        let near = self.words_in(at.saturating_sub(WIDE)..at + 1);
        near.iter().any(|(found, tokens)| found == id && at < tokens.end)
    }

    pub(super) fn is_form(&self, at: usize) -> bool {
        let near = starting_in(&self.forms, at.saturating_sub(WIDE)..at + 1);
        near.iter().any(|(_, form)| form.contains(&at))
    }

    fn is_initial(&self, at: usize) -> bool {
        self.is_capital(at) && self.unit.word(at).chars().count() == 1
    }

    /// A word, number, dot or hyphen that touches what stands before it.
    fn is_glued(&self, at: usize) -> bool {
        at > 0
            && self.unit.tokens.get(at).is_some_and(|token| {
                token.start == self.unit.tokens[at - 1].end
                    && !matches!(token.kind, Kind::Sign(sign) if sign != '.' && sign != '-')
            })
    }

    /// `of`, `and` inside a Latin name.
    fn joins_latin(&self, at: usize) -> bool {
        matches!(self.unit.word(at), "of" | "and" | "the" | "for" | "de") && self.is_capital(at + 1)
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.unit.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
            && self.original(at).chars().next().is_some_and(char::is_uppercase)
    }

    fn original(&self, at: usize) -> &str {
        &self.context.source.as_str()[self.unit.bytes(&(at..at + 1))]
    }
}

/// What an alias that only an operator has is worth.
pub(super) const OURS: i32 = 90;

#[cfg(test)]
mod tests {
    /// Name, legal form and aliases of the first edition.
    fn read(text: &str) -> String {
        let record = crate::parse(text);
        let Some(found) = &record.editions[0].operator else { return String::new() };
        let form = found.legal_form.map_or("-", |form| form.id());
        format!("{} | {form} | {}", found.name, found.aliases.join(", "))
    }

    #[test]
    fn operators_are_named_in_both_languages() {
        for (clause, expected) in [
            ("меры, предпринимаемые ТОО «Үлгі» (далее – Оператор).", "«Үлгі» | TOO | Оператор"),
            ("«Үлгі» ЖШС (бұдан әрі – Оператор) қабылдайтын шаралар.", "«Үлгі» | TOO | Оператор"),
            (
                "«Үлгі» жауапкершілігі шектеулі серіктестігінің (бұдан әрі Оператор) саясаты.",
                "«Үлгі» | TOO | Оператор",
            ),
            (
                "Оператором данных является ИП Примеров Пример Примерович, ИНН 770000000000 (далее — «Оператор»).",
                "Примеров Пример Примерович | IP | Оператор",
            ),
            (
                "Оператор данных (Администрация): Example, БИН 000140000000, г. Алматы.",
                "Example | - | Администрация",
            ),
            ("Деректер операторы (Әкімшілік): Example, БСН 000140000000.", "Example | - | Әкімшілік"),
            ("Example («біз», «жоба») деректерді қорғайды.", "Example | - | біз, жоба"),
            ("Lucky Example («Қосымша») қосымшасын Примеров әзірлеген.", "Примеров | - | "),
            (
                "Сайт ведёт индивидуальный предприниматель Примеров П. П. (далее — Студия).",
                "Примеров П. П. | IP | Студия",
            ),
            (
                "Политика действует в ТОО «Организация «Үлгі-Несие» (далее по тексту – Организация).",
                "«Организация «Үлгі-Несие» | TOO | Организация",
            ),
            ("Оператор обрабатывает данные Пользователя.", ""),
            ("Данные передаются хостинг-провайдеру ООО «Пример».", ""),
        ] {
            assert_eq!(read(&format!("1. Общее\n1.1. {clause}\n")), expected, "{clause}");
        }
    }
}
