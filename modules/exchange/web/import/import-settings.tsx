import { ImportList } from './import-list.tsx'

/** The same place among the settings, where administrators look for it. */
export default function ImportSettings() {
  return <ImportList />
}
