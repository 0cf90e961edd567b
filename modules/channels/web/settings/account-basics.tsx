import { Group, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { teamsQuery } from '#modules/access/web'

export interface Basics {
  name: string
  teamId: string | null
}

/** What every account has: a name for colleagues, and the team that gets what comes in. */
export function AccountBasics({
  basics,
  errors,
  onChange,
}: {
  basics: Basics
  errors: Readonly<Record<string, string>>
  onChange: (basics: Basics) => void
}) {
  const { t } = useTranslation()
  const { data: teams = [] } = useQuery(teamsQuery)
  return (
    <Group align="start" grow preventGrowOverflow={false}>
      <TextInput
        label={t('channels.accounts.name')}
        description={t('channels.accounts.nameHint')}
        required
        maxLength={200}
        miw={220}
        value={basics.name}
        error={errors.name}
        onChange={(event) => onChange({ ...basics, name: event.currentTarget.value })}
      />
      <Select
        label={t('channels.accounts.team')}
        description={t('channels.accounts.teamHint')}
        placeholder={t('channels.accounts.everybody')}
        clearable
        miw={220}
        value={basics.teamId}
        error={errors.teamId}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(teamId) => onChange({ ...basics, teamId })}
      />
    </Group>
  )
}
