import { useTranslation } from 'react-i18next'
import type { Language } from '#platform/shared/objects/object'

/** The operator's language, in which objects and fields have their names. */
export const useLanguage = (): Language => (useTranslation().i18n.language === 'ru' ? 'ru' : 'en')
