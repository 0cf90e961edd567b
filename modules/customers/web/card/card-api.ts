import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type {
  Brief,
  ContactChannel,
  PersonFile,
  RelationKind,
  Task,
  TimelineEntry,
  TimelinePage,
} from '#modules/customers/contract'
import { api, makingText, notify, upload, type Wire, type WirePage } from '#platform/web'
import { type CardWire, cardQuery } from '../customers-api.ts'

export type BriefWire = Wire<Brief>
export type TimelineWire = Wire<TimelineEntry>
export type TaskWire = Wire<Task>
export type PersonFileWire = Wire<PersonFile>
type PageWire = Wire<TimelinePage>

const TIMELINE_PAGE = 60

export const briefQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'brief', id],
    queryFn: ({ signal }) => api.get<BriefWire>(`/people/${id}/brief`, { signal }),
  })

export const filesQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'files', id],
    queryFn: ({ signal }) => api.get<WirePage<PersonFile>>(`/people/${id}/files`, { signal }),
  })

/** What of a timeline is shown. */
export interface TimelineFilter {
  /** Kinds with commas between them; '' = all. */
  readonly kinds: string
  readonly q: string
  /** Begins at this moment; null = now. */
  readonly at: string | null
}
interface Place {
  readonly cursor: string | null
  readonly towards: 'older' | 'newer'
}

export const timelineQuery = (id: string, { kinds, q, at }: TimelineFilter) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'timeline', id, kinds, q, at],
    queryFn: ({ pageParam: { cursor, towards }, signal }) =>
      api.get<PageWire>(`/people/${id}/timeline`, {
        signal,
        query: { cursor, towards, kinds, q, at: cursor ? null : at, limit: TIMELINE_PAGE },
      }),
    initialPageParam: { cursor: null, towards: 'older' } as Place,
    getNextPageParam: ({ nextCursor }): Place | null => (nextCursor ? { cursor: nextCursor, towards: 'older' } : null),
    getPreviousPageParam: ({ previousCursor }): Place | null =>
      previousCursor ? { cursor: previousCursor, towards: 'newer' } : null,
  })

/** Something done on a card: the card, its brief and its timeline are read again. */
function useOnCard<Given, Answer = void>(personId: string, ask: (given: Given) => Promise<Answer>) {
  const cache = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: ask,
    // Also when it failed: an answer that was lost on its way may have been a good one.
    onSettled: () => {
      const parts = ['brief', 'timeline', 'files'].map((part) => ['customers', part, personId])
      for (const queryKey of [cardQuery(personId).queryKey, ...parts]) void cache.invalidateQueries({ queryKey })
    },
    onError: (error) => void notify(makingText(t, error), 'bad'),
  })
}

export interface TaskChange {
  readonly title?: string
  readonly dueAt?: string | null
  readonly assigneeId?: string | null
}
export const useAddTask = (personId: string) =>
  useOnCard(personId, (draft: TaskChange & { title: string }) => api.post(`/people/${personId}/tasks`, draft))
export const useChangeTask = (personId: string) =>
  useOnCard(personId, ({ id, ...patch }: TaskChange & { id: string; isDone?: boolean }) =>
    api.patch(`/tasks/${id}`, patch),
  )
export const useRemoveTask = (personId: string) => useOnCard(personId, (id: string) => api.delete(`/tasks/${id}`))

export const useAddNote = (personId: string) =>
  useOnCard(personId, (text: string) => api.post(`/people/${personId}/notes`, { text }))
export const useChangeNote = (personId: string) =>
  useOnCard(personId, ({ id, ...patch }: { id: string; text?: string; isPinned?: boolean }) =>
    api.patch(`/notes/${id}`, patch),
  )
export const useRemoveNote = (personId: string) => useOnCard(personId, (id: string) => api.delete(`/notes/${id}`))

export const useRelate = (personId: string) =>
  useOnCard(personId, (draft: { otherId: string; kind: RelationKind }) =>
    api.post(`/people/${personId}/relations`, draft),
  )
export const usePart = (personId: string) => useOnCard(personId, (id: string) => api.delete(`/relations/${id}`))

export interface GivenConsent {
  readonly purpose: string
  readonly channel: ContactChannel | null
  readonly text: string
  readonly ground: string
}
export const useGiveConsent = (personId: string) =>
  useOnCard(personId, (draft: GivenConsent) => api.post(`/people/${personId}/consents`, draft))
export const useWithdraw = (personId: string) =>
  useOnCard(personId, ({ id, ...how }: { id: string; ground: string; reason: string | null }) =>
    api.post(`/consents/${id}/withdraw`, how),
  )
export interface Wish {
  readonly channel: ContactChannel
  readonly purpose: string
  readonly isWelcome: boolean | null
  readonly perMonth?: number | null
}
export const useWish = (personId: string) =>
  useOnCard(personId, (wish: Wish) => api.put(`/people/${personId}/preferences`, wish))

export const useAttach = (personId: string) =>
  useOnCard(personId, (file: File) => upload<PersonFileWire>(`/people/${personId}/files`, file))
export const useDetach = (personId: string) =>
  useOnCard(personId, (fileId: string) => api.delete(`/people/${personId}/files/${fileId}`))
export const useSetPhoto = (personId: string) =>
  useOnCard(personId, (file: Blob) => upload(`/people/${personId}/photo`, new File([file], 'photo'), { method: 'PUT' }))
export const useRemovePhoto = (personId: string) => useOnCard(personId, () => api.delete(`/people/${personId}/photo`))

export const photoUrl = ({ id, photoId }: Pick<CardWire, 'id' | 'photoId'>): string | null =>
  photoId ? `/api/v1/people/${id}/photo?v=${photoId}` : null
