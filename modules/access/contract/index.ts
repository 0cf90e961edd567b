export { type AuditEntry, auditEntry, auditQuery } from './audit.ts'
export { operatorChanged, presenceChanged, teamChanged, workspaceChanged } from './events.ts'
export { type ApiKey, apiKey, apiKeyDraft, createdApiKey } from './keys.ts'
export {
  type Me,
  type MePatch,
  me,
  mePatch,
  type NewOperator,
  newOperator,
  newPassword,
  type Operator,
  type OperatorPatch,
  operator,
  operatorPatch,
} from './operators.ts'
export { type Permission, permissions, permissionsOf } from './permissions.ts'
export { type Session, session } from './sessions.ts'
export {
  backupCodeForm,
  newBackupCodes,
  passwordChange,
  passwordForm,
  signedIn,
  signInForm,
  totpForm,
  twoFactorSetup,
} from './sign-in.ts'
export { type Team, type TeamDraft, type TeamPatch, team, teamDraft, teamPatch } from './teams.ts'
export { type Workspace, type WorkspacePatch, workspace, workspacePatch } from './workspace.ts'
