import { z } from 'zod'
import { condition } from '#platform/shared/objects/condition'
import { defineTool } from './tool.ts'

const LANGUAGE = `A condition is JSON: {"all":[…]}, {"any":[…]}, {"not":…}, {"field","op","value"}, {"relation","count"?,"where"?} or
{"behaviour","count"?,"within"?,"where"?}; count is {"op":"eq"|"gte"|"lte","value"}, within is {"last":{"amount","unit"}}.
Example: {"all":[{"field":"city","op":"in","value":["Москва","Тула"]},{"relation":"conversations","count":{"op":"eq","value":0}}]}`

/** What a description of an object holds, as far as a program asks by it. */
const described = z.object({
  key: z.string(),
  label: z.object({ many: z.object({ en: z.string() }) }),
  isArchived: z.boolean(),
  fields: z.array(z.looseObject({ key: z.string(), type: z.string(), label: z.object({ en: z.string() }) })),
  relations: z.array(z.looseObject({ key: z.string() })),
  behaviours: z.array(z.looseObject({ key: z.string() })),
})

export const describeTool = defineTool({
  name: 'describe',
  title: 'Describe objects',
  description: 'Kinds of objects there are; with `object`, its fields, relations and behaviours, by which `find` asks.',
  isReading: true,
  input: z.strictObject({ object: z.string().max(100).optional() }),
  run: async (ask, { object }) => {
    if (object === undefined) {
      const { items } = z.object({ items: z.array(described) }).parse(await ask('GET', '/objects'))
      return items
        .filter(({ isArchived }) => !isArchived)
        .map(({ key, label }) => ({ object: key, name: label.many.en }))
    }
    const { key, fields, relations, behaviours } = described.parse(
      await ask('GET', `/objects/${encodeURIComponent(object)}`),
    )
    return {
      object: key,
      fields: fields.map(({ key, type, label, choices, target }) => ({ key, type, name: label.en, choices, target })),
      relations,
      behaviours,
      language: LANGUAGE,
    }
  },
})

export const findTool = defineTool({
  name: 'find',
  title: 'Find by condition',
  description:
    'Objects of a kind that fit a condition, with the fields asked for. Call `describe` first for keys and the language.',
  isReading: true,
  input: z.strictObject({
    object: z.string().max(100),
    condition: condition.default({ all: [] }),
    fields: z.array(z.string().max(100)).min(1).max(20),
    sort: z
      .string()
      .max(300)
      .optional()
      .describe('Keys of fields; a minus before one turns it round: `-createdAt,name`.'),
    limit: z.number().int().min(1).max(50).default(20),
    cursor: z.string().max(500).optional().describe('`nextCursor` of the page before.'),
  }),
  run: async (ask, { object, condition, fields, ...page }) => {
    const asked = { fields: fields.join(','), filter: JSON.stringify(condition), ...page }
    const known = Object.entries(asked).filter(([, value]) => value !== undefined)
    const query = new URLSearchParams(known.map(([key, value]) => [key, String(value)]))
    const { items, nextCursor } = z
      .looseObject({ items: z.array(z.unknown()), nextCursor: z.string().nullable() })
      .parse(await ask('GET', `/objects/${encodeURIComponent(object)}/rows?${query}`))
    return { items, nextCursor }
  },
})
