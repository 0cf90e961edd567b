import type { z } from 'zod'
import type { ToolName } from '../../contract/index.ts'

/** Asks the API in the caller's name. @throws Refused when it answers anything but 2xx */
export type AskApi = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>

/** Something that a program may do through the tools endpoint. It can do no more than the API allows its caller. */
export interface Tool {
  readonly name: ToolName
  readonly title: string
  /** Short and true: programs choose by it. */
  readonly description: string
  /** True when it only reads. */
  readonly isReading: boolean
  readonly input: z.ZodObject
  run(ask: AskApi, given: unknown): Promise<unknown>
}

export const defineTool = <Input extends z.ZodObject>(tool: {
  name: ToolName
  title: string
  description: string
  isReading: boolean
  input: Input
  run: (ask: AskApi, given: z.infer<Input>) => Promise<unknown>
}): Tool => ({ ...tool, run: (ask, given) => tool.run(ask, tool.input.parse(given)) })

/** The API's refusal, for the program that asked. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, body: unknown) {
    super(wordsOf(status, body))
    this.status = status
  }
}

function wordsOf(status: number, body: unknown): string {
  const problem = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const errors = Array.isArray(problem.errors) ? (problem.errors as { path?: string; message?: string }[]) : []
  const fields = errors.slice(0, 20).map(({ path, message }) => `${path || 'it'}: ${message}`)
  return [`${problem.code ?? `http.${status}`}: ${problem.detail ?? 'The API refused.'}`, ...fields].join('\n')
}
