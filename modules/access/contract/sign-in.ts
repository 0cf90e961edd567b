import { z } from 'zod'

const password = z.string().min(1).max(128)

export const signInForm = z.strictObject({
  email: z.email().max(254).toLowerCase(),
  password,
  /** False = the browser forgets when it is closed. */
  rememberMe: z.boolean().default(true),
})

/** The cookie carries the session. `twoFactorRedirect` = no session yet: ask for a code and send it to verify-totp. */
export const signedIn = z.object({ twoFactorRedirect: z.boolean() })

export const passwordForm = z.strictObject({ password })
export const passwordChange = z.strictObject({
  currentPassword: password,
  newPassword: z.string().min(8).max(128),
})

export const totpForm = z.strictObject({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/),
})
export const backupCodeForm = z.strictObject({ code: z.string().trim().min(1).max(50) })

/** `totpURI` goes into a QR code; the backup codes are shown once. On after the first code was verified. */
export const twoFactorSetup = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) })
export const newBackupCodes = z.object({ backupCodes: z.array(z.string()) })
