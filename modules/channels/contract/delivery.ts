/** States of an outgoing message. They only move to the right, but `failed` and `unknown` may be queued again by a person. */
export const deliveryStates = ['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const
export type DeliveryState = (typeof deliveryStates)[number]
