import type { CompanyKey, OperatorKey } from './cast.ts'

export interface DemoPerson {
  readonly firstName?: string
  readonly lastName?: string
  readonly middleName?: string
  /** How they write, proven by the channel; without it they come by chat or form, or were typed in by an operator. */
  readonly email?: string
  readonly phone?: string
  readonly city?: string
  readonly stage?: 'lead' | 'customer' | 'former'
  readonly owner?: OperatorKey
  readonly works?: readonly (readonly [CompanyKey, string])[]
  readonly note?: string
  readonly custom?: Readonly<Record<string, string | number | boolean>>
}

const customer = { stage: 'customer' } as const

const written = {
  smirnova: {
    ...{ firstName: 'Ольга', lastName: 'Смирнова', middleName: 'Викторовна', email: 'o.smirnova@pochta.example' },
    ...customer,
    phone: '+7 900 000-11-01',
    city: 'Пермь',
    owner: 'igor',
    note: 'Кухня «Лахта», дуб. Звонить после 17:00, днём на уроках.',
    custom: { 'Скидка, %': 5, 'Откуда узнала': 'по совету знакомых' },
  },
  verhoturov: {
    ...{
      firstName: 'Константин',
      lastName: 'Верхотуров',
      email: 'k.verhoturov@kvadrat.example',
      phone: '+7 900 000-11-02',
    },
    ...customer,
    city: 'Пермь',
    owner: 'katya',
    works: [['kvadrat', 'Главный инженер']],
  },
  galimova: {
    ...{ firstName: 'Алсу', lastName: 'Галимова', email: 'a.galimova@kvadrat.example' },
    ...customer,
    city: 'Пермь',
    owner: 'katya',
    works: [['kvadrat', 'Снабжение']],
  },
  zotov: {
    ...{ firstName: 'Пётр', lastName: 'Зотов', email: 'zotov-petr@mail.example', phone: '+7 900 000-11-03' },
    ...customer,
    city: 'Березники',
    note: 'Два возврата за год. Разговаривать спокойно, всё подтверждать письмом.',
  },
  nikitina: {
    firstName: 'Вера',
    lastName: 'Никитина',
    email: 'nikitina.v@pochta.example',
    ...customer,
    city: 'Пермь',
    owner: 'olga',
  },
  kochergin: {
    ...{ firstName: 'Андрей', lastName: 'Кочергин', middleName: 'Валерьевич', email: 'kocherga59@mail.example' },
    ...customer,
    phone: '+7 900 000-11-04',
    city: 'Краснокамск',
    owner: 'igor',
    works: [['stroy', 'Владелец']],
  },
  larina: {
    ...{ firstName: 'Татьяна', lastName: 'Ларина', email: 'larina@poluton.example', phone: '+7 900 000-11-05' },
    ...customer,
    city: 'Екатеринбург',
    owner: 'katya',
    works: [['interior', 'Ведущий дизайнер']],
    note: 'Присылает проекты в PDF, цвета строго по RAL.',
  },
  ahmetov: {
    firstName: 'Ильдар',
    lastName: 'Ахметов',
    email: 'ildar.ahmetov@mail.example',
    ...customer,
    city: 'Пермь',
    owner: 'ruslan',
  },
  bogdanova: {
    ...{ firstName: 'Елизавета', lastName: 'Богданова', email: 'bogdanova@bereg.example', phone: '+7 900 000-11-06' },
    ...customer,
    city: 'Пермь',
    owner: 'igor',
    works: [['bereg', 'Управляющая']],
  },
  melnik: { firstName: 'Сергей', lastName: 'Мельник', email: 'melnik.s@pochta.example', city: 'Чайковский' },
  rozhkova: {
    ...{ firstName: 'Инна', lastName: 'Рожкова', email: 'zavhoz@shkola118.example' },
    ...customer,
    city: 'Пермь',
    owner: 'katya',
    works: [['shkola', 'Завхоз']],
  },
  tarasov: {
    firstName: 'Глеб',
    lastName: 'Тарасов',
    email: 'gleb.tarasov@mail.example',
    phone: '+7 900 000-11-07',
    city: 'Пермь',
  },
  yusupova: {
    firstName: 'Зульфия',
    lastName: 'Юсупова',
    email: 'z.yusupova@pochta.example',
    ...customer,
    city: 'Кунгур',
    owner: 'maxim',
  },
  lvov: {
    ...{ firstName: 'Артём', lastName: 'Львов', email: 'lvov@semdoctor.example' },
    city: 'Пермь',
    works: [['klinika', 'Административный директор']],
  },
  panova: { firstName: 'Маргарита', lastName: 'Панова', email: 'rita.panova@mail.example', ...customer, city: 'Пермь' },
  sobol: {
    firstName: 'Виктор',
    lastName: 'Соболь',
    email: 'v.sobol@pristan.example',
    city: 'Добрянка',
    works: [['lesnaya', 'Директор']],
  },
  frolova: {
    firstName: 'Юлия',
    lastName: 'Фролова',
    email: 'frolova.julia@pochta.example',
    ...customer,
    city: 'Пермь',
    owner: 'ruslan',
  },
  konstantinopolskaya: {
    ...{ firstName: 'Александра-Виктория', lastName: 'Константинопольская-Рождественская' },
    email: 'a.konstantinopolskaya@pochta.example',
    city: 'Санкт-Петербург',
  },
  dolgov: { firstName: 'Никита', lastName: 'Долгов', email: 'dolgov.n@mail.example', city: 'Пермь' },
  efimov: {
    firstName: 'Роман',
    lastName: 'Ефимов',
    email: 'r.efimov@nashdvor.example',
    ...customer,
    works: [['uk', 'Инженер участка']],
    owner: 'katya',
  },
  kim: { firstName: 'Светлана', lastName: 'Ким', email: 'svetlana.kim@pochta.example', ...customer, city: 'Пермь' },
  supplier: {
    firstName: 'Степан',
    lastName: 'Рогачёв',
    email: 'rogachev@sevdveri.example',
    works: [['sever', 'Отдел отгрузки']],
    city: 'Архангельск',
  },
  hansen: { firstName: 'Erik', lastName: 'Hansen', email: 'erik.hansen@nordhus.example', city: 'Oslo' },
  barinova: {
    firstName: 'Нина',
    lastName: 'Баринова',
    middleName: 'Степановна',
    email: 'barinova1951@mail.example',
    ...customer,
    city: 'Пермь',
  },
} satisfies Record<string, DemoPerson>

const visiting = {
  guest1: {},
  guest2: {},
  lena: { firstName: 'Лена' },
  timur: { firstName: 'Тимур', lastName: 'Сафин', phone: '+7 900 000-11-08', city: 'Пермь' },
  guest3: {},
  dasha: { firstName: 'Дарья', lastName: 'Осипова', city: 'Пермь', stage: 'customer' },
  guest4: {},
} satisfies Record<string, DemoPerson>

const asking = {
  formPavel: {
    firstName: 'Павел',
    lastName: 'Чернов',
    phone: '+7 900 000-11-09',
    email: 'chernov.p@mail.example',
    city: 'Пермь',
  },
  formAlina: {
    firstName: 'Алина',
    lastName: 'Гусева',
    phone: '+7 900 000-11-10',
    email: 'alina.guseva@pochta.example',
  },
  formOleg: { firstName: 'Олег', phone: '+7 900 000-11-11' },
  formOleg2: { firstName: 'Олег', lastName: 'Дёмин', phone: '8 (900) 000-11-11', email: 'demin.oleg@mail.example' },
  formMarat: { firstName: 'Марат', lastName: 'Закиров', phone: '+7 900 000-11-12', city: 'Пермь' },
  formOlga: { firstName: 'Ольга', lastName: 'Смирнова', phone: '+7 900 000-11-01', email: 'o.smirnova@pochta.example' },
  formStanislav: { firstName: 'Станислав', phone: '+7 900 000-11-13' },
} satisfies Record<string, DemoPerson>

/** Cards that operators opened by hand: they called, came to the shop, or were named by a colleague. */
export const typedIn: readonly (DemoPerson & { readonly daysAgo: number })[] = [
  {
    firstName: 'Евгения',
    lastName: 'Маслова',
    phone: '+7 900 000-12-01',
    works: [['kofe', 'Хозяйка']],
    city: 'Пермь',
    owner: 'igor',
    stage: 'lead',
    daysAgo: 6,
    note: 'Заходила в салон, смотрела барную стойку и столешницы. Бюджет до 300 тысяч.',
  },
  {
    firstName: 'Дмитрий',
    lastName: 'Лаптев',
    email: 'laptev@kvadrat.example',
    works: [['kvadrat', 'Директор']],
    owner: 'katya',
    stage: 'customer',
    daysAgo: 210,
  },
  {
    firstName: 'Жанна',
    lastName: 'Усольцева',
    phone: '+7 900 000-12-02',
    stage: 'former',
    daysAgo: 320,
    note: 'Переехала в Казань, просила не звонить.',
  },
  {
    firstName: 'Борис',
    lastName: 'Штейн',
    email: 'b.shtein@bereg.example',
    works: [
      ['bereg', 'Технический директор'],
      ['lesnaya', 'Консультант'],
    ],
    owner: 'igor',
    stage: 'customer',
    daysAgo: 95,
  },
  { firstName: 'Раиса', lastName: 'Попова', phone: '+7 900 000-12-03', stage: 'customer', daysAgo: 150, city: 'Пермь' },
  {
    firstName: 'Вадим',
    lastName: 'Селиванов',
    email: 'selivanov.vadim@mail.example',
    phone: '+7 900 000-12-04',
    stage: 'lead',
    daysAgo: 3,
    owner: 'katya',
    note: 'Выставка «Дом и интерьер», интересуют скрытые двери.',
  },
  {
    firstName: 'Людмила',
    lastName: 'Ветрова',
    email: 'buh@shkola118.example',
    works: [['shkola', 'Бухгалтер']],
    stage: 'customer',
    daysAgo: 88,
  },
  { firstName: 'Ринат', lastName: 'Шакиров', phone: '+7 900 000-12-05', stage: 'lead', daysAgo: 12, city: 'Лысьва' },
]

export type PersonKey = keyof typeof written | keyof typeof visiting | keyof typeof asking

/** Everybody who wrote by themselves, by the name that the talks call them by. */
export const people: Readonly<Record<PersonKey, DemoPerson>> = { ...written, ...visiting, ...asking }
