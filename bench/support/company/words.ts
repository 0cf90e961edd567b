/** Names and sentences of a made-up company's customers. The same seed makes the same company. */

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32): a measurement that is repeated meets the same data. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Chance = ReturnType<typeof chance>

/** One of a list; the earlier ones more often when `lean` is greater than 1. */
export function pick<Item>(items: readonly Item[], random: Chance, lean = 1): Item {
  const item = items[Math.floor(items.length * random() ** lean)]
  if (item === undefined) throw new Error('Nothing to pick from.')
  return item
}

const list = (text: string) => text.split(' ')

const ROOTS = list(
  'Иван Петр Сидор Кузнец Смирн Попов Васил Соколов Михайл Новик Федор Мороз Волк Алексе Лебед Семен Егор Павл Козл Степан Никола Орл Андре Макар Никит Захар Зайц Соловь Борис Яковл Григор Роман Воробь Серге Фрол Александр Дмитри Королл Гусь Кисель Иль Максим Полякс Сорок Виноград Ковал Бел Медвед Антон Тарас Жук Баран Филипп Комар Давыд Беляк Герасим Богдан Осип Сид Матве Тит Марк Мир Крыл Блин Карп Власт Мельник Денис Гаврил Тихон Казак Афанась Данил Савел Тимофе Фом Черн Абрам Март Ефим Щербак Назар Овчин Третьяк Калин Пономар Лазар Фокин Игнат Ершов Рябов Субботин Лапин Логин Крюк Котов Субач Родион Устин',
)
const ENDINGS: readonly [man: string, woman: string][] = [
  ['ов', 'ова'],
  ['ев', 'ева'],
  ['ин', 'ина'],
  ['ский', 'ская'],
  ['енко', 'енко'],
  ['ук', 'ук'],
]
const MEN = list(
  'Александр Сергей Дмитрий Андрей Алексей Максим Евгений Иван Михаил Артём Никита Владимир Илья Павел Роман Егор Константин Николай Виктор Олег Денис Антон Тимофей Юрий Игорь',
)
const WOMEN = list(
  'Елена Анна Ольга Наталья Екатерина Мария Ирина Татьяна Светлана Юлия Анастасия Дарья Марина Людмила Ксения Виктория Галина Полина Алина Вера Надежда Любовь Софья Алёна Нина',
)
const FATHERS = list('Александр Сергей Дмитрие Андрее Алексее Иван Михайл Николае Владимир Петр Виктор Павл Юрье')
const LATIN_FIRST = list(
  'James Mary John Anna Robert Linda Michael Emma David Sofia William Laura Thomas Julia Peter Elena Daniel Maria Mark Olga Paul Nina Lukas Vera',
)
const LATIN_ROOTS = list(
  'Ander Wil John Peter Mart Rob Thom Rich Harr Clark Wat Ben Steven Har Mor Nel Dan Jack Fer Mül Schmid Weber Fisch Berg Lind Strand Now Kowal Dvor Novak',
)
const LATIN_ENDINGS = list('son s er man sen berg ski ova ton ley ford stein')

export const CITIES = list(
  'Москва Санкт-Петербург Новосибирск Екатеринбург Казань Самара Омск Челябинск Уфа Пермь Воронеж Волгоград Краснодар Саратов Тюмень Тольятти Ижевск Барнаул Ярославль Минск Berlin Praha',
)

export interface FullName {
  readonly first: string
  readonly middle: string
  readonly last: string
}

/** Three of four people have a Russian name, the rest a Latin one without a patronymic. */
export function fullName(random: Chance): FullName {
  if (random() < 0.25) {
    return {
      first: pick(LATIN_FIRST, random),
      middle: 'J',
      last: pick(LATIN_ROOTS, random) + pick(LATIN_ENDINGS, random),
    }
  }
  const [man, woman] = pick(ENDINGS, random, 1.5)
  const root = pick(ROOTS, random, 1.3)
  const father = pick(FATHERS, random, 1.5)
  return random() < 0.5
    ? { first: pick(MEN, random, 1.5), middle: `${father}ович`, last: root + man }
    : { first: pick(WOMEN, random, 1.5), middle: `${father}овна`, last: root + woman }
}

const GREETINGS = [
  'Здравствуйте!',
  'Добрый день!',
  'Привет,',
  'Доброе утро!',
  'Hello,',
  'Подскажите, пожалуйста:',
  'Коллеги,',
]
const MATTERS = [
  'где мой заказ',
  'когда приедет доставка по заказу',
  'не пришёл чек на заказ',
  'курьер привёз не тот размер в заказе',
  'хочу вернуть стол из заказа',
  'пришлите счёт на оплату заказа',
  'не открывается личный кабинет, заказ',
  'дверца шкафа поцарапана, заказ',
  'можно ли поменять адрес доставки заказа',
  'нужна накладная по заказу',
  'стиральная машина шумит при отжиме, заказ',
  'двигатель не заводится после ремонта, наряд',
  'скидка не применилась к заказу',
  'where is my order',
  'the invoice does not open for order',
  'хочу продлить договор обслуживания',
  'интересует оптовая цена, заявка',
  'как подключить интеграцию, обращение',
]
const TAILS = [
  'Жду уже третий день.',
  'Спасибо!',
  'Перезвоните мне после обеда.',
  'Фотографии приложу вечером.',
  'Очень срочно, завтра уезжаю.',
  'Please answer by mail.',
  'Менеджер обещал ответить ещё вчера.',
  'Буду благодарен за быстрый ответ.',
]

/** What a customer or an operator writes: at most 200 letters, so that the list shows it whole, with a number of its own. */
export const sentence = (random: Chance): string =>
  `${pick(GREETINGS, random)} ${pick(MATTERS, random)} № ${Math.floor(random() * 9e6) + 1e6}? ${pick(TAILS, random)}`

/** A note about a customer. */
export const remark = (random: Chance): string => `${pick(MATTERS, random)}; ${pick(TAILS, random)}`

const TRADES = ['Торговый дом', 'ООО', 'Мебельная фабрика', 'Сервис', 'АО', 'Студия', 'Клиника', 'Автоцентр']
export const companyName = (random: Chance, number: number): string =>
  `${pick(TRADES, random)} ${pick(ROOTS, random)}${pick(LATIN_ENDINGS, random)} ${number}`
