import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { permissionsOf } from '#modules/access/contract'
import type { LaidOutBlock, LaidOutObject, Layout, LayoutReader } from '#modules/customers/contract'
import { Section } from '#platform/web'
import { orderBlocks } from '../card/arrange-blocks.ts'
import { usePersonBlockList } from '../card/person-blocks.ts'
import { useCompanyBlockList } from '../company/company-blocks.ts'
import { LayoutList } from './layout-list.tsx'
import { LayoutPreview } from './layout-preview.tsx'
import classes from './layouts.module.css'
import { layoutFor, useSaveLayout } from './layouts-api.ts'

/** One layout: its blocks, and a card as it would look. */
export function LayoutEditor({
  object,
  reader,
  layouts,
}: {
  object: LaidOutObject
  reader: LayoutReader
  layouts: readonly Layout[]
}) {
  const { t } = useTranslation()
  const save = useSaveLayout()
  const ofPeople = usePersonBlockList()
  const ofCompanies = useCompanyBlockList()
  const role = reader === 'everybody' ? 'operator' : reader
  const rights: readonly string[] = permissionsOf(reader === 'everybody' ? 'administrator' : reader)
  const all = (object === 'person' ? ofPeople : ofCompanies)
    .map(({ id, title, permission }) => ({ id, title, permission }))
    .filter(({ permission }) => !permission || rights.includes(permission))
  const [changed, setChanged] = useState<LaidOutBlock[] | null>(null)
  const isOwn = layouts.some((one) => one.object === object && one.reader === reader)
  const kept = orderBlocks(all, layoutFor(layouts, object, reader))
  const blocks = changed ?? kept.map(({ block: { id }, isHidden }) => ({ id, isHidden }))
  const titleOf = (id: string) => t(all.find((one) => one.id === id)?.title ?? 'common.none')
  const keep = (next: LaidOutBlock[] | null) =>
    // What was changed while this was on its way is still to be saved.
    save.mutate({ object, reader, blocks: next }, { onSuccess: () => setChanged((now) => (now === next ? null : now)) })
  return (
    <div className={classes.columns}>
      <Section title={t('customers.layouts.blocks')} text={t(`customers.layouts.${isOwn ? 'own' : 'inherited'}`)}>
        <LayoutList label={t('customers.layouts.blocks')} blocks={blocks} titleOf={titleOf} onChange={setChanged} />
        <Group gap="sm">
          <Button disabled={changed === null} loading={save.isPending} onClick={() => keep(blocks)}>
            {t('common.save')}
          </Button>
          {changed && (
            <Button variant="default" onClick={() => setChanged(null)}>
              {t('common.cancel')}
            </Button>
          )}
          {isOwn && !changed && (
            <Button variant="default" loading={save.isPending} onClick={() => keep(null)}>
              {t('customers.layouts.giveUp')}
            </Button>
          )}
        </Group>
      </Section>
      <Stack gap="sm">
        <LayoutPreview object={object} role={role} layout={blocks} />
      </Stack>
    </div>
  )
}
