// Blocks that are not needed for the first look at a card: one piece of script.

export { CardPersonalData } from '../personal-data/card-personal-data.tsx'
export { CardConsents } from './card-consents.tsx'
export { CardFiles } from './card-files.tsx'
export { CardHousehold } from './card-household.tsx'
export { CardMerges } from './card-merges.tsx'
export { CardNotes } from './card-notes.tsx'
export { CardReferences } from './card-references.tsx'
export { CardRelations } from './card-relations.tsx'
export { CardTasks } from './card-tasks.tsx'
export { CardTimeline } from './timeline/card-timeline.tsx'
