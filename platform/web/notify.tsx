import { Button, Group } from '@mantine/core'
import i18next from 'i18next'
import { newId } from '#platform/shared/ids'

/** The way back from what was just done. */
export interface Undo {
  readonly undo: () => void
}

/** Says one sentence in the corner, with a way back where there is one. The library behind it loads with the first sentence. */
export async function notify(message: string, kind: 'good' | 'bad' = 'good', way?: Undo): Promise<void> {
  const { notifications } = await import('@mantine/notifications')
  const id = newId()
  const undo = () => {
    notifications.hide(id)
    way?.undo()
  }
  notifications.show({
    id,
    message: way ? (
      <Group justify="space-between" gap="xs" wrap="nowrap">
        {message}
        <Button size="compact-xs" variant="light" flex="none" onClick={undo}>
          {i18next.t('common.undo')}
        </Button>
      </Group>
    ) : (
      message
    ),
    color: kind === 'bad' ? 'red' : 'okno',
    // What asks to be read or decided stays longer.
    autoClose: kind === 'bad' || way ? 8000 : 4000,
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
  })
}
