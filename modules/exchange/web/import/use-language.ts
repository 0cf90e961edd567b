import { useTranslation } from 'react-i18next'

/** The language of the screen, as names of fields and objects know it. */
export const useLanguage = (): 'ru' | 'en' => (useTranslation().i18n.language === 'en' ? 'en' : 'ru')
