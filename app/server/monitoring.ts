import { createServer, type Server } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'
import type { HttpServer } from '#platform/server/http'
import type { Metrics } from '#platform/server/metrics'
import { Problem } from '#platform/shared/problems'

/** Addresses that no request from the internet can have: this machine, its networks, those of a cluster. Sources: RFC 1918, 3927, 4193, 6598. */
const OWN_NETWORKS = new BlockList()
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  OWN_NETWORKS.addSubnet(net, prefix, 'ipv4')
OWN_NETWORKS.addAddress('::1', 'ipv6')
OWN_NETWORKS.addSubnet('fc00::', 7, 'ipv6')
OWN_NETWORKS.addSubnet('fe80::', 10, 'ipv6')

/**
 * `/metrics` for Prometheus. It answers own networks only: behind a proxy the address that the proxy saw counts, so what comes through it from
 * the internet finds nothing here even where the proxy was not told to close this address.
 */
export function metricsRoute(http: HttpServer, metrics: Pick<Metrics, 'contentType' | 'text'>): void {
  http.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!OWN_NETWORKS.check(request.ip, isIPv6(request.ip) ? 'ipv6' : 'ipv4'))
      throw new Problem('request.not_found', 404, 'There is nothing at this address.')
    return reply.type(metrics.contentType).send(await metrics.text())
  })
}

const MONITORED = /^\/(metrics|healthz|readyz)(\?|$)/

/**
 * Answers monitoring, and nothing else, on a port of its own: for processes without the role `web`, and for networks in which only that port is
 * open to Prometheus.
 */
export async function listenForMonitoring(
  http: HttpServer,
  port: number,
): Promise<{ close(): Promise<void>; port: number }> {
  await http.ready()
  const server: Server = createServer((request, response) => {
    if (MONITORED.test(request.url ?? '')) http.routing(request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  return {
    port: address && typeof address === 'object' ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}
