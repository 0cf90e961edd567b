import { ActionIcon, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LaidOutBlock } from '#modules/customers/contract'
import classes from './layouts.module.css'
import { useDragOrder } from './use-drag-order.ts'

/** Blocks in their order: dragged by their handle, moved by arrows, shown or hidden by a switch. */
export function LayoutList({
  label,
  blocks,
  titleOf,
  onChange,
}: {
  label: string
  blocks: readonly LaidOutBlock[]
  titleOf: (id: string) => string
  onChange: (blocks: LaidOutBlock[]) => void
}) {
  const { t } = useTranslation()
  const list = useRef<HTMLOListElement>(null)
  const move = (from: number, to: number) => {
    const block = blocks[from]
    if (block && to >= 0 && to < blocks.length) onChange(blocks.toSpliced(from, 1).toSpliced(to, 0, block))
  }
  const { dragged, handle, heard } = useDragOrder(list, move)
  return (
    <ol ref={list} className={classes.list} aria-label={label} {...heard}>
      {blocks.map(({ id, isHidden }, at) => {
        const title = titleOf(id)
        return (
          <li key={id} className={classes.block} data-dragged={dragged === at} data-hidden={isHidden}>
            <span className={classes.grip} title={t('customers.layouts.drag')} {...handle(at)}>
              <IconGripVertical size={16} aria-hidden />
            </span>
            <span className={`${classes.title} okno-clip`}>{title}</span>
            <ActionIcon
              size="sm"
              aria-label={t('customers.layouts.up', { block: title })}
              disabled={at === 0}
              onClick={() => move(at, at - 1)}
            >
              <IconArrowUp size={15} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={t('customers.layouts.down', { block: title })}
              disabled={at === blocks.length - 1}
              onClick={() => move(at, at + 1)}
            >
              <IconArrowDown size={15} />
            </ActionIcon>
            <Switch
              size="xs"
              aria-label={t('customers.layouts.show', { block: title })}
              checked={!isHidden}
              onChange={(event) => onChange(blocks.with(at, { id, isHidden: !event.currentTarget.checked }))}
            />
          </li>
        )
      })}
    </ol>
  )
}
