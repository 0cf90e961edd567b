import { z } from 'zod'

/** Languages in which Okno speaks. */
export const locale = z.enum(['ru', 'en'])
