import type { WebModule } from '#platform/web'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'

export const exchange: WebModule = { name: 'exchange', locales: { ru, en } }
