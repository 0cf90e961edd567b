import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { operatorsQuery, teamsQuery, useMe } from '#modules/access/web'
import type { ConversationChange, ConversationWire } from '../inbox-api.ts'
import { useChangeConversation } from '../inbox-mutations.ts'
import { useWhatHappened } from './what-happened.ts'

/** To a colleague or a team, with words for who takes over. */
export default function HandOver({ conversation, onDone }: { conversation: ConversationWire; onDone: () => void }) {
  const { t } = useTranslation()
  const me = useMe().operator.id
  const whatHappened = useWhatHappened()
  const { data: operators = [] } = useQuery(operatorsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const change = useChangeConversation(conversation.id)
  const [ownerId, setOwnerId] = useState(conversation.owner?.id ?? null)
  const [teamId, setTeamId] = useState(conversation.team?.id ?? null)
  const [handover, setHandover] = useState('')
  const save = (patch: ConversationChange) => {
    change.mutate(patch)
    onDone()
  }
  return (
    <Stack gap="xs">
      {conversation.routing && (
        <Text fz="xs" c="dimmed">
          {whatHappened(conversation.routing, 'Okno')}
        </Text>
      )}
      {conversation.owner?.id !== me && (
        <Button size="xs" onClick={() => save({ ownerId: me })}>
          {t('inbox.assign.toMe')}
        </Button>
      )}
      <Select
        size="xs"
        label={t('inbox.assign.owner')}
        placeholder={t('inbox.assign.nobody')}
        clearable
        searchable
        value={ownerId}
        onChange={setOwnerId}
        data={operators.map(({ id, name, isPresent }) => ({ value: id, label: isPresent ? `${name} ●` : name }))}
        comboboxProps={{ withinPortal: false }}
      />
      {teams.length > 0 && (
        <Select
          size="xs"
          label={t('inbox.assign.team')}
          placeholder={t('common.none')}
          clearable
          value={teamId}
          onChange={setTeamId}
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      <Textarea
        size="xs"
        label={t('inbox.assign.handover')}
        placeholder={t('inbox.assign.handoverHint')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={5000}
        value={handover}
        onChange={(event) => setHandover(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap="xs">
        <Button size="xs" variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button
          size="xs"
          onClick={() => save({ ownerId, teamId, ...(handover.trim() ? { handover: handover.trim() } : {}) })}
        >
          {t('inbox.assign.save')}
        </Button>
      </Group>
    </Stack>
  )
}
