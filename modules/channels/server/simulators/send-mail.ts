import { createTransport } from 'nodemailer'

export interface CustomerMail {
  readonly from: string
  readonly name?: string | undefined
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  readonly inReplyTo?: string | undefined
  readonly references?: string | undefined
  readonly files?: readonly { name: string; content: Buffer }[]
}

/**
 * Sends a mail as a customer's provider would, `times` times with the same bytes: a provider whose connection broke repeats what it
 * has sent. @throws Error with `responseCode` when the server refuses
 */
export async function sendMail(port: number, mail: CustomerMail, times = 1): Promise<{ messageId: string }> {
  const composed = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: { name: mail.name ?? '', address: mail.from },
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    ...(mail.html ? { html: mail.html } : {}),
    ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo } : {}),
    ...(mail.references ? { references: mail.references } : {}),
    attachments: (mail.files ?? []).map(({ name, content }) => ({ filename: name, content })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true })
  try {
    for (let n = 0; n < times; n++)
      await transport.sendMail({ raw: composed.message, envelope: { from: mail.from, to: [mail.to] } })
  } finally {
    transport.close()
  }
  return { messageId: composed.messageId }
}
