import { useEffect, useState } from 'react'

type ValueText = typeof import('./value-text.ts').valueText

/** How values are read: loaded when first asked for, because the first screen does without. */
export function useValueText(): ValueText | undefined {
  const [read, setRead] = useState<ValueText>()
  useEffect(() => {
    void import('./value-text.ts').then(({ valueText }) => setRead(() => valueText))
  }, [])
  return read
}
