import type { Metrics } from '#platform/server/metrics'

/** What the inbox measures of the way of a message to its operator. */
export const createInboxMetrics = ({ seconds }: Pick<Metrics, 'seconds'>) => ({
  identifySeconds: seconds('okno_identify_seconds', 'Finding or opening the cards of the senders of one batch', [
    'outcome',
  ]),
  routingSeconds: seconds('okno_routing_seconds', 'One run that gives out the queue of a workspace', ['outcome']),
})
