/** What a vCard says of a person. */
export interface Contact {
  readonly id: string
  readonly name: string
  readonly firstName: string | null
  readonly lastName: string | null
  readonly middleName: string | null
  readonly emails: readonly string[]
  readonly phones: readonly string[]
  readonly city: string | null
  readonly note: string | null
}

const escaped = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(',', '\\,')
    .replaceAll(';', '\\;')

const MAX_OCTETS = 75

/** Long lines go on in the next one after a space (RFC 6350, 3.2), never in the middle of a character. */
function folded(line: string): string {
  const lines: string[] = []
  let current = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > MAX_OCTETS) {
      lines.push(current)
      current = ' '
      octets = 1
    }
    current += character
    octets += size
  }
  return [...lines, current].join('\r\n')
}

/** One vCard 4.0 (RFC 6350). */
export function vcardOf(person: Contact): string {
  const { lastName, firstName, middleName } = person
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:urn:uuid:${person.id}`,
    `FN:${escaped(person.name)}`,
    ...(lastName || firstName
      ? [`N:${[lastName, firstName, middleName, '', ''].map((part) => escaped(part ?? '')).join(';')}`]
      : []),
    ...person.emails.map((email) => `EMAIL:${escaped(email)}`),
    ...person.phones.map((phone) => `TEL;VALUE=uri:tel:${phone.replaceAll(/[^+\d]/g, '')}`),
    ...(person.city ? [`ADR:;;;${escaped(person.city)};;;`] : []),
    ...(person.note ? [`NOTE:${escaped(person.note)}`] : []),
    'END:VCARD',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
