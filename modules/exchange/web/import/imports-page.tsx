import { useParams } from '@tanstack/react-router'
import { ImportList } from './import-list.tsx'
import { OneImport } from './one-import.tsx'

/** `/imports`: lists that were taken in, and one of them with its steps. */
export default function ImportsPage() {
  const { importId } = useParams({ strict: false }) as { importId?: string }
  return importId ? <OneImport key={importId} id={importId} /> : <ImportList />
}
