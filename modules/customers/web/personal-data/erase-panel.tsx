import { lazy, Suspense } from 'react'
import type { CardWire } from '../customers-api.ts'

const EraseDialog = lazy(() => import('./erase-dialog.tsx'))

interface ErasePanelProps {
  person: CardWire
  isOpen: boolean
  onClose: () => void
}

/** Erasing a person: loaded when somebody is about to, so that no card waits for it. */
export function ErasePanel({ isOpen, ...rest }: ErasePanelProps) {
  return (
    isOpen && (
      <Suspense>
        <EraseDialog isOpen {...rest} />
      </Suspense>
    )
  )
}
