import { Box, Collapse, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WhyList } from '#modules/objects/web'
import type { Condition } from '#platform/shared/objects/condition'
import { LoadingState } from '#platform/web'

/** Why the opened card is in the narrowed list: asked for only when somebody wants to know. */
export function WhyHere({ object, condition, id }: { object: string; condition: Condition; id: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <Box px="md" pb="sm">
      <UnstyledButton fz="sm" fw={600} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Chevron size={14} /> {t('customers.lists.whyHere')}
      </UnstyledButton>
      <Collapse expanded={isOpen} pt="xs">
        {isOpen && (
          <Suspense fallback={<LoadingState />}>
            <WhyList object={object} condition={condition} id={id} />
          </Suspense>
        )}
      </Collapse>
    </Box>
  )
}
