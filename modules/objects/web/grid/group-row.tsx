// biome-ignore-all lint/a11y/useSemanticElements: only the rows on screen exist, each put in its place, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell is the tab stop of the whole grid
import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Group } from '#modules/objects/contract'
import classes from './grid.module.css'

/** The heading of rows that stand together. */
export interface GroupHead {
  readonly text: string
  readonly counted: Group['counted']
  readonly isOpen: boolean
  /** A word about what stands under it. */
  readonly hint?: string
}

interface GroupButtonProps {
  group: GroupHead
  onToggle: () => void
  /** Its place in a grid, and whether it is the grid's tab stop there. */
  line?: number
  isTabStop?: boolean
}

/** A heading with how many stand under it; pressed it shows or hides them. */
export function GroupButton({
  group: { text, counted, isOpen, hint },
  onToggle,
  line,
  isTabStop = true,
}: GroupButtonProps) {
  const { t } = useTranslation()
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <UnstyledButton
      className={classes.heading ?? ''}
      aria-expanded={isOpen}
      tabIndex={isTabStop ? 0 : -1}
      onClick={onToggle}
      {...(line === undefined ? {} : { 'data-place': `${line}:0`, 'data-head': line })}
    >
      <Chevron size={16} aria-hidden />
      <span className="okno-clip">{text}</span>
      {counted && (
        <span className={`${classes.quiet} okno-numbers`}>
          {t(`objects.list.counts.${counted.precision}`, { count: counted.count })}
        </span>
      )}
      {hint && (
        <span className={`${classes.quiet} ${classes.hint} okno-clip`} title={hint}>
          {hint}
        </span>
      )}
    </UnstyledButton>
  )
}

interface GroupRowProps extends Required<Omit<GroupButtonProps, 'line'>> {
  line: number
  /** Columns over which it stands. */
  span: number
}

/** The heading as a line of a grid. */
export function GroupRow({ line, span, ...button }: GroupRowProps) {
  return (
    <div role="row" aria-rowindex={line + 2} className={classes.group}>
      <div role="gridcell" aria-colspan={span}>
        <GroupButton line={line} {...button} />
      </div>
    </div>
  )
}
