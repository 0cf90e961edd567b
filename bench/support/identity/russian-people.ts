import { fold } from '../../../modules/customers/server/identity/match/letters.ts'
import { readName } from '../../../modules/customers/server/identity/match/person-words.ts'
import { EMPTY_PROFILE, type Profile } from '../../../modules/customers/server/identity/match/profile.ts'
import { RUSSIAN_IN_LATIN } from '../../../platform/shared/russian-in-latin.ts'
import type { LabelledSet } from './labelled-sets.ts'
import { createRandom, type Random } from './random.ts'

const MEN =
  'Александр Дмитрий Максим Сергей Андрей Алексей Артём Илья Кирилл Михаил Никита Матвей Роман Егор Арсений Иван Денис Евгений Тимофей Владислав Игорь Владимир Павел Руслан Марк Константин Тимур Олег Ярослав Антон Николай Данил Пётр Юрий Виктор'.split(
    ' ',
  )
const WOMEN =
  'Анастасия Мария Анна Дарья Елизавета Полина Виктория Екатерина Ксения Александра Валерия Алина Ольга Наталья Татьяна Ирина Елена Юлия Светлана Марина Людмила Галина Вера Надежда Любовь Софья Алёна Кристина Евгения Оксана'.split(
    ' ',
  )
const ROOTS =
  'Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков Сорокин Виноградов Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов Богданов Осипов Сидоров Матвеев Титов Марков Миронов Крылов Куликов Карпов Власов Мельников Денисов Гаврилов Тихонов Казаков Афанасьев Данилов Савельев Тимофеев Фомин Чернов Абрамов Мартынов Ефимов Федотов Щербаков Назаров Калинин Исаев Чернышёв Быков Маслов Родионов Коновалов Лазарев Воронин Климов Филатов Пономарёв Голубев Кудрявцев Прохоров Наумов Потапов Журавлёв Овчинников Трофимов Леонов Соболев Ермаков Колесников Гончаров Емельянов Никифоров Грачёв Котов Гришин Ефремов Архипов Громов Кириллов Малышев Панов Моисеев Румянцев Акимов Кондратьев Бирюков Горбунов Анисимов Еремин Тихомиров Галкин Лукьянов Михеев Скворцов Юдин Белоусов Нестеров Симонов Прокофьев Харитонов Князев Цветков Левин Митрофанов Воронов Аксёнов Софронов Мальцев Логинов Горшков Савин Краснов Майоров Демидов Елисеев Рыбаков Сафонов Плотников Демин Хохлов Фадеев Молчанов Игнатов Литвинов Ершов Ушаков Дементьев Рябов Мухин Калашников Леонтьев Лобанов Кузин Корнеев Евдокимов Бородин Платонов Некрасов Балашов Бобров Жданов Блинов Игнатьев Коротков Муравьёв Крюков Беляков Богомолов Дроздов Лавров Зуев Петухов Ларин Никулин Серов Терентьев Зотов Устинов Фокин Самойлов Константинов Сахаров Шишкин Самсонов Черкасов Чистяков Носов Спиридонов Карасёв Авдеев Воронцов Зверев Владимиров Селезнёв Нечаев Кудряшов Седов Фирсов Андрианов Панфилов Головин Терехов Ульянов Шестаков Агеев Никонов Селиванов Баженов Гордеев Кожевников Пахомов Зимин Костин Широков Филимонов Ларионов Овсянников Сазонов Суворов Нефедов Корнилов Любимов Львов Горбачёв Копылов Лукин Токарев Кулешов Шилов Большаков Панкратов Родин Шаповалов Покровский Бочаров Никольский Маркин Горелов Агафонов Березин Ермолаев Зубков Куприянов Трифонов Масленников Круглов Третьяков Колосов Рожков Артамонов Шмелёв Лаптев Лапшин Федосеев Зиновьев Зорин Уткин Столяров Зубов Ткачёв Дорофеев Антипов Завьялов Свиридов Золотарёв Кулаков Мещеряков Макеев Дьяконов Гуляев Петровский Бондарев Поздняков Панин Кочетков Суханов Рыжов Старостин Калмыков Колесов Золотов Кравцов Субботин Шубин Щукин Лосев Винокуров Лапин Парфёнов Исаков Голованов Коровин Розанов Артёмов Козырев Русаков Алёшин Крючков Булгаков Кошелёв Сычёв Синицын'.split(
    ' ',
  )
const CITIES =
  'Москва Санкт-Петербург Новосибирск Екатеринбург Казань Нижний-Новгород Челябинск Самара Омск Ростов-на-Дону Уфа Красноярск Воронеж Пермь Волгоград'.split(
    ' ',
  )
const STREETS =
  'Ленина Мира Советская Центральная Молодёжная Школьная Лесная Садовая Набережная Гагарина Пушкина Кирова Победы Заречная Новая Зелёная Комсомольская Первомайская Октябрьская Полевая'.split(
    ' ',
  )
const BOXES = ['mail.ru', 'yandex.ru', 'gmail.com', 'bk.ru', 'inbox.ru']
const SHORT: Readonly<Record<string, string>> = Object.fromEntries(
  'Александр:Саша Дмитрий:Дима Максим:Макс Сергей:Серёжа Андрей:Андрюша Алексей:Лёша Артём:Тёма Илья:Илюша Михаил:Миша Роман:Рома Иван:Ваня Евгений:Женя Владислав:Влад Владимир:Вова Павел:Паша Константин:Костя Николай:Коля Пётр:Петя Юрий:Юра Виктор:Витя Анастасия:Настя Мария:Маша Анна:Аня Дарья:Даша Елизавета:Лиза Виктория:Вика Екатерина:Катя Ксения:Ксюша Александра:Саша Ольга:Оля Наталья:Наташа Татьяна:Таня Ирина:Ира Елена:Лена Юлия:Юля Светлана:Света Людмила:Люда Галина:Галя Надежда:Надя Софья:Соня'
    .split(' ')
    .map((pair) => pair.split(':')),
)
const latin = (text: string) => text.toLowerCase().replace(/[а-яё]/g, (letter) => RUSSIAN_IN_LATIN[letter] ?? letter)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A human as they are; cards tell of them with gaps and mistakes. */
export interface Human {
  readonly given: string
  readonly surname: string
  readonly patronymic: string
  readonly birthday: string
  readonly phone: string
  readonly email: string
  readonly city: string
  readonly address: string
}

const pick = <Item>(random: Random, list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item
/** Names are as unevenly spread as in life: the first of the list are many times as common as the last. */
const pickCommon = <Item>(random: Random, list: readonly Item[]): Item =>
  list[Math.floor(random() ** 2 * list.length)] as Item

/** The n-th human, always the same. */
export function human(random: Random, n: number): Human {
  const isMan = random() < 0.5
  const given = pickCommon(random, isMan ? MEN : WOMEN)
  const root = pickCommon(random, ROOTS)
  const surname = isMan ? root : root.endsWith('ий') ? root.replace(/ий$/, 'ая') : `${root}а`
  const father = pickCommon(random, MEN).replace(/[йьая]$/, '')
  const day = new Date(Date.UTC(1950, 0, 1) + Math.floor(random() * 20_000) * 86_400_000)
  return {
    given,
    surname,
    patronymic: `${father}${isMan ? 'ович' : 'овна'}`,
    birthday: day.toISOString().slice(0, 10),
    phone: `+79${String(100_000_000 + ((n * 7919) % 900_000_000)).padStart(9, '0')}`,
    email: `${latin(given)}.${latin(surname)}${random() < 0.7 ? n % 100_000 : ''}@${pick(random, BOXES)}`,
    city: pickCommon(random, CITIES),
    address: `ул. ${pick(random, STREETS)}, д. ${1 + Math.floor(random() * 150)}, кв. ${1 + Math.floor(random() * 200)}`,
  }
}

/** A card as somebody else writes it down: parts missing, short or Latin names, swapped parts, slips, another address. */
export function told(random: Random, of: Human): Profile {
  const chance = (share: number) => random() < share
  const short = SHORT[of.given]
  let given = short && chance(0.25) ? short : of.given
  let surname: string = of.surname
  if (chance(0.08)) surname = slip(random, surname)
  if (chance(0.04)) given = slip(random, given)
  if (chance(0.15)) [given, surname] = [capital(latin(given)), capital(latin(surname))]
  const parts = [given, ...(chance(0.3) ? [of.patronymic] : []), ...(chance(0.85) ? [surname] : [])]
  const name = (chance(0.15) ? parts.toReversed() : parts).join(' ')
  const box = chance(0.1)
    ? of.email.replace('@', '+shop@')
    : chance(0.1)
      ? of.email.replace(/@.*/, '@hotmail.com')
      : of.email
  const year = of.birthday.slice(0, 4)
  const [month = '', day = ''] = of.birthday.slice(5).split('-')
  const isSwappable = Number(day) <= 12
  const birthday =
    chance(0.05) && isSwappable
      ? `${year}-${day}-${month}`
      : chance(0.04)
        ? digitSlip(random, of.birthday)
        : of.birthday
  return {
    ...EMPTY_PROFILE,
    ...readName(name),
    phones: chance(0.7) ? [address(chance(0.05) ? digitSlip(random, of.phone) : of.phone)] : [],
    emails: chance(0.6) ? [address(box)] : [],
    birthday: chance(0.4) ? birthday : null,
    city: chance(0.5) ? of.city : null,
    address: chance(0.25) ? of.address : null,
  }
}

const address = (value: string) => ({ value, trusted: true, shared: false })

function slip(random: Random, word: string): string {
  const at = 1 + Math.floor(random() * (word.length - 2))
  const kind = random()
  if (kind < 0.34) return word.slice(0, at) + word.slice(at + 1)
  if (kind < 0.67) return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)
  return word.slice(0, at) + pick(random, [...'аеиоунрст']) + word.slice(at + 1)
}

function digitSlip(random: Random, digits: string): string {
  const places = [...digits].flatMap((letter, i) => (i > 4 && /\d/.test(letter) ? [i] : []))
  const at = pick(random, places)
  return digits.slice(0, at) + String((Number(digits[at]) + 1 + Math.floor(random() * 8)) % 10) + digits.slice(at + 1)
}

/** Russian people, a third of them on two or three cards, some families with one phone and one address. */
export function russianSet(people: number, seed: number): LabelledSet {
  const random = createRandom(seed)
  const cards: { profile: Profile; truth: string }[] = []
  for (let n = 0; n < people; n++) {
    const one = human(random, n)
    const copies = random() < 0.35 ? (random() < 0.2 ? 3 : 2) : 1
    for (let copy = 0; copy < copies; copy++) cards.push({ profile: told(random, one), truth: `p${n}` })
    if (random() < 0.08) {
      const spouse = {
        ...human(random, people + n),
        surname: one.surname,
        phone: one.phone,
        city: one.city,
        address: one.address,
      }
      cards.push({ profile: told(random, spouse), truth: `s${n}` })
    }
  }
  return {
    name: `Russian people, made (${cards.length} cards, seed ${seed})`,
    cards,
    others: 'made here: nobody else measures on it',
  }
}

/** Full name in one spelling: the floor compares by it. */
export const plainName = ({ given, surname }: Profile): string => fold([given, surname].filter(Boolean).join(' '))
