//! Makes a corpus of varied fictional policies, some of them damaged, to try a scan on.
//!
//! ```text
//! cargo run --release --example generate -- 100000 generated --damaged 10
//! cargo run --release --example generate -- 1000 - > pages.ndjson
//! ```
//!
//! Each damaged document is told on standard output: in which way, a tab, its path. The ten ways take turns.
//!
//! Document number N of a seed is the same in every corpus, however many there are. Names, numbers, addresses, the
//! order of clauses and their selection vary, so that no two documents are equal and no cache helps a parser.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const USAGE: &str = "usage: generate COUNT DIR|- [--damaged PER-MILLE] [--seed N] [--texts DIR]";

/// Used when the project's corpus is not there.
const BUILT_IN: [&str; 2] = [
    "Политика конфиденциальности

1. Общие положения
1.1. Настоящая Политика определяет порядок обработки персональных данных в ТОО «Үлгі» (далее – Оператор).
1.2. Политика разработана в соответствии с Законом Республики Казахстан от 21 мая 2013 года № 94-V «О персональных данных и их защите».
1.3. Политика применяется ко всей информации о посетителях сайта https://example.kz/.

2. Права субъекта
Субъект персональных данных имеет право:
- получать информацию об обработке своих данных;
- требовать уточнения, блокирования или уничтожения данных;
- отозвать согласие в любое время;
- обратиться с жалобой в уполномоченный орган.

3. Обязанности Оператора
3.1. Оператор обязан ответить на запрос субъекта в течение 3 рабочих дней.
3.2. Оператор обеспечивает конфиденциальность персональных данных.
3.3. Оператор не передаёт данные третьим лицам без согласия субъекта.
3.4. Оператор уничтожает данные в срок, не превышающий 30 дней с момента достижения цели обработки.

4. Какие данные обрабатываются
Оператор обрабатывает:
1) фамилию, имя, отчество;
2) номер телефона;
3) адрес электронной почты;
4) IP-адрес и файлы cookie;
5) дату рождения.

5. Контакты
5.1. Вопросы направляются на privacy@example.kz или по телефону +7 (717) 200-00-00.
",
    "Құпиялылық саясаты

1. Жалпы ережелер
1.1. Осы Саясат «Үлгі» ЖШС (бұдан әрі – Оператор) дербес деректерді өңдеу тәртібін айқындайды.
1.2. Саясат «Дербес деректер және оларды қорғау туралы» 2013 жылғы 21 мамырдағы № 94-V Қазақстан Республикасының Заңына сәйкес әзірленген.

2. Субъектінің құқықтары
Субъект құқылы:
- өз деректерінің өңделуі туралы ақпарат алуға;
- деректерді өзгертуді, бұғаттауды немесе жоюды талап етуге;
- келісімін кез келген уақытта кері қайтарып алуға.

3. Оператордың міндеттері
3.1. Оператор сұрау салуға 3 жұмыс күні ішінде жауап беруге міндетті.
3.2. Оператор дербес деректердің құпиялылығын қамтамасыз етеді.
3.3. Деректер өңдеу мақсатына жеткен күннен бастап 30 күн ішінде жойылады.

4. Өңделетін деректер
1) тегі, аты, әкесінің аты;
2) телефон нөмірі;
3) электрондық пошта мекенжайы;
4) туған күні.

5. Байланыс
5.1. Сұрақтар privacy@example.kz мекенжайына жіберіледі.
",
];

const NAMES: [&str; 16] = [
    "Үлгі",
    "Мысал",
    "Образец",
    "Пример",
    "Шаблон",
    "Макет",
    "Сынақ",
    "Проба",
    "Бастау",
    "Начало",
    "Көкжиек",
    "Горизонт",
    "Аспан",
    "Небо",
    "Дала",
    "Степь",
];

struct Options {
    count: u64,
    to: PathBuf,
    per_mille: u64,
    seed: u64,
    texts: Vec<String>,
}

/// SplitMix64: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        let drawn = self.next() % (limit.max(1) as u64);
        usize::try_from(drawn).unwrap_or(0)
    }
}

fn main() -> io::Result<()> {
    let options = match options() {
        Ok(options) => options,
        Err(problem) => return Err(io::Error::other(format!("{problem}; {USAGE}"))),
    };
    if options.to == Path::new("-") {
        let mut to = BufWriter::new(io::stdout().lock());
        for number in 0..options.count {
            let line = serde_json::json!({"id": format!("{number:07}"), "text": document(&options, number)});
            writeln!(to, "{line}")?;
        }
        return to.flush();
    }
    let mut ways = WAYS.iter().cycle();
    let mut told = BufWriter::new(io::stdout().lock());
    for number in 0..options.count {
        let folder = options.to.join(format!("{:04}", number / 1000));
        if number % 1000 == 0 {
            fs::create_dir_all(&folder)?;
        }
        let text = document(&options, number);
        let stem = folder.join(format!("{number:07}"));
        let mut chance = Chance(options.seed ^ number.wrapping_mul(0xA5A5_A5A5));
        let way = (chance.next() % 1000 < options.per_mille).then(|| ways.next()).flatten();
        if let Some(way) = way {
            let path = damage(*way, &stem, &text, number, &mut chance)?;
            writeln!(told, "{way:?}\t{}", path.display())?;
        } else {
            fs::write(stem.with_extension("txt"), text)?;
        }
    }
    Ok(())
}

fn options() -> Result<Options, String> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|text| text.parse().ok()).ok_or("COUNT is missing")?;
    let to = PathBuf::from(arguments.next().ok_or("DIR is missing")?);
    let (mut per_mille, mut seed, mut texts) = (0, 1, PathBuf::from("corpus"));
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(format!("{name} has no value"))?;
        match name.as_str() {
            "--damaged" => per_mille = value.parse().map_err(|_| "--damaged is a number")?,
            "--seed" => seed = value.parse().map_err(|_| "--seed is a number")?,
            "--texts" => texts = PathBuf::from(value),
            _ => return Err(format!("unknown option {name}")),
        }
    }
    Ok(Options { count, to, per_mille, seed, texts: base_texts(&texts) })
}

fn base_texts(folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let found: Vec<String> = paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    if found.is_empty() { BUILT_IN.map(str::to_owned).to_vec() } else { found }
}

/// Document number `number`: a base text with its own names, numbers and order.
fn document(options: &Options, number: u64) -> String {
    let mut chance = Chance(options.seed.wrapping_mul(0x1_0000_0001) ^ number);
    let base = &options.texts[usize::try_from(number).unwrap_or(0) % options.texts.len()];
    let mut lines: Vec<&str> = base.lines().collect();
    // Neighbours of a list change places, and some entries are not there.
    for at in 1..lines.len() {
        if is_entry(lines[at]) && is_entry(lines[at - 1]) && chance.below(3) == 0 {
            lines.swap(at, at - 1);
        }
    }
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines {
        if !(is_entry(line) && chance.below(12) == 0) {
            kept.push(line);
        }
    }
    let name = format!("{} {number}", NAMES[chance.below(NAMES.len())]);
    let mut out = String::with_capacity(base.len() + 256);
    for line in kept {
        vary(line, &name, number, &mut chance, &mut out);
        out.push('\n');
    }
    out
}

fn is_entry(line: &str) -> bool {
    line.trim_start().starts_with(['-', '•', '–', '*'])
}

/// Copies a line with other numbers, another operator and another domain. Markers at its start stay.
fn vary(line: &str, name: &str, number: u64, chance: &mut Chance, out: &mut String) {
    let body = line.find(|c: char| c.is_alphabetic()).unwrap_or(line.len());
    out.push_str(&line[..body]);
    let mut rest = &line[body..];
    while let Some(c) = rest.chars().next() {
        if let Some(tail) = rest.strip_prefix("example.") {
            out.push_str(&format!("site{number}.example."));
            rest = tail;
        } else if c.is_ascii_digit() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            // Only what may be a term varies; years, numbers of acts and of clauses say something.
            let alone = rest[digits..].starts_with(' ') && out.ends_with(' ');
            match rest[..digits].parse::<u32>() {
                Ok(found) if alone && (2..=90).contains(&found) => {
                    out.push_str(&(2 + chance.below(89)).to_string());
                }
                _ => out.push_str(&rest[..digits]),
            }
            rest = &rest[digits..];
        } else if c == '«' && chance.below(2) == 0 && rest.find('»').is_some_and(|end| end < 40) {
            let end = rest.find('»').unwrap_or(0);
            out.push('«');
            out.push_str(name);
            rest = &rest[end..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
}

/// What may be wrong with a document.
#[derive(Debug, Clone, Copy)]
enum Way {
    CutInsideALetter,
    Empty,
    Noise,
    Zeros,
    TooLarge,
    NestedTooDeep,
    LineCut,
    ArchiveRecordCut,
    ArchiveUnpackable,
    NoZipInDocx,
}

const WAYS: [Way; 10] = [
    Way::CutInsideALetter,
    Way::Empty,
    Way::Noise,
    Way::Zeros,
    Way::TooLarge,
    Way::NestedTooDeep,
    Way::LineCut,
    Way::ArchiveRecordCut,
    Way::ArchiveUnpackable,
    Way::NoZipInDocx,
];

/// Writes a document damaged in this way. What cannot be read must cost itself only.
fn damage(way: Way, stem: &Path, text: &str, number: u64, chance: &mut Chance) -> io::Result<PathBuf> {
    let (extension, content) = match way {
        Way::CutInsideALetter => ("txt", text.as_bytes()[..(text.len() / 2) | 1].to_vec()),
        Way::Empty => ("txt", Vec::new()),
        Way::Noise => ("txt", (0..4096).map(|_| chance.next().to_le_bytes()[0]).collect()),
        Way::Zeros => ("txt", vec![0; 2048]),
        Way::TooLarge => {
            // Larger than a scan reads, without taking room on the disk.
            let path = stem.with_extension("txt");
            File::create(&path)?.set_len(1 << 30)?;
            return Ok(path);
        }
        Way::NestedTooDeep => ("html", ("<div>".repeat(20_000) + text).into_bytes()),
        Way::LineCut => ("ndjson", format!("{{\"id\": {number}, \"text\": \"1. Права").into_bytes()),
        Way::ArchiveRecordCut => {
            ("warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999\r\n\r\nHTTP".to_vec())
        }
        Way::ArchiveUnpackable => ("warc.gz", vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF]),
        Way::NoZipInDocx => ("docx", b"PK\x03\x04 no archive at all".to_vec()),
    };
    let path = stem.with_extension(extension);
    fs::write(&path, content)?;
    Ok(path)
}
