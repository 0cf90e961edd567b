import { Button, FileButton, Group, Progress, Select, Stack, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { objectsQuery, useLanguage } from '#modules/objects/web'
import { problemText, upload } from '#platform/web'
import classes from './import.module.css'
import { type ImportCardWire, importQuery } from './import-api.ts'
import { importsKey } from './imports-key.ts'

const ACCEPT = '.csv,.tsv,.txt,.xlsx,.vcf,.json,.jsonl'

/** A place to drop a file or to choose one; what it holds is chosen beside it. */
export function UploadFile() {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { data: objects = [] } = useQuery(objectsQuery)
  // Whoever comes from a list of companies wants to import companies.
  const { object: asked } = useSearch({ strict: false }) as { object?: unknown }
  const [object, setObject] = useState(typeof asked === 'string' ? asked : 'person')
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isOver, setOver] = useState(false)
  const offered = objects.filter(
    ({ key, isCustom, isArchived }) => !isArchived && (isCustom || key === 'person' || key === 'company'),
  )

  const send = async (file: File | null | undefined) => {
    if (!file) return
    setError(null)
    setShare(0)
    try {
      const card = await upload<ImportCardWire>(`/imports?object=${encodeURIComponent(object)}`, file, {
        onProgress: setShare,
      })
      cache.setQueryData(importQuery(card.id).queryKey, card)
      void cache.invalidateQueries({ queryKey: importsKey })
      await navigate({ to: `/imports/${card.id}` })
    } catch (problem) {
      setError(problem)
    } finally {
      setShare(null)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files[0])
  }
  return (
    <section
      className={classes.drop}
      data-over={isOver}
      aria-label={t('exchange.imports.new')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack gap="sm">
        <Group gap="sm" align="end">
          <Select
            label={t('exchange.imports.object')}
            allowDeselect={false}
            value={object}
            data={offered.map(({ key, label }) => ({ value: key, label: label.many[language] }))}
            onChange={(key) => key && setObject(key)}
          />
          <FileButton
            onChange={(file) => void send(file)}
            accept={ACCEPT}
            inputProps={{ 'aria-label': t('exchange.imports.file') }}
          >
            {(props) => (
              <Button {...props} leftSection={<IconUpload size={16} />} loading={share !== null}>
                {t('exchange.imports.choose')}
              </Button>
            )}
          </FileButton>
        </Group>
        <Text fz="sm" c="dimmed">
          {t('exchange.imports.formats')}
        </Text>
        {share !== null && <Progress value={share * 100} aria-label={t('exchange.imports.uploading')} />}
        {error !== null && (
          <Text fz="sm" c="var(--mantine-color-error)" role="alert">
            {problemText(t, error)}
          </Text>
        )}
      </Stack>
    </section>
  )
}
