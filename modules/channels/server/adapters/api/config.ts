import { z } from 'zod'

/** Settings of one API account: for any source of messages that Okno does not know by itself. */
export const apiConfig = z.strictObject({
  /** Signs both directions. Without it whoever knows the address may write, and answers go out unsigned. */
  secret: z.string().min(16).max(500).optional().meta({ secret: true }),
  /** Where answers go; without it they wait and say so. */
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  /** True when the sending system has checked the e-mails and phones that it hands over: they then identify a person. */
  trustIdentities: z.boolean().default(false),
  /** Lets answers go to a machine in the private network. */
  allowPrivateAddresses: z.boolean().default(false),
})
export type ApiConfig = z.infer<typeof apiConfig>
