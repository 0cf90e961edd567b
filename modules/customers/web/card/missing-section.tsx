import { ApiProblem, givesWay, MissingPart } from '#platform/web'
import { CardSection } from './card-section.tsx'

/** What a block of a card reads for itself, as TanStack Query tells it. */
interface Reading {
  readonly data: unknown
  readonly error: Error | null
  refetch(): unknown
}

/** Whether a block has nothing to show because its reading failed; who may not read it misses nothing. */
export const isMissing = ({ data, error }: Reading): boolean =>
  givesWay(data, error) && !(error instanceof ApiProblem && error.problem.status === 403)

/** In the place of a block that could not be read: "nothing there" would be a wrong answer. */
export const MissingSection = ({ title, reading }: { title: string; reading: Reading }) => (
  <CardSection title={title}>
    <MissingPart error={reading.error} onRetry={() => void reading.refetch()} />
  </CardSection>
)
