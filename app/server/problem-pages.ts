import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { Problem } from '#platform/shared/problems'

const ROOT = path.resolve(import.meta.dirname, '../..')
const LANGUAGES = ['en', 'ru'] as const
type Texts = Partial<Record<(typeof LANGUAGES)[number], string>>

/** Words for single fields stand below `fields`; they are no problems of their own. */
const locale = z.object({ problems: z.record(z.string(), z.unknown()).default({}) })
/** `module.what_is_wrong` */
const params = z.object({ code: z.string().regex(/^[a-z]{1,40}\.[a-z_]{1,80}$/) })

/**
 * `/api/problems/<code>`: where the `type` of every problem leads, in words for a browser and as JSON for a program. The words are those of
 * the screens; `{{…}}` in them is filled from the `params` of the answer.
 */
export function problemPages(http: HttpServer) {
  let known: ReadonlyMap<string, Texts> | undefined
  http.get(
    '/api/problems/:code',
    { config: { access: 'public' }, schema: { hide: true, params } },
    async (request, reply) => {
      known ??= readTexts()
      const { code } = params.parse(request.params)
      const texts = known.get(code)
      const subject = code.split('.')[0]
      // A code without words of its own is explained by the detail of each answer.
      const isOurs = texts !== undefined || [...known.keys()].some((one) => one.startsWith(`${subject}.`))
      if (!isOurs) throw new Problem('request.not_found', 404, 'Okno has no such problem.')
      reply.header('vary', 'accept').header('cache-control', 'public, max-age=3600')
      if (!/html/.test(request.headers.accept ?? '')) return reply.send({ code, texts: texts ?? {} })
      return reply.type('text/html; charset=utf-8').send(render(code, texts ?? {}))
    },
  )
}

/** Codes that have words, in order: those that programs may rely on. */
export const knownProblems = (): string[] => [...readTexts().keys()].sort()

/** Texts by code, from the language files of the platform (`request_too_large`) and of each module (`reply_too_long`). */
function readTexts(): Map<string, Texts> {
  const found = new Map<string, Texts>()
  for (const language of LANGUAGES) {
    for (const file of globSync(`{platform,modules/*}/web/locales/${language}.json`, { cwd: ROOT })) {
      const owner = /^modules[\\/]([^\\/]+)/.exec(file)?.[1]
      const { problems } = locale.parse(JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')))
      for (const [key, text] of Object.entries(problems)) {
        const code = owner ? `${owner}.${key}` : key.replace('_', '.')
        if (typeof text === 'string' && code.includes('.')) found.set(code, { ...found.get(code), [language]: text })
      }
    }
  }
  return found
}

function render(code: string, texts: Texts): string {
  const words = LANGUAGES.flatMap((language) =>
    texts[language] ? [`<p lang="${language}">${escapeHtml(texts[language])}</p>`] : [],
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${code}</title></head><body><h1><code>${code}</code></h1>${words.join('')}
<p>The <code>detail</code> of the answer says what exactly was wrong, <code>errors</code> which fields, and its <code>requestId</code> finds it in
the log of the server. <a href="/api/docs">The API</a></p></body></html>`
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
