import { Popover, Skeleton, UnstyledButton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CardWire } from '../customers-api.ts'
import classes from './card.module.css'

const StagePanel = lazy(() => import('./stage-panel.tsx'))

/** Where the person stands; a click tells the way there and offers the change. */
export function CardStage({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const name = t(`customers.stages.${person.stage}`)
  return (
    <Popover opened={isOpen} onChange={setOpen} width={300} position="bottom-start" trapFocus withArrow>
      <Popover.Target>
        <UnstyledButton
          className={classes.stage ?? ''}
          data-stage={person.stage}
          aria-label={t('customers.stage.open', { stage: name })}
          onClick={() => setOpen(!isOpen)}
        >
          {name}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={<Skeleton height={120} />}>
          <StagePanel person={person} onDone={() => setOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
