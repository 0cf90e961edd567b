export { ARCHIVE_KEPT_DAYS, type Archive, type ArchiveOrder, archive, archiveOrder } from './archives.ts'
export { importMoved } from './events.ts'
export { type ExportFormat, exportFormats, type ListOrder, listOrder, type MadeExport, madeExport } from './exports.ts'
export {
  type DateOrder,
  dateOrders,
  type Encoding,
  encodings,
  type ImportCard,
  type ImportColumn,
  type ImportCounts,
  type ImportJob,
  type ImportPatch,
  type ImportReading,
  type ImportReason,
  type ImportRow,
  type ImportRowsQuery,
  type ImportState,
  type ImportTarget,
  importCard,
  importJob,
  importPatch,
  importRow,
  importRowsQuery,
  type RowResult,
  rowOutcomes,
  type UndoCounts,
} from './imports.ts'
export { reasonText } from './reason-texts.ts'
