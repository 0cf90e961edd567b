/** The browser's foundation: design system, API client, live updates, texts, slots. */
export { ApiProblem, api, givesWay, isAway, problemCode, readProblem, upload } from './api.ts'
export { comeBackByItself } from './come-back.ts'
export { ConfirmButton } from './confirm-button.tsx'
export { CopyField } from './copy-field.tsx'
export { DeleteButton, EditPanel } from './edit-panel.tsx'
export { fieldErrors } from './field-errors.ts'
export { type Locale, type LocaleFiles, locales, setLocale, startI18n } from './i18n.ts'
export { Initials } from './initials.tsx'
export {
  createLiveClient,
  type LiveClient,
  type LiveEvent,
  LiveProvider,
  type LiveStatus,
  useLive,
  useLiveStatus,
  useWhispers,
} from './live.ts'
export { Loaded } from './loaded.tsx'
export { Mark } from './mark.tsx'
export { MissingPart } from './missing-part.tsx'
export type { ModuleRoute, NavItem, WebModule } from './module.ts'
export { Moment } from './moment.tsx'
export { Notice } from './notice.tsx'
export { notify } from './notify.tsx'
export { useNow, useWorkspaceZone, WorkspaceZoneProvider } from './now.ts'
export { Form, Page, Section } from './page.tsx'
export { PlaceTab, PlaceTabs } from './place-tabs.tsx'
export { readPreference, usePreference, writePreference } from './preferences.ts'
export { makingText, problemText } from './problem-text.ts'
export { askAndShow, createQueryClient, putNews } from './query.ts'
export { Row, Rows } from './rows.tsx'
export { useShortcuts } from './shortcuts.ts'
export { SidePanel } from './side-panel.tsx'
export {
  type CardBlock,
  type Command,
  type CommandSource,
  collectSlots,
  type SettingsGroup,
  type SettingsPage,
  type SlotPart,
  SlotProvider,
  type Slots,
  settingsGroups,
  useSlot,
} from './slots.ts'
export { stamp } from './stamp.ts'
export { EmptyState, ErrorState, ForbiddenState, LoadingState, MissingState, StateScreen } from './states.tsx'
export { tellClipped } from './tell-clipped.ts'
export { cssVariables, theme } from './theme.ts'
export { formatBytes, formatClock, formatDay, formatExact, formatShort, formatSpan } from './time.ts'
export { forgetAllUnsaved, forgetOldUnsaved, forgetUnsaved, keepUnsaved, readUnsaved } from './unsaved.ts'
export { useSending } from './use-sending.ts'
export type { Wire, WirePage } from './wire.ts'
