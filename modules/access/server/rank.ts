import { type Role, roles } from '#platform/shared/actor'

/** True when the second role may do more than the first. */
export const isRaise = (from: Role, to: Role): boolean => roles.indexOf(to) > roles.indexOf(from)
