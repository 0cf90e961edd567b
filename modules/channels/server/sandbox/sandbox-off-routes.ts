import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { HttpServer } from '#platform/server/http'
import { sandboxState } from '../../contract/sandbox.ts'

/** Says that there is no sandbox, so that the window does not offer one. */
export function sandboxOffRoutes(http: HttpServer) {
  http.register(
    async (plain) => {
      plain.withTypeProvider<ZodTypeProvider>().get(
        '/sandbox',
        {
          config: { access: 'channels.manage' },
          schema: {
            tags: ['Sandbox'],
            summary: 'What the sandbox plays now',
            response: { 200: sandboxState },
          },
        },
        async () => ({ isOn: false, smtpPort: null, mailFault: { kind: 'none' as const }, intake: [], accounts: [] }),
      )
    },
    { prefix: '/api/v1' },
  )
}
