import { Anchor, Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toolNames } from '#modules/integrations/contract'
import { api, CopyField, Form, fieldErrors, Notice, Page, Section } from '#platform/web'

/** How other programs connect: assistants by the Model Context Protocol, own programs by the API. */
export default function ToolsSettings() {
  const { t } = useTranslation()
  return (
    <Page title={t('integrations.tools.title')} text={t('integrations.tools.text')}>
      <Stack gap="xl">
        <CopyField
          label={t('integrations.tools.address')}
          text={t('integrations.tools.addressHint')}
          value={`${window.location.origin}/mcp`}
        />
        <NewKey />
        <Section title={t('integrations.tools.ownPrograms')} text={t('integrations.tools.ownProgramsText')}>
          <Stack gap={4}>
            <Anchor href="/api/docs" target="_blank" fz="sm">
              {t('integrations.tools.reference')}
            </Anchor>
            <Anchor component={Link} to="/settings/keys" fz="sm">
              {t('integrations.tools.keys')}
            </Anchor>
            <Anchor component={Link} to="/settings/webhooks" fz="sm">
              {t('integrations.webhooks.title')}
            </Anchor>
          </Stack>
        </Section>
      </Stack>
    </Page>
  )
}

/** A key for chosen tools, shown once together with what a program wants to know. */
function NewKey() {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string[]>([...toolNames])
  const make = useMutation({
    mutationFn: () => api.post<{ key: string; name: string }>('/keys', { name: name.trim(), tools: chosen }),
    onSuccess: () => setName(''),
  })
  const errors = fieldErrors(t, make.error)
  return (
    <Section title={t('integrations.tools.connect')} text={t('integrations.tools.connectText')}>
      <Form
        submit={t('integrations.tools.make')}
        onSubmit={() => make.mutate()}
        isPending={make.isPending}
        isReady={name.trim() !== '' && chosen.length > 0}
        error={make.error}
      >
        <Stack gap="md">
          <TextInput
            label={t('integrations.tools.for')}
            placeholder={t('integrations.tools.forExample')}
            required
            maxLength={32}
            maw={420}
            value={name}
            error={errors.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox.Group label={t('integrations.tools.allowed')} required value={chosen} onChange={setChosen}>
            <Stack gap="xs" mt={4}>
              {toolNames.map((tool) => (
                <Checkbox
                  key={tool}
                  value={tool}
                  label={t(`integrations.tools.names.${tool}`)}
                  description={t(`integrations.tools.about.${tool}`)}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        </Stack>
      </Form>
      {make.data && <Made secret={make.data.key} />}
    </Section>
  )
}

function Made({ secret }: { secret: string }) {
  const { t } = useTranslation()
  const headers = { Authorization: `Bearer ${secret}` }
  const settings = { mcpServers: { okno: { type: 'http', url: `${window.location.origin}/mcp`, headers } } }
  return (
    <Notice role="status" title={t('integrations.tools.once')}>
      <CopyField label={t('integrations.tools.key')} value={secret} />
      <CopyField
        label={t('integrations.tools.settings')}
        text={t('integrations.tools.settingsHint')}
        value={JSON.stringify(settings, null, 2)}
      />
      <Text fz="sm">
        {t('integrations.tools.revoke')}{' '}
        <Anchor component={Link} to="/settings/keys" fz="sm" underline="always">
          {t('integrations.tools.revokeWhere')}
        </Anchor>
      </Text>
    </Notice>
  )
}
