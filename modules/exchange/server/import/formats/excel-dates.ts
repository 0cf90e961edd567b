/** Built-in number formats of workbooks that show a date or a time (ECMA-376, 18.8.30). */
const BUILT_IN = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57])

/** True of a number format that shows dates: it names years, days or hours outside of quotes and colours. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN.has(id)
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
  return /[ydhs]|m{2,}/i.test(bare) && !/^general$/i.test(bare)
}

const DAY_MS = 86_400_000
/** Day 0 of workbooks that count from 1900: they believe that 1900 was a leap year. */
const BEGINNING_MS = Date.UTC(1899, 11, 30)
const YEARS_1904_DAYS = 1462

/** What a workbook shows for a number of days: `2027-01-31`, `2027-01-31 09:30` or, without days, `09:30`. */
export function dateOf(days: number, countsFrom1904: boolean): string {
  const ms = Math.round((days + (countsFrom1904 ? YEARS_1904_DAYS : 0)) * 86_400) * 1000
  const iso = new Date(BEGINNING_MS + ms)
  if (Number.isNaN(iso.getTime())) return String(days)
  const [date = '', time = ''] = iso.toISOString().split('T')
  if (days > 0 && days < 1) return time.slice(0, 5)
  return ms % DAY_MS === 0 ? date : `${date} ${time.slice(0, 5)}`
}
