import { Button, Code, Stack, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTextPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'
import type { Snippet } from '#modules/inbox/contract'
import { DeleteButton, EditPanel, EmptyState, Form, fieldErrors, Loaded, notify, Page, Row, Rows } from '#platform/web'
import { snippetsQuery } from '../inbox-api.ts'
import { useDeleteSnippet, useSaveSnippet } from './settings-api.ts'

/** Words ready to send: `/shortcut` in the composer puts them in. */
export default function SnippetsSettings() {
  const { t } = useTranslation()
  const canEdit = useCan('inbox.read_all')
  const snippets = useQuery(snippetsQuery)
  const [opened, setOpened] = useState<Snippet | 'new' | null>(null)
  const close = () => setOpened(null)
  const remove = useDeleteSnippet()
  return (
    <Page
      title={t('inbox.snippets')}
      text={t('inbox.snippet.text')}
      actions={
        canEdit && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened('new')}>
            {t('inbox.snippet.add')}
          </Button>
        )
      }
    >
      <Loaded
        query={snippets}
        empty={<EmptyState icon={IconTextPlus} title={t('inbox.snippet.none')} text={t('inbox.snippet.noneText')} />}
      >
        {(items) => (
          <Rows label={t('inbox.snippets')}>
            {items.map((snippet) => (
              <Row
                key={snippet.id}
                title={snippet.title}
                detail={<span style={{ whiteSpace: 'pre-line' }}>{snippet.text.slice(0, 200)}</span>}
                aside={<Code>/{snippet.shortcut}</Code>}
                onOpen={canEdit ? () => setOpened(snippet) : undefined}
              />
            ))}
          </Rows>
        )}
      </Loaded>
      <EditPanel
        opened={opened}
        newTitle={t('inbox.snippet.add')}
        titleOf={({ title }) => title}
        onClose={close}
        size={560}
      >
        {(snippet) => (
          <>
            <SnippetForm snippet={snippet} onDone={close} />
            {snippet && (
              <DeleteButton
                id={snippet.id}
                words={t('inbox.snippet.delete')}
                question={t('inbox.snippet.deleteQuestion', { title: snippet.title })}
                remove={remove}
                onDone={close}
              />
            )}
          </>
        )}
      </EditPanel>
    </Page>
  )
}

function SnippetForm({ snippet, onDone }: { snippet: Snippet | null; onDone: () => void }) {
  const { t } = useTranslation()
  const save = useSaveSnippet(snippet?.id ?? null)
  const [draft, setDraft] = useState({
    title: snippet?.title ?? '',
    shortcut: snippet?.shortcut ?? '',
    text: snippet?.text ?? '',
  })
  const errors = fieldErrors(t, save.error)
  const put = (patch: Partial<typeof draft>) => setDraft({ ...draft, ...patch })
  const submit = () =>
    save.mutate(draft, {
      onSuccess: () => {
        void notify(t('common.saved'))
        onDone()
      },
    })
  return (
    <Form
      submit={snippet ? t('common.save') : t('inbox.snippet.add')}
      onSubmit={submit}
      isPending={save.isPending}
      error={save.error}
    >
      <Stack gap="md">
        <TextInput
          label={t('inbox.snippet.title')}
          required
          data-autofocus
          maxLength={200}
          value={draft.title}
          error={errors.title}
          onChange={(event) => put({ title: event.currentTarget.value })}
        />
        <TextInput
          label={t('inbox.snippet.shortcut')}
          description={t('inbox.snippet.shortcutHint')}
          leftSection="/"
          required
          maxLength={40}
          pattern="[\p{L}\p{N}_\-]+"
          value={draft.shortcut}
          error={errors.shortcut}
          onChange={(event) => put({ shortcut: event.currentTarget.value.replaceAll(/[^\p{L}\p{N}_-]/gu, '') })}
        />
        <Textarea
          label={t('inbox.snippet.words')}
          required
          autosize
          minRows={6}
          maxRows={20}
          maxLength={20_000}
          value={draft.text}
          error={errors.text}
          onChange={(event) => put({ text: event.currentTarget.value })}
        />
      </Stack>
    </Form>
  )
}
