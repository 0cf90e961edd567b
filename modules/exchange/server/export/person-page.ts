/** Sections of a person's data as a page to read. */
export interface PersonData {
  readonly name: string
  readonly madeAt: Date
  readonly company: string
  readonly sections: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>
  /** Names of files inside the archive, by id. */
  readonly files: ReadonlyMap<string, string>
}

const TITLES: Readonly<Record<'ru' | 'en', Readonly<Record<string, string>>>> = {
  ru: {
    cards: 'Карточки',
    identities: 'Адреса и номера',
    companies: 'Места работы',
    consents: 'Согласия',
    household: 'Домохозяйство',
    preferences: 'Пожелания',
    notes: 'Заметки',
    tasks: 'Задачи',
    relations: 'Связи',
    timeline: 'История',
    likenesses: 'Похожие карточки',
    merges: 'Объединения карточек',
    conversations: 'Обращения',
    messages: 'Сообщения',
    chat: 'Чат на сайте',
    records: 'Записи',
    bulkEdits: 'Изменения сразу у многих',
    files: 'Файлы',
  },
  en: {
    cards: 'Cards',
    identities: 'Addresses and numbers',
    companies: 'Companies',
    consents: 'Consents',
    household: 'Household',
    preferences: 'Wishes',
    notes: 'Notes',
    tasks: 'Tasks',
    relations: 'Relations',
    timeline: 'History',
    likenesses: 'Cards alike',
    merges: 'Joined cards',
    conversations: 'Conversations',
    messages: 'Messages',
    chat: 'Site chat',
    records: 'Records',
    bulkEdits: 'Changes of many at once',
    files: 'Files',
  },
}

const INTRO = {
  ru: (company: string, at: string) =>
    `Всё, что хранит о вас «${company}». Составлено ${at}. Те же данные для программ: person.json.`,
  en: (company: string, at: string) =>
    `Everything that ${company} keeps about you. Made on ${at}. The same for programs: person.json.`,
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (value instanceof Date) return value.toISOString()
  return escaped(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

function tableOf(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => cell(row[key]) !== '')))]
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')
  const body = rows
    .map((row) => `<tr>${columns.map((column) => `<td>${cell(row[column])}</td>`).join('')}</tr>`)
    .join('\n')
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

/** A page that needs nothing beside it, and in which nothing that somebody wrote is taken for markup. */
export function personPage(data: PersonData, locale: 'ru' | 'en'): string {
  const sections = [...data.sections]
    .filter(([, rows]) => rows.length > 0)
    .map(
      ([name, rows]) =>
        `<section><h2>${escaped(TITLES[locale][name] ?? name)} <small>${rows.length}</small></h2>${tableOf(rows)}</section>`,
    )
  const files = [...data.files.values()].map(
    (name) => `<li><a href="files/${encodeURIComponent(name)}">${escaped(name)}</a></li>`,
  )
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(data.name)}</title><style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 1100px; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; margin-bottom: .2rem } h2 { font-size: 1.1rem; margin-top: 2rem } small { font-weight: 400; opacity: .7 }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent) }
td { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 6rem; max-width: 34rem } th { font-size: .8rem; opacity: .75 }
</style></head><body>
<h1>${escaped(data.name)}</h1>
<p>${escaped(INTRO[locale](data.company, data.madeAt.toISOString().slice(0, 10)))}</p>
${sections.join('\n')}
${files.length > 0 ? `<section><h2>${TITLES[locale].files}</h2><ul>${files.join('')}</ul></section>` : ''}
</body></html>
`
}
