export { operatorChanged, presenceChanged, teamChanged } from './events.ts'
export {
  type Me,
  me,
  type NewOperator,
  newOperator,
  type Operator,
  type OperatorPatch,
  operator,
  operatorPatch,
  type Team,
  team,
  teamDraft,
  type Workspace,
  workspace,
  workspacePatch,
} from './operators.ts'
export { type Permission, permissions, permissionsOf } from './permissions.ts'
