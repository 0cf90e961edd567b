import { Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, notify, Section } from '#platform/web'
import type { AccountWire } from '../channels-api.ts'
import { AnswersElsewhere } from './answers-elsewhere.tsx'
import { IncomingTrouble, noTrouble } from './incoming-trouble.tsx'
import { Mailbox } from './mailbox.tsx'
import { OutgoingTrouble } from './outgoing-trouble.tsx'
import classes from './sandbox.module.css'
import { type MailWire, useWriteMail } from './sandbox-api.ts'

interface Letter {
  subject: string
  text: string
  /** The answer that this one replies to. */
  to?: MailWire
}

/** A customer with a mail program: writes by SMTP to Okno's own server, and reads what Okno sent. */
export function MailCustomer({ account }: { account: AccountWire }) {
  const { t } = useTranslation()
  const [name, setName] = useState(t('channels.sandbox.persona.name'))
  const [from, setFrom] = useState(t('channels.sandbox.persona.email'))
  const [letter, setLetter] = useState<Letter>({ subject: '', text: '' })
  const [trouble, setTrouble] = useState(noTrouble)
  const write = useWriteMail()
  const words = useRef<HTMLTextAreaElement>(null)
  const send = () =>
    write.mutate(
      {
        accountId: account.id,
        from,
        name,
        subject: letter.subject,
        text: letter.text,
        ...threading(letter),
        ...trouble,
      },
      {
        onSuccess: () => {
          // The next letter may have been begun while this one was on its way.
          setLetter((now) => (now === letter ? { subject: '', text: '' } : now))
          void notify(t('channels.sandbox.sent'))
        },
      },
    )
  const reply = (mail: MailWire) => {
    setLetter({ subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`, text: '', to: mail })
    words.current?.focus()
  }
  return (
    <>
      <AnswersElsewhere account={account} />
      <div className={classes.columns}>
        <Section title={t('channels.sandbox.write')}>
          <Form
            submit={letter.to ? t('channels.sandbox.reply') : t('channels.sandbox.send')}
            onSubmit={send}
            isPending={write.isPending}
            error={write.error}
          >
            <Stack gap="md">
              <Group grow align="start">
                <TextInput
                  label={t('channels.sandbox.name')}
                  value={name}
                  maxLength={200}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
                <TextInput
                  label={t('channels.sandbox.from')}
                  type="email"
                  required
                  withAsterisk={false}
                  value={from}
                  onChange={(event) => setFrom(event.currentTarget.value)}
                />
              </Group>
              <TextInput
                label={t('channels.sandbox.subject')}
                maxLength={300}
                value={letter.subject}
                onChange={(event) => setLetter({ ...letter, subject: event.currentTarget.value })}
              />
              <Textarea
                ref={words}
                label={t('channels.sandbox.words')}
                required
                withAsterisk={false}
                autosize
                minRows={5}
                maxRows={14}
                value={letter.text}
                onChange={(event) => setLetter({ ...letter, text: event.currentTarget.value })}
              />
              <Stack gap="md" className={classes.trouble ?? ''}>
                <IncomingTrouble trouble={trouble} onChange={setTrouble} />
                <OutgoingTrouble of="mail" />
              </Stack>
            </Stack>
          </Form>
        </Section>
        <Section title={t('channels.sandbox.mailbox')} text={t('channels.sandbox.mailboxText', { address: from })}>
          <Mailbox of={from} onReply={reply} />
        </Section>
      </div>
    </>
  )
}

/** What a mail program puts into a reply so that threads hold together (RFC 5322, 3.6.4). */
function threading({ to }: Letter) {
  if (!to) return {}
  return {
    to: to.replyTo ?? to.from,
    inReplyTo: to.messageId,
    references: `${to.references} ${to.messageId}`.trim(),
  }
}
