import i18next from 'i18next'

/** Says one sentence in the corner. The library behind it loads with the first sentence. */
export async function notify(message: string, kind: 'good' | 'bad' = 'good'): Promise<void> {
  const { notifications } = await import('@mantine/notifications')
  notifications.show({
    message,
    color: kind === 'bad' ? 'red' : 'okno',
    autoClose: kind === 'bad' ? 8000 : 4000,
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
  })
}
