import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyField, Notice } from '#platform/web'

/** Codes that help when the phone is lost. Shown once. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <Notice title={t('access.twoFactor.codesTitle')}>
      <Text fz="sm">{t('access.twoFactor.codes')}</Text>
      <CopyField label={t('access.twoFactor.codesLabel')} value={codes.join('\n')} />
    </Notice>
  )
}
