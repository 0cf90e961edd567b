import type { NewOperator } from '#modules/access/contract'

/** Names of the demo company's own things, by which its story refers to them. */
export type OperatorKey = 'anna' | 'igor' | 'katya' | 'ruslan' | 'olga' | 'maxim'
export type TeamKey = 'sales' | 'service' | 'delivery'
export type AccountKey = 'info' | 'care' | 'chat' | 'request' | 'callback'

export const teams: Readonly<Record<TeamKey, string>> = {
  sales: 'Продажи',
  service: 'Сервис и рекламации',
  delivery: 'Доставка и монтаж',
}

type DemoOperator = Pick<NewOperator, 'name' | 'email' | 'role' | 'capacity'> & { readonly teams: readonly TeamKey[] }

export const operators: Readonly<Record<OperatorKey, DemoOperator>> = {
  anna: {
    name: 'Анна Белова',
    email: 'anna@severdom.example',
    role: 'supervisor',
    capacity: 12,
    teams: ['sales', 'service', 'delivery'],
  },
  igor: { name: 'Игорь Самойлов', email: 'igor@severdom.example', role: 'operator', capacity: 8, teams: ['sales'] },
  katya: {
    name: 'Екатерина Жданова',
    email: 'katya@severdom.example',
    role: 'operator',
    capacity: 8,
    teams: ['sales'],
  },
  ruslan: {
    name: 'Руслан Гайфуллин',
    email: 'ruslan@severdom.example',
    role: 'operator',
    capacity: 8,
    teams: ['service'],
  },
  olga: {
    name: 'Ольга Тимченко',
    email: 'olga@severdom.example',
    role: 'operator',
    capacity: 6,
    teams: ['service', 'delivery'],
  },
  maxim: { name: 'Максим Орлов', email: 'maxim@severdom.example', role: 'operator', capacity: 8, teams: ['delivery'] },
}

interface DemoAccount {
  readonly kind: string
  readonly name: string
  readonly team: TeamKey
  readonly config: Readonly<Record<string, unknown>>
}

const consent = {
  text: 'Согласен на обработку персональных данных, чтобы со мной связались по этой заявке.',
  version: 1,
}

export const accounts: Readonly<Record<AccountKey, DemoAccount>> = {
  info: {
    kind: 'email',
    name: 'Почта магазина',
    team: 'sales',
    config: { address: 'info@severdom.example', name: 'Северный дом' },
  },
  care: {
    kind: 'email',
    name: 'Почта сервиса',
    team: 'service',
    config: { address: 'service@severdom.example', name: 'Северный дом, сервис' },
  },
  chat: {
    kind: 'webchat',
    name: 'Чат на сайте',
    team: 'sales',
    config: {
      title: 'Северный дом',
      greeting: 'Здравствуйте! Подскажем по мебели, дверям и монтажу.',
      hours: 'пн–пт 9:00–18:00',
    },
  },
  request: {
    kind: 'form',
    name: 'Заявка с сайта',
    team: 'sales',
    config: {
      type: 'request',
      title: 'Оставьте заявку',
      fields: [
        { key: 'name', label: 'Как к вам обращаться', required: true, fills: 'name' },
        { key: 'email', label: 'E-mail', type: 'email', required: true, fills: 'email' },
        { key: 'phone', label: 'Телефон', type: 'phone', fills: 'phone' },
        {
          key: 'product',
          label: 'Что нужно',
          type: 'choice',
          choices: ['Двери', 'Кухня', 'Шкаф', 'Детская', 'Другое'],
        },
        { key: 'message', label: 'Расскажите подробнее', type: 'textarea', required: true },
      ],
      consent,
      successText: 'Спасибо! Ответим в течение часа в рабочее время.',
    },
  },
  callback: {
    kind: 'form',
    name: 'Обратный звонок',
    team: 'sales',
    config: {
      type: 'callback',
      title: 'Перезвоним вам',
      fields: [
        { key: 'name', label: 'Имя', required: true, fills: 'name' },
        { key: 'phone', label: 'Телефон', type: 'phone', required: true, fills: 'phone' },
        { key: 'message', label: 'О чём поговорим', type: 'textarea' },
      ],
      consent,
    },
  },
}

export type CompanyKey =
  | 'kvadrat'
  | 'lesnaya'
  | 'bereg'
  | 'shkola'
  | 'klinika'
  | 'stroy'
  | 'kofe'
  | 'uk'
  | 'interior'
  | 'sever'

interface DemoCompany {
  readonly name: string
  readonly inn?: string
  readonly site?: string
  readonly city: string
  readonly note?: string
}

export const companies: Readonly<Record<CompanyKey, DemoCompany>> = {
  kvadrat: {
    name: 'ООО «Квадрат»',
    inn: '5900000010',
    site: 'https://kvadrat.example',
    city: 'Пермь',
    note: 'Застройщик. Двери и отделка подъездов, отсрочка 30 дней по договору 14/25.',
  },
  lesnaya: {
    name: 'База отдыха «Лесная пристань»',
    inn: '5900000027',
    site: 'https://pristan.example',
    city: 'Добрянка',
  },
  bereg: {
    name: 'Гостиница «Берег»',
    inn: '5900000034',
    site: 'https://bereg.example',
    city: 'Пермь',
    note: 'Обновляют номера по этажам, по одному этажу в квартал.',
  },
  shkola: {
    name: 'МАОУ «Школа № 118»',
    inn: '5900000041',
    city: 'Пермь',
    note: 'Закупки через площадку, счёт только с печатью.',
  },
  klinika: { name: 'Клиника «Семейный доктор»', inn: '5900000059', site: 'https://semdoctor.example', city: 'Пермь' },
  stroy: {
    name: 'ИП Кочергин А. В.',
    inn: '590000000097',
    city: 'Краснокамск',
    note: 'Монтажная бригада, берёт двери для своих заказчиков.',
  },
  kofe: { name: 'Кофейня «Пенка»', inn: '5900000073', city: 'Пермь' },
  uk: { name: 'УК «Наш двор»', inn: '5900000080', site: 'https://nashdvor.example', city: 'Пермь' },
  interior: {
    name: 'Студия интерьеров «Полутон»',
    inn: '5900000098',
    site: 'https://poluton.example',
    city: 'Екатеринбург',
    note: 'Дизайнеры, агентские 7 %. Присылают заказчиков с готовым проектом.',
  },
  sever: {
    name: 'ТД «Северные двери»',
    inn: '5900000108',
    site: 'https://sevdveri.example',
    city: 'Архангельск',
    note: 'Поставщик полотен.',
  },
}
