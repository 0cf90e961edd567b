/** The language of ours that an `Accept-Language` header wants most (RFC 9110 section 12.5.4); English where it wants neither. */
export function wantedLocale(header: string | undefined): 'ru' | 'en' {
  let best: { locale: 'ru' | 'en'; weight: number } = { locale: 'en', weight: 0 }
  for (const range of (header ?? '').slice(0, 1000).split(',')) {
    const [, locale, weight = '1'] = /^\s*(ru|en)\b[^;]*(?:;\s*q=([\d.]+))?/i.exec(range) ?? []
    if (locale && Number(weight) > best.weight)
      best = { locale: locale.toLowerCase() === 'ru' ? 'ru' : 'en', weight: Number(weight) }
  }
  return best.locale
}
