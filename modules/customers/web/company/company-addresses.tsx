import { ActionIcon, Group, Select, Tooltip } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AddressKind, addressKinds, type CompanyAddress } from '#modules/customers/contract'
import card from '../card/card.module.css'
import { CardSection } from '../card/card-section.tsx'
import { InlineField } from '../card/inline-field.tsx'
import { useChangeCompany } from './company-api.ts'
import type { CompanyBlockProps } from './company-blocks.ts'

/** Where a company is registered, works, gets letters and goods. */
export function CompanyAddresses({ company: { id, addresses, can } }: CompanyBlockProps) {
  const { t } = useTranslation()
  const change = useChangeCompany(id)
  const [adding, setAdding] = useState<AddressKind | null>(null)
  const save = (next: CompanyAddress[]) => change.mutateAsync({ addresses: next })
  const data = addressKinds.map((kind) => ({ value: kind, label: t(`customers.company.kinds.${kind}`) }))
  if (addresses.length === 0 && !can.edit) return null
  const add = (
    <Tooltip label={t('customers.company.addAddress')}>
      <ActionIcon
        size="sm"
        aria-label={t('customers.company.addAddress')}
        onClick={() => setAdding(addressKinds.find((kind) => !addresses.some((one) => one.kind === kind)) ?? 'other')}
      >
        <IconPlus size={15} />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <CardSection title={t('customers.company.addresses')} action={can.edit && add}>
      {addresses.length === 0 && !adding && <span className={card.blank}>{t('customers.company.noAddress')}</span>}
      {addresses.map((address, at) => (
        <Group key={`${address.kind} ${address.text}`} gap={4} wrap="nowrap" align="start">
          <div style={{ flex: 1, minWidth: 0 }}>
            <InlineField
              label={t(`customers.company.kinds.${address.kind}`)}
              value={address.text}
              isFixed={!can.edit}
              isLong
              onSave={(text) => save(text ? addresses.with(at, { ...address, text }) : addresses.toSpliced(at, 1))}
            />
          </div>
          {can.edit && (
            <ActionIcon
              size="sm"
              aria-label={t('customers.company.removeAddress', { address: address.text })}
              onClick={() => save(addresses.toSpliced(at, 1))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {adding && (
        <>
          <Select
            size="xs"
            aria-label={t('customers.company.addressKind')}
            value={adding}
            data={data}
            allowDeselect={false}
            onChange={(kind) => setAdding(addressKinds.find((one) => one === kind) ?? adding)}
          />
          <InlineField
            label={t('customers.company.newAddress')}
            value=""
            isFixed={false}
            isLong
            isOpen
            onCancel={() => setAdding(null)}
            onSave={async (text) => {
              if (text) await save([...addresses, { kind: adding, text }])
              setAdding(null)
            }}
          />
        </>
      )}
    </CardSection>
  )
}
