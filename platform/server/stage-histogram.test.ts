import { expect, test } from 'vitest'
import { StageHistogram } from './stage-histogram.ts'

const aHistogram = () =>
  new StageHistogram({ name: 'x_seconds', help: 'A stage', labelNames: ['channel', 'outcome'], buckets: [0.1, 1] })

test('buckets hold everything up to their bound, and the last one everything', () => {
  const histogram = aHistogram()
  for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe({ channel: 'api', outcome: 'sent' }, value)

  expect(histogram.toText().split('\n')).toEqual([
    '# HELP x_seconds A stage',
    '# TYPE x_seconds histogram',
    'x_seconds_bucket{le="0.1",channel="api",outcome="sent"} 2',
    'x_seconds_bucket{le="1",channel="api",outcome="sent"} 3',
    'x_seconds_bucket{le="+Inf",channel="api",outcome="sent"} 4',
    'x_seconds_sum{channel="api",outcome="sent"} 7.65',
    'x_seconds_count{channel="api",outcome="sent"} 4',
  ])
})

test('labels make series of their own, whatever their values are made of', () => {
  const histogram = aHistogram()
  histogram.observe({ channel: 'a"b\\c\nd' }, 0.2)
  histogram.observe({ outcome: 'sent' }, 0.2)

  expect(histogram.toText()).toContain('x_seconds_count{channel="a\\"b\\\\c\\nd"} 1')
  expect(histogram.toText()).toContain('x_seconds_count{outcome="sent"} 1')
})

test('a timer observes the seconds between its beginning and its end, under the labels of both', () => {
  const histogram = aHistogram()
  histogram.startTimer({ channel: 'api' })({ outcome: 'sent' })

  expect(histogram.toText()).toContain('x_seconds_bucket{le="0.1",channel="api",outcome="sent"} 1')
})
