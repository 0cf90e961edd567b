import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './queue.module.css'

const ROWS = [72, 55, 80, 48, 66, 60, 75]

/** Grey rows of the right height, so that nothing jumps when the list comes. */
export function QueueSkeleton({ rowPx }: { rowPx: number }) {
  const { t } = useTranslation()
  return (
    <div className="okno-window" role="status" aria-label={t('states.loading')}>
      {ROWS.map((width, index) => (
        <div
          key={width}
          className={`okno-window-row ${classes.row}`}
          style={{ height: rowPx, transform: `translateY(${index * rowPx}px)` }}
        >
          <Skeleton circle height={36} />
          <div className={classes.words}>
            <Skeleton height={12} width={`${width}%`} />
            <Skeleton height={10} mt={6} width="90%" />
          </div>
        </div>
      ))}
    </div>
  )
}
