export { type ExportFormat, exportFormats, type ListOrder, listOrder, type MadeExport, madeExport } from './exports.ts'
