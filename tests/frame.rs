//! The deontic frame, by the worked examples of ARCHITECTURE.md and their like in both languages: who is bound how to
//! what, and under which condition.

use sayasat::record::Facts;

/// Rights and obligations of a small policy in words: `9 data_subject rectification | condition`.
fn read(clauses: &str) -> Vec<String> {
    let russian = clauses.contains(['ы', 'э']) && !clauses.contains(['қ', 'ғ', 'ұ', 'ң', 'ө']);
    let (title, heading) = if russian {
        ("Политика обработки персональных данных", "Порядок обработки")
    } else {
        ("Дербес деректерді өңдеу саясаты", "Өңдеу тәртібі")
    };
    let Facts { rights, obligations, .. } =
        sayasat::parse(&format!("{title}\n\n1. {heading}\n{clauses}")).facts;
    let condition = |text: &Option<String>| text.as_ref().map_or(String::new(), |text| format!(" | {text}"));
    let rights = rights.iter().map(|fact| {
        let right = &fact.value;
        let (holder, kind) = (right.holder.id(), right.kind.id());
        (fact.span.start, format!("{holder} may {kind}{}", condition(&fact.condition)))
    });
    let obligations = obligations.iter().map(|fact| {
        let duty = &fact.value;
        let (bearer, modality, kind) = (duty.bearer.id(), duty.modality.id(), duty.kind.id());
        (fact.span.start, format!("{bearer} {modality} {kind}{}", condition(&fact.condition)))
    });
    let mut all: Vec<_> = rights.chain(obligations).collect();
    all.sort();
    all.into_iter().map(|(_, words)| words).collect()
}

#[test]
fn two_modal_words_bind_two_parties_and_a_condition_binds_nobody() {
    assert_eq!(
        read(
            "1.1. Если данные неточны, Субъект вправе требовать их уточнения, а Оператор обязан исправить их в течение 3 дней.\n"
        ),
        [
            "data_subject may rectification | Если данные неточны",
            "operator must rectify | Если данные неточны"
        ]
    );
    assert_eq!(
        read(
            "1.1. Деректер дәл болмаған жағдайда Субъект оларды түзетуді талап етуге құқылы, ал Оператор оларды түзетуге міндетті.\n"
        ),
        [
            "data_subject may rectification | Деректер дәл болмаған жағдайда",
            "operator must rectify | Деректер дәл болмаған жағдайда"
        ]
    );
}

#[test]
fn coordinated_acts_are_facts_of_their_own() {
    let kinds = ["rectification", "restriction", "erasure"].map(|kind| format!("data_subject may {kind}"));
    assert_eq!(
        read("1.1. Субъект вправе требовать уточнения, блокирования или уничтожения своих данных.\n"),
        kinds
    );
    assert_eq!(
        read("1.1. Субъект өз деректерін түзетуді, бұғаттауды немесе жоюды талап етуге құқылы.\n"),
        kinds
    );
}

#[test]
fn a_lead_in_hands_its_party_and_mode_to_nested_items_and_an_items_negation_wins() {
    assert_eq!(
        read(
            "1.1. Оператор обязан:\n1) уничтожить данные по требованию субъекта;\n2) не раскрывать данные третьим лицам.\n"
        ),
        ["operator must erase_or_anonymise", "operator must_not confidentiality"]
    );
    assert_eq!(
        read(
            "1.1. Оператор мыналарға міндетті:\n1) субъектінің талабы бойынша деректерді жоюға;\n2) деректерді үшінші тұлғаларға бермеуге.\n"
        ),
        ["operator must erase_or_anonymise", "operator must_not confidentiality"]
    );
}

#[test]
fn exceptions_are_kept_as_text_and_bind_nobody() {
    assert_eq!(
        read(
            "1.1. Оператор не вправе раскрывать данные третьим лицам, за исключением случаев, предусмотренных законом.\n"
        ),
        ["operator must_not confidentiality | за исключением случаев, предусмотренных законом"]
    );
    assert_eq!(
        read(
            "1.1. Заңда көзделген жағдайларды қоспағанда, Оператор деректерді үшінші тұлғаларға беруге құқылы емес.\n"
        ),
        ["operator must_not confidentiality | Заңда көзделген жағдайларды қоспағанда"]
    );
}

#[test]
fn what_one_need_not_do_is_no_duty() {
    assert!(read("1.1. Оператор не обязан отвечать на анонимные обращения.\n").is_empty());
    assert!(read("1.1. Оператор анонимді өтініштерге жауап беруге міндетті емес.\n").is_empty());
}

#[test]
fn passives_bind_the_operator_and_a_withdrawal_is_the_subjects() {
    assert_eq!(
        read(
            "1.1. Согласие может быть отозвано в любое время.\n1.2. Данные подлежат уничтожению по достижении целей.\n"
        ),
        ["data_subject may withdraw_consent", "operator must erase_or_anonymise"]
    );
    assert_eq!(
        read(
            "1.1. Келісім кез келген уақытта қайтарып алынуы мүмкін.\n1.2. Деректер мақсаттарға жеткен соң жойылуға тиіс.\n"
        ),
        ["data_subject may withdraw_consent", "operator must erase_or_anonymise"]
    );
}

#[test]
fn a_kazakh_modal_word_behind_the_last_entry_governs_the_whole_list() {
    assert_eq!(
        read(
            "1.1. Оператор:\n1) субъектінің талабы бойынша деректерді жоюға;\n2) деректерді үшінші тұлғаларға бермеуге міндетті.\n"
        ),
        ["operator must erase_or_anonymise", "operator must_not confidentiality"]
    );
    assert_eq!(
        read("1.1. Субъект:\n1) өз деректеріне қол жеткізуге;\n2) келісімін қайтарып алуға\nқұқылы.\n"),
        ["data_subject may access", "data_subject may withdraw_consent"]
    );
    assert_eq!(
        read(
            "1.1. Операторға:\n1) деректерді үшінші тұлғаларға сатуға;\n2) дерекқорларды біріктіруге тыйым салынады.\n"
        ),
        ["operator must_not confidentiality", "operator must_not no_database_merging"]
    );
}

#[test]
fn a_list_inside_a_sentence_is_bound_by_the_word_before_its_colon() {
    assert_eq!(
        read(
            "1.1. Оператор вправе: а) поручать обработку другим лицам; б) вносить изменения в Политику; в) отказать в запросе.\n"
        ),
        ["operator may delegate_processing", "operator may amend_policy", "operator may refuse_request"]
    );
    // Kazakh has its modal word behind the list.
    assert_eq!(
        read("1.1. Оператор:\n1) деректерді жоюға;\n2) сұрауларға жауап беруге міндетті.\n"),
        ["operator must erase_or_anonymise", "operator must respond_to_requests"]
    );
}

#[test]
fn whom_a_passive_duty_is_for_does_not_bear_it() {
    assert_eq!(
        read("1.1. Сведения о данных должны быть предоставлены субъекту оператором в доступной форме.\n"),
        ["operator must provide_information"]
    );
    assert_eq!(
        read("1.1. Мәліметтер субъектіге оператор тарапынан түсінікті нысанда берілуі тиіс.\n"),
        ["operator must provide_information"]
    );
}

#[test]
fn an_authority_in_the_accusative_is_no_subject() {
    assert_eq!(
        read("1.1. Оператор уведомляет Роскомнадзор о выявленном инциденте в течение 24 часов.\n"),
        ["operator undertakes report_breach"]
    );
    assert_eq!(
        read("1.1. Оператор анықталған инцидент туралы уәкілетті органды хабардар етеді.\n"),
        ["operator undertakes report_breach"]
    );
}

#[test]
fn a_name_of_the_policy_s_own_may_stand_in_the_genitive() {
    assert_eq!(
        read(
            "1.1. «Үлгі» ЖШС (бұдан әрі – Зертхана) деректерді өңдейді.\n1.2. Зертхананың Саясатқа өзгеріс енгізуге құқығы бар.\n"
        ),
        ["operator may amend_policy"]
    );
    assert_eq!(
        read(
            "1.1. ТОО «Пример» (далее – Центр) ведёт приём.\n1.2. Центр вправе вносить в Политику изменения.\n"
        ),
        ["operator may amend_policy"]
    );
}

#[test]
fn what_cannot_be_guaranteed_is_no_ban() {
    assert_eq!(read("1.1. Оператор не может гарантировать полную безопасность данных.\n"), [""; 0]);
    assert_eq!(read("1.1. Оператор деректердің толық қауіпсіздігіне кепілдік бере алмайды.\n"), [""; 0]);
}

#[test]
fn a_condition_of_nouns_ends_before_the_verb() {
    assert_eq!(
        read("1.1. В случае отзыва согласия обработка персональных данных прекращается.\n"),
        ["operator undertakes stop_processing | В случае отзыва"]
    );
}

#[test]
fn one_alias_ends_the_words_of_the_other() {
    assert_eq!(
        read(
            "1.1. ТОО «Үлгі» (далее – Организация) хранит данные лиц, обратившихся за займом (далее – Клиент).\n1.2. Клиент вправе отозвать согласие.\n"
        ),
        ["data_subject may withdraw_consent"]
    );
    assert_eq!(
        read(
            "1.1. «Үлгі» ЖШС (бұдан әрі – Ұйым) қарыз сұраған адамдардың (бұдан әрі – Клиент) деректерін сақтайды.\n1.2. Клиент келісімін қайтарып алуға құқылы.\n"
        ),
        ["data_subject may withdraw_consent"]
    );
}

#[test]
fn staff_of_an_alias_are_the_operator() {
    assert_eq!(
        read(
            "1.1. ГУ «Үлгі» (далее – Управление) обрабатывает сведения.\n1.2. Работник Управления обязан уведомить субъекта.\n"
        ),
        ["operator must notify_subject"]
    );
}

#[test]
fn a_negation_binds_its_own_verb_only() {
    let both = ["third_party must_not purpose_limitation", "third_party must confidentiality"];
    assert_eq!(
        read("1.1. Подрядчик обязан не использовать данные в иных целях и хранить их в тайне.\n"),
        both
    );
    assert_eq!(
        read("1.1. Үшінші тұлға деректерді өзге мақсатта пайдаланбауға және құпия сақтауға міндетті.\n"),
        both
    );
}

#[test]
fn whoever_is_told_does_not_promise() {
    assert_eq!(
        read(
            "1.1. При утечке Оператор:\n- уведомляет Роскомнадзор в течение 24 часов;\n- исправляет ошибки.\n"
        )[0],
        "operator undertakes report_breach"
    );
    assert_eq!(
        read(
            "1.1. Деректер жылыстаған кезде Оператор:\n- уәкілетті органға 24 сағат ішінде хабарлайды;\n- қателерді жояды.\n"
        )[0],
        "operator undertakes report_breach"
    );
}
