import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Prometheus metrics of one process. Modules add their own to `registry`. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'okno_' })
  const registers = [registry]
  const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'okno_http_request_seconds',
      help: 'Time to answer HTTP requests',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'okno_job_seconds',
      help: 'Time to run background jobs',
      labelNames: ['job', 'outcome'],
      buckets,
      registers,
    }),
    jobsWaiting: new Gauge({
      name: 'okno_jobs_waiting',
      help: 'Background jobs that wait, by kind',
      labelNames: ['job'],
      registers,
    }),
    arrivals: new Counter({
      name: 'okno_arrivals_total',
      help: 'Raw arrivals taken in, by channel and outcome',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    intakeSeconds: new Histogram({
      name: 'okno_intake_seconds',
      help: 'From storing an arrival to its message standing in a conversation',
      labelNames: ['channel'],
      buckets,
      registers,
    }),
    deliveries: new Counter({
      name: 'okno_deliveries_total',
      help: 'Outgoing messages by channel and outcome of one try',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'okno_delivery_seconds',
      help: 'From queuing an outgoing message to its hand-over to the provider',
      labelNames: ['channel'],
      buckets: [...buckets, 60, 600, 3600],
      registers,
    }),
    liveConnections: new Gauge({
      name: 'okno_live_connections',
      help: 'Open live connections, by audience',
      labelNames: ['audience'],
      registers,
    }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>
