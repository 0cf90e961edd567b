/** Of everything read of webhooks. Apart from how it is read: the first load follows what changes and reads nothing. */
export const webhooksKey = ['integrations', 'webhooks'] as const
