import type { ReplyRoute } from '../inbox-api.ts'

interface Written {
  mode: 'reply' | 'note'
  text: string
  /** How many files lie ready. */
  files: number
  isUploading: boolean
  route: ReplyRoute | null
}

/** True when what is written can be sent now: something to say, everything uploaded, a way that allows it, within its length. */
export function isSendable({ mode, text, files, isUploading, route }: Written): boolean {
  const said = text.trim()
  if (isUploading) return false
  if (mode === 'note') return said !== ''
  if (!route?.allowed) return false
  const { maxTextLength } = route.capabilities
  return (said !== '' || files > 0) && (maxTextLength === null || said.length <= maxTextLength)
}
