import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ConversationWire, routesQuery } from '../inbox-api.ts'
import { useSend } from '../sending.ts'
import { AllowedNow } from './allowed-now.tsx'
import classes from './composer.module.css'
import type { ComposerControl } from './composer-control.ts'
import { ComposerFiles } from './composer-files.tsx'
import { ComposerInput } from './composer-input.tsx'
import { ComposerTools } from './composer-tools.tsx'
import { isSendable } from './is-sendable.ts'
import { RouteSelect } from './route-select.tsx'
import { useDraft } from './use-draft.ts'
import { useSeenSeq } from './use-seen-seq.ts'
import { useUploads } from './use-uploads.ts'

interface ComposerProps {
  conversation: ConversationWire
  ref: Ref<ComposerControl>
}

/** Where the answer is written: to the customer by a chosen way, or as a note that never leaves. */
export function Composer({ conversation, ref }: ComposerProps) {
  const { t } = useTranslation()
  const { id, can } = conversation
  const { draft, change, clear } = useDraft(id)
  const { data: routes } = useQuery(routesQuery(id))
  const [chosenAccount, setChosenAccount] = useState<string | null>(null)
  const mode = can.reply ? draft.mode : 'note'
  const route =
    routes?.find(({ accountId }) => accountId === chosenAccount) ?? routes?.find(({ isDefault }) => isDefault) ?? null
  const limits = mode === 'reply' ? (route?.capabilities ?? null) : null
  const uploads = useUploads({
    maxBytes: limits?.maxAttachmentBytes ?? null,
    kept: draft.fileIds,
    onChange: (fileIds) => change({ fileIds }),
  })
  const { send } = useSend(id)
  const seenSeq = useSeenSeq(conversation)
  const input = useRef<HTMLTextAreaElement>(null)
  const [isOver, setOver] = useState(false)

  useImperativeHandle(ref, () => ({
    focus: (wanted) => {
      change({ mode: wanted })
      input.current?.focus()
    },
    rewrite: ({ mode: wanted, text, accountId, files }) => {
      change({ mode: wanted, text })
      if (files) uploads.put(files)
      if (accountId) setChosenAccount(accountId)
      input.current?.focus()
    },
    openSnippets: () => {
      const before = draft.text === '' || /\s$/.test(draft.text) ? draft.text : `${draft.text} `
      change({ text: `${before}/` })
      input.current?.focus()
    },
  }))

  const canSend = isSendable({
    mode,
    text: draft.text,
    files: uploads.files.length,
    isUploading: uploads.uploading.length > 0,
    route,
  })
  const submit = (after?: 'close') => {
    if (!canSend) return
    send({
      mode,
      text: draft.text.trim(),
      files: uploads.files,
      seenSeq: seenSeq(),
      ...(route && !route.isDefault ? { accountId: route.accountId } : {}),
      ...(after && mode === 'reply' ? { after } : {}),
    })
    uploads.put([])
    clear()
  }
  const takesFiles = limits === null || limits.maxAttachmentBytes > 0
  const addFiles = (files: Iterable<File>) => takesFiles && void uploads.add([...files])
  return (
    <section
      className={classes.composer}
      data-mode={mode}
      data-over={isOver}
      aria-label={t('inbox.composer.title')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        addFiles(event.dataTransfer.files)
      }}
    >
      <div className={classes.bar}>
        {(['reply', 'note'] as const).map((each) => (
          <UnstyledButton
            key={each}
            className={classes.mode ?? ''}
            aria-pressed={mode === each}
            disabled={each === 'reply' && !can.reply}
            onClick={() => change({ mode: each })}
          >
            {t(`inbox.composer.${each}`)}
          </UnstyledButton>
        ))}
        {mode === 'reply' && routes && <RouteSelect routes={routes} route={route} onChoose={setChosenAccount} />}
      </div>
      {mode === 'reply' && routes && <AllowedNow route={route} />}
      <ComposerInput
        ref={input}
        conversationId={id}
        mode={mode}
        text={draft.text}
        onType={(text) => change({ text })}
        onSubmit={submit}
        onFiles={addFiles}
      />
      <ComposerFiles
        files={uploads.files}
        uploading={uploads.uploading}
        onRemove={uploads.remove}
        onCancel={uploads.cancel}
      />
      <ComposerTools
        mode={mode}
        length={draft.text.length}
        maxLength={limits?.maxTextLength ?? null}
        takesFiles={takesFiles}
        canSend={canSend}
        onFiles={addFiles}
        onSubmit={submit}
        onInsert={(piece) => {
          const at = input.current?.selectionStart ?? draft.text.length
          change({ text: draft.text.slice(0, at) + piece + draft.text.slice(at) })
          input.current?.focus()
        }}
      />
    </section>
  )
}
