import { ActionIcon, Button, Group, UnstyledButton } from '@mantine/core'
import { IconAdjustments, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EditPanel, notify, problemText } from '#platform/web'
import { ViewForm } from './view-form.tsx'
import classes from './view-row.module.css'
import { useChangeView, type ViewWire, viewsQuery } from './views-api.ts'
import { differs, type Listed } from './views-of-list.ts'

interface ViewRowProps {
  object: string
  /** The chosen view; null = all. */
  viewId: string | null
  /** What the list shows now, with changes that nobody kept yet. */
  listed: Listed
  /** The list was narrowed or sorted by hand since the view was chosen. */
  isTouched: boolean
  /** Chooses a view, and lets go of changes that were not kept. */
  onChoose: (id: string | null) => void
}

/** The views of a list in a row: everything, one's own, then the company's; what was changed is kept from here. */
export default function ViewRow({ object, viewId, listed, isTouched, onChoose }: ViewRowProps) {
  const { t } = useTranslation()
  const { data } = useQuery(viewsQuery(object))
  const views = data?.items ?? []
  const change = useChangeView(object)
  const [opened, setOpened] = useState<ViewWire | 'new' | null>(null)
  const chosen = views.find(({ id }) => id === viewId)
  const isChanged = isTouched && (chosen === undefined || differs(chosen, listed))
  const done = (id: string | null) => {
    setOpened(null)
    onChoose(id)
  }
  const keepChanges = ({ id }: ViewWire) =>
    change.mutate(
      { id, ...listed, columns: [...listed.columns] },
      { onSuccess: () => onChoose(id), onError: (error) => void notify(problemText(t, error), 'bad') },
    )
  return (
    <div className={classes.row}>
      <nav className={classes.views} aria-label={t('objects.views.title')}>
        <ViewButton isChosen={!chosen} onChoose={() => onChoose(null)}>
          {t('objects.views.all')}
        </ViewButton>
        {ordered(views).map((view) => (
          <ViewButton key={view.id} isChosen={view.id === chosen?.id} onChoose={() => onChoose(view.id)}>
            {view.isShared && <IconUsers size={14} role="img" aria-label={t('objects.views.shared')} />}
            <span className="okno-clip">{view.name}</span>
          </ViewButton>
        ))}
      </nav>
      <Group gap={6} wrap="nowrap">
        {isChanged && chosen?.can.edit && (
          <Button size="compact-sm" variant="light" loading={change.isPending} onClick={() => keepChanges(chosen)}>
            {t('objects.views.keepChanges')}
          </Button>
        )}
        {isChanged && (
          <Button size="compact-sm" variant="default" onClick={() => setOpened('new')}>
            {t('objects.views.keepAsNew')}
          </Button>
        )}
        {chosen?.can.edit && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('objects.views.settingsOf', { name: chosen.name })}
            onClick={() => setOpened(chosen)}
          >
            <IconAdjustments size={18} />
          </ActionIcon>
        )}
      </Group>
      <EditPanel
        opened={opened}
        newTitle={t('objects.views.new')}
        titleOf={({ name }) => name}
        onClose={() => setOpened(null)}
      >
        {(view) => (
          <ViewForm
            object={object}
            view={view}
            listed={listed}
            mayShare={(view?.can ?? data?.can)?.share ?? false}
            onDone={done}
          />
        )}
      </EditPanel>
    </div>
  )
}

function ViewButton({
  isChosen,
  onChoose,
  children,
}: {
  isChosen: boolean
  onChoose: () => void
  children: ReactNode
}) {
  return (
    <UnstyledButton className={classes.view ?? ''} aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
      {children}
    </UnstyledButton>
  )
}

/** One's own first, each part by name as the server gave them. */
const ordered = (views: readonly ViewWire[]) => [
  ...views.filter(({ isShared }) => !isShared),
  ...views.filter(({ isShared }) => isShared),
]
