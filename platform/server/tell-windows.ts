import type { Namespace, Socket } from 'socket.io'
import type { StoredEvent } from './events.ts'

/** An event as a window gets it: who may hear it is nobody's business there. */
export const forWindow = ({ cursor, name, data, actor, at }: StoredEvent) => ({ cursor, name, data, actor, at })

/** What happened since a window's greeting began; nothing of it was told yet. */
const waitingFor = new WeakMap<Socket, StoredEvent[]>()

/** From now on what a window would hear is kept for it, in order, in the list that is returned. */
export function holdBack(window: Socket): readonly StoredEvent[] {
  const waiting: StoredEvent[] = []
  waitingFor.set(window, waiting)
  return waiting
}

/** The window hears at once again. */
export const letThrough = (window: Socket): void => {
  waitingFor.delete(window)
}

/**
 * Passes committed events to the windows of this process, to each in their order. What comes together goes out together: a message is
 * several events, and a packet costs more than what is in it. Windows that hear the same share one packet, written out once.
 */
export function tellWindows(windows: Namespace, events: readonly StoredEvent[]): void {
  for (const [ids, heard] of whoHears(windows, events)) {
    // Windows that were loaded before events came together hear them one by one.
    const takesMany = (id: string) => heard.length > 1 && windows.sockets.get(id)?.handshake.auth.many === true
    const { together = [], singly = [] } = Object.groupBy(ids, (id) => (takesMany(id) ? 'together' : 'singly'))
    if (together.length > 0) windows.to(together).emit('events', heard.map(forWindow))
    if (singly.length > 0) for (const event of heard) windows.to(singly).emit('event', forWindow(event))
  }
}

/** Windows that hear the same events, with these events. Those that are being greeted hear them later. */
function whoHears(windows: Namespace, events: readonly StoredEvent[]): [ids: string[], heard: StoredEvent[]][] {
  const byWindow = new Map<string, number[]>()
  events.forEach((event, place) => {
    const { workspaceId, audience } = event
    const ids = new Set(audience.flatMap((name) => [...(windows.adapter.rooms.get(`${workspaceId} ${name}`) ?? [])]))
    for (const id of ids) {
      const window = windows.sockets.get(id)
      const waiting = window && waitingFor.get(window)
      if (waiting) {
        waiting.push(event)
        continue
      }
      const places = byWindow.get(id)
      if (places) places.push(place)
      else byWindow.set(id, [place])
    }
  })
  const alike = Map.groupBy(byWindow.keys(), (id) => String(byWindow.get(id)))
  return [...alike.values()].map((ids) => {
    const places = byWindow.get(ids[0] ?? '') ?? []
    return [ids, places.flatMap((place) => events[place] ?? [])]
  })
}
