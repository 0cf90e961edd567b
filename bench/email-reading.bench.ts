import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readBounce } from '../modules/channels/server/adapters/email/bounce.ts'
import { parseMail } from '../modules/channels/server/adapters/email/parse-mail.ts'
import { splitHtmlReply, splitReply } from '../modules/channels/server/adapters/email/quoted-text.ts'
import { report } from './support/figures.ts'

/**
 * How well mail is read, on published collections of other projects that do not belong to this one: replies split from quotes and
 * signatures, bounces told from other mail. `OKNO_DATA_SHARED` names the folder that holds them.
 */
const SHARED = path.resolve(process.env.OKNO_DATA_SHARED ?? path.resolve(import.meta.dirname, '../../shared/data'))
const MAIL = path.join(SHARED, 'mail')

async function measure(): Promise<void> {
  const [crisp, talon, zapier] = [crispReplies(), await talonReplies(), zapierReplies()]
  const bounces = await readBounces()
  await report('email-reading', {
    'replies, crisp': share(crisp),
    'replies, talon': share(talon),
    'replies, zapier': share(zapier),
    'bounces and others told apart': share(bounces.kinds),
    'others left alone': share(bounces.others),
    'failed addresses exact': share(bounces.addresses),
    missed: [...crisp, ...talon, ...zapier, ...bounces.kinds].filter((one) => !one.right).map((one) => one.name),
  })
}

interface Verdict {
  name: string
  right: boolean
}

const share = (verdicts: Verdict[]): string => `${verdicts.filter((one) => one.right).length} of ${verdicts.length}`
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** First and last words of the reply where it is not the collection's usual five lines; the rest of the mail is not the reply. */
const REPLIES: Record<string, [starts: string, ends: string]> = {
  correct_sig: ['this is an email with', '-- signature.'],
  email_1: ['Hi folks', 'Java HTTP API.'],
  email_19: ['On Thursday, I get', 'proper rendering.'],
  email_2: ['Hi,', 'delete them all individually."'],
  email_20: ['On Thursday.', 'On Thursday.'],
  email_21: ['On Thursday:', 'id est laborum.'],
  email_2_1: ['Outlook with a reply', 'with a reply'],
  email_3: ['Oh thanks.', 'would be great.'],
  email_4: ['Awesome!', 'problem with it.'],
  email_5: ["One: Here's", 'for a while.'],
  email_6: ['I get proper', 'rendering as well. Sent a magnificent torch of pixels'],
  email_blackberry: ['Here is', 'another email'],
  email_bullets: ['test 2', '- and another'],
  email_custom_quote_header: ['Thank you!', 'Thank you!'],
  email_customer_quote_header_2: ['Thank you', 'very much.'],
  email_customer_quote_header_3: ['bonjour,', "merci d'avance"],
  email_emoji: ['🎉', '🎉'],
  email_iphone: ['Here is', 'another email'],
  email_multi_word_sent_from_my_mobile_device: ['Here is', 'another email'],
  email_not_a_signature: ['Dear XXXXX:', 'domain name services.'],
  email_not_a_signature_2: ['Hello,', 'Thanks!'],
  email_one_is_not_on: ['Thank, this', 'when I run...'],
  email_reply_header: ['This is the latest', 'Stranger'],
  email_sent_from: ['Hi it can', 'words or paragraphs.'],
  email_sent_from_my_not_signature: ['Here is', 'my mobile phone.'],
  email_thread: ['This is new', 'from bellow.'],
  email_tricky_11_double_signature: ['Thanks for', 'your help!'],
  email_tricky_13_timestamp_variations: ['Here are', 'not quote headers.'],
  email_tricky_16_unicode_signatures: ['Thanks for', 'the update!'],
  email_tricky_17_forward_header: ['See the', 'message below.'],
  email_tricky_18_inline_reply: ['I think option A', 'for our use case.'],
  email_tricky_19_quote_without_header: ['I wanted', 'final thoughts.'],
  email_tricky_1_on_false_positive: ['On the surface', 'performance is great.'],
  email_tricky_20_html_entities: ['The data', 'handled correctly.'],
  email_tricky_2_url_with_wrote: ['Hi there,', 'in them.'],
  email_tricky_3_code_block: ["Here's the code", 'actual signatures.'],
  email_tricky_4_from_in_body: ['I need', 'message content.'],
  email_tricky_6_regards_in_sentence: ['I wanted', 'should be visible.'],
  email_tricky_7_multiple_dashes: ['Here is', 'in my content.'],
  email_tricky_8_sent_from_in_content: ['The notification', 'the main server.'],
  email_tricky_9_nested_quotes: ['I agree', 'points below.'],
  email_unquoted_reply: ['This is', 'my reply.'],
  email_with_date_headers: ['Thank you', 'my previous mail'],
  email_with_from_headers: ['[FROM]', '<foo@example.com>'],
  email_with_regards: ['Hi,', 'Can you help?'],
  email_zoho: ['What is', 'running a test?'],
  sig_no_empty_line: ['this is', 'empty line above.'],
}

function crispReplies(): Verdict[] {
  const folder = path.join(MAIL, 'replies-crisp')
  const usual = flat(
    readFileSync(path.join(folder, 'email_10.txt'), 'utf8').replaceAll('\r', '').split('\n\n')[0] ?? '',
  )
  return readdirSync(folder).map((file) => {
    const mail = readFileSync(path.join(folder, file), 'utf8')
    const text = flat(splitReply(mail).text)
    const expected = REPLIES[file.replace('.txt', '')]
    const right = expected ? text.startsWith(expected[0]) && text.endsWith(expected[1]) : text === usual
    return { name: `crisp/${file}`, right }
  })
}

async function talonReplies(): Promise<Verdict[]> {
  const folder = path.join(MAIL, 'replies-talon')
  const html = readdirSync(path.join(folder, 'html_replies')).map((file) => ({
    name: `talon/${file}`,
    right:
      flat(splitHtmlReply(readFileSync(path.join(folder, 'html_replies', file), 'utf8')).text) ===
      'Hi. I am fine. Thanks, Alex',
  }))
  const files = readdirSync(path.join(folder, 'standard_replies')).filter((file) => file.endsWith('.eml'))
  const mails = await Promise.all(
    files.map(async (file) => {
      const mail = await parseMail(readFileSync(path.join(folder, 'standard_replies', file)))
      const plain = [{ name: `talon/${file} plain`, right: flat(splitReply(mail.text).text) === 'Hello' }]
      // Outlook's sample has another reply in its HTML.
      const reply = file === 'outlook.eml' ? 'Allo! Follow up MIME!' : 'Hello'
      const rich = { name: `talon/${file} html`, right: flat(splitHtmlReply(mail.html).text) === reply }
      return mail.html ? [...plain, rich] : plain
    }),
  )
  return [...html, ...mails.flat()]
}

/** The same mails as in the first collection, and a few of its own. */
const ZAPIER: Record<string, [starts: string, ends: string]> = {
  email_1_7: [':+1:', ':+1:'],
  email_1_8: ['I will reply', 'and under this.'],
  email_2_2: ['Outlook with', 'directly above line'],
  email_2_3: ['Outlook with', 'unusual format'],
  email_gmail: ['This is a test', 'github message.'],
  email_headers_no_delimiter: ['And another', 'reply!'],
  email_partial_quote_header: ['On your remote', 'is not working.'],
  email_sig_delimiter_in_middle_of_line: ['Hi there!', 'kthxbai'],
  greedy_on: ['On your remote', 'is not working.'],
  pathological: ["I think you're", 'to a computer.'],
}

function zapierReplies(): Verdict[] {
  const folder = path.join(MAIL, 'replies-zapier')
  return readdirSync(folder).flatMap((file) => {
    const expected = ZAPIER[file.replace('.txt', '')]
    if (!expected) return []
    const text = flat(splitReply(readFileSync(path.join(folder, file), 'utf8')).text)
    return [{ name: `zapier/${file}`, right: text.startsWith(expected[0]) && text.endsWith(expected[1]) }]
  })
}

async function readBounces(): Promise<{ kinds: Verdict[]; others: Verdict[]; addresses: Verdict[] }> {
  const folder = path.join(MAIL, 'bounces')
  const labels: Record<string, { bounce: boolean; addresses: string[] }> = JSON.parse(
    readFileSync(path.join(folder, 'labels.json'), 'utf8'),
  )
  const read = await Promise.all(
    Object.entries(labels).map(async ([file, label]) => {
      const bounce = readBounce(await parseMail(readFileSync(path.join(folder, file))), undefined)
      const failed = bounce?.state === 'failed' && !bounce.temporary
      const found = (bounce?.recipients ?? []).map((one) => one.toLowerCase()).sort()
      const same =
        found.join() ===
        label.addresses
          .map((one) => one.toLowerCase())
          .sort()
          .join()
      return {
        label,
        failed,
        kind: { name: `bounces/${file}`, right: failed === label.bounce },
        address: { name: file, right: same },
      }
    }),
  )
  return {
    kinds: read.map((one) => one.kind),
    others: read.filter((one) => !one.label.bounce).map((one) => one.kind),
    addresses: read.filter((one) => one.label.bounce && one.failed).map((one) => one.address),
  }
}

if (existsSync(MAIL)) await measure()
else
  console.error(
    `\n*** SKIPPED: email-reading. There is no ${MAIL}; set OKNO_DATA_SHARED to a folder with the collections. ***\n`,
  )
