import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { HttpServer } from '#platform/server/http'
import { conditionSentence } from '#platform/shared/objects/sentence'
import { Problem } from '#platform/shared/problems'
import { conditionAnswer, conditionQuestion, counted, why, whyQuestion } from '../contract/index.ts'
import { asking, type RoutesContext } from './routing.ts'

const tags = ['conditions']
const config = { access: 'signed-in' as const }

/** `/conditions`: is it right, how many does it find, why is this one among them. */
export function conditionRoutes(http: HttpServer, context: RoutesContext): void {
  const ask = asking(context)

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.post(
        '/conditions/check',
        {
          config,
          schema: {
            tags,
            summary: 'Check a condition: everything that is wrong with it, or what it says in words',
            body: conditionQuestion,
            response: { 200: conditionAnswer },
          },
        },
        ({ actor, body }) =>
          ask(actor, async (_tx, { check, describe }) => {
            const result = check(body.object, body.condition)
            if ('problems' in result) return { condition: null, sentence: null, problems: [...result.problems] }
            const say = (language: 'en' | 'ru') =>
              conditionSentence(result.condition, body.object, { describe, language })
            return { condition: result.condition, sentence: { en: say('en'), ru: say('ru') }, problems: [] }
          }),
      )

      app.post(
        '/conditions/count',
        {
          config,
          schema: {
            tags,
            summary:
              'How many objects satisfy a condition, exactly up to 10 000; guessed when counting would take too long',
            body: conditionQuestion,
            response: { 200: counted },
          },
        },
        ({ actor, body: { object, condition } }) =>
          ask(actor, async (_tx, questions) => questions.count(object, questions.checked(object, condition))),
      )

      app.post(
        '/conditions/why',
        {
          config,
          schema: {
            tags,
            summary: 'Which parts of a condition are true of one object',
            body: whyQuestion,
            response: { 200: why },
          },
        },
        ({ actor, body: { object, condition, id } }) =>
          ask(actor, async (_tx, questions) => {
            const found = await questions.why(object, questions.checked(object, condition), id)
            if (!found) throw new Problem('objects.record_not_found', 404, `There is no ${object} ${id}.`)
            return found
          }),
      )
    },
    { prefix: '/api/v1' },
  )
}
