/** `8.4.1985`, `08.04`, `1985-04-08` → ISO 8601, without the year `--04-08`; null for what is no day. */
export function readBirthday(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim())
  const written = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?$/.exec(text.trim())
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : written ? [written[3], written[2], written[1]] : []
  if (!month || !day) return null
  // A leap year knows every day that there is.
  const date = new Date(Date.UTC(Number(year ?? 2000), Number(month) - 1, Number(day)))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null
  return `${year ?? '-'}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** As people write it, and as `readBirthday` reads it back. */
export function showBirthday(birthday: string): string {
  const [month, day] = birthday.slice(-5).split('-')
  return birthday.startsWith('-') ? `${day}.${month}` : `${day}.${month}.${birthday.slice(0, 4)}`
}

/** `9-12`, `18:00–21:30`, `с 9 до 18` → `09:00-18:00`; null for anything else. */
export function readBestTime(text: string): string | null {
  const times = [...text.matchAll(/(\d{1,2})(?:[:.](\d{2}))?/g)].map(([, hour, minute = '00']) => ({
    hour: Number(hour),
    text: `${hour?.padStart(2, '0')}:${minute}`,
    isRight: Number(hour) < 24 && Number(minute) < 60,
  }))
  const [from, until] = times
  return times.length === 2 && from?.isRight && until?.isRight ? `${from.text}-${until.text}` : null
}
