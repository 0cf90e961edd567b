import { FileButton, Menu, UnstyledButton } from '@mantine/core'
import { IconCamera, IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Initials, notify } from '#platform/web'
import type { CardWire } from '../customers-api.ts'
import classes from './card.module.css'
import { photoUrl, useRemovePhoto, useSetPhoto } from './card-api.ts'
import { smallPicture } from './small-picture.ts'

const SIZE = 48

/** The face, or letters in its place; a click offers another one. */
export function CardPhoto({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const { id, name, can } = person
  const set = useSetPhoto(id)
  const remove = useRemovePhoto(id)
  const openChooser = useRef<HTMLButtonElement>(null)
  const url = photoUrl(person)
  const face = <Initials id={id} name={name} size={SIZE} picture={url} />
  const choose = async (file: File | null) => {
    if (!file) return
    const picture = await smallPicture(file)
    if (picture) set.mutate(picture)
    else void notify(t('customers.problems.photo_wrong'), 'bad')
  }
  if (!can.edit) return face
  return (
    <div className={classes.photo}>
      {face}
      <FileButton onChange={(file) => void choose(file)} accept="image/png,image/jpeg,image/webp">
        {(props) => <button type="button" hidden ref={openChooser} {...props} />}
      </FileButton>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <UnstyledButton className={classes.photoButton ?? ''} aria-label={t('customers.photo.of', { name })} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCamera size={16} />} onClick={() => openChooser.current?.click()}>
            {t(url ? 'customers.photo.change' : 'customers.photo.add')}
          </Menu.Item>
          {url && (
            <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => remove.mutate()}>
              {t('customers.photo.remove')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
